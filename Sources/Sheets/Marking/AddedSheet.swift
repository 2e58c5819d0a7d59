import Records

/// The sheet that is put behind the sender's own, as a part (ECMA-376 Part 1, 18.3.1.99). All text is inline, so that
/// the table of shared strings stays as it is.
///
/// Of the draft it writes cells, merged ranges, widths and heights, hidden columns, links, protection, what stays in
/// view, and the page; comments, drop-downs and formulas are none of its business.
struct AddedSheet {
    let draft: SheetDraft
    let namespace: String
    let formats: MarkFormats
    /// The text in whose column the samples of formats stand: see `MarkFormats`.
    let samplesTag: String

    /// The columns of the samples, counted from the one that holds the tag.
    static let originalColumn = 0
    static let markedColumn = 1

    var bytes: [UInt8] {
        let cells = allCells
        let merged = draft.merged.map(\.range).filter { $0.firstRow < $0.lastRow || $0.firstColumn < $0.lastColumn }
        let ranges = merged.map { "<mergeCell ref=\"\(reference($0))\"/>" }
        let links = cells.compactMap { link($0) }
        let text = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <worksheet xmlns="\(namespace)"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\(view)\
            <sheetFormatPr defaultRowHeight="15"/>\(columns)<sheetData>\(rows(cells))</sheetData>\(protection)\
            \(list("mergeCells", ranges))\(list("hyperlinks", links, counted: false))\
            <pageMargins left="0.7" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>\
            <pageSetup paperSize="9" orientation="\(draft.isLandscape ? "landscape" : "portrait")" fitToHeight="0"/>\
            \(headerFooter)</worksheet>
            """
        return Array(text.utf8)
    }

    private func list(_ name: String, _ items: [String], counted: Bool = true) -> String {
        if items.isEmpty { return "" }
        let count = counted ? " count=\"\(items.count)\"" : ""
        return "<\(name)\(count)>\(items.joined())</\(name)>"
    }

    // MARK: - Cells

    /// A cell and the number of its format.
    private struct Formatted {
        let cell: CellDraft
        let format: Int
    }

    private var allCells: [Formatted] {
        var cells = draft.cells.map { Formatted(cell: $0, format: formats.format($0.style)) }
        func add(_ row: Int, _ column: Int, _ value: CellDraft.Value, format: Int) {
            cells.append(Formatted(cell: CellDraft(row: row, column: column, value: value), format: format))
        }
        for (range, cell) in draft.merged {
            let format = formats.format(cell.style)
            for row in range.firstRow...range.lastRow {
                for column in range.firstColumn...range.lastColumn {
                    let isFirst = row == range.firstRow && column == range.firstColumn
                    add(row, column, isFirst ? cell.value : .blank, format: format)
                }
            }
        }
        add(1, samplesColumn, .text(samplesTag), format: 0)
        for (index, pair) in formats.styles.markedPairs.enumerated() {
            add(index + 2, samplesColumn + Self.originalColumn, .blank, format: pair.original)
            add(index + 2, samplesColumn + Self.markedColumn, .blank, format: pair.marked)
        }
        return cells.sorted { ($0.cell.row, $0.cell.column) < ($1.cell.row, $1.cell.column) }
    }

    /// Behind everything that people see.
    private var samplesColumn: Int {
        max(draft.cells.map(\.column).max() ?? 0, draft.merged.map(\.range.lastColumn).max() ?? 0) + 1
    }

    private func rows(_ cells: [Formatted]) -> String {
        var text = ""
        var row = 0
        for formatted in cells {
            let cell = formatted.cell
            if cell.row != row {
                if row > 0 { text += "</row>" }
                row = cell.row
                let height = draft.rowHeights[row].map { " ht=\"\($0)\" customHeight=\"1\"" } ?? ""
                text += "<row r=\"\(row)\"\(height)>"
            }
            text += element(cell, formatted.format)
        }
        return row > 0 ? text + "</row>" : text
    }

    private func element(_ cell: CellDraft, _ format: Int) -> String {
        let start = "<c r=\"\(CellReference.letters(cell.column))\(cell.row)\" s=\"\(format)\""
        switch cell.value {
        case .blank, .text(""), .formula: return start + "/>"
        case .text(let text), .link(_, let text):
            return start + " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(XMLText.cellText(text))</t></is></c>"
        case .number(let number):
            let whole = number == number.rounded() && abs(number) < 1e15
            return start + "><v>\(whole ? String(Int64(number)) : String(number))</v></c>"
        case .boolean(let value): return start + " t=\"b\"><v>\(value ? 1 : 0)</v></c>"
        case .date(let day): return start + "><v>\(day.daysSince1970 + 25_569)</v></c>"
        }
    }

    private func link(_ formatted: Formatted) -> String? {
        guard case .link(let address, _) = formatted.cell.value, address.hasPrefix("internal:") else { return nil }
        let reference = CellReference.letters(formatted.cell.column) + String(formatted.cell.row)
        return "<hyperlink ref=\"\(reference)\" location=\"\(XMLText.escaped(String(address.dropFirst(9))))\"/>"
    }

    private func reference(_ range: CellRange) -> String {
        "\(CellReference.letters(range.firstColumn))\(range.firstRow)"
            + ":\(CellReference.letters(range.lastColumn))\(range.lastRow)"
    }

    // MARK: - The sheet

    private var view: String {
        guard let cell = draft.frozenAt, cell.row > 1 || cell.column > 1 else {
            return "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>"
        }
        let columns = cell.column > 1 ? " xSplit=\"\(cell.column - 1)\"" : ""
        let rows = cell.row > 1 ? " ySplit=\"\(cell.row - 1)\"" : ""
        let pane = cell.column > 1 ? cell.row > 1 ? "bottomRight" : "topRight" : "bottomLeft"
        let topLeft = CellReference.letters(cell.column) + String(cell.row)
        return """
            <sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane\(columns)\(rows) topLeftCell="\(topLeft)" \
            activePane="\(pane)" state="frozen"/><selection pane="\(pane)" activeCell="\(topLeft)" sqref="\(topLeft)"/>\
            </sheetView></sheetViews>
            """
    }

    private var columns: String {
        let hidden = draft.hiddenColumns.union([samplesColumn, samplesColumn + 1])
        let items = Set(draft.columnWidths.keys).union(hidden).sorted().map { column in
            let width = draft.columnWidths[column] ?? 8.43
            let isHidden = hidden.contains(column) ? " hidden=\"1\"" : ""
            return "<col min=\"\(column)\" max=\"\(column)\" width=\"\(width)\"\(isHidden) customWidth=\"1\"/>"
        }
        return list("cols", items, counted: false)
    }

    /// Without a password; rows may be deleted, cells formatted, as on the sheets of the blank workbook.
    private var protection: String {
        guard draft.isProtected else { return "" }
        return """
            <sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" \
            insertRows="0" insertHyperlinks="0" deleteRows="0" sort="0" autoFilter="0"/>
            """
    }

    private var headerFooter: String {
        // `&` begins a code in headers; `&&` is the sign itself.
        let header = XMLText.escaped(draft.pageHeader.replacing("&", with: "&&"))
        let top = header.isEmpty ? "" : "<oddHeader>&amp;C&amp;\"Times New Roman\"&amp;10\(header)</oddHeader>"
        return
            "<headerFooter>\(top)<oddFooter>&amp;R&amp;\"Times New Roman\"&amp;10&amp;P/&amp;N</oddFooter></headerFooter>"
    }
}
