package import Foundation
package import Records

/// A person asks the worker to take a stranger's mail in for a unit.
package struct Admission: Hashable, Sendable {
    package let message: RowID<MessageRecord>
    package let unit: UnitCode
    package let who: String
    package let asked: Date
    /// nil while the worker has not looked at it.
    package let done: Date?
    /// Why it came to nothing; empty when it did not.
    package let trouble: String
}

/// An address that waits to be written into units.xlsx for a unit.
package struct AddressRequest: Hashable, Sendable {
    package let address: String
    package let unit: UnitCode
    package let who: String
    package let at: Date
}

/// How a person has dealt with a mail that waited for one.
package enum MailHandling: String, Sendable, CaseIterable {
    case answered, admitted, left, dropped
}
