import Foundation
import Records
import XLSForm

/// The opening figures of a commune's report: what it, or the units that have become part of it, closed the year before
/// with. Where one of them is not known there is no row, and the cells stay empty.
struct OpeningFigures {
    /// Questions of the report, and the columns of `dau_ky`.
    private static let columns = ["tong_dau": "tong", "ngheo_dau": "ngheo", "can_dau": "can"]

    static let table = "dau_ky"

    /// By question.
    let answers: [String: AnswerValue]

    init(of form: FormDefinition, _ unit: UnitCode, period: String, in tables: ReferenceSnapshot) {
        guard let table = tables[Self.table], let key = table.columns.firstIndex(of: "khoa"),
            let row = table.rows.first(where: { $0[key] == "\(unit)-\(period)" })
        else {
            answers = [:]
            return
        }
        answers = Self.columns.reduce(into: [:]) { answers, entry in
            guard form.question(named: entry.key) != nil, let column = table.columns.firstIndex(of: entry.value),
                let number = Int(row[column])
            else { return }
            answers[entry.key] = .number(Decimal(number))
        }
    }
}
