import Sheets

/// A small workbook stream, record by record ([MS-XLS] 2.4), so that a test can bend what it is about.
struct BinaryWorkbookBuilder {
    enum Version { case biff5, biff8 }

    struct SheetRecords {
        var name: String
        var kind: UInt8 = 0
        var visibility: UInt8 = 0
        var records: [UInt8]
    }

    var version = Version.biff8
    /// Records before and after the list of sheets.
    var before: [UInt8] = []
    var after: [UInt8] = []
    var sheets: [SheetRecords]
    /// Other streams of the file.
    var streams: [(name: String, bytes: [UInt8])] = []

    /// One sheet "S".
    init(_ version: Version = .biff8, before: [UInt8] = [], after: [UInt8] = [], cells: [UInt8]) {
        self.version = version
        self.before = before
        self.after = after
        sheets = [SheetRecords(name: "S", records: cells)]
    }

    func stream() -> [UInt8] {
        var places: [UInt32] = Array(repeating: 0, count: sheets.count)
        var content: [UInt8] = []
        // Twice: where the sheets lie shows when all is written.
        for _ in 0..<2 {
            content = begin(0x0005) + before
            for (sheet, place) in zip(sheets, places) {
                let body = Little.word(place) + [sheet.visibility, sheet.kind] + shortText(sheet.name)
                content += Self.record(0x85, body)
            }
            content += after + Self.end
            for (index, sheet) in sheets.enumerated() {
                places[index] = UInt32(content.count)
                content += begin(0x0010) + sheet.records + Self.end
            }
        }
        return content
    }

    func bytes() -> [UInt8] {
        // Longer than what lies among the mini sectors.
        let stream = stream() + Array(repeating: 0, count: 4096)
        let name = version == .biff8 ? "Workbook" : "Book"
        return CompoundFileBuilder(streams: [(name, stream)] + streams).bytes()
    }

    func read(_ limits: WorkbookLimits = .standard) throws -> Workbook {
        try WorkbookReader.read(bytes(), limits: limits)
    }

    func code(_ limits: WorkbookLimits = .standard) -> WorkbookError.Code? {
        ReadingPackage.code(of: bytes(), limits)
    }

    /// The cells of the first sheet as `A1=value`.
    func listing() throws -> [String] {
        try read().sheets[0].cells.map { cell in
            let column = String(UnicodeScalar(UInt8(64 + cell.column)))
            return "\(column)\(cell.row)=\(ReadingPackage.show(cell.value))"
        }
    }

    func begin(_ kind: Int) -> [UInt8] {
        Self.record(0x0809, Little.short(version == .biff8 ? 0x0600 : 0x0500) + Little.short(kind) + [0, 0, 0, 0])
    }

    private func shortText(_ text: String) -> [UInt8] {
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        return [UInt8(bytes.count)] + (version == .biff8 ? [0] : []) + bytes
    }

    static let end = record(0x0A, [])

    static func record(_ type: Int, _ body: [UInt8]) -> [UInt8] {
        Little.short(type) + Little.short(body.count) + body
    }

    /// Row and column counted from 1, as everywhere.
    static func cell(_ type: Int, _ row: Int, _ column: Int, format: Int = 0, _ body: [UInt8]) -> [UInt8] {
        record(type, Little.short(row - 1) + Little.short(column - 1) + Little.short(format) + body)
    }

    static func number(_ row: Int, _ column: Int, format: Int = 0, _ number: Double) -> [UInt8] {
        cell(0x0203, row, column, format: format, Little.double(number))
    }

    static func shared(_ row: Int, _ column: Int, format: Int = 0, _ index: UInt32) -> [UInt8] {
        cell(0xFD, row, column, format: format, Little.word(index))
    }

    /// A table of texts in pieces: the first in its own record, each other in a CONTINUE record.
    static func strings(_ pieces: [UInt8]...) -> [UInt8] {
        var pieces = pieces
        let first = record(0xFC, Little.word(1) + Little.word(1) + pieces.removeFirst())
        return pieces.reduce(first) { $0 + record(0x3C, $1) }
    }

    static func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
    static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { Little.short(Int($0)) } }

    /// A FONT record of BIFF8.
    static func font(_ name: String) -> [UInt8] {
        record(0x31, Array(repeating: 0, count: 14) + [UInt8(name.utf16.count), 1] + wide(name))
    }

    /// An XF record.
    static func format(font: Int = 0, number: Int = 0) -> [UInt8] {
        record(0xE0, Little.short(font) + Little.short(number) + Array(repeating: 0, count: 16))
    }
}
