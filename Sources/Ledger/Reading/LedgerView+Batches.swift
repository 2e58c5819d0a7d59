import Foundation
import GRDB
import Records

extension LedgerView {
    private static let batchColumns = """
        id, level, stage, opened, who, council, proposal, proposal_day, decision, decision_day, signer, ceremony, told,
        scan, scan_name
        """

    /// The newest first.
    package func batches(limit: Int = 200) throws -> [BatchRecord] {
        try rows("SELECT \(Self.batchColumns) FROM batches ORDER BY id DESC LIMIT ?", [limit], batch)
    }

    package func batch(_ id: RowID<BatchRecord>) throws -> BatchRecord? {
        try first("SELECT \(Self.batchColumns) FROM batches WHERE id = ?", [id.rawValue], batch)
    }

    /// In the list's order; what was taken off is left out.
    package func lines(of batch: RowID<BatchRecord>) throws -> [BatchLine] {
        try rows(
            """
            SELECT submission, votes, refusal FROM batch_lines WHERE batch = ? AND removed = ''
            ORDER BY position, submission
            """, [batch.rawValue]
        ) { BatchLine(submission: RowID(rawValue: $0[0]), votes: $0[1], refusal: $0[2]) }
    }

    /// Who was taken off a list, and why.
    package func removed(from batch: RowID<BatchRecord>) throws -> [(submission: RowID<SubmissionRecord>, why: String)]
    {
        try rows(
            "SELECT submission, removed FROM batch_lines WHERE batch = ? AND removed <> '' ORDER BY submission",
            [batch.rawValue]
        ) { (RowID(rawValue: $0[0]), $0[1]) }
    }

    /// Nominees of a stage in a state that stand on no list of a level yet.
    package func unlisted(
        _ state: DossierState, stage: String, level: BatchRecord.Level
    ) throws -> [RowID<SubmissionRecord>] {
        try rows(
            """
            SELECT d.submission FROM dossiers d WHERE \(Self.isUnlisted) ORDER BY d.submission
            """, [state.rawValue, stage, level.rawValue]
        ) { RowID(rawValue: $0[0]) }
    }

    /// How many nominees those are.
    package func unlistedCount(_ state: DossierState, stage: String, level: BatchRecord.Level) throws -> Int {
        try count(
            "SELECT count(*) FROM dossiers d WHERE \(Self.isUnlisted)", [state.rawValue, stage, level.rawValue])
    }

    private static let isUnlisted = """
        d.state = ?1 AND d.stage = ?2 AND NOT EXISTS (
            SELECT 1 FROM batch_lines l JOIN batches b ON b.id = l.batch
            WHERE l.submission = d.submission AND l.removed = '' AND b.level = ?3 AND b.told = 0)
        """

    private func batch(_ row: Row) throws -> BatchRecord {
        BatchRecord(
            id: RowID(rawValue: row[0]), level: try decoded(BatchRecord.Level(rawValue: row[1]), "level"),
            stage: row[2], opened: Date(milliseconds: row[3]), who: row[4],
            council: CivilDate(iso8601: row[5] as String), proposal: document(row[6], row[7]),
            decision: document(row[8], row[9]), signer: row[10], ceremony: row[11], isTold: row[12],
            scan: (row[13] as String).isEmpty ? nil : BatchRecord.Scan(sha256: row[13], filename: row[14]))
    }

    private func document(_ number: String, _ day: String) -> BatchRecord.Document? {
        CivilDate(iso8601: day).map { BatchRecord.Document(number: number, day: $0) }
    }
}
