import Records

/// Colours cells of a sheet, takes former colours off, and lets the sheet refer to a drawing (ECMA-376 Part 1, 18.3.1.99).
///
/// Cells and rows that the file leaves out are put where they belong; everything else keeps its bytes.
struct WorksheetEditor {
    typealias Position = CommentsEditor.Position

    /// What is done to the sheet.
    struct Task {
        /// Cells to be coloured.
        var marked: Set<Position> = []
        /// Cells that bore a mark's comment before.
        var former: Set<Position> = []
        /// Objects and other workbooks are gone from the package.
        var removesObjects = false
        var removesExternalFormulas = false
    }

    /// Elements that follow `legacyDrawing` in the order of the schema.
    private static let afterDrawing: Set<String> = [
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    ]

    private let part: String
    private var scanner: XMLScanner
    private let prefix: String
    private let task: Task
    private let formats: MarkFormats
    private var edits = PartEdits()

    private var row = 0
    private var column = 0
    private var rowTag: XMLTag?
    private var rowFormat: Int?
    /// The columns of this row that are to be coloured, and those that were met.
    private var wanted: [Int] = []
    private var met: Set<Int> = []
    /// Where a cell of this row is to be put that it has not.
    private var gaps: [Int: Int] = [:]
    private let rows: [Int]
    private let columnsByRow: [Int: [Int]]
    private var metRows: Set<Int> = []
    /// Where a row is to be put that the sheet has not.
    private var rowGaps: [Int: Int] = [:]
    private var nextRow = 0
    private var sheetData: XMLTag?
    private var sheetDataEnd: Int?
    private var cellFormat = 0
    private var formula: (tag: XMLTag, index: Int?)?
    private var sharedFormulas: [Int: [Range<Int>]] = [:]
    private var externalShared: Set<Int> = []
    private var removesFormulas = false
    private var extent: XMLTag?
    private var wrapper: XMLTag?
    private var drawingPlace: Int?
    private var rootEnd: Int?
    /// Formats of whole columns, and their widths.
    private(set) var measures = SheetMeasures()
    /// The relationship of the drawing with the boxes of comments.
    private(set) var legacyDrawing: String?
    private(set) var hasRemovedFormulas = false

    init(_ bytes: [UInt8], part: String, task: Task, formats: MarkFormats) throws(WorkbookError) {
        var scanner = XMLScanner(bytes, part: part)
        guard let root = try scanner.next(), root.kind == .start else {
            throw WorkbookError(.unsupported, "\(part) is no sheet")
        }
        self.part = part
        self.task = task
        self.formats = formats
        prefix = scanner.prefix(of: root)
        self.scanner = scanner
        columnsByRow = Dictionary(grouping: task.marked, by: \.row).mapValues { $0.map(\.column).sorted() }
        rows = columnsByRow.keys.sorted()
        measures.watch(rows)
    }

    /// - Parameter isWorksheet: false for a sheet without cells, which only loses its place in front.
    mutating func edit() throws(WorkbookError) {
        while let tag = try scanner.next() {
            if tag.depth == 1, wrapper == nil, !tag.isOwn, sheetDataEnd != nil, tag.kind == .start { wrapper = tag }
            if tag.isOwn {
                try take(tag)
            } else if tag.depth == 1, tag.kind == .end {
                wrapper = nil
            }
        }
        guard rows.isEmpty || sheetDataEnd != nil else { throw WorkbookError(.unsupported, "\(part) has no cells") }
        insertRows()
        for index in externalShared {
            for range in sharedFormulas[index] ?? [] { edits.remove(range) }
        }
    }

    private mutating func take(_ tag: XMLTag) throws(WorkbookError) {
        if rowTag != nil, tag.depth >= 3 { return try takeInRow(tag) }
        let name = scanner.text(tag.local)
        switch (name, tag.depth, tag.kind) {
        case ("row", 2, _): try takeRow(tag)
        case ("sheetData", 1, .end): sheetDataEnd = tag.range.lowerBound
        case ("sheetData", 1, _):
            sheetData = tag
            if tag.kind == .empty { sheetDataEnd = tag.range.upperBound }
        case ("sheetView", 2, .start), ("sheetView", 2, .empty):
            // With two sheets selected, typing goes into both.
            if scanner.flag("tabSelected", of: tag) { edits.removeAttribute("tabSelected", of: tag, in: scanner) }
        case ("sheetFormatPr", 1, .start), ("sheetFormatPr", 1, .empty):
            measures.defaults(width: decimal("defaultColWidth", tag), height: decimal("defaultRowHeight", tag))
        case ("col", 2, .start), ("col", 2, .empty):
            measures.columns(
                scanner.integer("min", of: tag), scanner.integer("max", of: tag), width: decimal("width", tag),
                format: scanner.integer("style", of: tag))
        case ("legacyDrawing", 1, .start), ("legacyDrawing", 1, .empty):
            legacyDrawing = scanner.attribute(prefixed: "id", of: tag).map { XMLText.unescaped(scanner.text($0.value)) }
        case ("worksheet", 0, .end): rootEnd = tag.range.lowerBound
        default: try takeOther(tag, name)
        }
    }

