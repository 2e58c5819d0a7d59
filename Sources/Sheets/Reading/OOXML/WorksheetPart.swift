import Records

/// A sheet's cells and merged ranges (ECMA-376 Part 1, 18.3.1.99 `worksheet`). One visitor reads the sheets of a workbook
/// in turn: `begin`, the part, `finish`.
///
/// Called for every element of the largest part there is: no String is made but for a cell's text.
struct WorksheetPart: XMLVisitor {
    private enum CellType { case number, shared, inline, formulaText, boolean, error, date }
    private enum Capture { case nothing, value, inline }

    private var name = ""
    private var merged: [CellRange] = []
    private var cells: [Cell] = []
    private var isSorted = true

    private var strings: SharedStrings
    private let formats: StylesPart
    private let dates: SerialDate
    private let budget: WorkbookBudget

    private var isInRow = false
    private var isInCell = false
    private var row = 0
    private var column = 0
    private var type = CellType.number
    private var format = 0
    private var hasFormula = false
    private var hasValue = false
    private var capture = Capture.nothing
    private var value: [UInt8] = []
    private var inline = RichTextBuilder()

    init(strings: SharedStrings, formats: StylesPart, dates: SerialDate, budget: WorkbookBudget) {
        self.strings = strings
        self.formats = formats
        self.dates = dates
        self.budget = budget
    }

    mutating func begin(_ name: String) {
        self.name = name
        merged = []
        cells = []
        isSorted = true
        row = 0
        isInRow = false
        isInCell = false
        capture = .nothing
    }

    /// The sheet that was read.
    mutating func finish(_ visibility: Sheet.Visibility) -> Sheet {
        defer { cells = [] }
        return Sheet(
            name: name, visibility: visibility, cells: isSorted ? cells : Self.sorted(cells), merged: merged)
    }

    /// By row, then column. Of two cells in one place, which no spreadsheet program writes, the last counts.
    static func sorted(_ cells: [Cell]) -> [Cell] {
        let order = cells.indices.sorted {
            (cells[$0].row, cells[$0].column, $0) < (cells[$1].row, cells[$1].column, $1)
        }
        var sorted: [Cell] = []
        for index in order {
            if let last = sorted.last, last.row == cells[index].row, last.column == cells[index].column {
                sorted.removeLast()
            }
            sorted.append(cells[index])
        }
        return sorted
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if name.isForeign { return }
        if isInCell {
            startInCell(name, attributes)
        } else if isInRow {
            if case "c" = name { try startCell(attributes) }
        } else {
            switch name {
            case "row": try startRow(attributes)
            case "mergeCell": try merge(attributes)
            default: break
            }
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        switch capture {
        case .nothing: break
        case .value: value.append(contentsOf: bytes)
        case .inline: inline.text(bytes)
        }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        if name.isForeign { return }
        if isInCell {
            switch name {
            case "v": capture = .nothing
            case "c":
                isInCell = false
                try finishCell()
            case "is": capture = .nothing
            default: if capture == .inline { try inline.end(name) }
            }
        } else if case "row" = name {
            isInRow = false
        }
    }

    private mutating func startRow(_ attributes: XMLAttributes) throws(WorkbookError) {
        try budget.spendRow()
        if let number = attributes["r"] {
            guard let number = DecimalParser.integer(number) else {
                throw WorkbookError(.damaged, "sheet \(name): a row's number is none")
            }
            row = number
        } else {
            row += 1
        }
        guard (1...CellReference.maximumRow).contains(row) else {
            throw WorkbookError(.damaged, "sheet \(name): no sheet has a row \(row)")
        }
        column = 0
        isInRow = true
    }

    private mutating func startCell(_ attributes: XMLAttributes) throws(WorkbookError) {
        if let reference = attributes["r"] {
            guard let position = Self.position(reference) else {
                throw WorkbookError(.damaged, "sheet \(name), row \(row): a cell's reference is none")
            }
            (row, column) = position
        } else {
            column += 1
            guard column <= CellReference.maximumColumn else {
                throw WorkbookError(.damaged, "sheet \(name), row \(row): more cells than columns")
            }
        }
        type = attributes["t"].map(Self.cellType) ?? .number
        format = attributes["s"].flatMap(DecimalParser.integer) ?? 0
        isInCell = true
        hasFormula = false
        hasValue = false
        value.removeAll(keepingCapacity: true)
    }

    /// `CellReference.position` for the one form that programs write, `BC12`, at the speed that a million cells ask for.
    private static func position(_ bytes: UnsafeBufferPointer<UInt8>) -> (row: Int, column: Int)? {
        var index = 0
        var column = 0
        while index < bytes.count, bytes[index] &- UInt8(ascii: "A") < 26 {
            column = column &* 26 &+ Int(bytes[index] &- UInt8(ascii: "A")) &+ 1
            index += 1
        }
        var row = 0
        let digits = index
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
            row = row &* 10 &+ Int(bytes[index] &- UInt8(ascii: "0"))
            index += 1
        }
        guard index == bytes.count, digits <= 3, index - digits <= 7, (1...CellReference.maximumColumn) ~= column,
            (1...CellReference.maximumRow) ~= row
        else { return CellReference.position(bytes) }
        return (row, column)
    }

