import Foundation
import GRDB
package import Records

extension LedgerView {
    private static let messageColumns = """
        id, account, folder, uid_validity, uid, raw_sha256, message_id, thread, sender, subject, received, size, unit,
        outcome, reason, moved
        """

    /// The newest mails first.
    package func messages(limit: Int = 1000) throws -> [MessageRecord] {
        try rows("SELECT \(Self.messageColumns) FROM messages ORDER BY id DESC LIMIT ?", [limit], message)
    }

    /// Mails of the given outcomes (what waits in quarantine), the oldest first.
    package func messages(_ outcomes: Set<MessageOutcome>) throws -> [MessageRecord] {
        let names = outcomes.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try rows(
            "SELECT \(Self.messageColumns) FROM messages WHERE outcome IN (\(names)) ORDER BY id", [], message)
    }

    package func message(_ id: RowID<MessageRecord>) throws -> MessageRecord? {
        try first("SELECT \(Self.messageColumns) FROM messages WHERE id = ?", [id.rawValue], message)
    }

    package func message(_ key: MessageKey) throws -> MessageRecord? {
        try first(
            """
            SELECT \(Self.messageColumns) FROM messages
            WHERE account = ? AND folder = ? AND uid_validity = ? AND uid = ?
            """, key.arguments, message)
    }

    /// The highest UID that the ledger has of an account's mails.
    package func lastUID(account: String) throws -> UID? {
        try first("SELECT max(uid) FROM messages WHERE account = ?", [account]) { $0[0] as UInt32? }?
            .flatMap { UID($0) }
    }

    /// Mails of the same bytes, the oldest first. After a change of UIDVALIDITY this is how they are known again.
    package func messages(rawSHA256: String) throws -> [MessageRecord] {
        try rows(
            "SELECT \(Self.messageColumns) FROM messages WHERE raw_sha256 = ? ORDER BY id", [rawSHA256], message)
    }

    /// Mails whose outcome has a folder that they have not been moved to yet.
    package func messagesToMove(account: String) throws -> [MessageRecord] {
        try rows(
            "SELECT \(Self.messageColumns) FROM messages WHERE moved = 0 AND account = ? ORDER BY id", [account],
            message
        ).filter { $0.message.outcome.destination != nil }
    }

    private func message(_ row: Row) throws -> MessageRecord {
        let id: Int64 = row[0]
        let unit: String = row[12]
        let key = MessageKey(
            account: row[1], folder: row[2], uidValidity: try decoded(UIDValidity(row[3]), "uid_validity"),
            uid: try decoded(UID(row[4]), "uid"))
        return MessageRecord(
            id: RowID(rawValue: id),
            message: ReceivedMessage(
                key: key, rawSHA256: row[5], messageID: row[6], thread: row[7], sender: row[8], subject: row[9],
                received: Date(milliseconds: row[10]), size: row[11], unit: UnitCode(unit),
                outcome: try decoded(MessageOutcome(rawValue: row[13]), "outcome"), reason: row[14],
                files: try files(of: RowID(rawValue: id))),
            isMoved: row[15])
    }

    /// The files of a mail, in the order of its parts.
    package func files(of message: RowID<MessageRecord>) throws -> [ReceivedFile] {
        try rows(
            """
            SELECT path, filename, content_type, kind, size, sha256, role FROM files WHERE message = ? ORDER BY id
            """, [message.rawValue]
        ) { try ReceivedFile($0, from: 0) }
    }

    /// The archive's names of the mails that brought a file, the oldest first.
    package func rawMails(holding sha256: String) throws -> [String] {
        try rows(
            """
            SELECT m.raw_sha256 FROM files f JOIN messages m ON m.id = f.message WHERE f.sha256 = ? ORDER BY m.id
            """, [sha256]
        ) { $0[0] }
    }

    /// Whether a file of these bytes has come before.
    package func knowsFile(sha256: String) throws -> Bool {
        try first("SELECT 1 FROM files WHERE sha256 = ? LIMIT 1", [sha256]) { _ in true } ?? false
    }

    /// The worker's table: mails from the given one on, a line for each workbook, in the order of arrival.
    package func intake(after message: RowID<MessageRecord>? = nil, limit: Int = 10_000) throws -> [IntakeLine] {
        try rows(
            """
            SELECT m.id, m.received, m.sender, m.unit, m.outcome, r.form, r.outcome, r.standing, s.receipt, n.kind, n.state
            FROM messages m
            LEFT JOIN revisions r ON r.message = m.id
            LEFT JOIN submissions s ON s.id = r.submission
            LEFT JOIN notices n ON n.id = (SELECT id FROM notices WHERE in_reply_to = m.id ORDER BY id DESC LIMIT 1)
            WHERE m.id > ? ORDER BY m.id, r.id LIMIT ?
            """, [message?.rawValue ?? 0, limit]
        ) { row in
            IntakeLine(
                message: RowID(rawValue: row[0]), received: Date(milliseconds: row[1]), sender: row[2],
                unit: UnitCode(row[3] as String), outcome: try decoded(MessageOutcome(rawValue: row[4]), "outcome"),
                form: row[5], verdict: (row[6] as String?).flatMap(Outcome.init(rawValue:)),
                standing: (row[7] as String?).flatMap(RevisionStanding.init(rawValue:)),
                receipt: (row[8] as String?).flatMap { Receipt(stored: $0) },
                notice: (row[9] as String?).flatMap(NoticeKind.init(rawValue:)),
                noticeState: (row[10] as String?).flatMap(NoticeState.init(rawValue:)))
        }
    }
}

extension MessageKey {
    var arguments: StatementArguments { [account, folder, uidValidity.rawValue, uid.rawValue] }
}

extension ReceivedFile {
    /// Reads seven columns: path, filename, content_type, kind, size, sha256, role.
    init(_ row: Row, from column: Int) throws {
        self.init(
            path: row[column], filename: row[column + 1], contentType: row[column + 2], kind: row[column + 3],
            size: row[column + 4], sha256: row[column + 5],
            role: try decoded(Role(rawValue: row[column + 6]), "role"))
    }
}
