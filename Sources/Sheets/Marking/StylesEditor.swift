/// Adds formats to the styles of a workbook; those that are there keep their numbers (ECMA-376 Part 1, 18.8.39).
struct StylesEditor {
    /// The lists of a style sheet in the order that its schema asks for.
    private static let order = [
        "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
        "colors",
        "extLst",
    ]
    /// More are refused by Excel.
    private static let mostFormats = 64_000

    private struct List {
        var element: XMLTag?
        var end: Int?
        /// As they stand in the file.
        var items: [Range<Int>] = []
        var added: [String] = []
        var count: Int { items.count + added.count }
    }

    private let scanner: XMLScanner
    private let root: XMLTag
    private let rootEnd: Int?
    private let prefix: String
    private var lists: [String: List] = [:]
    /// Where each list begins, in the file's order.
    private var starts: [(name: String, index: Int)] = []
    private let mark: UInt32
    private var marked: [Int: Int] = [:]
    private var styled: [CellStyle: Int] = [:]

    /// - Parameter mark: the colour of marked cells, RGB.
    init(_ bytes: [UInt8], part: String, mark: UInt32) throws(WorkbookError) {
        var scanner = XMLScanner(bytes, part: part)
        guard let root = try scanner.next(), scanner.isNamed(root, "styleSheet") else {
            throw WorkbookError(.unsupported, "\(part) is no style sheet")
        }
        prefix = scanner.prefix(of: root)
        self.mark = mark
        var rootEnd: Int?
        var current = ""
        while let tag = try scanner.next() {
            switch (tag.depth, tag.kind) {
            case (0, .end): rootEnd = tag.range.lowerBound
            case (1, .end): lists[current]?.end = tag.range.lowerBound
            case (1, _):
                current = scanner.text(tag.local)
                guard tag.isOwn, lists[current] == nil else {
                    throw WorkbookError(.unsupported, "\(part): an unexpected \(current)")
                }
                lists[current] = List(element: tag)
                starts.append((current, tag.range.lowerBound))
            case (2, .end):
                if let last = lists[current]?.items.popLast() {
                    lists[current]?.items.append(last.lowerBound..<tag.range.upperBound)
                }
            case (2, _): lists[current]?.items.append(tag.range)
            default: continue
            }
        }
        self.scanner = scanner
        self.root = root
        self.rootEnd = rootEnd
        try fillGaps()
    }

    /// A style sheet with nothing in it.
    static func empty(namespace: String) -> [UInt8] {
        Array(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"\(namespace)\"/>".utf8)
    }

    /// A cell without a format has the first one of the list: it must be there before others are added.
    private mutating func fillGaps() throws(WorkbookError) {
        let first = [
            "fonts": ["<\(prefix)font/>"],
            "fills": ["none", "gray125"].map {
                "<\(prefix)fill><\(prefix)patternFill patternType=\"\($0)\"/></\(prefix)fill>"
            },
            "borders": ["<\(prefix)border/>"],
            "cellXfs": ["<\(prefix)xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"],
        ]
        for (name, items) in first where lists[name]?.items.isEmpty ?? true {
            lists[name, default: List()].added += items
        }
        if formatCount > Self.mostFormats { throw WorkbookError(.unsupported, "\(formatCount) cell formats") }
    }

    private var formatCount: Int { lists["cellXfs"]?.count ?? 0 }

    // MARK: - Formats

    /// The same format with the fill of marked cells, and unlocked: the sender is to change the cell.
    mutating func marked(_ format: Int) throws(WorkbookError) -> Int {
        if let known = marked[format] { return known }
        let index = try adapted(format, fill: try markFill(), isLocked: false)
        marked[format] = index
        return index
    }