    private mutating func takeOther(_ tag: XMLTag, _ name: String) throws(WorkbookError) {
        if tag.kind != .end, drawingPlace == nil, sheetDataEnd != nil, Self.afterDrawing.contains(name),
            tag.depth == 1 || wrapper != nil
        {
            drawingPlace = (wrapper ?? tag).range.lowerBound
        }
        if task.removesObjects, name == "oleObjects" || name == "controls" {
            switch tag.kind {
            case .start: extent = tag
            case .empty: edits.remove(tag.range)
            case .end:
                if let start = extent { edits.remove(start.range.lowerBound..<tag.range.upperBound) }
                extent = nil
            }
        }
        if task.removesExternalFormulas, ["formula", "formula1", "formula2"].contains(name) {
            if tag.kind == .start { formula = (tag, nil) }
            if tag.kind == .end, let start = formula?.tag {
                if ExternalFormula.isExternal(inside(start, tag)) {
                    throw WorkbookError(.unsupported, "\(part): a rule reads another workbook")
                }
                formula = nil
            }
        }
    }

    private func inside(_ start: XMLTag, _ end: XMLTag) -> String {
        XMLText.unescaped(scanner.text(start.range.upperBound..<end.range.lowerBound))
    }

    private func decimal(_ name: StaticString, _ tag: XMLTag) -> Double? {
        scanner.attribute(name, of: tag).flatMap { Double(scanner.text($0.value)) }
    }

    // MARK: - Rows

    private mutating func takeRow(_ tag: XMLTag) throws(WorkbookError) {
        if tag.kind == .end { return finishRow(at: tag.range.lowerBound) }
        row = scanner.integer("r", of: tag) ?? row + 1
        column = 0
        rowFormat = scanner.flag("customFormat", of: tag) ? scanner.integer("s", of: tag) : nil
        measures.row(row, height: decimal("ht", tag))
        while nextRow < rows.count, rows[nextRow] < row {
            rowGaps[rows[nextRow]] = tag.range.lowerBound
            nextRow += 1
        }
        wanted = columnsByRow[row] ?? []
        met = []
        gaps = [:]
        if !wanted.isEmpty { metRows.insert(row) }
        rowTag = tag
        if tag.kind == .empty { finishRow(at: nil) }
    }

    private mutating func finishRow(at end: Int?) {
        defer { rowTag = nil }
        let missing = wanted.filter { !met.contains($0) }
        guard let tag = rowTag, !missing.isEmpty else { return }
        var behind = ""
        for column in missing {
            let cell = cell(row, column, rowFormat ?? measures.format(ofColumn: column))
            if let place = gaps[column] { edits.insert(cell, at: place) } else { behind += cell }
        }
        if !behind.isEmpty { edits.append(behind, to: tag, endingAt: end, in: scanner) }
        // A hint for the reader that is wrong now.
        edits.removeAttribute("spans", of: tag, in: scanner)
    }

    private mutating func insertRows() {
        guard let sheetData else { return }
        var behind = ""
        for row in rows where !metRows.contains(row) {
            let cells = (columnsByRow[row] ?? []).map { cell(row, $0, measures.format(ofColumn: $0)) }.joined()
            let text = "<\(prefix)row r=\"\(row)\">\(cells)</\(prefix)row>"
            if let place = rowGaps[row] { edits.insert(text, at: place) } else { behind += text }
        }
        if !behind.isEmpty {
            edits.append(behind, to: sheetData, endingAt: sheetData.kind == .empty ? nil : sheetDataEnd, in: scanner)
        }
    }

    private func cell(_ row: Int, _ column: Int, _ format: Int) -> String {
        let reference = CellReference.letters(column) + String(row)
        return "<\(prefix)c r=\"\(reference)\" s=\"\(formats.marked(formats.restored(format, wasMarked: false)))\"/>"
    }

    // MARK: - Cells

    private mutating func takeInRow(_ tag: XMLTag) throws(WorkbookError) {
        if tag.depth == 3, scanner.isLocal(tag, "c"), tag.kind != .end {
            try takeCell(tag)
        } else if task.removesExternalFormulas, tag.depth == 4, scanner.isLocal(tag, "f") {
            takeFormula(tag)
        }
    }

