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
        /// It may not be put forward yet.
        case notReady([ProposalReadiness.Reason])
        /// It stands on this list, whose cover letter has gone out: the list decides.
        case listed(RowID<BatchRecord>)
        /// There is no newer version to take up.
        case nothingNewer
    }

    /// Makes a move. What waited is filed when a person queues it; the trail keeps who, when and why.
    /// - Parameter isOverruled: a person puts a file forward that is not ready, and says why.
    /// - Returns: the letter that follows; nil where none does.
    /// - Throws: `Refusal`.
    @discardableResult
    package func make(
        _ move: DossierMove, of submission: SubmissionRecord, reason: String = "", isOverruled: Bool = false
    ) throws -> CampaignLetters.Outcome? {
        guard let dossier = try transaction.stored.dossier(of: submission.id) else { throw Refusal.noDossier }
        guard move.from.contains(dossier.state) else { throw Refusal.state(dossier.state) }
        if move.needsReason, reason.isEmpty { throw Refusal.noReason }
        if move == .proposeToDistrict, !isOverruled || reason.isEmpty {
            let ready = try ProposalReadiness(
                of: submission, transaction.stored, office, on: CivilDate(now, in: office.zone))
            guard ready.reasons.isEmpty else { throw Refusal.notReady(ready.reasons) }
        }
        if move == .takeOff || move == .withdraw { try leaveList(submission, why: reason) }
        try transaction.moveDossier(of: submission, to: move.to, by: who, reason: reason, at: now)
        if !dossier.flag.isEmpty { try transaction.flagDossier(of: submission.id, "") }
        if move == .queue, let newest = try transaction.stored.newestRevision(of: submission.id),
            newest.standing != .filed
        {
            try transaction.set(.filed, of: newest.id)
        }
        if move == .take { try takeUpNewest(submission) }
        return try letter(after: move, submission, reason)
    }

    /// Goes on with the newest version that may be used. Verdicts stay on standards whose cells did not change.
    /// - Returns: how many verdicts were kept, and how many must be given anew.
    /// - Throws: `Refusal`.
    @discardableResult
    package func adopt(_ submission: SubmissionRecord) throws -> (kept: Int, open: Int) {
        guard let dossier = try transaction.stored.dossier(of: submission.id) else { throw Refusal.noDossier }
        guard dossier.state == .inReview else { throw Refusal.state(dossier.state) }
        guard try ReviewedFile(submission, transaction.stored).newer != nil else { throw Refusal.nothingNewer }
        if !dossier.flag.isEmpty { try transaction.flagDossier(of: submission.id, "") }
        return try takeUpNewest(submission)
    }

    @discardableResult
    private func takeUpNewest(_ submission: SubmissionRecord) throws -> (kept: Int, open: Int) {
        let stored = transaction.stored
        let file = try ReviewedFile(submission, stored)
        guard let next = file.newer ?? file.reviewed else { return (0, 0) }
        let before = try stored.dossier(of: submission.id)?.revision
        if before != next.id { try transaction.review(next, of: submission, by: who, at: now) }
        // What waited for a person is used by one now.
        if next.standing == .waiting { try transaction.set(.filed, of: next.id) }
        let held = try stored.assessments(of: submission.id)
        guard let form = office.definition(of: next, submission) else { return (0, held.count) }
        let kept = office.standards(of: submission).filter { standard in
            guard let own = held[standard.id], own.revision != next.id,
                let old = file.revisions.first(where: { $0.id == own.revision })
            else { return false }
            return !RevisionDifference(from: old, to: next, form: form).touches(standard)
        }
        try transaction.keep(kept.map(\.id), of: submission.id, on: next.id)
        return (kept.count, held.values.count { $0.revision != next.id } - kept.count)
    }

    /// A list that is still being prepared loses the name; one that has gone out keeps it.
    private func leaveList(_ submission: SubmissionRecord, why: String) throws {
        for (batch, _) in try transaction.stored.batches(of: submission.id) where batch.decision == nil {
            guard batch.proposal == nil else { throw Refusal.listed(batch.id) }
            try transaction.remove(submission, from: batch.id, why: why.isEmpty ? "-" : why, by: who, at: now)
        }
    }

    private func letter(
        after move: DossierMove, _ submission: SubmissionRecord, _ reason: String
    ) throws -> CampaignLetters.Outcome? {
        let review = ReviewLetter(
            title: title(submission), stage: stageLabel(of: submission),
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

    func stageLabel(of submission: SubmissionRecord) -> String {
        submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? ""
    }

    func title(_ submission: SubmissionRecord) -> SubmissionTitle {
        let settings = office.forms.current(submission.key.form)?.definition.settings
        return SubmissionTitle(
            kind: submission.kind, formTitle: settings?.title ?? submission.key.form,
            shortTitle: settings?.shortTitle ?? settings?.title ?? submission.key.form, nominee: submission.name,
            receipt: submission.receipt, filename: "")
    }
}
