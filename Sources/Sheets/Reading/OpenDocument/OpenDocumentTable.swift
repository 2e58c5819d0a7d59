import Records

/// A sheet's cells and merged ranges (OpenDocument 1.3 Part 3, 9.1.2 `table:table`). One value reads the sheets of a
/// workbook in turn: `begin`, the elements, `finish`.
///
/// Only what leads to a cell's own text is entered: comments, shapes, tables inside cells and linked cells are not.
///
/// Called for every element of the largest part there is: no String is made but for a cell's text.
struct OpenDocumentTable {
    private enum Place { case group, row, cell, list, paragraph, span }

    /// Day 0 of the workbook is 1899-12-30, as nearly everywhere.
    var hasNullDate1899 = true

    private let budget: WorkbookBudget
    private var name = ""
    private var visibility = Sheet.Visibility.visible
    private var cells: [Cell] = []
    private var merged: [CellRange] = []
    private var places: [Place] = []
    /// The default styles of columns, each up to its last column.
    private var columnStyles: [(last: Int, style: [UInt8])] = []

    private var row = 0
    /// How many rows the element stands for.
    private var rows = 1
    private var rowStyle: [UInt8] = []
    /// Where the cells and the merged ranges of the row begin.
    private var firstCell = 0
    private var firstMerged = 0
    /// The last column that is taken.
    private var column = 0

    private var cell = OpenDocumentCell()
    /// The value that the attributes gave; nil when the text decides.
    private var value: CellValue?
    private var text: OpenDocumentText

    init(budget: WorkbookBudget) {
        self.budget = budget
        text = OpenDocumentText(budget: budget)
    }

    mutating func begin(_ name: String, visibility: Sheet.Visibility) {
        self.name = name
        self.visibility = visibility
        cells = []
        merged = []
        places = []
        columnStyles = []
        row = 0
        rows = 1
    }

    /// The sheet that was read.
    mutating func finish() -> Sheet {
        defer { cells = [] }
        return Sheet(name: name, visibility: visibility, cells: cells, merged: merged)
    }

    // MARK: Elements

    /// An element inside the table; true when what stands inside it matters too.
    mutating func start(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes,
        _ namespaces: inout OpenDocumentNamespaces, _ styles: inout OpenDocumentStyles
    ) throws(WorkbookError) -> Bool {
        let place: Place?
        switch places.last {
        case .row:
            guard namespace == .table else { return false }
            place = try startInRow(name, attributes, &namespaces, &styles)
        case .cell, .list:
            guard namespace == .text else { return false }
            place = try startInCell(name, attributes, &namespaces, styles)
        case .paragraph, .span:
            guard namespace == .text else { return false }
            place = try startInText(name, attributes, &namespaces, styles)
        case .group, nil:
            guard namespace == .table else { return false }
            place = try startInTable(name, attributes, &namespaces)
        }
        guard let place else { return false }
        places.append(place)
        return true
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if places.last == .paragraph || places.last == .span { text.characters(bytes) }
    }

    /// The end of an element for which `start` gave true.
    mutating func end(_ styles: inout OpenDocumentStyles) throws(WorkbookError) {
        switch places.popLast() {
        case .span: try text.endSpan()
        case .cell: try finishCell(&styles)
        case .row: try finishRow()
        case .group, .list, .paragraph, nil: break
        }
    }

    private mutating func startInTable(
        _ name: XMLName, _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) -> Place? {
        switch name {
        case "table-row":
            try startRow(attributes, &namespaces)
            return .row
        case "table-column":
            try addColumns(attributes, &namespaces)
            return nil
        case "table-rows", "table-header-rows", "table-row-group": return .group
        case "table-columns", "table-header-columns", "table-column-group": return .group
        default: return nil
        }
    }

    private mutating func startInRow(
        _ name: XMLName, _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces,
        _ styles: inout OpenDocumentStyles
    ) throws(WorkbookError) -> Place? {
        switch name {
        case "table-cell", "covered-table-cell":
            try cell.begin(attributes, &namespaces)
            value = cell.value(hasNullDate1899: hasNullDate1899) { styles.cell(styleOfCell).isDuration }
            text.begin()
            return .cell
        default: return nil
        }
    }

    private mutating func startInCell(
        _ name: XMLName, _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces,
        _ styles: OpenDocumentStyles
    ) throws(WorkbookError) -> Place? {
        if value != nil, !cell.mayBeError { return nil }
        switch name {
        case "p", "h":
            let font = try Self.styleName(attributes, &namespaces) { styles.font(paragraph: $0) }
            try text.startParagraph(font: font)
            return .paragraph
        case "list", "list-item", "list-header": return .list
        default: return nil
        }
    }

    /// Spans, links and fields are part of the text; a note or how a word is read aloud is not.
    private mutating func startInText(
        _ name: XMLName, _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces,
        _ styles: OpenDocumentStyles
    ) throws(WorkbookError) -> Place? {
        switch name {
        case "s":
            var count = 1
            try attributes.forEach { (key, value) throws(WorkbookError) in
                if case (.text, "c") = (namespaces[key.namespace], key) {
                    count = max(0, DecimalParser.integer(value) ?? 1)
                }
            }
            try text.spaces(count)
            return nil
        case "tab": text.character("\t")
        case "line-break": text.character("\n")
        case "note", "ruby-text", "script": break
        default:
            try text.startSpan(font: Self.styleName(attributes, &namespaces) { styles.font(span: $0) })
            return .span
        }
        return nil
    }

