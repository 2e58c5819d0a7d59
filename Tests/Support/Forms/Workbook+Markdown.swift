package import Sheets

extension Workbook {
    /// A workbook written as a table. A line whose first cell is filled begins the sheet of that name; the lines under
    /// it are the sheet's rows, the first of them row 1. Cells are texts; blank ones are left out; `\|` is a bar.
    ///
    ///     | survey |      |      |       |
    ///     |        | type | name | label |
    ///     |        | text | q    | Q?    |
    package init(markdown: String, format: WorkbookFormat = .xlsx) {
        var sheets: [(name: String, cells: [Cell], rows: Int)] = []
        for line in markdown.split(separator: "\n") {
            var cells = Self.cells(of: line)
            guard cells.count > 1 else { continue }
            let name = cells.removeFirst()
            if !name.isEmpty { sheets.append((name, [], 0)) }
            guard !sheets.isEmpty, name.isEmpty || cells.contains(where: { !$0.isEmpty }) else { continue }
            sheets[sheets.count - 1].rows += 1
            let row = sheets[sheets.count - 1].rows
            for (index, text) in cells.enumerated() where !text.isEmpty {
                sheets[sheets.count - 1].cells.append(Cell(row: row, column: index + 1, value: .text(text)))
            }
        }
        self.init(format: format, sheets: sheets.map { Sheet(name: $0.name, cells: $0.cells) })
    }

    private static func cells(of line: Substring) -> [String] {
        let bar = "\u{1}"
        let pieces = line.replacing("\\|", with: bar).split(separator: "|", omittingEmptySubsequences: false)
        return pieces.dropFirst().dropLast().map { piece in
            let text = piece.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
            return String(text).replacing(bar, with: "|")
        }
    }
}