    /// Each format that was asked for, and its marked copy.
    var markedPairs: [(original: Int, marked: Int)] {
        marked.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether a format has the fill of marked cells.
    func isMarked(_ format: Int) -> Bool {
        guard let xf = xf(format), let fill = xf["fillId"], let items = lists["fills"]?.items,
            items.indices.contains(fill)
        else { return false }
        let text = scanner.text(items[fill]).uppercased()
        return text.contains("FGCOLOR RGB=\"FF\(Self.hex(mark))\"")
    }

    /// A marked format without its mark: the fill is another format's, or none.
    mutating func unmarked(_ format: Int, like other: Int?) throws(WorkbookError) -> Int {
        try adapted(format, fill: other.flatMap { xf($0)?["fillId"] } ?? 0, isLocked: nil)
    }

    /// Whether two formats differ in nothing but their fill and number format.
    func areAlike(_ first: Int, _ second: Int) -> Bool {
        guard let first = xf(first), let second = xf(second) else { return false }
        return first["fontId"] == second["fontId"] && first["borderId"] == second["borderId"]
    }

    /// A format of our own.
    mutating func format(_ style: CellStyle) throws(WorkbookError) -> Int {
        if let known = styled[style] { return known }
        let looks = StyleElements(style: style, prefix: prefix)
        let font = place(of: looks.font, in: "fonts")
        let fill = looks.fill.map { place(of: $0, in: "fills") } ?? 0
        let border = looks.border.map { place(of: $0, in: "borders") } ?? 0
        let parent = lists["cellStyleXfs"]?.items.isEmpty == false ? " xfId=\"0\"" : ""
        let xf = """
            <\(prefix)xf numFmtId="\(looks.numberFormat)" fontId="\(font)" fillId="\(fill)" borderId="\(border)"\(parent) \
            applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">\
            \(looks.alignment)\(looks.protection)</\(prefix)xf>
            """
        let index = place(of: xf, in: "cellXfs")
        styled[style] = index
        return index
    }

    private mutating func markFill() throws(WorkbookError) -> Int {
        place(of: StyleElements.fill(mark, prefix: prefix), in: "fills")
    }

    /// The place of an item in its list; an equal one is used again.
    private mutating func place(of item: String, in name: String) -> Int {
        let list = lists[name] ?? List()
        if let known = list.items.firstIndex(where: { scanner.bytes[$0].elementsEqual(item.utf8) }) { return known }
        if let known = list.added.firstIndex(of: item) { return list.items.count + known }
        lists[name, default: List()].added.append(item)
        return list.count
    }

    /// The numbers that a format names; nil when there is no such format.
    private func xf(_ index: Int) -> [String: Int]? {
        guard let text = source(of: index) else { return nil }
        var scanner = XMLScanner(Array(text.utf8), part: "a cell format")
        guard let tag = try? scanner.next() else { return nil }
        var values: [String: Int] = [:]
        for name in ["fontId", "fillId", "borderId"] as [StaticString] {
            values["\(name)"] = scanner.integer(name, of: tag) ?? 0
        }
        return values
    }

    private func source(of index: Int) -> String? {
        guard let list = lists["cellXfs"], index >= 0, index < list.count else { return nil }
        return index < list.items.count ? scanner.text(list.items[index]) : list.added[index - list.items.count]
    }

    private mutating func adapted(_ format: Int, fill: Int, isLocked: Bool?) throws(WorkbookError) -> Int {
        guard let text = source(of: format) ?? source(of: 0) else { return format }
        var item = XMLScanner(Array(text.utf8), part: "a cell format")
        var edits = PartEdits()
        guard let root = try item.next() else { return format }
        edits.set("fillId", to: String(fill), of: root, in: item)
        edits.set("applyFill", to: "1", of: root, in: item)
        if let isLocked {
            edits.set("applyProtection", to: "1", of: root, in: item)
            let protection = "<\(prefix)protection locked=\"\(isLocked ? 1 : 0)\"/>"
            var place: Range<Int>?
            var end: Int?
            while let tag = try item.next() {
                if tag.depth == 0 { end = tag.range.lowerBound }
                guard tag.depth == 1, item.isLocal(tag, "protection") || item.isLocal(tag, "extLst") else { continue }
                let start = place?.lowerBound ?? tag.range.lowerBound
                place = item.isLocal(tag, "protection") ? start..<tag.range.upperBound : place ?? start..<start
            }
            if let place {
                edits.replace(place, with: protection)
            } else {
                edits.append(protection, to: root, endingAt: end, in: item)
            }
        }
        let index = place(of: String(decoding: edits.applied(to: item.bytes), as: UTF8.self), in: "cellXfs")
        if formatCount > Self.mostFormats { throw WorkbookError(.unsupported, "too many cell formats") }
        return index
    }

    static func hex(_ color: UInt32) -> String {
        let digits = String(color & 0xFF_FFFF, radix: 16, uppercase: true)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    // MARK: - The part

    var bytes: [UInt8] {
        var edits = PartEdits()
        var atEnd = ""
        for name in Self.order {
            guard let list = lists[name], !list.added.isEmpty else { continue }
            let items = list.added.joined()
            if let element = list.element {
                edits.append(items, to: element, endingAt: list.end, in: scanner)
                edits.set("count", to: String(list.count), of: element, in: scanner)
            } else {
                let whole = "<\(prefix)\(name) count=\"\(list.count)\">\(items)</\(prefix)\(name)>"
                if let next = firstStart(after: name) { edits.insert(whole, at: next) } else { atEnd += whole }
            }
        }
        if !atEnd.isEmpty { edits.append(atEnd, to: root, endingAt: rootEnd, in: scanner) }
        return edits.applied(to: scanner.bytes)
    }

    /// Where the first list stands that must follow one that is missing.
    private func firstStart(after name: String) -> Int? {
        guard let place = Self.order.firstIndex(of: name) else { return nil }
        let later = Set(Self.order[(place + 1)...])
        return starts.first { later.contains($0.name) }?.index
    }
}

/// The looks of a cell as a style sheet holds them.
struct StyleElements {
    let style: CellStyle
    let prefix: String

    var font: String {
        let bold = style.isBold ? "<\(prefix)b/>" : ""
        let italic = style.isItalic ? "<\(prefix)i/>" : ""
        let size = style.fontSize == style.fontSize.rounded() ? String(Int(style.fontSize)) : String(style.fontSize)
        let color = style.textColor.map { "<\(prefix)color rgb=\"FF\(StylesEditor.hex($0))\"/>" } ?? ""
        return """
            <\(prefix)font>\(bold)\(italic)<\(prefix)sz val="\(size)"/>\(color)\
            <\(prefix)name val="\(XMLText.escaped(style.fontName))"/><\(prefix)family val="1"/></\(prefix)font>
            """
    }

    var fill: String? { style.fill.map { Self.fill($0, prefix: prefix) } }

    static func fill(_ color: UInt32, prefix: String) -> String {
        """
        <\(prefix)fill><\(prefix)patternFill patternType="solid"><\(prefix)fgColor rgb="FF\(StylesEditor.hex(color))"/>\
        <\(prefix)bgColor indexed="64"/></\(prefix)patternFill></\(prefix)fill>
        """
    }

    var border: String? {
        guard style.hasBorder else { return nil }
        let sides = ["left", "right", "top", "bottom"].map {
            "<\(prefix)\($0) style=\"thin\"><\(prefix)color rgb=\"FF808080\"/></\(prefix)\($0)>"
        }
        return "<\(prefix)border>\(sides.joined())<\(prefix)diagonal/></\(prefix)border>"
    }

    var alignment: String {
        let horizontal =
            switch style.alignment {
            case .left: " horizontal=\"left\""
            case .center: " horizontal=\"center\""
            case .right: " horizontal=\"right\""
            case nil: ""
            }
        return "<\(prefix)alignment\(horizontal) vertical=\"center\"\(style.wraps ? " wrapText=\"1\"" : "")/>"
    }

    var protection: String { "<\(prefix)protection locked=\"\(style.isLocked ? 1 : 0)\"/>" }

    /// The numbers of the formats that need no entry of their own; others are shown as General.
    var numberFormat: Int {
        switch style.numberFormat {
        case "@": 49
        case "0": 1
        case "#,##0": 3
        default: 0
        }
    }
}
