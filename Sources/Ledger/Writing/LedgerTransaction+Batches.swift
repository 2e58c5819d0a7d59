package import Foundation
import GRDB
package import Records

extension LedgerTransaction {
    /// Opens a list with these nominees.
    package func openBatch(
        _ level: BatchRecord.Level, stage: String, of submissions: [RowID<SubmissionRecord>], by who: String,
        at now: Date
    ) throws -> RowID<BatchRecord> {
        try run(
            "INSERT INTO batches (level, stage, opened, who) VALUES (?, ?, ?, ?)",
            [level.rawValue, stage, now.milliseconds, who])
        let id = RowID<BatchRecord>(rawValue: db.lastInsertedRowID)
        for (position, submission) in submissions.enumerated() {
            try run(
                "INSERT INTO batch_lines (batch, submission, position) VALUES (?, ?, ?)",
                [id.rawValue, submission.rawValue, position + 1])
        }
        try auditBatch(id, "batch.open", "\(level.rawValue) \(stage), \(submissions.count)", who, now)
        return id
    }

    /// Puts a list's nominees into an order.
    package func order(
        _ submissions: [RowID<SubmissionRecord>], on batch: RowID<BatchRecord>, by who: String, at now: Date
    ) throws {
        for (position, submission) in submissions.enumerated() {
            try runOnOne(
                "UPDATE batch_lines SET position = ? WHERE batch = ? AND submission = ? AND removed = ''",
                [position + 1, batch.rawValue, submission.rawValue], "line of the list")
        }
        try auditBatch(batch, "batch.order", "", who, now)
    }

    /// Takes a nominee off a list; why is kept.
    package func remove(
        _ submission: SubmissionRecord, from batch: RowID<BatchRecord>, why: String, by who: String, at now: Date
    ) throws {
        try runOnOne(
            "UPDATE batch_lines SET removed = ? WHERE batch = ? AND submission = ? AND removed = ''",
            [why, batch.rawValue, submission.id.rawValue], "line of the list")
        try auditBatch(batch, "batch.remove", "\(submission.receipt): \(why)", who, now)
    }

    /// Keeps the scanned decision, which lies in the archive already.
    package func attach(
        _ scan: BatchRecord.Scan, to batch: RowID<BatchRecord>, by who: String, at now: Date
    ) throws {
        try runOnOne(
            "UPDATE batches SET scan = ?, scan_name = ? WHERE id = ? AND told = 0",
            [scan.sha256, scan.filename, batch.rawValue], "list that is not told")
        try auditBatch(batch, "batch.scan", scan.filename, who, now)
    }

    package func noteCouncil(
        _ day: CivilDate, votes: [RowID<SubmissionRecord>: String], of batch: RowID<BatchRecord>, by who: String,
        at now: Date
    ) throws {
        try runOnOne("UPDATE batches SET council = ? WHERE id = ?", [day.description, batch.rawValue], "list")
        for (submission, words) in votes {
            try run(
                "UPDATE batch_lines SET votes = ? WHERE batch = ? AND submission = ?",
                [words, batch.rawValue, submission.rawValue])
        }
        try auditBatch(batch, "batch.council", day.description, who, now)
    }

    package func noteProposal(
        _ document: BatchRecord.Document, of batch: RowID<BatchRecord>, by who: String, at now: Date
    ) throws {
        try runOnOne(
            "UPDATE batches SET proposal = ?, proposal_day = ? WHERE id = ? AND proposal_day = ''",
            [document.number, document.day.description, batch.rawValue], "list without a cover letter")
        try auditBatch(batch, "batch.propose", "\(document.number) \(document.day)", who, now)
    }

    /// - Parameter refused: why the decision does not name some of them.
    package func noteDecision(
        _ document: BatchRecord.Document, signer: String, ceremony: String,
        refused: [RowID<SubmissionRecord>: String], of batch: RowID<BatchRecord>, by who: String, at now: Date
    ) throws {
        try runOnOne(
            """
            UPDATE batches SET decision = ?, decision_day = ?, signer = ?, ceremony = ? WHERE id = ? AND decision_day = ''
            """, [document.number, document.day.description, signer, ceremony, batch.rawValue],
            "list without a decision")
        for (submission, reason) in refused {
            try run(
                "UPDATE batch_lines SET refusal = ? WHERE batch = ? AND submission = ?",
                [reason, batch.rawValue, submission.rawValue])
        }
        try auditBatch(batch, "batch.decide", "\(document.number) \(document.day), \(signer)", who, now)
    }

    package func noteTold(_ batch: RowID<BatchRecord>, by who: String, at now: Date) throws {
        try runOnOne(
            "UPDATE batches SET told = 1 WHERE id = ? AND told = 0 AND decision_day <> ''", [batch.rawValue],
            "list that is decided and not told")
        try auditBatch(batch, "batch.tell", "", who, now)
    }

    private func auditBatch(
        _ batch: RowID<BatchRecord>, _ action: String, _ detail: String, _ who: String, _ now: Date
    ) throws {
        try audit(AuditEntry(at: now, who: who, action: action, subject: "batch \(batch.rawValue)", detail: detail))
    }
}
