package import Sheets

extension WorkbookDraft {
    /// A workbook of texts, by sheet and row; empty texts are no cells.
    package init(sheets: [(name: String, rows: [[String]])]) {
        self.init()
        for (sheet, rows) in sheets {
            var one = SheetDraft(name: sheet)
            for (row, texts) in rows.enumerated() {
                for (column, text) in texts.enumerated() where !text.isEmpty {
                    one.cells.append(CellDraft(row: row + 1, column: column + 1, value: .text(text)))
                }
            }
            self.sheets.append(one)
        }
    }
}
