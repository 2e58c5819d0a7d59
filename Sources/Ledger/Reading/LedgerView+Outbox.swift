package import Foundation
import GRDB
package import Records

extension LedgerView {
    static let noticeColumns =
        "id, kind, recipient, subject, message_id, in_reply_to, state, created, due, attempts, response, bounce, copies"

    /// The notices in the given states, the oldest first.
    package func outbox(_ states: Set<NoticeState> = Set(NoticeState.allCases), limit: Int = 10_000) throws
        -> [OutboxEntry]
    {
        let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try rows(
            "SELECT \(Self.noticeColumns) FROM notices WHERE state IN (\(names)) ORDER BY id LIMIT ?", [limit], notice)
    }

    package func notice(messageID: String) throws -> OutboxEntry? {
        try first("SELECT \(Self.noticeColumns) FROM notices WHERE message_id = ?", [messageID], notice)
    }

    /// The bytes of a notice.
    package func mime(of notice: RowID<OutboxEntry>) throws -> [UInt8]? {
        try first("SELECT mime FROM notices WHERE id = ?", [notice.rawValue]) { Array($0[0] as Data) }
    }

    /// How many notices an address was given since an instant, dropped ones left out; of one kind where it is given.
    package func noticeCount(to recipient: String, kind: NoticeKind? = nil, since: Date) throws -> Int {
        try count(
            """
            SELECT count(*) FROM notices WHERE recipient = ?1 AND created >= ?2 AND (?3 IS NULL OR kind = ?3)
            AND state <> 'dropped'
            """, [recipient, since.milliseconds, kind?.rawValue])
    }

    /// How many notices the office wrote since an instant, dropped ones left out.
    package func noticeCount(since: Date) throws -> Int {
        try count("SELECT count(*) FROM notices WHERE created >= ? AND state <> 'dropped'", [since.milliseconds])
    }

    /// The same, of one kind.
    package func noticeCount(kind: NoticeKind, since: Date) throws -> Int {
        try count(
            "SELECT count(*) FROM notices WHERE kind = ? AND created >= ? AND state <> 'dropped'",
            [kind.rawValue, since.milliseconds])
    }

    /// How many notices of a kind answered mails of a thread.
    package func noticeCount(kind: NoticeKind, inThread thread: String) throws -> Int {
        try count(
            """
            SELECT count(*) FROM messages m JOIN notices n ON n.in_reply_to = m.id
            WHERE m.thread = ? AND n.kind = ? AND n.state <> 'dropped'
            """, [thread, kind.rawValue])
    }

    func notice(_ row: Row) throws -> OutboxEntry {
        OutboxEntry(
            id: RowID(rawValue: row[0]), kind: try decoded(NoticeKind(rawValue: row[1]), "kind"), recipient: row[2],
            copies: (row[12] as String).split(separator: " ").map(String.init), subject: row[3], messageID: row[4],
            inReplyTo: (row[5] as Int64?).map { RowID(rawValue: $0) },
            state: try decoded(NoticeState(rawValue: row[6]), "state"), created: Date(milliseconds: row[7]),
            due: Date(milliseconds: row[8]), attempts: row[9], response: row[10], bounce: row[11])
    }
}
