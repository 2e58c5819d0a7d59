import Campaign
package import Foundation
package import Intake
package import Ledger
import Records

/// Keeps what a reviewer holds of the standards. Two windows never overwrite each other: each verdict says which one it
/// was given over.
package struct Assessing {
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

    /// What is to be kept of one standard.
    package struct Entry: Hashable, Sendable {
        package let standard: String
        package let verdict: Assessment.Verdict
        package let note: String
        /// `Assessing.mark` of the verdict that the reviewer saw; nil: whatever stands there.
        package let over: String?

        package init(standard: String, verdict: Assessment.Verdict, note: String, over: String?) {
            self.standard = standard
            self.verdict = verdict
            self.note = note
            self.over = over
        }
    }

    /// Why nothing was written.
    package enum Refusal: Error, Sendable {
        /// Nobody reviews the file now.
        case state(DossierState)
        /// Somebody else has given a verdict meanwhile.
        case changed(Assessment)
        /// The form serves no such standard.
        case noStandard(String)
    }

    /// What tells a verdict from the one that replaces it.
    package static func mark(_ assessment: Assessment?) -> String {
        assessment.map { String(Int64(($0.at.timeIntervalSince1970 * 1000).rounded())) } ?? "0"
    }

    /// All or nothing.
    /// - Throws: `Refusal`.
    package func keep(_ entries: [Entry], of submission: SubmissionRecord) throws {
        let stored = transaction.stored
        let state = try stored.dossier(of: submission.id)?.state
        guard state == .inReview, let reviewed = try ReviewedFile(submission, stored).reviewed else {
            throw Refusal.state(state ?? .withdrawn)
        }
        let held = try stored.assessments(of: submission.id)
        let known = Set(office.standards(of: submission).map(\.id))
        for entry in entries {
            guard known.contains(entry.standard) else { throw Refusal.noStandard(entry.standard) }
            let before = held[entry.standard]
            if let before, before.verdict == entry.verdict, before.note == entry.note, before.revision == reviewed.id {
                continue
            }
            if let over = entry.over, over != Self.mark(before), let before { throw Refusal.changed(before) }
            try transaction.assess(
                submission,
                Assessment(
                    standard: entry.standard, verdict: entry.verdict, note: entry.note, revision: reviewed.id, who: who,
                    at: now))
        }
    }
}
