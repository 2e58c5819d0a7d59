import Foundation
import Sheets
import Testing

/// Old Excel files as other programs write them, beside the cells that xlrd finds in them: `libreoffice` (LibreOffice,
/// from a workbook of XlsxWriter), `libreoffice-from-openpyxl` (LibreOffice), `xlwt` (xlwt).
@Suite struct Excel97FixturesTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    @Test(arguments: ["libreoffice", "libreoffice-from-openpyxl", "xlwt"])
    func listsTheSameCells(name: String) throws {
        let workbook = try WorkbookReader.read(Self.bytes("\(name).xls"))
        let expected = String(decoding: try Self.bytes("\(name).xls.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(!expected.isEmpty)
        #expect(Array(CellListing.lines(of: workbook)) == expected.map(String.init))
    }

    /// The same workbook as .xlsx and, saved by LibreOffice, as .xls: its sheets, names, properties, ranges and fonts.
    @Test func keepsWhatSurroundsTheCells() throws {
        let old = try WorkbookReader.read(Self.bytes("libreoffice-from-openpyxl.xls"))
        let new = try WorkbookReader.read(Self.bytes("libreoffice-from-openpyxl.xlsx"))
        #expect(old.format == .xls)
        #expect(old.sheets.map(\.name) == new.sheets.map(\.name))
        // LibreOffice knows hidden sheets of one kind.
        #expect(old.sheets.map(\.visibility) == [.visible, .hidden, .hidden, .visible, .visible])
        #expect(old.sheets.map(\.merged) == new.sheets.map(\.merged))
        #expect(
            old.properties.filter { $0.key.hasPrefix("formpost") } == [
                "formpost.form": "báo cáo", "formpost.version": "3",
            ])
        let targets = Dictionary(old.definedNames.map { ($0.name, $0.target) }) { first, _ in first }
        #expect(targets["xf_hong"] == .some(nil))
        #expect(targets["xf_vung"]??.sheet == "Q'uote")
        #expect(targets == Dictionary(new.definedNames.map { ($0.name, $0.target) }) { first, _ in first })
        let sheets = (try #require(old[sheet: "A. Chung"]), try #require(new[sheet: "A. Chung"]))
        #expect(sheets.0[row: 4, column: 1]?.isPercent == true)
        #expect(sheets.0[row: 7, column: 1]?.runs == [FontRun(text: "tiÕng ViÖt", font: ".VnTime")])
        #expect(sheets.0[row: 6, column: 1]?.runs == sheets.1[row: 6, column: 1]?.runs)
    }

    @Test func readsWhatXlwtWrites() throws {
        let workbook = try WorkbookReader.read(Self.bytes("xlwt.xls"))
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
        let first = workbook.sheets[0]
        #expect(first.merged == [CellRange(firstRow: 12, firstColumn: 1, lastRow: 13, lastColumn: 3)])
        #expect(
            first[row: 2, column: 2]?.runs == [
                FontRun(text: "ViÖt ", font: ".VnTime"), FontRun(text: "Nam đó", font: "Arial"),
            ])
    }
}
