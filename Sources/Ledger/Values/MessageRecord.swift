package import Foundation
package import Records

/// A mail as the ledger has it.
package struct MessageRecord: Hashable, Sendable, Identifiable {
    package let id: RowID<MessageRecord>
    package let message: ReceivedMessage
    /// Whether the mailbox has been told: the mail stands in the folder of its outcome.
    package let isMoved: Bool

    /// Whether a person admitted it from quarantine, where the mailbox has it until it is moved again.
    package var isAdmitted: Bool { message.reason == ReceivedMessage.admitted }
}

/// What is recorded of a mail that was taken in.
package struct ReceivedMessage: Hashable, Sendable {
    package var key: MessageKey
    /// SHA-256 of the raw mail in the archive, in hexadecimal.
    package var rawSHA256: String
    /// Its Message-ID; empty when it has none.
    package var messageID: String
    /// The Message-ID that the thread begins with (first of References, else In-Reply-To, else its own).
    package var thread: String
    /// The sender's address.
    package var sender: String
    package var subject: String
    /// The server's INTERNALDATE, or what stands for it; stored once.
    package var received: Date
    /// Bytes of the raw mail.
    package var size: Int
    /// The unit that the mail counts for, where that is known.
    package var unit: UnitCode?
    package var outcome: MessageOutcome
    /// Why, where the outcome needs a reason; for people.
    package var reason: String
    package var files: [ReceivedFile]

    /// The reason of what a person admitted from quarantine.
    package static let admitted = "admitted"

    package init(
        key: MessageKey, rawSHA256: String, messageID: String = "", thread: String = "", sender: String,
        subject: String, received: Date, size: Int, unit: UnitCode? = nil, outcome: MessageOutcome,
        reason: String = "", files: [ReceivedFile] = []
    ) {
        self.key = key
        self.rawSHA256 = rawSHA256
        self.messageID = messageID
        self.thread = thread
        self.sender = sender
        self.subject = subject
        self.received = received
        self.size = size
        self.unit = unit
        self.outcome = outcome
        self.reason = reason
        self.files = files
    }
}

/// What became of a mail as a whole; how each of its workbooks fared stands in the revisions.
package enum MessageOutcome: String, Sendable, Codable, CaseIterable {
    /// It brought at least one workbook that was judged.
    case workbooks
    /// It brought papers for a submission.
    case evidence
    /// It brought files, none of which could be read.
    case unreadable
    /// A listed sender wrote without a workbook: a person answers.
    case question
    /// Everything in it was known by content.
    case repeated
    /// Automatic mail, never answered (RFC 3834).
    case automatic
    /// Older than the first contact with the mailbox; taken silently.
    case old
    /// The sender is not listed.
    case stranger
    /// A listed sender without an aligned pass: waits for one press.
    case unverified
    /// A plain fail of the sender's authentication.
    case refused
    /// It could not be dealt with, after the given number of attempts.
    case quarantined

    /// Where the mail belongs afterwards; nil: it stays.
    package var destination: MailDestination? {
        switch self {
        case .workbooks, .evidence, .unreadable, .question, .repeated, .automatic: .processed
        case .stranger, .unverified, .refused, .quarantined: .quarantine
        case .old: nil
        }
    }
}

/// The folders that mail is moved to once it is in the ledger.
package enum MailDestination: String, Sendable, Codable, CaseIterable {
    case processed, quarantine
}

/// A part of a mail that is a file, or a file that came by hand.
package struct ReceivedFile: Hashable, Sendable {
    package enum Role: String, Sendable, Codable, CaseIterable {
        case workbook, evidence
        /// An archive or a mail whose parts are listed by themselves.
        case wrapper
        case unreadable
        /// Signature images, lock files and the like.
        case ignored
    }

    /// The part's path in the mail, `1.2`; unique within the mail.
    package var path: String
    /// As sent; for people, never used as a path.
    package var filename: String
    package var contentType: String
    /// What the bytes are: `xlsx`, `pdf`, …
    package var kind: String
    /// Bytes.
    package var size: Int
    package var sha256: String
    package var role: Role

    package init(
        path: String, filename: String, contentType: String, kind: String, size: Int, sha256: String, role: Role
    ) {
        self.path = path
        self.filename = filename
        self.contentType = contentType
        self.kind = kind
        self.size = size
        self.sha256 = sha256
        self.role = role
    }
}

/// Where the next search of a folder begins.
package struct MailboxCursor: Hashable, Sendable {
    package var uidValidity: UIDValidity
    /// The smallest UID that has not been dealt with. One beyond the last UID that can be (2^32) means: the folder is full.
    package var nextUID: UInt64
    /// When the folder was looked into for the first time: what is older than this lay there before.
    package let firstContact: Date

    package init(uidValidity: UIDValidity, nextUID: UInt64, firstContact: Date) {
        self.uidValidity = uidValidity
        self.nextUID = nextUID
        self.firstContact = firstContact
    }
}
