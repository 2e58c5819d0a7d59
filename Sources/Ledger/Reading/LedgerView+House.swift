package import Foundation
import GRDB
package import Records

extension LedgerView {
    /// When something was last seen to work; nil when it never was.
    package func check(_ name: CheckName) throws -> Date? {
        try first("SELECT at FROM checks WHERE name = ?", [name.text]) { Date(milliseconds: $0[0]) }
    }

    package func dayFigures(since: Date, until: Date) throws -> DayFigures {
        let span: StatementArguments = [since.milliseconds, until.milliseconds]
        return DayFigures(
            arrived: try count("SELECT count(*) FROM revisions WHERE received >= ? AND received < ?", span),
            questions: try count(
                "SELECT count(*) FROM messages WHERE outcome = 'question' AND received >= ? AND received < ?", span),
            bounced: try rows(
                """
                SELECT DISTINCT recipient FROM notices WHERE bounced >= ?1 AND bounced < ?2
                    OR state = 'failed' AND due >= ?1 AND due < ?2 ORDER BY recipient
                """, span
            ) { $0[0] },
            newlyHeld: try count(
                "SELECT count(*) FROM notices WHERE state = 'held' AND created >= ? AND created < ?", span),
            held: try noticeCount(in: .held),
            corrections: try count(
                """
                SELECT count(*) FROM (SELECT max(id) AS id FROM revisions GROUP BY submission) n
                JOIN revisions r ON r.id = n.id WHERE r.standing = 'failed'
                """, []),
            complete: try count(
                """
                SELECT count(*) FROM dossiers d
                JOIN (SELECT submission, max(id) AS id FROM revisions GROUP BY submission) n
                    ON n.submission = d.submission
                WHERE d.state = 'queued' AND NOT EXISTS (
                    SELECT 1 FROM findings f WHERE f.revision = n.id AND f.code = 'evidence.missing' AND NOT EXISTS (
                        SELECT 1 FROM evidence e
                        WHERE e.submission = d.submission AND e.code = json_extract(f.arguments, '$.code')))
                """, []))
    }

    /// The newest notice of a kind.
    package func newestNotice(_ kind: NoticeKind) throws -> OutboxEntry? {
        try first(
            "SELECT \(Self.noticeColumns) FROM notices WHERE kind = ? ORDER BY created DESC, id DESC LIMIT 1",
            [kind.rawValue], notice)
    }
}
