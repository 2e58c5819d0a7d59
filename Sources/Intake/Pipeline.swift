import Campaign
import Digest
package import Foundation
package import Ledger
package import Logging
import Mail
package import Records
import XLSForm

/// The line through the house, for a batch of mails:
///
///     Message → Attachment → Workbook → Submission → Verdict → Notice
///
/// Reading is bytes in, values out, mail by mail. Filing looks up, judges, numbers and answers within one transaction, in
/// a savepoint for each mail, so that the second mail of a batch sees the first.
package struct Pipeline: Sendable {
    let office: Office
    let reading: MailReading
    private let figures: FigureShelf
    /// The clock, for what is written now; what counts for a sender is the time of receipt.
    let now: @Sendable () -> Date

    package init(office: Office, reading: MailReading, now: @escaping @Sendable () -> Date) {
        self.office = office
        self.reading = reading
        self.now = now
        figures = FigureShelf(
            campaign: office.campaign, forms: Set(office.forms.current.map(\.definition.identity.id)))
    }

    /// Message → Attachment → Workbook. The raw mail goes to the archive first: nothing is parsed before.
    /// - Throws: trouble with the surroundings.
    package func read(_ arrived: [ArrivedMail], into archive: Archive) throws -> [LoggedMail] {
        zip(arrived, try archive.store(arrived.map(\.bytes))).map { mail, hash in
            LoggedMail(arrived: mail, rawSHA256: hash, reading: read(mail))
        }
    }

    /// Workbook → Submission → Verdict → Notice.
    /// - Returns: the mails that are in the ledger now; one that is missing stays in the mailbox and is tried again.
    /// - Throws: trouble with the surroundings. Nothing was recorded then.
    package func file(_ mails: [LoggedMail], into ledger: Ledger, logger: Logger) throws -> [FiledMail] {
        let results = try file(mails, ledger)
        return zip(mails, results).compactMap { mail, result in
            switch result {
            case .success(let filed): return filed
            case .failure(let error):
                logger.error(
                    "a message could not be filed; it is tried again",
                    metadata: ["uid": "\(mail.arrived.key.uid.rawValue)", "error": "\(error)"])
                return nil
            }
        }
    }

    /// A person admits a mail from quarantine: it runs as if it came now, believed, and keeps its time of receipt.
    /// - Throws: when its sender is not listed in units.xlsx, or the surroundings fail.
    package func admit(_ record: MessageRecord, bytes: [UInt8], ledger: Ledger) throws -> FiledMail {
        let message = record.message
        let arrived = ArrivedMail(key: message.key, received: message.received, bytes: bytes)
        let mail = LoggedMail(
            arrived: arrived, rawSHA256: message.rawSHA256, reading: read(arrived), admitted: record.id)
        return try file([mail], ledger)[0].get()
    }

    private func file(_ mails: [LoggedMail], _ ledger: Ledger) throws -> [Result<FiledMail, any Error>] {
        do {
            return try ledger.commit(mails) { mail, transaction in
                do {
                    return try Filing(
                        mail, office: office, figures: figures, transaction: transaction, now: now()
                    ).file()
                } catch {
                    figures.forget()
                    throw error
                }
            }
        } catch {
            figures.forget()
            throw error
        }
    }

    private func read(_ mail: ArrivedMail) -> Result<ReadMail, MailTrouble> {
        guard mail.mayBeRead else { return .failure(.attempts) }
        do {
            return .success(try reading.read(mail.bytes))
        } catch {
            return .failure(.unreadable(error))
        }
    }
}

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

    package init(key: MessageKey, received: Date, bytes: [UInt8], mayBeRead: Bool = true, isAnswered: Bool = true) {
        self.key = key
        self.received = received
        self.bytes = bytes
        self.mayBeRead = mayBeRead
        self.isAnswered = isAnswered
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

/// Why a mail was not read. It counts against this mail alone.
enum MailTrouble: Error, Sendable {
    case attempts
    case unreadable(MessageError)

    /// For people, in the ledger.
    var reason: String {
        switch self {
        case .attempts: "attempted too often"
        case .unreadable(let error): error.description
        }
    }
}

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
