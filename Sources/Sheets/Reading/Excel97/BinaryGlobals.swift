/// What the first substream of a workbook stream says about all sheets ([MS-XLS] 2.1.7.20.3).
struct BinaryGlobals {
    struct SheetEntry {
        let name: String
        let visibility: Sheet.Visibility
        /// Where its substream begins.
        let place: Int
        /// False for charts, macro sheets and modules.
        let isWorksheet: Bool
    }

    private(set) var encoding: BinaryEncoding
    private(set) var sheets: [SheetEntry] = []
    private(set) var styles: BinaryStyles
    private(set) var strings: [RichText] = []
    private(set) var names: [BinaryName] = []
    private(set) var links: BinaryLinks
    private(set) var isEpoch1904 = false
    private(set) var hasMacros = false
    private let limits: WorkbookLimits
    private let budget: WorkbookBudget

    /// Reads from the start of the stream to the end of the substream.
    init(_ records: inout BinaryRecords, limits: WorkbookLimits, budget: WorkbookBudget) throws(WorkbookError) {
        self.limits = limits
        self.budget = budget
        encoding = try Self.encoding(records.next())
        links = BinaryLinks()
        styles = BinaryStyles(budget: budget)
        var record = try records.next()
        while record.type != RecordType.end {
            if record.type == RecordType.begin { try records.skipSubstream() }
            do throws(WorkbookError) { try read(record, &records) } catch { throw record.describe(error) }
            record = try records.next()
        }
        styles.finish()
    }

    /// The version that the first record gives ([MS-XLS] 2.4.21 BOF).
    private static func encoding(_ first: BinaryRecord) throws(WorkbookError) -> BinaryEncoding {
        switch first.type {
        case RecordType.begin: try first.body.short(0) >= 0x0600 ? .unicode : .bytes(CodePage(1252))
        case 0x0009, 0x0209, 0x0409: throw WorkbookError(.unsupported, WorkbookSignature.olderThanExcel5)
        default: throw WorkbookError(.damaged, "the workbook stream does not begin with its first record")
        }
    }

    private mutating func read(_ record: BinaryRecord, _ records: inout BinaryRecords) throws(WorkbookError) {
        switch record.type {
        case RecordType.password: throw WorkbookError(.password, "an .xls workbook encrypted with a password")
        case RecordType.codePage:
            if case .bytes = encoding { encoding = .bytes(CodePage(try record.body.short(0))) }
        case RecordType.epoch1904: isEpoch1904 = try record.body.short(0) != 0
        case RecordType.sheet: try addSheet(records.continued(record))
        case RecordType.font: try styles.addFont(records.continued(record), encoding)
        case RecordType.numberFormat: try styles.addNumberFormat(records.continued(record), encoding)
        case RecordType.cellFormat: try styles.addFormat(record.body)
        case RecordType.sharedStrings: try addStrings(records.continued(record))
        case RecordType.supportingBook: try links.addBook(record.body)
        case RecordType.externalSheets:
            try links.addSheets(records.continued(record), encoding)
            try budget.check("links between sheets", count: links.count)
        case RecordType.name: try addName(records.continued(record))
        case RecordType.macros: hasMacros = true
        default: break
        }
    }

    /// A BoundSheet8 record ([MS-XLS] 2.4.28).
    private mutating func addSheet(_ record: ContinuedBytes) throws(WorkbookError) {
        var bytes = record
        let place = try bytes.word()
        let visibility: Sheet.Visibility =
            switch try bytes.byte() & 3 {
            case 0: .visible
            case 1: .hidden
            default: .veryHidden
            }
        let kind = try bytes.byte()
        if kind == 1 || kind == 6 { hasMacros = true }
        let name = try bytes.text(bytes.byte(), encoding).text.string
        sheets.append(SheetEntry(name: name, visibility: visibility, place: place, isWorksheet: kind == 0))
        if sheets.count > limits.sheets {
            throw WorkbookError(.tooManySheets, "more than \(limits.sheets) sheets")
        }
    }

    /// The SST record ([MS-XLS] 2.4.265). Its own count of texts is not asked: it may say anything.
    private mutating func addStrings(_ record: ContinuedBytes) throws(WorkbookError) {
        var bytes = record
        try bytes.skip(8)
        while !bytes.isAtEnd {
            let (text, runs) = try bytes.text(bytes.short(), .unicode)
            let rich = RichText(text, runs: runs, styles: styles)
            try budget.spendText(rich.cost)
            strings.append(rich)
            try budget.check("shared strings", count: strings.count)
        }
    }

    private mutating func addName(_ record: ContinuedBytes) throws(WorkbookError) {
        try budget.spendCell()
        let name = try BinaryName(record, encoding)
        try budget.spendText(name.cost)
        names.append(name)
    }
}
