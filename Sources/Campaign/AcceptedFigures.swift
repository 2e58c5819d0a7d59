package import Foundation
package import Records

/// What one accepted submission answers, as far as rules of other submissions may look it up.
package struct AcceptedFigures: Hashable, Sendable {
    package let receipt: Receipt
    package let key: SubmissionKey
    /// When the accepted revision reached the mailbox.
    package let received: Date
    /// By question, outside repeats: numbers with a decimal point and without grouping, days in ISO 8601, choices by
    /// name. Blank answers are left out.
    package let values: [String: String]

    package init(receipt: Receipt, key: SubmissionKey, received: Date, values: [String: String]) {
        self.receipt = receipt
        self.key = key
        self.received = received
        self.values = values
    }
}