    private mutating func startInCell(_ name: XMLName, _ attributes: XMLAttributes) {
        if capture == .inline { return inline.start(name, attributes) }
        switch name {
        case "v":
            capture = .value
            hasValue = true
        case "f": hasFormula = true
        case "is":
            capture = .inline
            // A cell of another type may have left a text behind.
            _ = inline.finish()
        default: break
        }
    }

    private static func cellType(_ bytes: UnsafeBufferPointer<UInt8>) -> CellType {
        switch (bytes.count, bytes.first) {
        case (1, UInt8(ascii: "s")): .shared
        case (1, UInt8(ascii: "b")): .boolean
        case (1, UInt8(ascii: "e")): .error
        case (1, UInt8(ascii: "d")): .date
        case (3, UInt8(ascii: "s")): .formulaText
        case (9, UInt8(ascii: "i")): .inline
        default: .number
        }
    }

    private mutating func finishCell() throws(WorkbookError) {
        switch type {
        case .number: try finishNumber()
        case .shared: try finishShared()
        case .inline: try append(inline.finish())
        case .formulaText:
            if hasFormula, !hasValue { return try append(.formulaWithoutValue) }
            try appendValueAsText()
        case .boolean:
            if value.isEmpty { return try finishEmpty() }
            try append(.boolean(value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)))
        case .error:
            if value.isEmpty { return try finishEmpty() }
            try append(.error(String(decoding: value, as: UTF8.self)))
        case .date:
            if value.isEmpty { return try finishEmpty() }
            if let date = value.withUnsafeBufferPointer({ ISODate.value($0) }) { return try append(date) }
            try appendValueAsText()
        }
    }

    /// A formula that was saved without its result, else a blank cell.
    private mutating func finishEmpty() throws(WorkbookError) {
        if hasFormula { try append(.formulaWithoutValue) }
    }

    private mutating func finishNumber() throws(WorkbookError) {
        if value.isEmpty { return try finishEmpty() }
        guard let number = value.withUnsafeBufferPointer({ DecimalParser.double($0) }) else {
            return try appendValueAsText()
        }
        let kind = formats[format].number
        try append(kind == .number ? .number(number) : dates.value(number, kind), isPercent: kind == .percent)
    }

    private mutating func finishShared() throws(WorkbookError) {
        if value.isEmpty { return try finishEmpty() }
        guard let index = value.withUnsafeBufferPointer({ DecimalParser.integer($0) }),
            let (text, runs) = try strings.text(at: index, font: formats[format].font, fonts: formats.fonts)
        else {
            let reference = CellReference.letters(column) + String(row)
            throw WorkbookError(.damaged, "sheet \(name), cell \(reference): there is no such shared string")
        }
        if !text.isEmpty { try append(.text(text), runs: runs) }
    }

    private mutating func appendValueAsText() throws(WorkbookError) {
        var text = RichText()
        text.text = value.withUnsafeBufferPointer { EscapedText.decode($0) }
        text.hasOtherThanASCII = text.text.utf8.contains { $0 >= 0x80 }
        try append(text)
    }

    private mutating func append(_ text: RichText) throws(WorkbookError) {
        if text.text.isEmpty { return }
        var text = text
        try budget.spendText(text.cost)
        let runs = try text.fontRuns(formats[format].font, formats.fonts, budget: budget)
        try append(.text(text.text), runs: runs)
    }

    private mutating func append(
        _ value: CellValue, isPercent: Bool = false, runs: [FontRun]? = nil
    ) throws(WorkbookError) {
        try budget.spendCell()
        if isSorted, let last = cells.last, (last.row, last.column) >= (row, column) { isSorted = false }
        cells.append(
            Cell(row: row, column: column, value: value, isFormula: hasFormula, isPercent: isPercent, runs: runs))
    }

    private mutating func merge(_ attributes: XMLAttributes) throws(WorkbookError) {
        guard let range = attributes.string("ref").flatMap({ CellRange(absolute: $0) }) else { return }
        try budget.spendCell()
        merged.append(range)
    }
}
