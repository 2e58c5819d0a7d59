import Campaign
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
    package let reader: any MailReader
    private let figures: FigureShelf
    /// The clock, for what is written now; what counts for a sender is the time of receipt.
    let now: @Sendable () -> Date

    package init(office: Office, reader: any MailReader, now: @escaping @Sendable () -> Date) {
        self.office = office
        self.reader = reader
        self.now = now
        figures = FigureShelf(office)
    }

    /// Message → Attachment → Workbook. The raw mail goes to the archive first: nothing is parsed before.
    /// - Throws: trouble with the surroundings.
    package func read(_ arrived: [ArrivedMail], into archive: Archive) throws -> [LoggedMail] {
        try zip(arrived, try archive.store(arrived.map(\.bytes))).map { mail, hash in
            LoggedMail(arrived: mail, rawSHA256: hash, reading: try read(mail))
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
                    metadata: ["uid": "\(mail.arrived.key.uid.rawValue)", "error": "\(LogText(error))"])
                return nil
            }
        }
    }

    /// A person admits a mail from quarantine: it runs as if it came now, believed, and keeps its time of receipt.
    /// - Parameter unit: for which it is taken in; nil: whom units.xlsx lists for the sender.
    /// - Throws: when the surroundings fail.
    package func admit(
        _ record: MessageRecord, bytes: [UInt8], for unit: UnitCode? = nil, ledger: Ledger
    ) throws -> FiledMail {
        let message = record.message
        let arrived = ArrivedMail(
            key: message.key, received: message.received, bytes: bytes, isVouchedFor: true, unit: unit)
        let mail = LoggedMail(
            arrived: arrived, rawSHA256: message.rawSHA256, reading: try read(arrived), admitted: record.id)
        return try file([mail], ledger)[0].get()
    }

    func file(_ mails: [LoggedMail], _ ledger: Ledger) throws -> [Result<FiledMail, any Error>] {
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

    private func read(_ mail: ArrivedMail) throws -> Result<ReadMail, MailTrouble> {
        mail.mayBeRead ? try reader.read(mail.bytes) : .failure(.attempts)
    }
}
