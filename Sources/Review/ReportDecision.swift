import Campaign
package import Foundation
package import Intake
package import Ledger
import Records

/// What a person decides about a version of a report that the rules did not file by themselves.
package struct ReportDecision {
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

    /// Why nothing is written.
    package enum Refusal: Error, Hashable, Sendable {
        case noReason
        /// Another version has come, or somebody else has decided.
        case changed(RevisionStanding)
    }

    /// Files the newest version with a reason: it counts from now on, also where the figures are frozen. Nominations that
    /// read the figures before are looked at again.
    /// - Parameter revision: the one that the person looked at.
    package func accept(
        _ revision: RowID<RevisionRecord>, of submission: SubmissionRecord, reason: String
    ) throws {
        let newest = try undecided(revision, of: submission, reason: reason)
        let before = try transaction.set(.filed, of: newest.id)
        try audit("report.accept", newest, submission, reason)
        guard before != nil else { return }
        for row in office.campaign.rowsFed(by: submission.key, on: CivilDate(now, in: office.zone)) {
            for reader in try transaction.stored.readers(ofTable: row.table, key: row.key) where reader != submission.id
            {
                try transaction.flagDossier(
                    of: reader, "\(submission.receipt), which its verdict read, has changed")
            }
        }
    }

    /// Keeps the version that counts; the newest one stays as it came, and counts no more as waiting.
    package func keep(
        insteadOf revision: RowID<RevisionRecord>, of submission: SubmissionRecord, reason: String
    ) throws {
        let newest = try undecided(revision, of: submission, reason: reason)
        try transaction.set(.failed, of: newest.id)
        try audit("report.keep", newest, submission, reason)
    }

    private func undecided(
        _ revision: RowID<RevisionRecord>, of submission: SubmissionRecord, reason: String
    ) throws -> RevisionRecord {
        guard !reason.isEmpty else { throw Refusal.noReason }
        guard let newest = try transaction.stored.newestRevision(of: submission.id) else {
            throw Refusal.changed(.failed)
        }
        guard newest.id == revision, newest.standing == .failed || newest.standing == .waiting else {
            throw Refusal.changed(newest.standing)
        }
        return newest
    }

    private func audit(
        _ action: String, _ revision: RevisionRecord, _ submission: SubmissionRecord, _ reason: String
    ) throws {
        try transaction.audit(
            AuditEntry(
                at: now, who: who, action: action, subject: submission.receipt.description,
                detail: "\(revision.number): \(reason)"))
    }
}
