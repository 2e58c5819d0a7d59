import Foundation
import GRDB
package import Records

extension LedgerView {
    /// What has come of a form for a period, by unit.
    package func dutyStandings(form: String, period: String) throws -> [UnitCode: DutyStanding] {
        let found = try rows(
            """
            SELECT \(Self.submissionColumns), n.id, n.number, n.message, n.standing,
                n.received, f.received FROM submissions s
            JOIN revisions n ON n.id = (SELECT max(id) FROM revisions WHERE submission = s.id)
            LEFT JOIN revisions f ON f.submission = s.id AND f.standing = 'filed'
            WHERE s.form = ? AND s.period = ? ORDER BY s.id
            """, [form, period]
        ) { row in
            DutyStanding(
                submission: try submission(row), filed: (row[16] as Int64?).map { Date(milliseconds: $0) },
                newest: .init(
                    revision: RowID(rawValue: row[11]), number: row[12],
                    message: (row[13] as Int64?).map { RowID(rawValue: $0) },
                    standing: try decoded(RevisionStanding(rawValue: row[14]), "standing"),
                    received: Date(milliseconds: row[15])))
        }
        return Dictionary(found.map { ($0.submission.key.unit, $0) }, uniquingKeysWith: { _, later in later })
    }

    /// How often a unit was reminded of a form for a period.
    package func reminders(of key: SubmissionKey) throws -> [CivilDate] {
        try rows(
            "SELECT step FROM reminders WHERE form = ? AND unit = ? AND period = ? ORDER BY step",
            [key.form, key.unit.rawValue, key.period ?? ""]
        ) { try decoded(CivilDate(iso8601: $0[0] as String), "step") }
    }

    /// The figures of a form for a period that were frozen, and when, by whom, with which document.
    package func freeze(form: String, period: String) throws -> FreezeRecord? {
        try first(
            "SELECT form, period, frozen, who, document FROM frozen_periods WHERE form = ? AND period = ?",
            [form, period]
        ) {
            FreezeRecord(
                form: $0[0], period: $0[1], frozen: Date(milliseconds: $0[2]), who: $0[3], document: $0[4])
        }
    }
}
