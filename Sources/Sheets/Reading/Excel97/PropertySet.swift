/// The custom document properties of a compound file as texts ([MS-OLEPS] 2.21; 2.23 for the dictionary of names).
struct PropertySet {
    /// The stream that holds them.
    static let streamName = "\u{5}DocumentSummaryInformation"

    private(set) var values: [String: String] = [:]

    private let view: ByteView
    private var page = 1252
    private var names: [Int: String] = [:]

    private static let customFormat: [UInt8] = [
        0x05, 0xD5, 0xCD, 0xD5, 0x9C, 0x2E, 0x1B, 0x10, 0x93, 0x97, 0x08, 0x00, 0x2B, 0x2C, 0xF9, 0xAE,
    ]
    private static let unicode = 1200

    /// What can be read of it: the properties are no reason to refuse a workbook.
    init(_ stream: [UInt8], budget: WorkbookBudget) throws(WorkbookError) {
        view = ByteView(stream)
        do throws(WorkbookError) {
            try read(budget)
        } catch  where error.code == .damaged {
            return
        }
    }

    private mutating func read(_ budget: WorkbookBudget) throws(WorkbookError) {
        for index in 0..<min(try view.word(24), 2) {
            let place = 28 + 20 * index
            guard try view.slice(place, count: 16).elementsEqual(Self.customFormat) else { continue }
            try readSection(at: view.word(place + 16), budget)
        }
    }

    private mutating func readSection(at section: Int, _ budget: WorkbookBudget) throws(WorkbookError) {
        let count = try view.word(section + 4)
        try budget.check("document properties", count: count)
        var places: [Int: Int] = [:]
        for index in 0..<count {
            places[try view.word(section + 8 + 8 * index)] = section + (try view.word(section + 12 + 8 * index))
        }
        if let place = places[1] { page = try view.short(place + 4) }
        guard let dictionary = places[0] else { return }
        try readNames(at: dictionary, budget)
        for (id, name) in names {
            guard let place = places[id], let value = try value(at: place) else { continue }
            try budget.spendText(value.utf8.count)
            values[name] = value
        }
    }

    private mutating func readNames(at start: Int, _ budget: WorkbookBudget) throws(WorkbookError) {
        var place = start + 4
        let count = try view.word(start)
        try budget.check("document properties", count: count)
        for _ in 0..<count {
            let (id, length) = (try view.word(place), try view.word(place + 4))
            let bytes = length * (page == Self.unicode ? 2 : 1)
            let name = text(try view.slice(place + 8, count: bytes))
            try budget.spendText(name.utf8.count)
            names[id] = name
            place += 8 + (page == Self.unicode ? Self.padded(bytes) : bytes)
        }
    }

    /// A TypedPropertyValue ([MS-OLEPS] 2.15) as the text that Office Open XML has for it; nil for other types.
    private func value(at place: Int) throws(WorkbookError) -> String? {
        let content = place + 4
        switch try view.short(place) {
        case 0x02: return String(Int16(truncatingIfNeeded: try view.short(content)))
        case 0x03, 0x16: return String(Int32(truncatingIfNeeded: try view.word(content)))
        case 0x05:
            let number = try view.double(content)
            return Int(exactly: number).map(String.init) ?? "\(number)"
        case 0x0B: return try view.short(content) != 0 ? "true" : "false"
        case 0x1E: return text(try view.slice(content + 4, count: view.word(content)))
        case 0x1F: return Self.utf16(try view.slice(content + 4, count: 2 * view.word(content)))
        default: return nil
        }
    }

    /// A text in the set's code page, up to its closing zero.
    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        switch page {
        case Self.unicode: Self.utf16(bytes)
        case 65001: String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        default: CodePage(page).text(bytes.prefix { $0 != 0 }).string
        }
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>) -> String {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
        return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    }

    private static func padded(_ count: Int) -> Int { (count + 3) & ~3 }
}
