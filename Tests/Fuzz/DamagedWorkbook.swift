import Records
import Sheets
import XLSForm

/// A workbook that can be damaged as people do it; every cell remembers which answer was typed into it.
struct DamagedWorkbook {
    struct Entry {
        var value: CellValue
        var origin: FilledEntry.Origin?
        var isChanged = false

        var isTag: Bool {
            guard case .text(let text) = value else { return false }
            return ["xf_", "xt_", "xe_", "xn_"].contains { text.hasPrefix($0) }
        }

        var isLabel: Bool {
            guard case .text(let text) = value else { return false }
            return origin == nil && !isTag && !text.hasPrefix("xform:")
        }
    }

    struct Place: Hashable {
        var row: Int
        var column: Int
    }

    struct Page {
        var name: String
        let visibility: Sheet.Visibility
        var cells: [Place: Entry]
        var merged: [CellRange]

        /// Whether the product keeps it for itself: `_meta`, `_choices`.
        var isOwn: Bool { visibility != .visible && name.hasPrefix("_") }
        var lastRow: Int { cells.keys.map(\.row).max() ?? 1 }
        var lastColumn: Int { cells.keys.map(\.column).max() ?? 1 }

        /// In a fixed order, so that the same seed finds the same cell.
        func places(where accept: (Entry) -> Bool) -> [Place] {
            cells.filter { accept($0.value) }.keys.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        }
    }

    /// A defined name; it follows its cells as spreadsheet programs let it.
    struct Name {
        let text: String
        var isLocal = false
        /// nil once its cells are gone (`#REF!`).
        var sheet: String?
        var range: CellRange
    }

    let format: WorkbookFormat
    var pages: [Page]
    var names: [Name]
    var properties: [String: String]
    /// The repeat of each question that stands in one.
    let repeats: [String: String]

    init(_ entry: FilledEntry) {
        format = entry.workbook.format
        pages = entry.workbook.sheets.map { sheet in
            let cells = sheet.cells.map { cell in
                let reference = CellReference(sheet: sheet.name, row: cell.row, column: cell.column)
                return (
                    Place(row: cell.row, column: cell.column),
                    Entry(value: cell.value, origin: reference.flatMap { entry.cells[$0] })
                )
            }
            return Page(
                name: sheet.name, visibility: sheet.visibility,
                cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }), merged: sheet.merged)
        }
        names = entry.workbook.definedNames.compactMap { name in
            name.target.map { Name(text: name.name, isLocal: name.localSheet != nil, sheet: $0.sheet, range: $0.range) }
        }
        properties = entry.workbook.properties
        repeats = entry.form.questions.reduce(into: [:]) { $0[$1.name] = $1.repeatName }
    }

    var workbook: Workbook {
        let sheets = pages.map { page in
            let places = page.places { _ in true }
            let cells = places.compactMap { place in
                page.cells[place].map { Cell(row: place.row, column: place.column, value: $0.value) }
            }
            return Sheet(name: page.name, visibility: page.visibility, cells: cells, merged: page.merged)
        }
        let defined = names.map { name in
            let target = name.sheet.map { DefinedName.Target(sheet: $0, range: name.range) }
            let local = name.isLocal ? pages.firstIndex { $0.name == name.sheet } : nil
            return DefinedName(
                name: name.text, localSheet: local, formula: target == nil ? "#REF!" : "reference", target: target)
        }
        return Workbook(format: format, sheets: sheets, definedNames: defined, properties: properties)
    }

    func entry(sheet: String, row: Int, column: Int) -> Entry? {
        pages.first { $0.name == sheet }?.cells[Place(row: row, column: column)]
    }
}

// MARK: Rows and columns

extension DamagedWorkbook {
    enum Line { case row, column }

    mutating func insert(_ line: Line, before position: Int, in page: Int) {
        shift(line, from: position, by: 1, in: page)
    }

    mutating func delete(_ line: Line, _ position: Int, in page: Int) {
        pages[page].cells = pages[page].cells.filter { (line == .row ? $0.key.row : $0.key.column) != position }
        shift(line, from: position + 1, by: -1, in: page)
    }

    /// Exchanges what two rows hold, as sorting does: names stay where they were.
    mutating func exchangeRows(_ first: Int, _ second: Int, in page: Int) {
        let cells = pages[page].cells.map { place, entry in
            let row = place.row == first ? second : place.row == second ? first : place.row
            return (Place(row: row, column: place.column), entry)
        }
        pages[page].cells = Dictionary(cells, uniquingKeysWith: { kept, _ in kept })
        pages[page].merged = pages[page].merged.map { range in
            guard range.firstRow == range.lastRow else { return range }
            return range.moved(toRow: range.firstRow == first ? second : range.firstRow == second ? first : nil)
        }
    }

    /// Whether sorting could exchange the rows: both are of the same repeat, or both of none.
    func areAlike(_ first: Int, _ second: Int, in page: Int) -> Bool {
        func tables(_ row: Int) -> Set<String?> {
            Set(pages[page].cells.filter { $0.key.row == row }.compactMap(\.value.origin).map { repeats[$0.question] })
        }
        let kind = tables(first)
        return kind.count == 1 && kind == tables(second)
    }

    /// Inserts a copy of a row below it.
    mutating func doubleRow(_ row: Int, in page: Int) {
        insert(.row, before: row + 1, in: page)
        for (place, entry) in pages[page].cells where place.row == row {
            pages[page].cells[Place(row: row + 1, column: place.column)] = entry
        }
        let own = pages[page].merged.filter { $0.firstRow == row && $0.lastRow == row }
        pages[page].merged += own.map { $0.moved(toRow: row + 1) }
    }

    private mutating func shift(_ line: Line, from position: Int, by distance: Int, in page: Int) {
        let cells = pages[page].cells.map { place, entry in
            var place = place
            if line == .row, place.row >= position { place.row += distance }
            if line == .column, place.column >= position { place.column += distance }
            return (place, entry)
        }
        pages[page].cells = Dictionary(cells, uniquingKeysWith: { kept, _ in kept })
        pages[page].merged = pages[page].merged.compactMap { $0.shifted(line, from: position, by: distance) }
        for index in names.indices where names[index].sheet == pages[page].name {
            if let range = names[index].range.shifted(line, from: position, by: distance) {
                names[index].range = range
            } else {
                names[index].sheet = nil
            }
        }
    }
}

extension CellRange {
    fileprivate func moved(toRow row: Int?) -> CellRange {
        guard let row else { return self }
        return CellRange(firstRow: row, firstColumn: firstColumn, lastRow: row, lastColumn: lastColumn)
    }

    /// nil when its last row or column is gone.
    fileprivate func shifted(_ line: DamagedWorkbook.Line, from position: Int, by distance: Int) -> CellRange? {
        func moved(_ first: Int, _ last: Int) -> (Int, Int) {
            // What begins right behind a deleted line moves up; what ends on it grows shorter.
            let limit = distance < 0 ? position - 1 : position
            return (first >= position ? first + distance : first, last >= limit ? last + distance : last)
        }
        let (top, bottom) = line == .row ? moved(firstRow, lastRow) : (firstRow, lastRow)
        let (left, right) = line == .column ? moved(firstColumn, lastColumn) : (firstColumn, lastColumn)
        guard top <= bottom, left <= right else { return nil }
        return CellRange(firstRow: top, firstColumn: left, lastRow: bottom, lastColumn: right)
    }
}
