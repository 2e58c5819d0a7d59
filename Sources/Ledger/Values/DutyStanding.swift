package import Foundation
import Records

/// How far a unit has come with a form that it owes.
package struct DutyStanding: Hashable, Sendable {
    package let submission: SubmissionRecord
    /// When the revision reached the mailbox that counts; nil while none does.
    package let filed: Date?
    /// What has come last.
    package let newest: Newest

    package struct Newest: Hashable, Sendable {
        package let revision: RowID<RevisionRecord>
        /// Counts from 1.
        package let number: Int
        /// The mail that brought it; nil for what came otherwise.
        package let message: RowID<MessageRecord>?
        package let standing: RevisionStanding
        package let received: Date
    }
}

/// Figures of a form that are final for a period.
package struct FreezeRecord: Hashable, Sendable {
    package let form: String
    package let period: String
    package let frozen: Date
    package let who: String
    /// The document that says so; may be empty.
    package let document: String

    package init(form: String, period: String, frozen: Date, who: String, document: String) {
        self.form = form
        self.period = period
        self.frozen = frozen
        self.who = who
        self.document = document
    }
}
