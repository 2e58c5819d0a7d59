package import Foundation
package import Records

/// A list of nominees that is decided on together: the council's meeting, one cover letter, one decision.
package struct BatchRecord: Hashable, Sendable, Identifiable {
    package enum Level: String, Sendable, CaseIterable {
        case district, province
    }

    /// A paper with its number and day.
    package struct Document: Hashable, Sendable {
        package let number: String
        package let day: CivilDate

        package init(number: String, day: CivilDate) {
            self.number = number
            self.day = day
        }
    }

    package let id: RowID<BatchRecord>
    package let level: Level
    /// Its code in plan.xlsx.
    package let stage: String
    package let opened: Date
    package let who: String
    /// When the council met; nil until it has.
    package let council: CivilDate?
    package let proposal: Document?
    package let decision: Document?
    package let signer: String
    package let ceremony: String
    /// The units' letters have been written.
    package let isTold: Bool
    /// The scanned decision, which goes out with the letters.
    package let scan: Scan?

    package struct Scan: Hashable, Sendable {
        /// In the archive, in hexadecimal.
        package let sha256: String
        package let filename: String

        package init(sha256: String, filename: String) {
            self.sha256 = sha256
            self.filename = filename
        }
    }
}

/// A nominee on a list.
package struct BatchLine: Hashable, Sendable {
    package let submission: RowID<SubmissionRecord>
    /// How the council voted, `7/7`; empty when it was not noted.
    package let votes: String
    /// Why the decision does not name it; empty when it does, or before there is one.
    package let refusal: String
}
