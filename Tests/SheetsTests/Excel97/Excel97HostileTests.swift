import Foundation
import Sheets
import Testing
import Zip

/// Old Excel files that are broken or mean harm: each ends in a value or in a code, never in a crash, and soon.
@Suite struct Excel97HostileTests {
    private typealias Builder = BinaryWorkbookBuilder

    private static let one = Builder(
        after: Builder.strings([2, 0, 0, 0x61, 0xB8]), cells: Builder.shared(1, 1, 0) + Builder.number(2, 1, 7))

    private static func limits(_ change: (inout WorkbookLimits) -> Void) -> WorkbookLimits {
        var limits = WorkbookLimits.standard
        change(&limits)
        return limits
    }

    // MARK: The compound file

    @Test func readsBothVersions() throws {
        for shift in [9, 12] {
            let file = CompoundFileBuilder(streams: [("Workbook", Self.one.stream())], shift: shift).bytes()
            #expect(try WorkbookReader.read(file).sheets.map(\.cells.count) == [2])
        }
    }

    /// Names are the same in any case ([MS-CFB] 2.6.4); of both generations in one file the newer is read.
    @Test func findsTheWorkbookStream() throws {
        let old = Builder(.biff5, cells: Builder.number(1, 1, 5)).stream()
        let both = CompoundFileBuilder(streams: [("BOOK", old), ("WORKBOOK", Self.one.stream())]).bytes()
        #expect(try WorkbookReader.read(both).sheets[0].cells.count == 2)
        let one = CompoundFileBuilder(streams: [("Other", [1]), ("book", old)]).bytes()
        #expect(try WorkbookReader.read(one).sheets[0].cells.map(\.value) == [.number(5)])
    }

    /// Words of the header and of the table that lead astray: into a circle, out of the file, nowhere.
    @Test func endsWhereChainsLeadAstray() {
        let whole = Self.one.bytes()
        let header = CompoundFileBuilder.header
        let table = 512 * (1 + Int(whole[header.tables]))
        for place in [header.directory, header.tables, table, table + 4, table + 20] {
            for word: UInt32 in [0, 1, 2, 0x7FFF_FFFF, 0xFFFF_FFF0, 0xFFFF_FFFD, 0xFFFF_FFFF] {
                var bent = whole
                bent.replaceSubrange(place..<(place + 4), with: Little.word(word))
                if bent == whole { continue }
                let code = ReadingPackage.code(of: bent)
                #expect([.damaged, .notWorkbook, nil].contains(code), "byte \(place), word \(word)")
            }
        }
        var circle = whole
        circle.replaceSubrange(table..<(table + 4), with: Little.word(0))
        #expect(ReadingPackage.code(of: circle) == .damaged)
    }

    /// A table of tables that comes round to itself, in a file with room for it.
    @Test func endsWhereTheTableOfTablesIsACircle() {
        var bytes = Self.one.bytes() + Array(repeating: 0, count: 512 * 20_000)
        let place = bytes.count / 512 - 2
        bytes.replaceSubrange(68..<72, with: Little.word(UInt32(place)))
        bytes.replaceSubrange((512 * (place + 2) - 4)..<(512 * (place + 2)), with: Little.word(UInt32(place)))
        #expect([.damaged, nil].contains(ReadingPackage.code(of: bytes)))
    }

    @Test func believesNoSize() {
        let whole = Self.one.bytes()
        let directory = 512 * (1 + Int(whole[48]))
        for size: UInt32 in [0xFFFF_FFFF, 0x7FFF_FFFF, 1 << 20] {
            var bent = whole
            bent.replaceSubrange((directory + 128 + 120)..<(directory + 128 + 124), with: Little.word(size))
            #expect(ReadingPackage.code(of: bent) == .damaged)
        }
    }

    @Test func tellsOtherCompoundFilesApart() {
        let document = CompoundFileBuilder(streams: [("WordDocument", [1, 2, 3])]).bytes()
        #expect(ReadingPackage.code(of: document) == .notWorkbook)
        let encrypted = CompoundFileBuilder(streams: [("EncryptedPackage", [1, 2, 3])]).bytes()
        #expect(ReadingPackage.code(of: encrypted) == .password)
        let many = CompoundFileBuilder(streams: (0..<40).map { ("stream \($0)", [1]) }).bytes()
        #expect(ReadingPackage.code(of: many, Self.limits { $0.zip.entries = 20 }) == .tooManyParts)
    }

    // MARK: The workbook stream

    @Test(
        arguments: [
            (Self.limits { $0.fileBytes = 100 }, WorkbookError.Code.tooLargeInflated),
            (Self.limits { $0.sheets = 0 }, .tooManySheets), (Self.limits { $0.rows = 0 }, .tooManyRows),
            (Self.limits { $0.cells = 2 }, .tooManyCells), (Self.limits { $0.textBytes = 2 }, .tooMuchText),
            (Self.limits { $0.tableEntries = 0 }, .tooMuchText), (.standard, nil),
        ] as [(WorkbookLimits, WorkbookError.Code?)])
    func keepsToItsLimits(limits: WorkbookLimits, code: WorkbookError.Code?) {
        var builder = Self.one
        builder.sheets[0].records += Builder.record(0x0208, [0, 0]) + Builder.record(0xE5, [1, 0] + Little.double(0))
        #expect(builder.code(limits) == code)
    }

    @Test func refusesMoreSheetsThanAWorkbookHas() {
        var builder = Self.one
        builder.sheets = Array(repeating: builder.sheets[0], count: 1001)
        #expect(builder.code() == .tooManySheets)
    }

