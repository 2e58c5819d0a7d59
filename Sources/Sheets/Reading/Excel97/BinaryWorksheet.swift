import Records

/// Reads the cells and merged ranges of one sheet after the other ([MS-XLS] 2.1.7.20.5).
struct BinaryWorksheet {
    private var name = ""
    private var cells: [Cell] = []
    private var merged: [CellRange] = []
    private var isSorted = true

    private var strings: [RichText]
    private let styles: BinaryStyles
    private let encoding: BinaryEncoding
    private let dates: SerialDate
    private let budget: WorkbookBudget

    /// Records that may stand between a formula and its text: shared formulas, arrays, tables.
    private static let formulaDetails = [0x00BC, 0x04BC, 0x0221, 0x0236]

    init(_ globals: BinaryGlobals, budget: WorkbookBudget) {
        strings = globals.strings
        styles = globals.styles
        encoding = globals.encoding
        dates = SerialDate(isEpoch1904: globals.isEpoch1904)
        self.budget = budget
    }

    /// Reads the sheet's substream.
    mutating func read(
        _ entry: BinaryGlobals.SheetEntry, _ records: inout BinaryRecords
    ) throws(WorkbookError) -> Sheet {
        name = entry.name
        cells = []
        merged = []
        isSorted = true
        try records.move(to: entry.place)
        guard try records.next().type == RecordType.begin else {
            throw WorkbookError(.damaged, "sheet \(name) does not begin where the workbook says")
        }
        var record = try records.next()
        while record.type != RecordType.end {
            do throws(WorkbookError) { try read(record, &records) } catch { throw record.describe(error) }
            record = try records.next()
        }
        return Sheet(
            name: name, visibility: entry.visibility, cells: isSorted ? cells : WorksheetPart.sorted(cells),
            merged: merged)
    }

    private mutating func read(_ record: BinaryRecord, _ records: inout BinaryRecords) throws(WorkbookError) {
        let body = record.body
        switch record.type {
        case RecordType.sharedLabel: try readSharedLabel(body)
        case RecordType.number: try append(number: body.double(6), at: place(body))
        case RecordType.packedNumber: try append(number: Self.packed(body.word(6)), at: place(body))
        case RecordType.multipleNumbers: try readMultipleNumbers(body)
        case RecordType.formula, RecordType.formula3, RecordType.formula4: try readFormula(body, &records)
        case RecordType.booleanOrError: try readBooleanOrError(body)
        case RecordType.label, RecordType.richLabel: try readLabel(record, &records)
        case RecordType.row: try budget.spendRow()
        case RecordType.mergedCells: try readMerged(body)
        // A chart that lies on the sheet.
        case RecordType.begin: try records.skipSubstream()
        default: break
        }
    }

    /// Where a cell stands, counted from 1, and the index of its format ([MS-XLS] 2.5.19).
    private struct Place {
        let row: Int
        let column: Int
        let format: Int
        var isFormula = false
    }

    @inline(__always)
    private func place(_ body: ByteView) throws(WorkbookError) -> Place {
        Place(row: try body.short(0) + 1, column: try body.short(2) + 1, format: try body.short(4))
    }

    /// LabelSst ([MS-XLS] 2.4.149).
    private mutating func readSharedLabel(_ body: ByteView) throws(WorkbookError) {
        let place = try place(body)
        let index = try body.word(6)
        guard index < strings.count else {
            let reference = CellReference.letters(place.column) + String(place.row)
            throw WorkbookError(.damaged, "sheet \(name), cell \(reference): there is no such shared string")
        }
        if strings[index].text.isEmpty { return }
        var runs: [FontRun]?
        if strings[index].hasOtherThanASCII {
            runs = try strings[index].fontRuns(styles[place.format].font, styles.fonts, budget: budget)
        }
        try append(.text(strings[index].text), at: place, runs: runs)
    }

    /// MulRk ([MS-XLS] 2.4.175).
    private mutating func readMultipleNumbers(_ body: ByteView) throws(WorkbookError) {
        let (row, first) = (try body.short(0) + 1, try body.short(2) + 1)
        for index in 0..<max(0, (body.count - 6) / 6) {
            let format = try body.short(4 + 6 * index)
            let value = Self.packed(try body.word(6 + 6 * index))
            try append(number: value, at: Place(row: row, column: first + index, format: format))
        }
    }

    /// An RkNumber ([MS-XLS] 2.5.217): 30 bits of a whole number, or the upper 30 of a double; maybe in hundredths.
    private static func packed(_ word: Int) -> Double {
        let number =
            word & 2 != 0
            ? Double(Int32(truncatingIfNeeded: word) >> 2) : Double(bitPattern: UInt64(word & 0xFFFF_FFFC) << 32)
        return word & 1 != 0 ? number / 100 : number
    }

