package import Foundation
import GRDB
package import Records

/// What a person does with mail that waits for one.
extension LedgerTransaction {
    /// Takes a mail off the list of those that wait.
    /// - Throws: `conflict` when somebody has dealt with it before.
    package func handle(
        _ message: RowID<MessageRecord>, _ handling: MailHandling, by who: String, at now: Date
    ) throws {
        try runOnOne(
            "UPDATE messages SET handled = ? WHERE id = ? AND handled = ''", [handling.rawValue, message.rawValue],
            "mail that waits")
        try audit(
            AuditEntry(
                at: now, who: who, action: "mail.handle", subject: "mail \(message.rawValue)",
                detail: handling.rawValue))
    }

    /// Asks the worker to take a mail in for a unit; the mail waits for nobody else then.
    package func askToAdmit(
        _ message: RowID<MessageRecord>, for unit: UnitCode, by who: String, at now: Date
    ) throws {
        try handle(message, .admitted, by: who, at: now)
        try run(
            "INSERT OR REPLACE INTO admissions (message, unit, who, asked) VALUES (?, ?, ?, ?)",
            [message.rawValue, unit.rawValue, who, now.milliseconds])
        try audit(
            AuditEntry(
                at: now, who: who, action: "mail.admit", subject: "mail \(message.rawValue)", detail: unit.rawValue))
    }

    /// The worker has taken a mail in, or could not; then it waits for a person again.
    package func settle(_ admission: Admission, trouble: String = "", at now: Date) throws {
        try run(
            "UPDATE admissions SET done = ?, trouble = ? WHERE message = ?",
            [now.milliseconds, trouble, admission.message.rawValue])
        // What turns out to be a question waits for an answer.
        try run(
            "UPDATE messages SET handled = '' WHERE id = ?1 AND (?2 OR outcome = 'question')",
            [admission.message.rawValue, !trouble.isEmpty])
    }

    /// Notes an address for whoever keeps units.xlsx.
    package func requestAddress(_ address: String, of unit: UnitCode, by who: String, at now: Date) throws {
        try run(
            "INSERT OR REPLACE INTO address_requests (address, unit, who, at) VALUES (?, ?, ?, ?)",
            [address, unit.rawValue, who, now.milliseconds])
        try audit(
            AuditEntry(at: now, who: who, action: "address.request", subject: unit.rawValue, detail: address))
    }

    /// Rewrites a letter that waits for a press; the trail keeps the words that it had.
    /// - Throws: `conflict` when it does not wait any more.
    package func reword(
        _ notice: RowID<OutboxEntry>, mime: [UInt8], before: String, by who: String, at now: Date
    ) throws {
        let messageID = try stored.first(
            "UPDATE notices SET mime = ? WHERE id = ? AND state = 'held' RETURNING message_id",
            [Data(mime), notice.rawValue]
        ) { $0[0] as String }
        guard let messageID else { throw LedgerError(.conflict, "the notice is not waiting for a decision") }
        try audit(AuditEntry(at: now, who: who, action: "notice.reword", subject: messageID, detail: before))
    }
}
