package import Foundation
import Ledger
import Mail
package import Records

/// A mail as it left the mailbox.
package struct ArrivedMail: Sendable {
    package let key: MessageKey
    /// The time of receipt: INTERNALDATE, or what stands for it.
    package let received: Date
    package let bytes: [UInt8]
    /// False once it was attempted too often: then it goes to quarantine unread.
    package let mayBeRead: Bool
    /// False for old mail that is taken silently.
    package let isAnswered: Bool
    /// A person stands in for its being from the sender.
    package let isVouchedFor: Bool
    /// The unit for which a person takes it in; nil: whom units.xlsx lists for the sender.
    package let unit: UnitCode?

    package init(
        key: MessageKey, received: Date, bytes: [UInt8], mayBeRead: Bool = true, isAnswered: Bool = true,
        isVouchedFor: Bool = false, unit: UnitCode? = nil
    ) {
        self.unit = unit
        self.key = key
        self.received = received
        self.bytes = bytes
        self.mayBeRead = mayBeRead
        self.isAnswered = isAnswered
        self.isVouchedFor = isVouchedFor
    }
}

/// A mail that is in the archive, and what was read of it.
package struct LoggedMail: Sendable {
    let arrived: ArrivedMail
    let rawSHA256: String
    let reading: Result<ReadMail, MailTrouble>
    /// Set when a person admits a mail that is in the ledger already.
    var admitted: MessageRecord.ID?
}