    /// Formula ([MS-XLS] 2.4.127): what it gave when it was last calculated (2.5.133).
    private mutating func readFormula(_ body: ByteView, _ records: inout BinaryRecords) throws(WorkbookError) {
        var place = try place(body)
        place.isFormula = true
        guard try body.short(12) == 0xFFFF else { return try append(number: body.double(6), at: place) }
        switch try body.byte(6) {
        case 0: try readFormulaText(place, &records)
        case 1: try append(.boolean(body.byte(8) != 0), at: place)
        case 2: try append(.error(Self.error(body.byte(8))), at: place)
        case 3: break  // a text of no characters
        default: try append(.formulaWithoutValue, at: place)
        }
    }

    /// The text stands in a String record of its own ([MS-XLS] 2.4.268).
    private mutating func readFormulaText(_ place: Place, _ records: inout BinaryRecords) throws(WorkbookError) {
        while let type = records.nextType, Self.formulaDetails.contains(type) { _ = try records.next() }
        guard records.nextType == RecordType.formulaText else { return try append(.formulaWithoutValue, at: place) }
        var bytes = try records.continued(records.next())
        let (text, runs) = try bytes.text(bytes.short(), encoding)
        try append(RichText(text, runs: runs, styles: styles), at: place)
    }

    /// Label ([MS-XLS] 2.4.148), and the RString record of older files.
    private mutating func readLabel(_ record: BinaryRecord, _ records: inout BinaryRecords) throws(WorkbookError) {
        let place = try place(record.body)
        var bytes = try records.continued(record)
        try bytes.skip(6)
        var (text, runs) = try bytes.text(bytes.short(), encoding)
        if record.type == RecordType.richLabel, !bytes.isAtEnd {
            if case .unicode = encoding { runs = try bytes.runs(bytes.short()) } else { runs = bytes.narrowRuns() }
        }
        try append(RichText(text, runs: runs, styles: styles), at: place)
    }

    /// BoolErr ([MS-XLS] 2.4.24).
    private mutating func readBooleanOrError(_ body: ByteView) throws(WorkbookError) {
        let value = try body.byte(6)
        try append(body.byte(7) == 0 ? .boolean(value != 0) : .error(Self.error(value)), at: place(body))
    }

    /// A BErr ([MS-XLS] 2.5.10).
    static func error(_ code: Int) -> String {
        switch code {
        case 0x00: "#NULL!"
        case 0x07: "#DIV/0!"
        case 0x0F: "#VALUE!"
        case 0x17: "#REF!"
        case 0x1D: "#NAME?"
        case 0x24: "#NUM!"
        case 0x2B: "#GETTING_DATA"
        default: "#N/A"
        }
    }

    /// MergeCells ([MS-XLS] 2.4.168).
    private mutating func readMerged(_ body: ByteView) throws(WorkbookError) {
        for index in 0..<(try body.short(0)) {
            try budget.spendCell()
            let place = 2 + 8 * index
            merged.append(
                CellRange(
                    firstRow: try body.short(place) + 1, firstColumn: try body.short(place + 4) + 1,
                    lastRow: try body.short(place + 2) + 1, lastColumn: try body.short(place + 6) + 1))
        }
    }

    @inline(__always)
    private mutating func append(number: Double, at place: Place) throws(WorkbookError) {
        // Excel has no such numbers.
        guard number.isFinite else { return try append(.error(Self.error(0x24)), at: place) }
        let kind = styles[place.format].number
        try append(
            kind == .number ? .number(number) : dates.value(number, kind), at: place, isPercent: kind == .percent)
    }

    private mutating func append(_ text: RichText, at place: Place) throws(WorkbookError) {
        if text.text.isEmpty { return }
        var text = text
        try budget.spendText(text.cost)
        let runs = try text.fontRuns(styles[place.format].font, styles.fonts, budget: budget)
        try append(.text(text.text), at: place, runs: runs)
    }

    @inline(__always)
    private mutating func append(
        _ value: CellValue, at place: Place, isPercent: Bool = false, runs: [FontRun]? = nil
    ) throws(WorkbookError) {
        guard place.column <= CellReference.maximumColumn else {
            throw WorkbookError(.damaged, "sheet \(name), row \(place.row): no sheet has a column \(place.column)")
        }
        try budget.spendCell()
        if isSorted, let last = cells.last, (last.row, last.column) >= (place.row, place.column) { isSorted = false }
        cells.append(
            Cell(
                row: place.row, column: place.column, value: value, isFormula: place.isFormula, isPercent: isPercent,
                runs: runs))
    }
}
