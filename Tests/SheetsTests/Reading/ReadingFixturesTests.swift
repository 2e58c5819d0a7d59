import Foundation
import Sheets
import Testing

/// Workbooks as other programs write them, beside the cells that openpyxl finds in them.
@Suite struct ReadingFixturesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    @Test(arguments: [
        "openpyxl", "epoch1904", "xlsxwriter", "inline", "strict", "libreoffice-from-openpyxl",
        "libreoffice-from-xlsxwriter",
    ])
    func listsTheSameCells(name: String) throws {
        let workbook = try WorkbookReader.read(Self.bytes("\(name).xlsx"))
        let expected = String(decoding: try Self.bytes("\(name).jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(!expected.isEmpty)
        #expect(Array(CellListing.lines(of: workbook)) == expected.map(String.init))
    }

    @Test func keepsWhatSurroundsTheCells() throws {
        let workbook = try WorkbookReader.read(Self.bytes("openpyxl.xlsx"))
        #expect(workbook.format == .xlsx)
        #expect(workbook.sheets.map(\.name) == ["A. Chung", "Ẩn", "Q'uote", "Cuối"])
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden, .visible])
        #expect(workbook.properties == ["formpost.form": "báo cáo", "formpost.version": "3"])
        let first = try #require(workbook[sheet: "A. Chung"])
        #expect(first.merged == [CellRange(firstRow: 10, firstColumn: 1, lastRow: 11, lastColumn: 3)])
        #expect(first[row: 4, column: 1]?.isPercent == true)
        #expect(first[row: 4, column: 2]?.value == .formulaWithoutValue)
        #expect(first[row: 7, column: 1]?.runs == [FontRun(text: "tiÕng ViÖt", font: ".VnTime")])
        #expect(first[row: 6, column: 1]?.runs?.map(\.font) == ["Calibri", ".VnTime", "Calibri"])
        let targets = Dictionary(workbook.definedNames.map { ($0.name, $0.target) }) { first, _ in first }
        #expect(targets["xf_hong"] == .some(nil))
        #expect(targets["xf_vung"]??.sheet == "Q'uote")
        #expect(workbook.definedNames.first { $0.name == "rieng" }?.localSheet == 3)
    }

    @Test func saysWhyItDoesNotRead() throws {
        #expect(ReadingPackage.code(of: try Self.bytes("encrypted.xlsx")) == .password)
    }

    @Test func knowsFormatsByContent() throws {
        #expect(WorkbookReader.format(of: try Self.bytes("strict.xlsx")) == .xlsx)
        #expect(WorkbookReader.format(of: try Self.bytes("libreoffice.xls")) == .xls)
        #expect(WorkbookReader.format(of: try Self.bytes("encrypted.xlsx")) == nil)
        #expect(WorkbookReader.format(of: Array("%PDF-1.7\n".utf8)) == nil)
        #expect(WorkbookReader.format(of: []) == nil)
    }

    @Test func survivesEveryTruncation() throws {
        let bytes = try Self.bytes("libreoffice-from-openpyxl.xlsx")
        for length in stride(from: 4, to: bytes.count, by: 97) {
            #expect(ReadingPackage.code(of: Array(bytes.prefix(length))) == .damaged, "cut at \(length)")
        }
    }

    /// A flipped byte may go unseen (a name, a time), but what is read must come to an end.
    @Test func survivesFlippedBytes() throws {
        let bytes = try Self.bytes("xlsxwriter.xlsx")
        var refused = 0
        for place in stride(from: 0, to: bytes.count, by: 31) {
            var bent = bytes
            bent[place] ^= 0xFF
            if ReadingPackage.code(of: bent) != nil { refused += 1 }
        }
        #expect(refused > 0)
    }
}
