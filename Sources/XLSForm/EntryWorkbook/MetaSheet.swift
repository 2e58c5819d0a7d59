import Records
import Sheets

/// The hidden sheet that says what was printed into a workbook, one fact a row: its kind, then its values.
struct MetaSheet {
    static let sheetName = "_meta"

    /// A value that the sender is not to change: as `AnswerValue.plainText`, and as it shows.
    struct Printed: Hashable, Sendable {
        let question: String
        let value: String
        let shown: String
    }

    var form: FormIdentity?
    var receipt: Receipt?
    var context = PrintedContext()
    var printed: [Printed] = []

    var draft: SheetDraft {
        var rows: [[String]] = []
        if let form {
            rows.append(["form", form.id])
            rows.append(["version", form.version])
        }
        if let receipt { rows.append(["receipt", receipt.description]) }
        if let unit = context.unit { rows.append(["unit", unit.rawValue]) }
        if let period = context.period { rows.append(["period", period]) }
        if let stage = context.stage { rows.append(["stage", stage]) }
        rows += printed.map { ["printed", $0.question, $0.value, $0.shown] }
        var sheet = SheetDraft(name: Self.sheetName)
        sheet.visibility = .hidden
        sheet.isProtected = true
        for (row, values) in rows.enumerated() {
            for (column, value) in values.enumerated() {
                var style = CellStyle.plain
                style.numberFormat = "@"
                sheet.cells.append(CellDraft(row: row + 1, column: column + 1, value: .text(value), style: style))
            }
        }
        return sheet
    }

    init() {}

    /// Reads the sheet of that name; nil when the workbook has none. Rows of unknown kinds are passed over.
    init?(in workbook: Workbook) {
        guard let sheet = workbook.sheets.first(where: { $0.name.lowercased() == Self.sheetName }) else { return nil }
        var formID: String?
        var version: String?
        for cell in sheet.cells where cell.column == 1 {
            func text(_ column: Int) -> String? {
                sheet[row: cell.row, column: column].flatMap { CellText.plain($0.value) }
            }
            guard let kind = text(1), let value = text(2) else { continue }
            switch kind {
            case "form": formID = value
            case "version": version = value
            case "receipt": receipt = Receipt(value)
            case "unit": context.unit = UnitCode(value)
            case "period": context.period = value
            case "stage": context.stage = value
            case "printed": printed.append(Printed(question: value, value: text(3) ?? "", shown: text(4) ?? ""))
            default: continue
            }
        }
        if let formID, let version { form = FormIdentity(id: formID, version: version) }
    }
}
