import Foundation
import GRDB
package import Records

/// What stands in a nominee's file beside the unit's workbook.
extension LedgerView {
    /// The papers whose originals lie in the office: `TT`, `MC1` … as `DossierPaper` names them.
    package func originals(of submission: RowID<SubmissionRecord>) throws -> Set<String> {
        Set(try rows("SELECT paper FROM originals WHERE submission = ?", [submission.rawValue]) { $0[0] as String })
    }

    /// The unit's letter with its list of a stage; nil while none has come.
    package func coverLetter(of unit: UnitCode, stage: String) throws -> SubmissionRecord? {
        let id = try first(
            "SELECT id FROM submissions WHERE kind = 'cover' AND unit = ? AND stage = ? ORDER BY id DESC LIMIT 1",
            [unit.rawValue, stage]
        ) { RowID<SubmissionRecord>(rawValue: $0[0]) }
        return try id.flatMap { try submission($0) }
    }

    /// The oldest first.
    package func opinionRequests(of submission: RowID<SubmissionRecord>) throws -> [AskedOpinion] {
        try rows(
            """
            SELECT id, office, asked, due, who, answer, answered, answered_by FROM opinion_requests
            WHERE submission = ? ORDER BY id
            """, [submission.rawValue]
        ) { row in
            let office: String = row[1]
            return AskedOpinion(
                id: RowID(rawValue: row[0]), office: office.isEmpty ? nil : office, asked: Date(milliseconds: row[2]),
                due: try decoded(CivilDate(iso8601: row[3] as String), "due"), who: row[4], answer: row[5],
                answered: (row[6] as Int64?).map { Date(milliseconds: $0) }, answeredBy: row[7])
        }
    }

    // MARK: - The same nominee

    /// What people have said of a file and others.
    package func nomineePairs(of submission: RowID<SubmissionRecord>) throws -> [NomineePair] {
        try rows(
            """
            SELECT first, second, is_same, who, at FROM nominee_pairs WHERE first = ?1
            UNION ALL SELECT first, second, is_same, who, at FROM nominee_pairs WHERE second = ?1
            """, [submission.rawValue]
        ) { row in
            NomineePair(
                first: RowID(rawValue: row[0]), second: RowID(rawValue: row[1]), isSame: row[2], who: row[3],
                at: Date(milliseconds: row[4]))
        }
    }

    /// All files of a nominee, the given one left out: what is the same as the same is the same.
    package func filesOfSameNominee(as submission: RowID<SubmissionRecord>) throws -> [SubmissionRecord] {
        var (found, open) = ([submission], [submission])
        while let next = open.popLast(), found.count < Self.mostFiles {
            for pair in try nomineePairs(of: next) where pair.isSame {
                let other = pair.first == next ? pair.second : pair.first
                if !found.contains(other) {
                    found.append(other)
                    open.append(other)
                }
            }
        }
        return try found.dropFirst().sorted { $0.rawValue < $1.rawValue }.compactMap { try self.submission($0) }
    }

    /// A nominee has some files in a campaign; a chain of slips must not become endless.
    private static let mostFiles = 50

    /// Other nominations of the same folded name about which nobody has said anything yet.
    package func namesakes(of submission: SubmissionRecord, limit: Int = 20) throws -> [SubmissionRecord] {
        guard let name = submission.key.nominee else { return [] }
        let ids = try rows(
            """
            SELECT s.id FROM submissions s WHERE s.nominee = ?1 AND s.id <> ?2 AND s.kind = 'nomination'
                AND NOT EXISTS (SELECT 1 FROM nominee_pairs p
                    WHERE p.first = min(s.id, ?2) AND p.second = max(s.id, ?2))
            ORDER BY s.id LIMIT ?3
            """, [name, submission.id.rawValue, limit]
        ) { RowID<SubmissionRecord>(rawValue: $0[0]) }
        return try ids.compactMap { try self.submission($0) }
    }

    /// Pairs of open nominations of one stage that bear the same folded name, and about which nobody has said anything.
    /// - Parameter after: the first file of the last pair of the page before.
    package func suspectedPairs(
        after: RowID<SubmissionRecord>? = nil, limit: Int = 50
    ) throws -> [(first: SubmissionRecord, second: SubmissionRecord)] {
        let ids = try rows(
            """
            SELECT a.id, b.id FROM submissions a JOIN submissions b
                ON b.nominee = a.nominee AND b.stage = a.stage AND b.id > a.id AND b.kind = 'nomination'
            WHERE a.kind = 'nomination' AND a.nominee <> '' AND a.id > ?1
                AND NOT EXISTS (SELECT 1 FROM nominee_pairs p WHERE p.first = a.id AND p.second = b.id)
                AND NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.submission IN (a.id, b.id)
                    AND d.state IN ('declined', 'withdrawn'))
            ORDER BY a.id, b.id LIMIT ?2
            """, [after?.rawValue ?? 0, limit]
        ) { (RowID<SubmissionRecord>(rawValue: $0[0]), RowID<SubmissionRecord>(rawValue: $0[1])) }
        return try ids.compactMap { one, other in
            guard let first = try submission(one), let second = try submission(other) else { return nil }
            return (first, second)
        }
    }

    // MARK: - Lists

    /// The lists that a nominee stands on, the oldest first; what was taken off is left out.
    package func batches(of submission: RowID<SubmissionRecord>) throws -> [(batch: BatchRecord, line: BatchLine)] {
        let ids = try rows(
            "SELECT batch FROM batch_lines WHERE submission = ? AND removed = '' ORDER BY batch", [submission.rawValue]
        ) { RowID<BatchRecord>(rawValue: $0[0]) }
        return try ids.compactMap { id in
            guard let batch = try batch(id), let line = try lines(of: id).first(where: { $0.submission == submission })
            else { return nil }
            return (batch, line)
        }
    }
}

extension LedgerView {
    /// What a list of files shows of a submission's newest version; nil without one. Answers are remembered, so that a
    /// page of them is cheap.
    package func queueFacts(of submission: RowID<SubmissionRecord>) throws -> QueueFacts? {
        let newest =
            try first("SELECT max(id) FROM revisions WHERE submission = ?", [submission.rawValue]) { $0[0] as Int64? }
            ?? nil
        guard let newest else { return nil }
        let kinds = try rows(
            """
            SELECT DISTINCT severity = 'standard' FROM findings
            WHERE revision = ? AND (severity = 'standard' OR code = 'standard.undecided')
            """, [newest]
        ) { $0[0] as Bool }
        return QueueFacts(
            figures: kinds.contains(true) ? .below : kinds.isEmpty ? .fitting : .undecided,
            answers: try figures(ofRevision: newest))
    }
}
