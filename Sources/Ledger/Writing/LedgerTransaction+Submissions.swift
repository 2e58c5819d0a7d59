package import Foundation
import GRDB
package import Records

extension LedgerTransaction {
    /// Opens a submission under the next number of its kind and year. Numbers are gapless: one that is given out in a
    /// savepoint that is rolled back is given out again.
    /// - Parameter year: the period's year, else the stage's, else the arrival's.
    /// - Throws: `conflict` when there is a submission of this key, or no number is left.
    package func open(
        _ key: SubmissionKey, kind: FormKind, year: Int, name: String = "", at received: Date
    ) throws -> SubmissionRecord {
        let receipt = try nextReceipt(kind.receiptKind, year: year)
        try run(
            """
            INSERT INTO submissions (receipt, kind, form, unit, period, stage, nominee, place, name, opened)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [receipt.description, kind.rawValue] + StatementArguments(key.columns) + [name, received.milliseconds])
        return SubmissionRecord(
            id: RowID(rawValue: db.lastInsertedRowID), receipt: receipt, kind: kind, key: key, name: name,
            opened: Date(milliseconds: received.milliseconds))
    }

    private func nextReceipt(_ kind: Receipt.Kind, year: Int) throws -> Receipt {
        let number = try stored.first(
            """
            INSERT INTO receipts (kind, year, last) VALUES (?, ?, 1)
            ON CONFLICT (kind, year) DO UPDATE SET last = last + 1 RETURNING last
            """, [kind.rawValue, year]
        ) { $0[0] as Int }
        guard let number, let receipt = Receipt(kind: kind, year: year, number: number) else {
            throw LedgerError(.conflict, "no receipt is left of \(kind.rawValue) \(year)")
        }
        return receipt
    }

    /// A correction has changed what identifies the submission (a nominee's name): it keeps its receipt under the new key.
    /// - Throws: `conflict` when another submission has that key.
    package func rekey(_ submission: RowID<SubmissionRecord>, to key: SubmissionKey, name: String) throws {
        try runOnOne(
            """
            UPDATE submissions SET form = ?, unit = ?, period = ?, stage = ?, nominee = ?, place = ?, name = ?
            WHERE id = ?
            """, StatementArguments(key.columns) + [name, submission.rawValue], "submission")
    }

    /// Adds the next revision of a submission. One that is filed supersedes the one that was, in the same breath.
    /// - Returns: its number, and what it superseded.
    @discardableResult
    package func add(
        _ workbook: JudgedWorkbook, to submission: RowID<SubmissionRecord>, standing: RevisionStanding
    ) throws -> AddedRevision {
        let superseded = standing == .filed ? try supersede(submission) : nil
        let number =
            try stored.first(
                "SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE submission = ?", [submission.rawValue]
            ) { $0[0] as Int } ?? 1
        let verdict = workbook.verdict
        try run(
            """
            INSERT INTO revisions (submission, number, message, file_sha256, filename, content_hash, form, version,
                definition, plan, units, received, outcome, standing, receipt_lines, answers)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                submission.rawValue, number, workbook.message?.rawValue, workbook.fileSHA256, workbook.filename,
                workbook.contentHash, verdict.form.id, verdict.form.version, verdict.definition, workbook.plan,
                workbook.units, workbook.received.milliseconds, verdict.outcome.rawValue, standing.rawValue,
                JSONColumn.text(verdict.receiptLines), AnswerColumn.encode(workbook.answers),
            ])
        let id = db.lastInsertedRowID
        fresh.ids.append(id)
        try insert(verdict.findings, of: id)
        try insert(verdict.lookups, of: id)
        return AddedRevision(id: RowID(rawValue: id), number: number, superseded: superseded)
    }

    private func insert(_ findings: [Finding], of revision: Int64) throws {
        for (number, finding) in findings.enumerated() {
            try run(
                """
                INSERT INTO findings (revision, number, code, severity, sheet, row, col, question, label, rule,
                    arguments, clauses, related)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    revision, number, finding.code.rawValue, finding.severity.rawValue, finding.cell?.sheet,
                    finding.cell?.row, finding.cell?.column, finding.question, finding.label, finding.rule,
                    JSONColumn.text(finding.arguments), JSONColumn.text(finding.clauses),
                    JSONColumn.text(finding.related),
                ])
        }
    }

    private func insert(_ lookups: [Lookup], of revision: Int64) throws {
        for (number, lookup) in lookups.enumerated() {
            try run(
                """
                INSERT INTO lookups (revision, number, source, col, key_column, key, found)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [revision, number, lookup.table, lookup.column, lookup.keyColumn, lookup.key, lookup.found])
        }
    }

    /// A person decides about a revision that waits, or takes a filed one back.
    /// - Returns: what it superseded, where it is filed now.
    @discardableResult
    package func set(
        _ standing: RevisionStanding, of revision: RowID<RevisionRecord>
    ) throws -> RowID<RevisionRecord>? {
        let submission = try stored.first("SELECT submission FROM revisions WHERE id = ?", [revision.rawValue]) {
            RowID<SubmissionRecord>(rawValue: $0[0])
        }
        guard let submission else { throw LedgerError(.conflict, "there is no such revision") }
        let filed = standing == .filed ? try supersede(submission) : nil
        try run("UPDATE revisions SET standing = ? WHERE id = ?", [standing.rawValue, revision.rawValue])
        return filed == revision ? nil : filed
    }

    private func supersede(_ submission: RowID<SubmissionRecord>) throws -> RowID<RevisionRecord>? {
        try stored.first(
            "UPDATE revisions SET standing = 'superseded' WHERE submission = ? AND standing = 'filed' RETURNING id",
            [submission.rawValue]
        ) { RowID(rawValue: $0[0]) }
    }
}

