/// What the formats of cells say about values: the kind of number and the font (ECMA-376 Part 1, 18.8.39 `styleSheet`).
struct StylesPart: XMLVisitor {
    struct Format {
        var number: NumberFormat
        /// Index into `fonts`.
        var font: Int
    }

    private enum Section { case other, numberFormats, fonts, cellFormats }

    /// By the index that a cell's `s` gives.
    private(set) var formats: [Format] = []
    private var codes: [Int: NumberFormat] = [:]
    /// The name of each font that has one.
    private(set) var fonts: [String?] = []
    private var section = Section.other
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    /// The format of that index; a plain one where the file has none.
    @inline(__always)
    subscript(index: Int) -> Format {
        index >= 0 && index < formats.count
            ? formats[index] : Format(number: .number, font: -1)
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if name.isForeign { return }
        switch name {
        case "numFmts": section = .numberFormats
        case "fonts": section = .fonts
        case "cellXfs": section = .cellFormats
        case "numFmt":
            guard section == .numberFormats, let id = attributes.integer("numFmtId"),
                let code = attributes.string("formatCode")
            else { return }
            codes[id] = NumberFormat(code: code)
            try budget.check("number formats", count: codes.count)
        case "font":
            guard section == .fonts else { return }
            fonts.append(nil)
            try budget.check("fonts", count: fonts.count)
        case "name":
            if section == .fonts, !fonts.isEmpty { fonts[fonts.count - 1] = attributes.string("val") }
        case "xf":
            guard section == .cellFormats else { return }
            let id = attributes.integer("numFmtId") ?? 0
            let font = attributes.integer("fontId") ?? 0
            formats.append(Format(number: codes[id] ?? NumberFormat(builtIn: id), font: font))
            try budget.check("cell formats", count: formats.count)
        default: break
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        if name.isForeign { return }
        switch name {
        case "numFmts", "fonts", "cellXfs": section = .other
        default: break
        }
    }
}
