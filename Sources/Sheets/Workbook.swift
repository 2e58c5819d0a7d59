/// A workbook as its cells stand, whatever format it came in. Values only.
package struct Workbook: Sendable, Codable {
    package let format: WorkbookFormat
    /// In the workbook's own order, hidden ones included.
    package let sheets: [Sheet]
    package let definedNames: [DefinedName]
    /// Custom document properties by name (ECMA-376 Part 1, 22.3).
    package let properties: [String: String]
    /// What was left aside while reading: macros, external links.
    package let remarks: [WorkbookRemark]

    package init(
        format: WorkbookFormat, sheets: [Sheet], definedNames: [DefinedName] = [], properties: [String: String] = [:],
        remarks: [WorkbookRemark] = []
    ) {
        self.format = format
        self.sheets = sheets
        self.definedNames = definedNames
        self.properties = properties
        self.remarks = remarks
    }

    /// The first sheet of that name, compared exactly.
    package subscript(sheet name: String) -> Sheet? { sheets.first { $0.name == name } }
}

/// What a workbook's bytes are.
package enum WorkbookFormat: String, Sendable, Codable, CaseIterable {
    case xlsx, xlsm, ods, fods, xls, csv
}

/// What a reader saw and did not carry over.
package enum WorkbookRemark: String, Sendable, Codable {
    case macrosIgnored, externalLinksIgnored
}

/// One sheet: its cells by row, then column; blank cells are left out.
package struct Sheet: Sendable, Codable {
    package enum Visibility: String, Sendable, Codable { case visible, hidden, veryHidden }

    package let name: String
    package let visibility: Visibility
    /// Sorted by row, then column; each position at most once.
    package let cells: [Cell]
    /// Merged ranges; the value stands in the first cell of each.
    package let merged: [CellRange]

    package init(name: String, visibility: Visibility = .visible, cells: [Cell], merged: [CellRange] = []) {
        self.name = name
        self.visibility = visibility
        self.cells = cells
        self.merged = merged
    }

    /// The cell at a position counted from 1, found by bisection; nil when it is blank.
    package subscript(row row: Int, column column: Int) -> Cell? {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if (cells[middle].row, cells[middle].column) < (row, column) { low = middle + 1 } else { high = middle }
        }
        guard low < cells.count, cells[low].row == row, cells[low].column == column else { return nil }
        return cells[low]
    }
}

/// A rectangle of cells, both corners included, counted from 1.
package struct CellRange: Hashable, Sendable, Codable {
    package let firstRow: Int
    package let firstColumn: Int
    package let lastRow: Int
    package let lastColumn: Int

    package init(firstRow: Int, firstColumn: Int, lastRow: Int, lastColumn: Int) {
        self.firstRow = firstRow
        self.firstColumn = firstColumn
        self.lastRow = lastRow
        self.lastColumn = lastColumn
    }
}

/// A cell that holds something.
package struct Cell: Sendable, Codable {
    package let row: Int
    package let column: Int
    package let value: CellValue
    /// True when the value is the cached result of a formula.
    package let isFormula: Bool
    /// True when the number format shows the number times a hundred with a percent sign.
    package let isPercent: Bool
    /// Runs of a text with their fonts where a font is named; nil when the whole cell has one font that is not named.
    package let runs: [FontRun]?

    package init(
        row: Int, column: Int, value: CellValue, isFormula: Bool = false, isPercent: Bool = false,
        runs: [FontRun]? = nil
    ) {
        self.row = row
        self.column = column
        self.value = value
        self.isFormula = isFormula
        self.isPercent = isPercent
        self.runs = runs
    }
}

/// A stretch of a cell's text and the name of its font.
package struct FontRun: Hashable, Sendable, Codable {
    package let text: String
    package let font: String

    package init(text: String, font: String) {
        self.text = text
        self.font = font
    }
}

/// What a cell holds, by the type that the file gives it.
package enum CellValue: Hashable, Sendable, Codable {
    /// As it stands in the file: neither normalised nor trimmed.
    case text(String)
    case number(Double)
    case boolean(Bool)
    /// A number whose format shows a day, with or without a time; milliseconds since 1970-01-01T00:00:00, no zone.
    case date(milliseconds: Int64)
    /// A number whose format shows a time alone; milliseconds since midnight.
    case time(milliseconds: Int64)
    /// A number whose format shows elapsed time (`[h]:mm`); milliseconds.
    case duration(milliseconds: Int64)
    /// `#REF!`, `#DIV/0!` and their like.
    case error(String)
    /// A formula that was saved without a result.
    case formulaWithoutValue
}

/// A defined name and what it refers to (ECMA-376 Part 1, 18.2.5).
package struct DefinedName: Hashable, Sendable, Codable {
    package let name: String
    /// Index of the sheet it is local to; nil for the whole workbook.
    package let localSheet: Int?
    /// The formula as it stands in the file, e.g. `'A. Chung'!$C$4` or `#REF!`.
    package let formula: String
    /// The cells it names when the formula is one plain reference to one existing sheet.
    package let target: Target?

    package struct Target: Hashable, Sendable, Codable {
        package let sheet: String
        package let range: CellRange

        package init(sheet: String, range: CellRange) {
            self.sheet = sheet
            self.range = range
        }
    }

    package init(name: String, localSheet: Int? = nil, formula: String, target: Target?) {
        self.name = name
        self.localSheet = localSheet
        self.formula = formula
        self.target = target
    }
}
