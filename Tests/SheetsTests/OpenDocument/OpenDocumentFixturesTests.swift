import Foundation
import Sheets
import Testing

/// Spreadsheets as other programs write them, beside the cells that were put into them: LibreOffice 7.4 converted what
/// openpyxl and XlsxWriter had made, odfpy 1.4 and pandas (through odfpy) wrote theirs from the lists beside them.
@Suite struct OpenDocumentFixturesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    /// Two days before March 1900 differ from the xlsx workbook that `libreoffice-from-openpyxl` came from: LibreOffice
    /// does not count Excel's false leap day. A control character is gone from the other: XML has none.
    @Test(arguments: [
        ("libreoffice-from-openpyxl.ods", "libreoffice-from-openpyxl-ods.jsonl"),
        ("libreoffice-from-xlsxwriter.fods", "libreoffice-from-xlsxwriter-fods.jsonl"),
        ("odfpy.ods", "odfpy.jsonl"), ("pandas.ods", "pandas.jsonl"),
    ])
    func listsTheSameCells(file: String, list: String) throws {
        let workbook = try WorkbookReader.read(Self.bytes(file))
        let expected = String(decoding: try Self.bytes(list), as: UTF8.self).split(separator: "\n")
        #expect(!expected.isEmpty)
        #expect(Array(CellListing.lines(of: workbook)) == expected.map(String.init))
    }

    /// The same as `ReadingFixturesTests` finds in the xlsx workbook that this one was made from.
    @Test func keepsWhatSurroundsTheCells() throws {
        let workbook = try WorkbookReader.read(Self.bytes("libreoffice-from-openpyxl.ods"))
        #expect(workbook.format == .ods)
        #expect(workbook.sheets.map(\.name) == ["A. Chung", "Ẩn", "Q'uote", "Cuối", "Biểu đồ"])
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .hidden, .visible, .visible])
        #expect(workbook.properties["formpost.form"] == "báo cáo")
        #expect(workbook.properties["formpost.version"] == "3")
        let first = try #require(workbook[sheet: "A. Chung"])
        #expect(first.merged == [CellRange(firstRow: 10, firstColumn: 1, lastRow: 11, lastColumn: 3)])
        #expect(first[row: 4, column: 1]?.isPercent == true)
        #expect(first[row: 7, column: 1]?.runs == [FontRun(text: "tiÕng ViÖt", font: ".VnTime")])
        #expect(first[row: 6, column: 1]?.runs?.map(\.font) == ["Calibri", ".VnTime", "Calibri"])
        let targets = Dictionary(workbook.definedNames.map { ($0.name, $0.target) }) { first, _ in first }
        #expect(targets["xf_ten"]??.range == CellRange(firstRow: 1, firstColumn: 2, lastRow: 1, lastColumn: 2))
        #expect(targets["xf_vung"]??.sheet == "Q'uote")
        #expect(workbook.definedNames.first { $0.name == "rieng" }?.localSheet == 3)
        #expect(workbook.definedNames.allSatisfy { $0.name != "xf_hong" || $0.target == nil })
    }

    @Test func readsFontsNamesAndPropertiesOfOdfpy() throws {
        let workbook = try WorkbookReader.read(Self.bytes("odfpy.ods"))
        let first = try #require(workbook.sheets.first)
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden])
        #expect(first.merged == [CellRange(firstRow: 1007, firstColumn: 1, lastRow: 1008, lastColumn: 2)])
        #expect(first[row: 1007, column: 4]?.runs?.map(\.font) == ["", ".VnTime", ""])
        #expect(first[row: 1007, column: 5]?.runs?.map(\.font) == [".VnTime"])
        #expect(workbook.definedNames.map(\.name) == ["xf_ten", "xf_vung", "xf_an", "xf_hong"])
        #expect(workbook.definedNames.map(\.target?.sheet) == ["B. Q'uý", "B. Q'uý", "Ẩn", nil])
        #expect(workbook.properties == ["formpost.form": "báo cáo", "formpost.version": "3"])
    }

    @Test func survivesEveryTruncation() throws {
        let packed = try Self.bytes("odfpy.ods")
        for length in stride(from: 4, to: packed.count, by: 13) {
            #expect(ReadingPackage.code(of: Array(packed.prefix(length))) == .damaged, "cut at \(length)")
        }
        let flat = try Self.bytes("libreoffice-from-xlsxwriter.fods")
        for length in stride(from: 4096, to: flat.count - 20, by: 997) {
            #expect(ReadingPackage.code(of: Array(flat.prefix(length))) == .damaged, "cut at \(length)")
        }
    }

    /// A flipped byte may go unseen, but what is read must come to an end.
    @Test func survivesFlippedBytes() throws {
        var refused = 0
        for name in ["odfpy.ods", "libreoffice-from-xlsxwriter.fods"] {
            let bytes = try Self.bytes(name)
            for place in stride(from: 0, to: bytes.count, by: bytes.count / 150) {
                var bent = bytes
                bent[place] ^= 0x1F
                if ReadingPackage.code(of: bent) != nil { refused += 1 }
            }
        }
        #expect(refused > 0)
    }
}
