package import Foundation
package import Records

/// A letter of the office as it goes out.
///
/// Its bytes depend on its values alone: the same letter sent again is the same message.
package struct OutgoingMessage: Hashable, Sendable {
    /// Why a letter cannot be written.
    package enum Failure: Error, Hashable, Sendable {
        /// The recipient is no address that may stand on an envelope.
        case recipient(String)
        /// An identifier holds what must not stand in one.
        case identifier(String)
    }

    /// How the letter came about (RFC 3834, 5).
    package enum Origin: String, Hashable, Sendable, Codable {
        /// In answer to a message.
        case replied = "auto-replied"
        /// Of the office's own accord: reminders, decisions.
        case generated = "auto-generated"
    }

    package let notice: Notice
    package let origin: Origin
    package let from: MailAddress
    /// Where answers go; nil means to `from`.
    package let replyTo: MailAddress?
    /// Without angle brackets.
    package let messageID: String
    /// The identifier of the message that is answered; nil for a letter that answers none.
    package let inReplyTo: String?
    /// The thread up to and including the message that is answered.
    package let references: [String]
    package let date: Date
    package let zone: OfficeZone

    package init(
        notice: Notice, origin: Origin = .replied, from: MailAddress, replyTo: MailAddress? = nil, messageID: String,
        inReplyTo: String? = nil, references: [String] = [], date: Date, zone: OfficeZone
    ) {
        self.notice = notice
        self.origin = origin
        self.from = from
        self.replyTo = replyTo
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.date = date
        self.zone = zone
    }

    /// A letter that answers a message: its thread is taken over (RFC 5322, 3.6.4), as far as its identifiers may stand
    /// in a field; old programs write what they like there, and that must cost nobody the answer.
    package init(
        _ notice: Notice, answering message: Message, from: MailAddress, messageID: String, date: Date, zone: OfficeZone
    ) {
        var thread = message.references.isEmpty ? Array(message.inReplyTo.prefix(1)) : message.references
        if let id = message.messageID { thread.append(id) }
        self.init(
            notice: notice, from: from, messageID: messageID,
            inReplyTo: message.messageID.flatMap { Self.isIdentifier($0) ? $0 : nil }, references: thread, date: date,
            zone: zone)
    }

    /// The message in RFC 5322 form, lines ended by CRLF, all of it ASCII.
    package func bytes() throws(Failure) -> [UInt8] {
        guard let recipient = MailAddress(notice.recipient) else { throw .recipient(notice.recipient) }
        let copies = try notice.copies.map { text throws(Failure) in
            guard let address = MailAddress(text) else { throw .recipient(text) }
            return address
        }
        for id in [messageID, inReplyTo].compactMap({ $0 }) where !Self.isIdentifier(id) { throw .identifier(id) }
        var out = MIMEWriter()
        out.field("From", address: from)
        out.field("To", address: recipient)
        if !copies.isEmpty { out.field("Cc", addresses: copies) }
        if let replyTo { out.field("Reply-To", address: replyTo) }
        out.field("Subject", text: notice.subject)
        out.field("Date", MailDate.rfc5322(date, offset: zone.secondsFromGMT))
        out.field("Message-ID", "<\(messageID)>")
        if let inReplyTo { out.field("In-Reply-To", "<\(inReplyTo)>") }
        let thread = Self.shortened(references.filter { Self.isIdentifier($0) })
        if !thread.isEmpty { out.field("References", words: thread.map { "<\($0)>" }) }
        out.field("Auto-Submitted", origin.rawValue)
        out.field("X-Auto-Response-Suppress", "All")
        out.field("MIME-Version", "1.0")
        writeBody(&out)
        return out.bytes
    }

    private func writeBody(_ out: inout MIMEWriter) {
        let outer = MIMEWriter.boundary(messageID, "mixed")
        let inner = MIMEWriter.boundary(messageID, "alternative")
        if !notice.attachments.isEmpty {
            out.multipart("mixed", outer)
            out.open(outer)
        }
        out.multipart("alternative", inner)
        for (type, text) in [("text/plain", notice.text), ("text/html", notice.html)] {
            out.open(inner)
            out.field("Content-Type", "\(type); charset=utf-8")
            out.quotedPrintable(text)
        }
        out.close(inner)
        for attachment in notice.attachments {
            out.open(outer)
            out.attachment(attachment)
        }
        if !notice.attachments.isEmpty { out.close(outer) }
    }

    /// The first and the last ones of a long thread: readers need no more to place a letter.
    private static func shortened(_ thread: [String]) -> [String] {
        thread.count <= 20 ? thread : [thread[0]] + thread.suffix(19)
    }

    /// What may stand between angle brackets and be sent: visible ASCII without brackets, of a length that fits a line.
    static func isIdentifier(_ text: String) -> Bool {
        (1...900).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }
}

extension OutgoingMessage {
    /// The envelope's return path, which carries a token so that a delivery report finds its letter:
    /// `office+token@example.vn`. Nil when the token holds anything but ASCII letters and digits, or is too long.
    package static func returnPath(of office: MailAddress, token: String) -> String? {
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 < 0x80 }), token.allSatisfy({ $0.isLetter || $0.isNumber })
        else {
            return nil
        }
        return MailAddress("\(office.local)+\(token)@\(office.domain)")?.address
    }

    /// The token in a return path of the office, as a delivery report's recipient shows it; nil when it has none.
    package static func token(in recipient: MailAddress, of office: MailAddress) -> String? {
        let prefix = MailAddress.lowercased(office.local.utf8) + "+"
        guard recipient.domain == office.domain, MailAddress.lowercased(recipient.local.utf8).hasPrefix(prefix) else {
            return nil
        }
        return String(recipient.local.dropFirst(prefix.count))
    }
}