    private static func styleName(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces,
        font: (UnsafeBufferPointer<UInt8>) -> String?
    ) throws(WorkbookError) -> String? {
        var found: String?
        try attributes.forEach { (key, value) throws(WorkbookError) in
            if case (.text, "style-name") = (namespaces[key.namespace], key) { found = font(value) }
        }
        return found
    }

    // MARK: Columns and rows

    /// Columns beyond the last that a sheet has say nothing.
    private mutating func addColumns(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        let first = (columnStyles.last?.last ?? 0) + 1
        guard first <= CellReference.maximumColumn else { return }
        var count = 1
        var style: [UInt8] = []
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.table, "number-columns-repeated"): count = OpenDocumentCell.count(value)
            case (.table, "default-cell-style-name"): style = Array(value)
            default: break
            }
        }
        columnStyles.append((min(first - 1 + count, CellReference.maximumColumn), style))
    }

    private mutating func startRow(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        try budget.spendRow()
        row += rows
        rows = 1
        rowStyle.removeAll(keepingCapacity: true)
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.table, "number-rows-repeated"): rows = OpenDocumentCell.count(value)
            case (.table, "default-cell-style-name"): rowStyle.append(contentsOf: value)
            default: break
            }
        }
        // Rows without cells may go on beyond the end of the sheet.
        row = min(row, CellReference.maximumRow + 1)
        rows = min(rows, CellReference.maximumRow + 1)
        column = 0
        firstCell = cells.count
        firstMerged = merged.count
    }

    /// A row with cells that stands for several is written out.
    private mutating func finishRow() throws(WorkbookError) {
        guard rows > 1, cells.count > firstCell || merged.count > firstMerged else { return }
        let own = cells[firstCell...]
        let ownMerged = merged[firstMerged...]
        guard row + rows - 1 <= CellReference.maximumRow else { throw beyondTheEnd() }
        for step in 1..<rows {
            try budget.spendRow()
            for cell in own {
                try budget.spendCell()
                cells.append(cell.moved(toRow: row + step, column: cell.column))
            }
            for range in ownMerged {
                try budget.spendCell()
                merged.append(range.moved(byRows: step))
            }
        }
    }

    // MARK: Cells

    /// The cell's own style, else its row's, else its column's.
    private var styleOfCell: [UInt8] {
        if !cell.style.isEmpty { return cell.style }
        if !rowStyle.isEmpty { return rowStyle }
        var low = 0
        var high = columnStyles.count
        while low < high {
            let middle = (low + high) / 2
            if columnStyles[middle].last <= column { low = middle + 1 } else { high = middle }
        }
        return low < columnStyles.count ? columnStyles[low].style : []
    }

    private mutating func finishCell(_ styles: inout OpenDocumentStyles) throws(WorkbookError) {
        if cell.columnsSpanned > 1 || cell.rowsSpanned > 1 { try merge() }
        if let content = try content(&styles) { try append(content.value, runs: content.runs) }
        column = min(column + min(cell.columns, CellReference.maximumColumn), CellReference.maximumColumn)
    }

    /// What the cell holds; nil for a blank one.
    private mutating func content(
        _ styles: inout OpenDocumentStyles
    ) throws(WorkbookError) -> (value: CellValue, runs: [FontRun]?)? {
        if cell.mayBeError, let code = text.errorCode(isMarked: cell.isError) {
            try budget.spendText(code.utf8.count)
            return (.error(code), nil)
        }
        if let value { return (value, nil) }
        if let string = cell.string, !string.isEmpty { text.replace(by: string) }
        if text.isEmpty {
            // A formula whose result is an empty text says that it is a text.
            return cell.hasFormula && (cell.type != .string || cell.isError) ? (.formulaWithoutValue, nil) : nil
        }
        let (string, runs) = try text.finish { styles.cell(styleOfCell).font }
        return (.text(string), runs)
    }

    private mutating func append(_ value: CellValue, runs: [FontRun]?) throws(WorkbookError) {
        guard row <= CellReference.maximumRow, cell.columns <= CellReference.maximumColumn - column else {
            throw beyondTheEnd()
        }
        let isPercent = cell.isPercent
        for column in (column + 1)...(column + cell.columns) {
            try budget.spendCell()
            cells.append(
                Cell(
                    row: row, column: column, value: value, isFormula: cell.hasFormula, isPercent: isPercent, runs: runs
                ))
        }
    }

    /// Ranges that reach beyond the end of the sheet are cut there.
    private mutating func merge() throws(WorkbookError) {
        guard row <= CellReference.maximumRow, column < CellReference.maximumColumn else { return }
        try budget.spendCell()
        merged.append(
            CellRange(
                firstRow: row, firstColumn: column + 1,
                lastRow: min(row + min(cell.rowsSpanned, CellReference.maximumRow) - 1, CellReference.maximumRow),
                lastColumn: min(
                    column + min(cell.columnsSpanned, CellReference.maximumColumn), CellReference.maximumColumn)))
    }

    private func beyondTheEnd() -> WorkbookError {
        WorkbookError(.damaged, "sheet \(name), row \(row): more cells than a sheet has room for")
    }
}

extension Cell {
    fileprivate func moved(toRow row: Int, column: Int) -> Cell {
        Cell(row: row, column: column, value: value, isFormula: isFormula, isPercent: isPercent, runs: runs)
    }
}

extension CellRange {
    fileprivate func moved(byRows step: Int) -> CellRange {
        CellRange(
            firstRow: firstRow + step, firstColumn: firstColumn,
            lastRow: min(lastRow + step, CellReference.maximumRow), lastColumn: lastColumn)
    }
}
