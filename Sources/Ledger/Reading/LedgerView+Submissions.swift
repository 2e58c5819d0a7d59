package import Foundation
import GRDB
package import Records

extension LedgerView {
    static let submissionColumns =
        "s.id, s.receipt, s.kind, s.form, s.unit, s.period, s.stage, s.nominee, s.place, s.name, s.opened"

    package func submission(_ id: RowID<SubmissionRecord>) throws -> SubmissionRecord? {
        try first("SELECT \(Self.submissionColumns) FROM submissions s WHERE s.id = ?", [id.rawValue], submission)
    }

    package func submission(receipt: Receipt) throws -> SubmissionRecord? {
        try first(
            "SELECT \(Self.submissionColumns) FROM submissions s WHERE s.receipt = ?", [receipt.description],
            submission)
    }

    package func submission(key: SubmissionKey) throws -> SubmissionRecord? {
        try first(
            """
            SELECT \(Self.submissionColumns) FROM submissions s
            WHERE s.form = ? AND s.unit = ? AND s.period = ? AND s.stage = ? AND s.nominee = ? AND s.place = ?
            """, StatementArguments(key.columns), submission)
    }

    /// Submissions of a unit, the oldest first; of one form where it is given.
    package func submissions(unit: UnitCode, form: String? = nil) throws -> [SubmissionRecord] {
        try rows(
            "SELECT \(Self.submissionColumns) FROM submissions s WHERE s.unit = ? ORDER BY s.id", [unit.rawValue],
            submission
        ).filter { form == nil || $0.key.form == form }
    }

    /// The newest submissions of a unit, the newest first.
    package func submissions(unit: UnitCode, last count: Int) throws -> [SubmissionRecord] {
        try rows(
            "SELECT \(Self.submissionColumns) FROM submissions s WHERE s.unit = ? ORDER BY s.id DESC LIMIT ?",
            [unit.rawValue, count], submission)
    }

    /// How the newest revision of a submission stands, and when it came; nil while there is none.
    package func newestStanding(
        of submission: RowID<SubmissionRecord>
    ) throws -> (standing: RevisionStanding, received: Date)? {
        try first(
            "SELECT standing, received FROM revisions WHERE submission = ? ORDER BY number DESC LIMIT 1",
            [submission.rawValue]
        ) { (try decoded(RevisionStanding(rawValue: $0[0]), "standing"), Date(milliseconds: $0[1])) }
    }

    package func submissions() throws -> [SubmissionRecord] {
        try rows("SELECT \(Self.submissionColumns) FROM submissions s ORDER BY s.id", [], submission)
    }

    /// The submissions that one of our notices spoke of: what a reply to it (In-Reply-To) continues.
    package func submissions(answering noticeMessageID: String) throws -> [SubmissionRecord] {
        try rows(
            """
            SELECT \(Self.submissionColumns) FROM notices n JOIN notice_submissions l ON l.notice = n.id
            JOIN submissions s ON s.id = l.submission WHERE n.message_id = ? ORDER BY s.id
            """, [noticeMessageID], submission)
    }

    /// How many nominations a unit has sent in a stage.
    package func nominationCount(of unit: UnitCode, stage: String) throws -> Int {
        try first(
            "SELECT count(*) FROM submissions WHERE unit = ? AND stage = ? AND kind = ?",
            [unit.rawValue, stage, FormKind.nomination.rawValue]
        ) { $0[0] } ?? 0
    }

    /// What a unit has nominated last in a stage, in the order of arrival.
    /// - Parameter count: how many at most.
    package func nominations(of unit: UnitCode, stage: String, last count: Int) throws -> [NominationLine] {
        try rows(
            """
            SELECT \(Self.submissionColumns), d.state, (SELECT max(id) FROM revisions r WHERE r.submission = s.id)
            FROM submissions s LEFT JOIN dossiers d ON d.submission = s.id
            WHERE s.unit = ? AND s.stage = ? AND s.kind = ? ORDER BY s.id DESC LIMIT ?
            """, [unit.rawValue, stage, FormKind.nomination.rawValue, count]
        ) { row in
            let state = try (row[11] as String?).map { try decoded(DossierState(rawValue: $0), "state") }
            let newest: Int64? = row[12]
            return NominationLine(
                submission: try submission(row), state: state,
                figures: try newest.map { try figures(ofRevision: $0) } ?? [:])
        }.reversed()
    }

