import Foundation
import GRDB
import Records

/// What asks for an action today, in numbers.
extension LedgerView {
    /// Files under review about which the Labour office has spoken since they last moved.
    package func dossiersWithNewOpinion() throws -> Int {
        try count(
            """
            SELECT count(*) FROM dossiers d WHERE d.state = 'in-review'
            AND EXISTS (SELECT 1 FROM opinions o WHERE o.submission = d.submission AND o.at > d.changed)
            """, [])
    }

    /// Files under review about which the Labour office has not spoken yet.
    package func dossiersWithoutOpinion() throws -> Int {
        try count(
            """
            SELECT count(*) FROM dossiers d WHERE d.state = 'in-review'
            AND NOT EXISTS (SELECT 1 FROM opinions o WHERE o.submission = d.submission)
            """, [])
    }

    /// Reports and lists whose newest version waits for a person.
    package func waitingReports() throws -> [RowID<SubmissionRecord>] {
        try rows(
            """
            SELECT s.id FROM submissions s WHERE s.kind <> 'nomination'
            AND (SELECT r.standing FROM revisions r WHERE r.submission = s.id ORDER BY r.number DESC LIMIT 1) = 'waiting'
            ORDER BY s.id
            """, []
        ) { RowID(rawValue: $0[0]) }
    }

    /// Submissions that still need correction after so many versions: somebody should call. Closed files are left out.
    package func unfinished(after versions: Int, limit: Int = 20) throws -> [RowID<SubmissionRecord>] {
        try rows(
            """
            SELECT m.id FROM (
                SELECT submission AS id, max(number) AS last FROM revisions GROUP BY submission HAVING max(number) >= ?
            ) m JOIN revisions r ON r.submission = m.id AND r.number = m.last
            LEFT JOIN dossiers d ON d.submission = m.id
            WHERE r.standing = 'failed' AND (d.state IS NULL OR d.state = 'needs-correction') ORDER BY m.id LIMIT ?
            """, [versions, limit]
        ) { RowID(rawValue: $0[0]) }
    }

    /// Reports of a form for a period that count, and of which the Labour office has not spoken since they came.
    package func unconfirmedReports(form: String, period: String) throws -> Int {
        try count(
            """
            SELECT count(*) FROM submissions s JOIN revisions r ON r.submission = s.id AND r.standing = 'filed'
            WHERE s.form = ? AND s.period = ?
            AND NOT EXISTS (SELECT 1 FROM opinions o WHERE o.submission = s.id AND o.at >= r.received)
            """, [form, period])
    }
}
