import Foundation
import GRDB
package import Records

extension LedgerView {
    private static let revisionColumns = """
        id, submission, number, standing, message, filename, file_sha256, content_hash, plan, units, received, form,
        version, definition, outcome, receipt_lines, answers
        """

    package func revision(_ id: RowID<RevisionRecord>) throws -> RevisionRecord? {
        try first("SELECT \(Self.revisionColumns) FROM revisions WHERE id = ?", [id.rawValue], revision)
    }

    /// All revisions of a submission, in order.
    package func revisions(of submission: RowID<SubmissionRecord>) throws -> [RevisionRecord] {
        try rows(
            "SELECT \(Self.revisionColumns) FROM revisions WHERE submission = ? ORDER BY number",
            [submission.rawValue], revision)
    }

    /// The newest revision of a submission, whatever became of it.
    package func newestRevision(of submission: RowID<SubmissionRecord>) throws -> RevisionRecord? {
        try first(
            "SELECT \(Self.revisionColumns) FROM revisions WHERE submission = ? ORDER BY number DESC LIMIT 1",
            [submission.rawValue], revision)
    }

    /// The revision that counts; nil while none does.
    package func filedRevision(of submission: RowID<SubmissionRecord>) throws -> RevisionRecord? {
        try first(
            "SELECT \(Self.revisionColumns) FROM revisions WHERE submission = ? AND standing = 'filed'",
            [submission.rawValue], revision)
    }

    /// What counts of a form, with everything that was answered, in the order of opening.
    package func filedAnswers(form: String) throws -> [(submission: SubmissionRecord, answers: [Answer])] {
        try rows(
            """
            SELECT s.id, r.answers FROM submissions s JOIN revisions r ON r.submission = s.id AND r.standing = 'filed'
            WHERE s.form = ? ORDER BY s.id
            """, [form]
        ) { (id: RowID<SubmissionRecord>(rawValue: $0[0]), text: $0[1] as String) }
        .compactMap { row in
            try submission(row.id).map { ($0, try AnswerColumn.decode(try decoded(row.text, "answers"))) }
        }
    }

    /// How many revisions a submission has.
    package func revisionCount(of submission: RowID<SubmissionRecord>) throws -> Int {
        try count("SELECT count(*) FROM revisions WHERE submission = ?", [submission.rawValue])
    }

    /// The newest revision of a submission with the same answers.
    package func revision(
        of submission: RowID<SubmissionRecord>, contentHash: String
    ) throws -> RevisionRecord? {
        try first(
            """
            SELECT \(Self.revisionColumns) FROM revisions WHERE submission = ? AND content_hash = ?
            ORDER BY number DESC LIMIT 1
            """, [submission.rawValue, contentHash], revision)
    }

    /// The newest revision, of any submission, that came as a file of these bytes.
    package func revision(fileSHA256: String) throws -> RevisionRecord? {
        try first(
            "SELECT \(Self.revisionColumns) FROM revisions WHERE file_sha256 = ? ORDER BY id DESC LIMIT 1",
            [fileSHA256], revision)
    }

    private func revision(_ row: Row) throws -> RevisionRecord {
        let id: Int64 = row[0]
        let verdict = Verdict(
            form: FormIdentity(id: row[11], version: row[12]),
            outcome: try decoded(Outcome(rawValue: row[14]), "outcome"), findings: try findings(of: id),
            lookups: try lookups(of: id), receiptLines: try JSONColumn.texts(row[15]), definition: row[13])
        return RevisionRecord(
            id: RowID(rawValue: id), submission: RowID(rawValue: row[1]), number: row[2],
            standing: try decoded(RevisionStanding(rawValue: row[3]), "standing"),
            workbook: JudgedWorkbook(
                message: (row[4] as Int64?).map { RowID(rawValue: $0) }, filename: row[5], fileSHA256: row[6],
                contentHash: row[7], plan: row[8], units: row[9], received: Date(milliseconds: row[10]),
                verdict: verdict, answers: try AnswerColumn.decode(row[16])))
    }

