package import Foundation
import GRDB
package import Records

extension LedgerTransaction {
    /// Puts a notice into the outbox: it leaves once the transaction is committed, unless it is held.
    /// - Throws: `conflict` when there is a notice of this Message-ID.
    @discardableResult
    package func enqueue(_ draft: OutboxDraft) throws -> RowID<OutboxEntry> {
        let state: NoticeState = draft.isHeld ? .held : .pending
        try run(
            """
            INSERT INTO notices (kind, recipient, copies, subject, message_id, in_reply_to, state, created, due, mime)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                draft.kind.rawValue, draft.recipient, draft.copies.joined(separator: " "), draft.subject,
                draft.messageID, draft.inReplyTo?.rawValue, state.rawValue, draft.created.milliseconds,
                draft.due.milliseconds, Data(draft.mime),
            ])
        let id = db.lastInsertedRowID
        for submission in Set(draft.submissions) {
            try run(
                "INSERT INTO notice_submissions (notice, submission) VALUES (?, ?)", [id, submission.rawValue])
        }
        return RowID(rawValue: id)
    }

    /// A person releases a notice that is held, unknown or failed; it goes out under the same Message-ID.
    /// - Parameter due: not before this instant; nil: at once.
    package func release(_ notice: RowID<OutboxEntry>, by who: String, at now: Date, due: Date? = nil) throws {
        try decide(
            notice, .pending, from: "'held', 'unknown', 'failed'", by: who, action: "notice.release", at: now, due: due)
    }

    /// A person decides that a notice does not go out.
    package func drop(_ notice: RowID<OutboxEntry>, by who: String, at now: Date) throws {
        try decide(
            notice, .dropped, from: "'held', 'unknown', 'failed', 'pending', 'deferred'", by: who,
            action: "notice.drop", at: now)
    }

    private func decide(
        _ notice: RowID<OutboxEntry>, _ state: NoticeState, from states: String, by who: String, action: String,
        at now: Date, due: Date? = nil
    ) throws {
        let messageID = try stored.first(
            "UPDATE notices SET state = ?, due = ? WHERE id = ? AND state IN (\(states)) RETURNING message_id",
            [state.rawValue, (due ?? now).milliseconds, notice.rawValue]
        ) { $0[0] as String }
        guard let messageID else { throw LedgerError(.conflict, "the notice is not waiting for a decision") }
        try audit(AuditEntry(at: now, who: who, action: action, subject: messageID))
    }

    /// A reminder of a duty has been written, for a step of the plan.
    package func recordReminder(
        of key: SubmissionKey, step: CivilDate, notice: RowID<OutboxEntry>
    ) throws {
        try run(
            "INSERT INTO reminders (form, unit, period, step, notice) VALUES (?, ?, ?, ?, ?)",
            [key.form, key.unit.rawValue, key.period ?? "", step.description, notice.rawValue])
    }

    /// A delivery report (RFC 3464) has come about a notice.
    /// - Returns: whether there is such a notice.
    @discardableResult
    package func recordBounce(of notice: RowID<OutboxEntry>, _ detail: String, at now: Date) throws -> Bool {
        try run(
            "UPDATE notices SET bounce = ?, bounced = ? WHERE id = ?", [detail, now.milliseconds, notice.rawValue])
        return db.changesCount == 1
    }

    /// Something was seen to work.
    package func noteCheck(_ name: CheckName, at now: Date) throws {
        try run(
            "INSERT INTO checks (name, at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET at = max(at, ?2)",
            [name.text, now.milliseconds])
    }
}
