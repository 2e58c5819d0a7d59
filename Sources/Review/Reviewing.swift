import Campaign
package import Foundation
package import Intake
package import Ledger
import Notices
import Records
import XLSForm

/// Moves nominees' files, and writes the letters that follow.
package struct Reviewing {
    let office: Office
    let transaction: LedgerTransaction
    let now: Date
    let who: String

    package init(office: Office, transaction: LedgerTransaction, now: Date, who: String) {
        self.office = office
        self.transaction = transaction
        self.now = now
        self.who = who
    }

    /// Why a move is not made. Nothing is written then.
    package enum Refusal: Error, Hashable, Sendable {
        /// The file is in another state by now: somebody else may have pressed before.
        case state(DossierState)
        case noReason
        case noDossier
    }

    /// Makes a move. What waited is filed when a person queues it; the trail keeps who, when and why.
    /// - Returns: the letter that follows; nil where none does.
    /// - Throws: `Refusal`.
    @discardableResult
    package func make(
        _ move: DossierMove, of submission: SubmissionRecord, reason: String = ""
    ) throws -> CampaignLetters.Outcome? {
        guard let dossier = try transaction.stored.dossier(of: submission.id) else { throw Refusal.noDossier }
        guard move.from.contains(dossier.state) else { throw Refusal.state(dossier.state) }
        if move.needsReason, reason.isEmpty { throw Refusal.noReason }
        try transaction.moveDossier(of: submission, to: move.to, by: who, reason: reason, at: now)
        if !dossier.flag.isEmpty { try transaction.flagDossier(of: submission.id, "") }
        if move == .queue, let newest = try transaction.stored.newestRevision(of: submission.id),
            newest.standing != .filed
        {
            try transaction.set(.filed, of: newest.id)
        }
        return try letter(after: move, submission, reason)
    }

    private func letter(
        after move: DossierMove, _ submission: SubmissionRecord, _ reason: String
    ) throws -> CampaignLetters.Outcome? {
        let review = ReviewLetter(
            title: title(submission),
            stage: submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? "",
            reasons: reason.split(separator: "\n").map(String.init))
        let section: ReplySection
        switch move {
        case .return: section = .returned(review)
        case .decline: section = .declined(review)
        case .withdraw: section = .withdrawn(review)
        default: return nil
        }
        return try CampaignLetters(office: office, transaction: transaction, now: now).send(section, about: submission)
    }

    private func title(_ submission: SubmissionRecord) -> SubmissionTitle {
        let settings = office.forms.current(submission.key.form)?.definition.settings
        return SubmissionTitle(
            kind: submission.kind, formTitle: settings?.title ?? submission.key.form,
            shortTitle: settings?.shortTitle ?? settings?.title ?? submission.key.form, nominee: submission.name,
            receipt: submission.receipt, filename: "")
    }
}
