import Foundation
import GRDB
import Records

extension LedgerView {
    /// How many nominees' files are in each state.
    package func dossierCounts() throws -> [DossierState: Int] {
        let counted = try rows("SELECT state, count FROM dossier_counts", []) { row in
            (try decoded(DossierState(rawValue: row[0]), "state"), row[1] as Int)
        }
        return Dictionary(counted, uniquingKeysWith: +)
    }

    /// How many nominees' files of a stage are in each state, by form; of all stages where none is given.
    package func dossierCounts(stage: String?) throws -> [(form: String, state: DossierState, count: Int)] {
        try rows(
            """
            SELECT s.form, d.state, count(*) FROM dossiers d JOIN submissions s ON s.id = d.submission
            WHERE ?1 IS NULL OR s.stage = ?1 GROUP BY s.form, d.state ORDER BY s.form
            """, [stage]
        ) { ($0[0], try decoded(DossierState(rawValue: $0[1]), "state"), $0[2]) }
    }

    /// How many have been marked for a second look.
    package func flaggedDossierCount() throws -> Int { try count("SELECT count(*) FROM dossiers WHERE flag <> ''", []) }

    /// How many files wait for the opinion of an office that was asked.
    package func openOpinionCount() throws -> Int {
        try count(
            """
            SELECT count(DISTINCT q.submission) FROM opinion_requests q JOIN dossiers d ON d.submission = q.submission
            WHERE q.answered IS NULL AND d.state = 'in-review'
            """, [])
    }

    /// A page of the list: files with all papers first, and of those the longest unchanged.
    /// - Parameter after: where the page before ended.
    package func dossierLines(
        _ filter: DossierFilter, after: DossierCursor? = nil, limit: Int = 50
    ) throws -> [DossierLine] {
        let states = filter.states.map(\.rawValue)
        let isOpen = "submission IN (SELECT q.submission FROM opinion_requests q WHERE q.answered IS NULL)"
        let others = """
            (?3 IS NULL OR officer = ?3) \(filter.awaitsOpinion ? "AND \(isOpen)" : "")
            AND (missing, changed, submission) > (?4, ?5, ?6)
            """
        let page: String
        if filter.unit == nil {
            let stage = filter.stage == nil ? "?1 IS NULL" : "stage = ?1"
            page = Self.merged(states) { state in
                """
                SELECT missing, changed, submission, officer FROM dossiers WHERE state = \(state) AND \(stage) AND ?2 IS NULL
                AND \(others) ORDER BY missing, changed, submission LIMIT ?7
                """
            }
        } else {
            // A unit has few: they are gathered and sorted.
            page = """
                SELECT d.missing, d.changed, d.submission, d.officer FROM submissions s
                CROSS JOIN dossiers d ON d.submission = s.id
                WHERE s.unit = ?2 AND (?1 IS NULL OR s.stage = ?1) AND d.state IN (\(Self.list(states))) AND \(others)
                """
        }
        let found = try rows(
            """
            SELECT d.submission, d.officer, (SELECT count(*) FROM evidence e WHERE e.submission = d.submission),
                (SELECT o.agrees FROM opinions o WHERE o.submission = d.submission ORDER BY o.id DESC LIMIT 1)
            FROM (\(page) ORDER BY 1, 2, 3 LIMIT ?7) d ORDER BY d.missing, d.changed, d.submission
            """,
            [
                filter.stage, filter.unit?.rawValue, filter.officer, after?.missing ?? -1,
                after?.changed.milliseconds ?? Int64.min, after?.submission.rawValue ?? 0, limit,
            ]
        ) {
            (
                id: RowID<SubmissionRecord>(rawValue: $0[0]), officer: $0[1] as String, papers: $0[2] as Int,
                agrees: $0[3] as Bool?
            )
        }
        return try found.compactMap { line in
            guard let dossier = try dossier(of: line.id), let submission = try submission(line.id) else { return nil }
            return DossierLine(
                dossier: dossier, submission: submission, officer: line.officer, papers: line.papers,
                labourAgrees: line.agrees)
        }
    }

    /// The account that reviews a file; empty while nobody does.
    package func officer(of submission: RowID<SubmissionRecord>) throws -> String {
        try first("SELECT officer FROM dossiers WHERE submission = ?", [submission.rawValue]) { $0[0] as String } ?? ""
    }