    /// A thousand sheets that all lie in one place would be read a thousand times.
    @Test func refusesSheetsInOnePlace() throws {
        var builder = Self.one
        builder.sheets[0].records = (1...200).flatMap { Builder.cell(0x0201, $0, 1, []) }
        let entry = Builder.record(0x85, Little.word(0) + [0, 0, 1, 0, 0x53])
        builder.before = (0..<900).flatMap { _ in entry }
        var stream = builder.stream()
        let place = Little.word(UInt32(stream.count - builder.sheets[0].records.count - 16))
        for start in stride(from: 16 - 4, to: 16 - 4 + 900 * entry.count, by: entry.count) {
            stream.replaceSubrange((start + 4)..<(start + 8), with: place)
        }
        let file = CompoundFileBuilder(streams: [("Workbook", stream)]).bytes()
        #expect(ReadingPackage.code(of: file) == .damaged)
    }

    /// One text of many runs, asked for in two fonts by turns, would unfold into a new array for each cell.
    @Test func refusesRunsMadeAgainAndAgain() {
        let count = 2000
        let runs = (0..<count).flatMap { Little.short($0) + Little.short(0) }
        let string = Little.short(count) + [8] + Little.short(count) + Array(repeating: 0xB8, count: count) + runs
        let fonts = Builder.font("A") + Builder.font("B")
        let builder = Builder(
            before: fonts + Builder.format(font: 0) + Builder.format(font: 1),
            after: Builder.strings(Array(string.prefix(8000)), Array(string.dropFirst(8000))),
            cells: (1...2000).flatMap { Builder.shared($0, 1, format: $0 % 2, 0) })
        #expect(builder.code() == .tooMuchText)
    }

    @Test(arguments: [
        Builder.record(0x0203, [0, 0]), Builder.cell(0xFD, 1, 1, [9, 0, 0, 0]), Builder.number(1, 20_000, 1),
        Builder.cell(0x0204, 1, 1, [9, 0, 0]), Builder.cell(0x06, 1, 1, [0, 0]), Builder.record(0xE5, [9, 0]),
        Builder.record(0x0809, [0, 6, 0x20, 0]), [0x03, 0x02, 0xFF, 0xFF],
    ])
    func callsContradictionsDamage(records: [UInt8]) {
        #expect(Builder(cells: records).code() == .damaged)
    }

    @Test func refusesWhatItCannotRead() {
        #expect(Builder(before: Builder.record(0x2F, [1, 0, 1, 0]), cells: []).code() == .password)
        #expect(Builder(.biff5, before: Builder.record(0x2F, [1, 2, 3, 4]), cells: []).code() == .password)
        for start: [UInt8] in [[0x09, 0x00, 0x04, 0x00], [0x09, 0x02, 0x06, 0x00], [0x09, 0x04, 0x06, 0x00]] {
            #expect(ReadingPackage.code(of: start + [0, 0, 0x10, 0, 0, 0]) == .unsupported)
            let old = CompoundFileBuilder(streams: [("Book", start + [0, 0, 0x10, 0, 0, 0])]).bytes()
            #expect(ReadingPackage.code(of: old) == .unsupported)
        }
    }

    /// What web programs call .xls is recognised, so that the answer can say what to do; text in columns is read.
    @Test(arguments: [
        ("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1", WorkbookError.Code.unsupported),
        ("\u{FEFF}\r\n  <!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><HTML>", .unsupported),
        ("<table border=1>\n<tr><td>Xã Thiên Lộc", .unsupported),
        ("<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", .unsupported),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\n", .unsupported),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", .notWorkbook), ("a\tb\nc\td\n", nil),
    ])
    func knowsTextsWithTheNameOfAWorkbook(text: String, code: WorkbookError.Code?) {
        #expect(ReadingPackage.code(of: Array(text.utf8)) == code)
    }

    // MARK: Real files, bent

    private static func real() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Excel97FixturesTests.folder.appending(path: "xlwt.xls")))
    }

    @Test func survivesEveryTruncation() throws {
        let bytes = try Self.real()
        for length in stride(from: 9, to: bytes.count - 512, by: 61) {
            #expect(ReadingPackage.code(of: Array(bytes.prefix(length))) == .damaged, "cut at \(length)")
        }
    }

    /// Bytes set, words replaced, stretches copied, doubled or taken out, by a generator that is the same each time.
    @Test func survivesMutations() throws {
        let bytes = try Self.real()
        var dice = Dice(state: 20_260_723)
        var (read, refused) = (0, 0)
        for _ in 0..<4000 {
            var bent = bytes
            for _ in 0...(dice.roll(4)) { Self.bend(&bent, &dice) }
            if ReadingPackage.code(of: bent) == nil { read += 1 } else { refused += 1 }
        }
        #expect(read > 0 && refused > 0)
    }

    private static func bend(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let place = dice.roll(bytes.count - 64)
        switch dice.roll(6) {
        case 0: bytes[place] = UInt8(dice.roll(256))
        case 1: bytes[place] ^= 1 << UInt8(dice.roll(8))
        case 2: bytes.replaceSubrange(place..<(place + 2), with: [[0, 0], [0xFF, 0xFF], [0, 0x80]][dice.roll(3)])
        case 3: bytes.replaceSubrange(place..<(place + 4), with: Little.word(UInt32(dice.roll(1 << 32))))
        case 4: bytes.replaceSubrange(place..<(place + 32), with: bytes[dice.roll(bytes.count - 64)...].prefix(32))
        default: bytes.removeSubrange(place..<(place + dice.roll(40)))
        }
    }

    /// A linear congruential generator (Knuth's constants).
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 24) % UInt64(sides))
        }
    }
}
