/// Fonts and formats of a workbook stream.
struct BinaryStyles {
    private(set) var fonts: [String?] = []
    private var codes: [Int: NumberFormat] = [:]
    /// By the index that a cell gives.
    private var formats: [StylesPart.Format] = []
    /// The number format of each of them, by its number: its code may come later.
    private var numbers: [Int] = []
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    /// The format of that index; a plain one where the file has none.
    @inline(__always)
    subscript(index: Int) -> StylesPart.Format {
        index < formats.count ? formats[index] : StylesPart.Format(number: .number, font: -1)
    }

    func fontName(_ number: Int) -> String? {
        let index = Self.fontIndex(number)
        return fonts.indices.contains(index) ? fonts[index] : nil
    }

    /// There is no font 4 ([MS-XLS] 2.5.129).
    private static func fontIndex(_ number: Int) -> Int {
        number < 4 ? number : number - 1
    }

    /// A FONT record ([MS-XLS] 2.4.122).
    mutating func addFont(_ record: ContinuedBytes, _ encoding: BinaryEncoding) throws(WorkbookError) {
        var bytes = record
        try bytes.skip(14)
        let name = try bytes.text(bytes.byte(), encoding).text.string
        fonts.append(name.isEmpty ? nil : name)
        try budget.check("fonts", count: fonts.count)
    }

    /// A FORMAT record ([MS-XLS] 2.4.126).
    mutating func addNumberFormat(_ record: ContinuedBytes, _ encoding: BinaryEncoding) throws(WorkbookError) {
        var bytes = record
        let number = try bytes.short()
        let count: Int
        if case .unicode = encoding { count = try bytes.short() } else { count = try bytes.byte() }
        codes[number] = NumberFormat(code: try bytes.text(count, encoding).text.string)
    }

    /// An XF record ([MS-XLS] 2.4.353).
    mutating func addFormat(_ body: ByteView) throws(WorkbookError) {
        formats.append(StylesPart.Format(number: .number, font: Self.fontIndex(try body.short(0))))
        numbers.append(try body.short(2))
        try budget.check("cell formats", count: formats.count)
    }

    /// Gives each format its kind of number, when all records have been read.
    mutating func finish() {
        for (index, number) in numbers.enumerated() {
            formats[index].number = codes[number] ?? NumberFormat(builtIn: number)
        }
    }
}
