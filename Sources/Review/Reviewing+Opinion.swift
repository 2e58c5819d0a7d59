import Campaign
package import Intake
package import Ledger
import Notices
package import Records

extension Reviewing {
    /// Asks an office for its opinion of a nominee's file; the file's notes say whom, and until when.
    /// - Parameter questions: in the asker's words, a point each; none: whether the office agrees.
    /// - Throws: `Refusal` when the file is not under review.
    @discardableResult
    package func ask(
        _ asked: AskedOffice, about submission: SubmissionRecord, until: CivilDate, questions: [String] = []
    ) throws -> CampaignLetters.Outcome {
        guard let dossier = try transaction.stored.dossier(of: submission.id) else { throw Refusal.noDossier }
        guard ProposalReadiness.open.contains(dossier.state) else { throw Refusal.state(dossier.state) }
        let today = CivilDate(now, in: office.zone)
        let request = OpinionRequest(
            title: title(submission), stage: stageLabel(of: submission),
            proposer: office.campaign.units.officialName(of: submission.key.unit, on: today), questions: questions,
            until: until, link: office.page(of: submission.receipt))
        let outcome = try CampaignLetters(office: office, transaction: transaction, now: now)
            .ask(request, to: asked, about: submission)
        if case .written = outcome {
            try transaction.remark(
                office.letters.word("note.asked", ["office": asked.name, "day": office.letters.day(until)]),
                on: submission.receipt.description, by: who, at: now)
        }
        return outcome
    }
}
