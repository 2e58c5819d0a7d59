import Records
import Sheets
import Testing

/// A workbook from texts: the first row of each sheet holds the heads. Texts that are whole numbers become numbers.
func workbook(_ sheets: [String: [[String]]]) -> Workbook {
    Workbook(
        format: .xlsx,
        sheets: sheets.map { name, rows in
            let cells = rows.enumerated().flatMap { row, texts in
                texts.enumerated().compactMap { column, text -> Cell? in
                    guard !text.isEmpty else { return nil }
                    let value: CellValue = Int(text).map { .number(Double($0)) } ?? .text(text)
                    return Cell(row: row + 1, column: column + 1, value: value)
                }
            }
            return Sheet(name: name, cells: cells)
        })
}

func day(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> CivilDate {
    try #require(CivilDate(iso8601: text), sourceLocation: location)
}

func code(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> UnitCode {
    try #require(UnitCode(text), sourceLocation: location)
}