/// What came of adding a revision.
package struct AddedRevision: Hashable, Sendable {
    package let id: RowID<RevisionRecord>
    /// 1, 2, 3 … within the submission.
    package let number: Int
    package let superseded: RowID<RevisionRecord>?
}

// MARK: - Dossiers and papers

extension LedgerTransaction {
    /// Opens a nominee's file, or moves it; every move stands in the audit trail under the receipt.
    package func moveDossier(
        of submission: SubmissionRecord, to state: DossierState, by who: String, reason: String = "", at now: Date
    ) throws {
        let before = try stored.dossier(of: submission.id)
        try run(
            """
            INSERT INTO dossiers (submission, state, changed) VALUES (?, ?, ?)
            ON CONFLICT (submission) DO UPDATE SET state = excluded.state, changed = excluded.changed
            """, [submission.id.rawValue, state.rawValue, now.milliseconds])
        let from = before.map { "\($0.state.rawValue) → " } ?? ""
        try audit(
            AuditEntry(
                at: now, who: who, action: "dossier.move", subject: submission.receipt.description,
                detail: from + state.rawValue + (reason.isEmpty ? "" : ": " + reason)))
    }

    /// Asks for a second look at a nominee's file, or takes the request back with an empty reason.
    package func flagDossier(of submission: RowID<SubmissionRecord>, _ reason: String) throws {
        try runOnOne(
            "UPDATE dossiers SET flag = ? WHERE submission = ?", [reason, submission.rawValue], "dossier")
    }

    /// Attaches a file of a mail to a submission, by its path. What is attached already stays as it is.
    /// - Throws: `conflict` when the mail has no such file.
    package func attach(
        _ path: String, of message: RowID<MessageRecord>, to submission: RowID<SubmissionRecord>, code: String? = nil,
        question: String? = nil, at now: Date
    ) throws {
        let file = try stored.first("SELECT id FROM files WHERE message = ? AND path = ?", [message.rawValue, path]) {
            $0[0] as Int64
        }
        guard let file else { throw LedgerError(.conflict, "the message has no such file") }
        try run(
            """
            INSERT INTO evidence (submission, file, code, question, attached) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """, [submission.rawValue, file, code ?? "", question ?? "", now.milliseconds])
    }
}
