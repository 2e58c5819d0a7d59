import Digest
import Foundation
import Ledger
import Mail
import Notices
import Records

/// A letter of the outbox, taken apart again.
struct StoredLetter {
    private let entry: OutboxEntry
    private let mime: [UInt8]
    private let message: Message

    init(_ entry: OutboxEntry, _ mime: [UInt8]) throws {
        self.entry = entry
        self.mime = mime
        message = try MessageReader.read(mime)
    }

    var text: String { message.text }
    var files: [MessagePart] { message.attachments }

    /// What tells these words from others: two windows never overwrite each other.
    var mark: String { String(Digest.hex(.sha256, of: mime).prefix(16)) }

    /// The message with other words, under the same Message-ID.
    /// - Throws: when the letter cannot be written so.
    func reworded(_ words: String, from sender: MailAddress, zone: OfficeZone) throws -> [UInt8] {
        let attachments = message.attachments.map {
            NoticeAttachment(filename: $0.filename ?? "", contentType: $0.contentType, bytes: Data($0.bytes))
        }
        let notice = Notice(
            kind: entry.kind, recipient: entry.recipient, subject: entry.subject, text: "", html: "",
            attachments: attachments
        ).reworded(words)
        let outgoing = OutgoingMessage(
            notice: notice, origin: entry.inReplyTo == nil ? .generated : .replied, from: sender,
            replyTo: message.replyTo.first, messageID: entry.messageID, inReplyTo: message.inReplyTo.first,
            references: message.references, date: message.date ?? entry.created, zone: zone)
        return try outgoing.bytes()
    }
}