    /// By standard.
    package func assessments(of submission: RowID<SubmissionRecord>) throws -> [String: Assessment] {
        let all = try rows(
            "SELECT standard, verdict, note, revision, who, at FROM assessments WHERE submission = ?",
            [submission.rawValue]
        ) { row in
            Assessment(
                standard: row[0], verdict: try decoded(Assessment.Verdict(rawValue: row[1]), "verdict"), note: row[2],
                revision: RowID(rawValue: row[3]), who: row[4], at: Date(milliseconds: row[5]))
        }
        return Dictionary(all.map { ($0.standard, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The oldest first.
    package func opinions(of submission: RowID<SubmissionRecord>) throws -> [Opinion] {
        try rows(
            "SELECT agrees, words, who, at FROM opinions WHERE submission = ? ORDER BY id", [submission.rawValue]
        ) { Opinion(agrees: $0[0], words: $0[1], who: $0[2], at: Date(milliseconds: $0[3])) }
    }

    /// The office's own notes about a subject (a receipt, a unit's code), the oldest first.
    package func remarks(on subject: String) throws -> [Remark] {
        try rows("SELECT words, who, at FROM remarks WHERE subject = ? ORDER BY id", [subject]) {
            Remark(words: $0[0], who: $0[1], at: Date(milliseconds: $0[2]))
        }
    }

    /// How many mails of an outcome nobody has dealt with.
    package func messageCount(_ outcome: MessageOutcome) throws -> Int {
        try count("SELECT count(*) FROM messages WHERE outcome = ? AND handled = ''", [outcome.rawValue])
    }

    package func noticeCount(in state: NoticeState) throws -> Int {
        try count("SELECT count(*) FROM notices WHERE state = ?", [state.rawValue])
    }

    /// A page of notices, the newest first.
    package func notices(
        _ states: Set<NoticeState>, before: RowID<OutboxEntry>? = nil, limit: Int = 50
    ) throws -> [OutboxEntry] {
        let page = Self.merged(states.map(\.rawValue)) { state in
            "SELECT \(Self.noticeColumns) FROM notices WHERE state = \(state) AND id < ?1 ORDER BY id DESC LIMIT ?2"
        }
        return try rows("\(page) ORDER BY id DESC LIMIT ?2", [before?.rawValue ?? Int64.max, limit], notice)
    }

    package func notice(_ id: RowID<OutboxEntry>) throws -> OutboxEntry? {
        try first("SELECT \(Self.noticeColumns) FROM notices WHERE id = ?", [id.rawValue], notice)
    }

    /// The letters that spoke of a submission, the oldest first.
    package func notices(about submission: RowID<SubmissionRecord>) throws -> [OutboxEntry] {
        try rows(
            """
            SELECT \(Self.noticeColumns) FROM notices JOIN notice_submissions l ON l.notice = id
            WHERE l.submission = ? ORDER BY id
            """, [submission.rawValue], notice)
    }

    /// A page of mails of some outcomes that nobody has dealt with, the newest first.
    package func messagePage(
        _ outcomes: Set<MessageOutcome>, before: RowID<MessageRecord>? = nil, limit: Int = 50
    ) throws -> [RowID<MessageRecord>] {
        let page = Self.merged(outcomes.map(\.rawValue)) { outcome in
            """
            SELECT id FROM messages WHERE outcome = \(outcome) AND handled = '' AND id < ?1 ORDER BY id DESC LIMIT ?2
            """
        }
        return try rows("\(page) ORDER BY id DESC LIMIT ?2", [before?.rawValue ?? Int64.max, limit]) {
            RowID(rawValue: $0[0])
        }
    }

    /// A page of the rows that have one of several values, made of the pages of each value: every part is a stretch of
    /// an index, where `IN` would gather and sort all there are.
    /// - Parameters:
    ///   - values: words of our own, one at least.
    ///   - page: the query of one value, given as a literal.
    private static func merged(_ values: [String], _ page: (String) -> String) -> String {
        values.sorted().map { "SELECT * FROM (\(page("'\($0)'")))" }.joined(separator: " UNION ALL ")
    }

    private static func list(_ values: [String]) -> String {
        values.sorted().map { "'\($0)'" }.joined(separator: ", ")
    }

    /// A page of the audit trail, the newest first, with the line's number.
    package func auditPage(before: Int64? = nil, limit: Int = 100) throws -> [(number: Int64, entry: AuditEntry)] {
        try rows(
            "SELECT id, at, who, action, subject, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, limit]
        ) {
            (
                $0[0],
                AuditEntry(
                    at: Date(milliseconds: $0[1]), who: $0[2], action: $0[3], subject: $0[4], detail: $0[5])
            )
        }
    }
}