    private func findings(of revision: Int64) throws -> [Finding] {
        try rows(
            """
            SELECT code, severity, sheet, row, col, question, label, rule, arguments, clauses, related FROM findings
            WHERE revision = ? ORDER BY number
            """, [revision]
        ) { row in
            var cell: CellReference?
            if let sheet: String = row[2], let line: Int = row[3], let column: Int = row[4] {
                cell = CellReference(sheet: sheet, row: line, column: column)
            }
            return Finding(
                try decoded(FindingCode(rawValue: row[0]), "code"),
                severity: try decoded(Severity(rawValue: row[1]), "severity"), cell: cell, question: row[5],
                label: row[6], rule: row[7], arguments: try JSONColumn.dictionary(row[8]),
                clauses: try JSONColumn.texts(row[9]), related: try JSONColumn.cells(row[10]))
        }
    }

    private func lookups(of revision: Int64) throws -> [Lookup] {
        try rows(
            "SELECT source, col, key_column, key, found FROM lookups WHERE revision = ? ORDER BY number", [revision]
        ) {
            Lookup(table: $0[0], column: $0[1], keyColumn: $0[2], key: $0[3], found: $0[4])
        }
    }

    /// The figures that count, of the given forms, in the order in which the submissions were opened.
    /// Decoded answers are remembered, so that asking for every message is cheap.
    /// - Parameter read: the forms whose figures somebody will look at; those of others come without. nil: all.
    package func acceptedAnswers(forms: Set<String>, figuresOf read: Set<String>? = nil) throws -> [AcceptedAnswers] {
        try forms.sorted().flatMap { form in
            try rows(
                """
                SELECT s.id, r.id, s.receipt, s.form, s.unit, s.period, s.stage, s.nominee, s.place, r.received
                FROM submissions s JOIN revisions r ON r.submission = s.id AND r.standing = 'filed'
                WHERE s.form = ? ORDER BY s.id
                """, [form]
            ) { row in
                let revision: Int64 = row[1]
                return AcceptedAnswers(
                    submission: RowID(rawValue: row[0]), revision: RowID(rawValue: revision),
                    receipt: try decoded(Receipt(stored: row[2]), "receipt"), key: try SubmissionKey(row, from: 3),
                    received: Date(milliseconds: row[9]),
                    figures: read?.contains(form) == false ? [:] : try figures(ofRevision: revision))
            }
        }
    }

    /// Says whether `acceptedAnswers(forms:)` would give the same again: equal before and after means that nothing has
    /// changed, also across rolled-back transactions.
    package func figuresState(forms: Set<String>) throws -> [String: Int64] {
        try forms.reduce(into: [:]) { states, form in
            states[form] = try first("SELECT state FROM figure_states WHERE form = ?", [form]) { $0[0] }
        }
    }

    func figures(ofRevision revision: Int64) throws -> [String: String] {
        try figures.figures(of: revision) {
            let text = try first("SELECT answers FROM revisions WHERE id = ?", [revision]) { $0[0] as String }
            return AnswerColumn.figures(in: try AnswerColumn.decode(try decoded(text, "answers")))
        }
    }

    /// The nominations whose filed or waiting revision looked up the given row of a table: what must be looked at again when
    /// the report behind that row changes.
    package func readers(ofTable table: String, key: String) throws -> [RowID<SubmissionRecord>] {
        try rows(
            """
            SELECT DISTINCT r.submission FROM lookups l JOIN revisions r ON r.id = l.revision
            JOIN dossiers d ON d.submission = r.submission
            WHERE l.source = ? AND l.key = ? AND r.standing IN ('filed', 'waiting') ORDER BY r.submission
            """, [table, key]
        ) { RowID(rawValue: $0[0]) }
    }
}
