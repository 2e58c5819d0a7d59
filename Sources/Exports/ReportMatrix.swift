import Foundation
package import Records

/// Who owes which form, and what has come of it (E4).
package struct ReportMatrix: Sendable {
    /// What stands in the cell of a unit and a form.
    package enum Cell: Hashable, Sendable {
        /// The form is not asked of this unit.
        case notOwed
        case missing
        /// It waits for the unit's correction.
        case correction(CivilDate)
        /// It waits for the office.
        case waiting(CivilDate)
        case filed(CivilDate)
    }

    package struct Line: Sendable {
        package let cluster: String
        package let unit: String
        /// Leader, clerk, telephone.
        package let contact: String
        package let cells: [Cell]
        package let reminders: Int
        /// The newest note of a call.
        package let call: String

        package init(
            cluster: String, unit: String, contact: String, cells: [Cell], reminders: Int, call: String = ""
        ) {
            self.cluster = cluster
            self.unit = unit
            self.contact = contact
            self.cells = cells
            self.reminders = reminders
            self.call = call
        }
    }

    /// Short titles of the forms, in the order of the cells.
    package let forms: [String]
    package let lines: [Line]

    package init(forms: [String], lines: [Line]) {
        self.forms = forms
        self.lines = lines
    }

    var table: ExportTable {
        let words = ExportWording.self
        let heads: [ExportTable.Column] =
            [
                .init(words.number, width: 5, .whole), .init(words.cluster, width: 20, .text),
                .init(words.unit, width: 22, .text), .init(words.contact, width: 34, .text),
            ] + forms.map { .init($0, width: 18, .text) } + [
                .init(words.reminders, width: 10, .whole), .init(words.callNotes, width: 26, .text),
            ]
        return ExportTable(
            columns: heads,
            rows: lines.enumerated().map { index, line in
                ExportTable.Row(
                    [
                        .number(Decimal(index + 1)), .init(line.cluster), .text(line.unit), .init(line.contact),
                    ] + line.cells.map(value) + [.number(Decimal(line.reminders)), .init(line.call)])
            })
    }

    private func value(_ cell: Cell) -> ExportTable.Value {
        switch cell {
        case .notOwed: .blank
        case .missing: .text(ExportWording.cellMissing)
        case .correction(let day): .text(ExportWording.cellCorrection(ConsolidatedReport.day(day)))
        case .waiting(let day): .text(ExportWording.cellWaiting(ConsolidatedReport.day(day)))
        case .filed(let day): .text(ConsolidatedReport.day(day))
        }
    }
}
