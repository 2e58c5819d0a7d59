import Foundation
import GRDB
package import Records

extension LedgerView {
    /// What has come of a form for a period, by unit.
    package func dutyStandings(form: String, period: String) throws -> [UnitCode: DutyStanding] {
        let found = try rows(
            """
            SELECT s.id, max(r.id), max(CASE WHEN r.standing = 'filed' THEN r.received END)
            FROM submissions s JOIN revisions r ON r.submission = s.id
            WHERE s.form = ? AND s.period = ? GROUP BY s.id ORDER BY s.id
            """, [form, period]
        ) { (submission: $0[0] as Int64, newest: $0[1] as Int64, filed: $0[2] as Int64?) }
        return try found.reduce(into: [:]) { standings, row in
            guard let submission = try submission(RowID(rawValue: row.submission)),
                let newest = try revision(RowID(rawValue: row.newest))
            else { return }
            standings[submission.key.unit] = DutyStanding(
                submission: submission, filed: row.filed.map { Date(milliseconds: $0) }, newest: newest)
        }
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
