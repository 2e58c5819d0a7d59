package import Foundation

/// A mail as it was read: its header fields and its leaves, with the wrappers around them undone.
///
/// Everything in it was written by whoever sent it; `SenderTrust` says what of it may be believed.
package struct Message: Sendable, Codable {
    package let subject: String
    /// Every author (RFC 5322, 3.6.2); more than one, or none, is unusual.
    package let from: [MailAddress]
    package let sender: MailAddress?
    package let replyTo: [MailAddress]
    package let to: [MailAddress]
    package let cc: [MailAddress]
    /// When the sender's clock said it was written; nil when the field is missing or unreadable.
    package let date: Date?
    /// Seconds east of GMT in which `date` was written.
    package let dateOffset: Int
    /// The field as it stands.
    package let dateText: String
    /// Without the angle brackets, which are not part of it (RFC 5322, 3.6.4); nil when there is none.
    package let messageID: String?
    package let inReplyTo: [String]
    package let references: [String]
    package let returnPath: ReturnPath?
    /// All header fields of the message, the newest (topmost) first.
    package let headers: [MessageHeader]
    /// Why this message is never answered; nil when it may be.
    package let automatic: AutomaticReason?
    /// The leaves in the order in which they stand, a wrapper before what it holds.
    package let parts: [MessagePart]
    /// The sender's words as plain text, lines ended by LF, capped; made from the HTML when there is nothing else.
    package let text: String

    package init(
        subject: String, from: [MailAddress], sender: MailAddress?, replyTo: [MailAddress], to: [MailAddress],
        cc: [MailAddress], date: Date?, dateOffset: Int, dateText: String, messageID: String?, inReplyTo: [String],
        references: [String], returnPath: ReturnPath?, headers: [MessageHeader], automatic: AutomaticReason?,
        parts: [MessagePart], text: String
    ) {
        self.subject = subject
        self.from = from
        self.sender = sender
        self.replyTo = replyTo
        self.to = to
        self.cc = cc
        self.date = date
        self.dateOffset = dateOffset
        self.dateText = dateText
        self.messageID = messageID
        self.inReplyTo = inReplyTo
        self.references = references
        self.returnPath = returnPath
        self.headers = headers
        self.automatic = automatic
        self.parts = parts
        self.text = text
    }

    /// What the sender attached: no body texts, no opened wrappers, nothing that is silently ignored.
    package var attachments: [MessagePart] { parts.filter { $0.role == .attachment } }

    /// The values of all fields of this name, in order, as they stand (unfolded, encoded words left as they are).
    package func rawValues(_ name: String) -> [String] {
        headers.filter { $0.isNamed(name) }.map(\.raw)
    }
}

/// The `Return-Path` that the last server wrote (RFC 5321, 4.4).
package enum ReturnPath: Hashable, Sendable, Codable {
    /// `<>`: a delivery report or another mail that must not be answered.
    case null
    case address(String)
}

/// One header field.
package struct MessageHeader: Hashable, Sendable, Codable {
    package let name: String
    /// The value unfolded, with encoded words as they stand.
    package let raw: String

    package init(name: String, raw: String) {
        self.name = name
        self.raw = raw
    }

    /// The value with encoded words (RFC 2047) decoded.
    package var value: String { MIMEText.decodedHeader(raw) }

    /// Names are compared without case (RFC 5322, 1.2.2).
    package func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && MailAddress.lowercased(name.utf8) == MailAddress.lowercased(other.utf8)
    }
}