    func submission(_ row: Row) throws -> SubmissionRecord {
        SubmissionRecord(
            id: RowID(rawValue: row[0]), receipt: try decoded(Receipt(stored: row[1]), "receipt"),
            kind: try decoded(FormKind(rawValue: row[2]), "kind"), key: try SubmissionKey(row, from: 3), name: row[9],
            opened: Date(milliseconds: row[10]))
    }

    /// The papers of a submission, in the order in which they were attached.
    package func evidence(of submission: RowID<SubmissionRecord>) throws -> [EvidenceRecord] {
        try rows(
            """
            SELECT f.path, f.filename, f.content_type, f.kind, f.size, f.sha256, f.role, e.code, e.question, e.attached
            FROM evidence e JOIN files f ON f.id = e.file WHERE e.submission = ? ORDER BY e.id
            """, [submission.rawValue]
        ) { row in
            let code: String = row[7]
            let question: String = row[8]
            return EvidenceRecord(
                file: try ReceivedFile(row, from: 0), code: code.isEmpty ? nil : code,
                question: question.isEmpty ? nil : question, attached: Date(milliseconds: row[9]))
        }
    }

    private static let dossierColumns = "submission, state, changed, flag, revision, missing"

    package func dossier(of submission: RowID<SubmissionRecord>) throws -> DossierRecord? {
        try first(
            "SELECT \(Self.dossierColumns) FROM dossiers WHERE submission = ?", [submission.rawValue], dossier)
    }

    /// Nominees' files in the given states, the longest unchanged first.
    package func dossiers(in states: Set<DossierState> = Set(DossierState.allCases)) throws -> [DossierRecord] {
        try rows("SELECT \(Self.dossierColumns) FROM dossiers ORDER BY changed, submission", [], dossier)
            .filter { states.contains($0.state) }
    }

    private func dossier(_ row: Row) throws -> DossierRecord {
        DossierRecord(
            submission: RowID(rawValue: row[0]), state: try decoded(DossierState(rawValue: row[1]), "state"),
            changed: Date(milliseconds: row[2]), flag: row[3],
            revision: (row[4] as Int64?).map { RowID(rawValue: $0) }, missing: row[5])
    }

    /// Whether the figures of a form for a period have been frozen: later revisions wait for a person.
    package func isFrozen(form: String, period: String) throws -> Bool {
        try first("SELECT 1 FROM frozen_periods WHERE form = ? AND period = ?", [form, period]) { _ in true } ?? false
    }

    /// The trail of one subject, or of all, the oldest first.
    package func audit(subject: String? = nil) throws -> [AuditEntry] {
        try rows(
            """
            SELECT at, who, action, subject, detail FROM audit WHERE ?1 IS NULL OR subject = ?1 ORDER BY id
            """, [subject]
        ) {
            AuditEntry(at: Date(milliseconds: $0[0]), who: $0[1], action: $0[2], subject: $0[3], detail: $0[4])
        }
    }

    /// The contents that a form (plan, units file) has been used with under its name, the oldest first.
    package func definitions(kind: String, name: String) throws -> [DefinitionRecord] {
        try rows(
            """
            SELECT kind, name, version, sha256, recorded FROM definitions WHERE kind = ? AND name = ?
            ORDER BY recorded, sha256
            """, [kind, name]
        ) {
            DefinitionRecord(
                kind: $0[0], name: $0[1], version: $0[2], sha256: $0[3], recorded: Date(milliseconds: $0[4]))
        }
    }

    /// The bytes of a definition as it was used; nil when it never was.
    package func definition(sha256: String) throws -> [UInt8]? {
        try first("SELECT bytes FROM definitions WHERE sha256 = ?", [sha256]) { Array($0[0] as Data) }
    }
}