    private mutating func takeCell(_ tag: XMLTag) throws(WorkbookError) {
        if let reference = scanner.attribute("r", of: tag) {
            guard let place = CellReference.position(scanner.bytes[reference.value]), place.row == row else {
                throw WorkbookError(.unsupported, "\(part), row \(row): a cell stands in another row")
            }
            column = place.column
        } else {
            column += 1
        }
        for other in wanted where other < column && gaps[other] == nil { gaps[other] = tag.range.lowerBound }
        let isMarked = wanted.contains(column)
        guard isMarked || formats.hasFormer || !task.former.isEmpty else { return }
        met.insert(column)
        let old = scanner.integer("s", of: tag) ?? 0
        var new = formats.restored(old, wasMarked: task.former.contains(Position(row: row, column: column)))
        if isMarked { new = formats.marked(new) }
        if new != old { edits.set("s", to: String(new), of: tag, in: scanner) }
    }

    /// A formula that reads another workbook leaves its result behind, and so do those that share it.
    private mutating func takeFormula(_ tag: XMLTag) {
        switch tag.kind {
        case .empty: note(tag.range, scanner.integer("si", of: tag), isExternal: false)
        case .start: formula = (tag, scanner.integer("si", of: tag))
        case .end:
            guard let start = formula else { return }
            note(
                start.tag.range.lowerBound..<tag.range.upperBound, start.index,
                isExternal: ExternalFormula.isExternal(inside(start.tag, tag)))
            formula = nil
        }
    }

    private mutating func note(_ range: Range<Int>, _ shared: Int?, isExternal: Bool) {
        if let shared {
            sharedFormulas[shared, default: []].append(range)
            if isExternal { externalShared.insert(shared) }
        } else if isExternal {
            edits.remove(range)
        }
        if isExternal { hasRemovedFormulas = true }
    }

    // MARK: - The drawing

    /// Lets the sheet show the drawing that this relationship leads to.
    mutating func refer(toDrawing relationship: String, namespace: String) throws(WorkbookError) {
        guard let place = drawingPlace ?? rootEnd else { throw WorkbookError(.unsupported, "\(part) has no end") }
        edits.insert(
            "<\(prefix)legacyDrawing xmlns:r=\"\(namespace)\" r:id=\"\(relationship)\"/>", at: place)
    }

    var hasChanged: Bool { !edits.isEmpty }
    var bytes: [UInt8] { edits.applied(to: scanner.bytes) }
}

/// How wide the columns and how high the rows of a sheet are, where comments are to be shown.
struct SheetMeasures {
    private var defaultWidth = 8.43
    private var defaultHeight = 15.0
    private var columns: [(range: ClosedRange<Int>, width: Double?, format: Int?)] = []
    private var heights: [Int: Double] = [:]
    private var watched: Set<Int> = []
    /// As many rows and columns as a comment may cover.
    private static let reach = 12
    private static let mostColumns = 20_000

    mutating func watch(_ rows: [Int]) {
        for row in rows { watched.formUnion((row - 1)...(row + Self.reach)) }
    }

    mutating func defaults(width: Double?, height: Double?) {
        if let width, (0...255).contains(width) { defaultWidth = width }
        if let height, (0...409).contains(height) { defaultHeight = height }
    }

    mutating func columns(_ first: Int?, _ last: Int?, width: Double?, format: Int?) {
        guard let first, let last, first <= last, columns.count < Self.mostColumns else { return }
        columns.append((first...last, width.flatMap { (0...255).contains($0) ? $0 : nil }, format))
    }

    mutating func row(_ row: Int, height: Double?) {
        if let height, (0...409).contains(height), watched.contains(row) { heights[row] = height }
    }

    func format(ofColumn column: Int) -> Int { columns.first { $0.range.contains(column) }?.format ?? 0 }

    /// A box of some 340 by so many pixels beside a cell, from the row above it.
    func anchor(beside position: CommentsEditor.Position, height: Int) -> NoteShapes.Anchor {
        let left = min(position.column + 1, CellReference.maximumColumn - 1)
        let top = max(1, position.row - 1)
        let (right, rightOffset) = reached(from: left, offset: 15, length: 340, last: CellReference.maximumColumn) {
            pixels(ofColumn: $0)
        }
        let (bottom, bottomOffset) = reached(from: top, offset: 8, length: height, last: CellReference.maximumRow) {
            Int((heights[$0] ?? defaultHeight) * 4 / 3)
        }
        return NoteShapes.Anchor(
            numbers: [left - 1, 15, top - 1, 8, right - 1, rightOffset, bottom - 1, bottomOffset])
    }

    /// Where a length ends that begins in one of a line of columns or rows.
    private func reached(
        from first: Int, offset: Int, length: Int, last: Int, size: (Int) -> Int
    ) -> (index: Int, offset: Int) {
        var index = first
        var rest = offset + length
        while index < last, index < first + Self.reach, rest > size(index) {
            rest -= size(index)
            index += 1
        }
        return (index, min(rest, max(0, size(index) - 1)))
    }

    private func pixels(ofColumn column: Int) -> Int {
        let width = columns.first { $0.range.contains(column) }?.width ?? defaultWidth
        return Int(width * 7) + 5
    }
}
