package import Ledger
package import Records

/// A mail that is in the ledger.
package struct FiledMail: Sendable {
    package let id: RowID<MessageRecord>
    package let key: MessageKey
    /// Where the mailbox should put it; nil: it stays.
    package let destination: MailDestination?

    package init(id: RowID<MessageRecord>, key: MessageKey, destination: MailDestination?) {
        self.id = id
        self.key = key
        self.destination = destination
    }
}
