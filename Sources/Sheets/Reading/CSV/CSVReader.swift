import Records

/// Reads text in columns as a workbook of one sheet. Every cell is text: the file says nothing about types.
struct CSVReader {
    /// A text file has no name for its sheet.
    static let sheetName = "Sheet1"

    let text: DelimitedText
    let limits: WorkbookLimits

    func read() throws(WorkbookError) -> Workbook {
        let budget = WorkbookBudget(limits)
        var cells: [Cell] = []
        var row = 0
        try text.forEachRecord { fields throws(WorkbookError) in
            row += 1
            try budget.spendRow()
            guard row <= CellReference.maximumRow else {
                throw WorkbookError(.tooManyRows, "more than \(CellReference.maximumRow) rows")
            }
            guard fields.count <= CellReference.maximumColumn else {
                throw WorkbookError(.damaged, "row \(row): more fields than a sheet has columns")
            }
            for (index, field) in fields.enumerated() where !field.isEmpty {
                try budget.spendCell()
                try budget.spendText(field.count)
                let value = CellValue.text(String(decoding: field, as: UTF8.self))
                cells.append(Cell(row: row, column: index + 1, value: value))
            }
        }
        return Workbook(format: .csv, sheets: [Sheet(name: Self.sheetName, cells: cells)])
    }
}
