package import Foundation
package import Records

/// A notice as it enters the outbox, whole and ready to send.
package struct OutboxDraft: Hashable, Sendable {
    package var kind: NoticeKind
    package var recipient: String
    /// Addresses that get the same letter.
    package var copies: [String]
    package var subject: String
    /// The notice's own Message-ID: unique, and the same when it goes out again.
    package var messageID: String
    /// The message as RFC 5322 bytes.
    package var mime: [UInt8]
    /// The submissions that it speaks of.
    package var submissions: [RowID<SubmissionRecord>]
    /// The mail that it answers.
    package var inReplyTo: RowID<MessageRecord>?
    /// Waits for one press.
    package var isHeld: Bool
    package var created: Date
    /// Not before this instant it leaves.
    package var due: Date

    /// - Parameter due: nil: at once.
    package init(
        kind: NoticeKind, recipient: String, copies: [String] = [], subject: String, messageID: String, mime: [UInt8],
        submissions: [RowID<SubmissionRecord>] = [], inReplyTo: RowID<MessageRecord>? = nil, isHeld: Bool = false,
        created: Date, due: Date? = nil
    ) {
        self.kind = kind
        self.recipient = recipient
        self.copies = copies
        self.subject = subject
        self.messageID = messageID
        self.mime = mime
        self.submissions = submissions
        self.inReplyTo = inReplyTo
        self.isHeld = isHeld
        self.created = created
        self.due = due ?? created
    }
}

/// A notice of the outbox as lists show it, without its bytes.
package struct OutboxEntry: Hashable, Sendable, Identifiable {
    package let id: RowID<OutboxEntry>
    package let kind: NoticeKind
    package let recipient: String
    package let copies: [String]
    package let subject: String
    package let messageID: String
    package let inReplyTo: RowID<MessageRecord>?
    package let state: NoticeState
    package let created: Date
    /// When it is tried next, where it waits.
    package let due: Date
    /// How often it has been tried.
    package let attempts: Int
    /// The server's last answer.
    package let response: String
    /// What a delivery report (RFC 3464) said later; empty when none came.
    package let bounce: String
}

/// The states of a notice. `sending` is committed before DATA.
package enum NoticeState: String, Sendable, Codable, CaseIterable {
    case pending, sending, sent
    /// The server said "later" (4xx), or could not be reached.
    case deferred
    /// The server refused it for good (5xx), or it was tried for too long.
    case failed
    /// It may have gone out: the connection or the process ended after DATA. A person looks.
    case unknown
    case held
    case dropped
}

/// A notice that has been taken out of the outbox to be sent now.
package struct ClaimedNotice: Hashable, Sendable, Identifiable {
    package let id: RowID<OutboxEntry>
    package let kind: NoticeKind
    package let recipient: String
    package let copies: [String]
    package let messageID: String
    package let mime: [UInt8]
    /// This attempt included.
    package let attempts: Int
}

/// How an attempt to send ended.
package enum DeliveryOutcome: Hashable, Sendable {
    /// The server took it.
    case sent(String)
    /// 4xx, or no connection: tried again later.
    case deferred(String)
    /// 5xx: final, and shown.
    case refused(String)
    /// The connection was lost after DATA had begun.
    case unknown(String)
    /// Nothing was said to any server: the worker was told to end before this one's turn.
    case notTried
}

extension NoticeKind {
    /// Whether a notice that may or may not have gone out is sent again, under the same Message-ID: a unit that waits for
    /// its receipt or its correction request is worse off without it than with two.
    var goesOutAgain: Bool {
        switch self {
        case .reportReceipt, .nominationReceipt, .correctionRequest, .severalWorkbooks: true
        case .standardNotMet, .alreadyReceived, .evidenceAdded, .unreadable, .noWorkbook, .stranger, .unverified,
            .unitDisagreement, .blankForms, .reminder, .overdueList, .figuresFrozen, .stageClosed, .returned, .declined,
            .withdrawn, .awardedByDistrict, .proposedToProvince, .decidedByProvince, .opinionRequest, .dailyDigest,
            .technicalAlarm:
            false
        }
    }
}
