package import Foundation
import GRDB
package import Records

/// What can be written in one transaction. Valid only inside the closure that it is given to.
package struct LedgerTransaction {
    let db: Database
    let figures: FiguresCache
    let fresh: FreshRevisions

    /// The ledger as this transaction sees it, what it has written itself included.
    package var stored: LedgerView { LedgerView(db: db, figures: figures) }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Runs a statement that must change exactly one row.
    func runOnOne(_ sql: String, _ arguments: StatementArguments, _ what: String) throws {
        try run(sql, arguments)
        guard db.changesCount == 1 else { throw LedgerError(.conflict, "there is no such \(what)") }
    }
}

// MARK: - Mail

extension LedgerTransaction {
    /// Records a mail and its files; its attempts are forgotten.
    /// - Throws: `conflict` when the mailbox's key is known already.
    @discardableResult
    package func record(_ message: ReceivedMessage) throws -> RowID<MessageRecord> {
        try run(
            """
            INSERT INTO messages (account, folder, uid_validity, uid, raw_sha256, message_id, thread, sender, subject,
                received, size, unit, outcome, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            message.key.arguments
                + [
                    message.rawSHA256, message.messageID, message.thread, message.sender, message.subject,
                    message.received.milliseconds, message.size, message.unit?.rawValue ?? "",
                    message.outcome.rawValue, message.reason,
                ])
        let id = RowID<MessageRecord>(rawValue: db.lastInsertedRowID)
        for file in message.files { _ = try insert(file, of: id) }
        try run(
            "DELETE FROM attempts WHERE account = ? AND folder = ? AND uid_validity = ? AND uid = ?",
            message.key.arguments)
        return id
    }

    /// A recorded mail turns out differently: admitted from quarantine, confirmed by a person. It will be moved again.
    package func change(
        _ message: RowID<MessageRecord>, outcome: MessageOutcome, unit: UnitCode?, reason: String = ""
    ) throws {
        try runOnOne(
            "UPDATE messages SET outcome = ?, unit = ?, reason = ?, moved = 0 WHERE id = ?",
            [outcome.rawValue, unit?.rawValue ?? "", reason, message.rawValue], "message")
    }

    /// The mailbox has been told.
    package func markMoved(_ messages: [RowID<MessageRecord>]) throws {
        for message in messages { try run("UPDATE messages SET moved = 1 WHERE id = ?", [message.rawValue]) }
    }

    /// Records a file that came without a mail.
    package func record(_ file: ReceivedFile) throws {
        _ = try insert(file, of: nil)
    }

    private func insert(_ file: ReceivedFile, of message: RowID<MessageRecord>?) throws -> Int64 {
        try run(
            """
            INSERT INTO files (message, path, filename, content_type, kind, size, sha256, role)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                message?.rawValue, file.path, file.filename, file.contentType, file.kind, file.size, file.sha256,
                file.role.rawValue,
            ])
        return db.lastInsertedRowID
    }
}

// MARK: - The office's own

extension LedgerTransaction {
    /// Adds a line to the audit trail, which nothing changes afterwards.
    package func audit(_ entry: AuditEntry) throws {
        try run(
            "INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            [entry.at.milliseconds, entry.who, entry.action, entry.subject, entry.detail])
    }

    /// Keeps a form, the plan or the units as they were used. What is there already, by content, stays as it is.
    package func record(_ definition: DefinitionRecord, bytes: [UInt8]) throws {
        try run(
            """
            INSERT INTO definitions (kind, name, version, sha256, recorded, bytes) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                definition.kind, definition.name, definition.version, definition.sha256,
                definition.recorded.milliseconds, Data(bytes),
            ])
    }

    /// Freezes the figures of a form for a period; later revisions then wait for a person.
    /// - Throws: `conflict` when they are frozen already.
    package func freeze(form: String, period: String, by who: String, document: String, at now: Date) throws {
        try run(
            "INSERT INTO frozen_periods (form, period, frozen, who, document) VALUES (?, ?, ?, ?, ?)",
            [form, period, now.milliseconds, who, document])
        try audit(
            AuditEntry(at: now, who: who, action: "period.freeze", subject: "\(form) \(period)", detail: document))
    }
}
