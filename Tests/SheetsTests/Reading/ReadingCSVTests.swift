import Sheets
import Testing

@Suite struct ReadingCSVTests {
    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        let workbook = try WorkbookReader.read(bytes)
        #expect(workbook.format == .csv)
        let cells = workbook.sheets[0].cells
        return (1...(cells.last?.row ?? 1)).map { row in
            cells.filter { $0.row == row }.map { "\($0.column)" + ReadingPackage.show($0.value) }
        }
    }

    @Test(arguments: [
        "a,b\n1,2\n", "a;b\r\n1;2", "a\tb\r1\t2\r", "\u{FEFF}a|b\n1|2\n", "sep=;\r\na;b\r\n1;2\r\n",
        "\"a\",\"b\"\n\"1\",2\n",
    ])
    func findsTheDelimiter(text: String) throws {
        #expect(try Self.rows(Array(text.utf8)) == [["1\"a\"", "2\"b\""], ["1\"1\"", "2\"2\""]])
    }

    @Test func keepsQuotedTextAndPlaces() throws {
        let text = "tên;ghi chú\n\"a;\"\"b\"\"\";\"hai\r\ndòng\"\n\n;\"còn mở\n"
        #expect(
            try Self.rows(Array(text.utf8)) == [
                ["1\"tên\"", "2\"ghi chú\""], ["1\"a;\"b\"\"", "2\"hai\r\ndòng\""], [], ["2\"còn mở\n\""],
            ])
    }

    @Test func readsOtherEncodings() throws {
        let text = "tên,số\nHuế,1\n"
        let expected = [["1\"tên\"", "2\"số\""], ["1\"Huế\"", "2\"1\""]]
        let units = Array(text.utf16)
        #expect(try Self.rows([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == expected)
        #expect(try Self.rows([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == expected)
        #expect(try Self.rows([0x74, 0xAA, 0x6E, 0x2C, 0x31, 0x0A, 0x61, 0x2C, 0x32]).first == ["1\"tªn\"", "2\"1\""])
    }

    @Test(arguments: [
        "Kính gửi Sở Nội vụ,\nXin gửi báo cáo.\n", "một dòng, thôi", "<root>,\n<p>,\n", "{\\rtf1,\n,\n",
        "a,b\u{0}\n1,2\n",
        "%PDF-1.7\n", "",
    ])
    func takesNoOtherTextForATable(text: String) {
        #expect(WorkbookReader.format(of: Array(text.utf8)) == nil)
        #expect(ReadingPackage.code(of: Array(text.utf8)) == .notWorkbook)
    }

    @Test func keepsToItsLimits() {
        let bytes = Array("a,b\n1,2\n".utf8)
        var limits = WorkbookLimits.standard
        limits.rows = 1
        #expect(ReadingPackage.code(of: bytes, limits) == .tooManyRows)
        limits = .standard
        limits.cells = 3
        #expect(ReadingPackage.code(of: bytes, limits) == .tooManyCells)
        limits = .standard
        limits.textBytes = 3
        #expect(ReadingPackage.code(of: bytes, limits) == .tooMuchText)
        let wide = String(repeating: ",", count: 16_384) + "\n"
        #expect(ReadingPackage.code(of: Array((wide + wide).utf8)) == .damaged)
    }
}
