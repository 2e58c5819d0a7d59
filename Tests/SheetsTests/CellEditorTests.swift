import Foundation
import Records
import Testing
import Zip

@testable import Sheets

@Suite struct CellEditorTests {
    private static func units() throws -> [UInt8] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Forms/units.xlsx")
        return [UInt8](try Data(contentsOf: path))
    }

    private static let day = CivilDate(year: 2020, month: 2, day: 29)

    @Test func cellsAreSetAndNothingElseIsTouched() throws {
        let bytes = try Self.units()
        let day = try #require(Self.day)
        let edited = try CellEditor.set(
            ["xac_nhan_boi": .text("Lê <Liên> & Hà"), "ngay": .day(day)], inRow: 3, of: "dia_chi_thu", in: bytes)
        let (before, after) = (try WorkbookReader.read(bytes), try WorkbookReader.read(edited))
        let sheet = try #require(after[sheet: "dia_chi_thu"])
        #expect(sheet[row: 3, column: 6]?.value == .text("Lê <Liên> & Hà"))
        #expect(sheet[row: 3, column: 7]?.value == .date(milliseconds: Int64(day.daysSince1970) * 86_400_000))
        for (old, new) in zip(before.sheets, after.sheets) {
            let others = old.cells.filter { old.name != "dia_chi_thu" || $0.row != 3 || ![6, 7].contains($0.column) }
            #expect(others.allSatisfy { new[row: $0.row, column: $0.column]?.value == $0.value }, "\(old.name)")
            #expect(new.cells.count == old.cells.count)
        }
    }

    @Test func aBlankCellIsPutWhereItBelongs() throws {
        let draft = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>\
            <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c>\
            <c r="C1" t="inlineStr"><is><t>c</t></is></c></row>\
            <row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row>\
            <row r="12"><c r="A12"><v>1</v></c></row></sheetData></worksheet>
            """
        let bytes = try Self.workbook(draft)
        let edited = try WorkbookReader.read(try CellEditor.set(["b": .text("x")], inRow: 2, of: "S", in: bytes))
        #expect(edited.sheets.first?[row: 2, column: 2]?.value == .text("x"))
        #expect(edited.sheets.first?[row: 2, column: 3]?.value == .number(3))
        let last = try WorkbookReader.read(try CellEditor.set(["c": .text("y")], inRow: 12, of: "S", in: bytes))
        #expect(last.sheets.first?[row: 12, column: 3]?.value == .text("y"))
        for (head, row, sheet) in [("b", 3, "S"), ("d", 2, "S"), ("b", 2, "T")] {
            #expect(throws: CellEditor.NotFound.self) {
                try CellEditor.set([head: .text("x")], inRow: row, of: sheet, in: bytes)
            }
        }
    }

    private static func workbook(_ sheet: String) throws -> [UInt8] {
        let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006"
        var zip = ZipWriter()
        zip.add(
            "[Content_Types].xml",
            Array(
                """
                <Types xmlns="\(package)/content-types"><Default Extension="xml" \
                ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>
                """.utf8))
        zip.add(
            "_rels/.rels",
            Array(
                """
                <Relationships xmlns="\(package)/relationships"><Relationship Id="r1" \
                Type="\(relationships)/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """.utf8))
        zip.add(
            "xl/_rels/workbook.xml.rels",
            Array(
                """
                <Relationships xmlns="\(package)/relationships"><Relationship Id="r1" \
                Type="\(relationships)/worksheet" Target="worksheets/s.xml"/></Relationships>
                """.utf8))
        zip.add(
            "xl/workbook.xml",
            Array(
                """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="\(relationships)">\
                <sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>
                """.utf8))
        zip.add("xl/worksheets/s.xml", Array(sheet.utf8))
        return try zip.finish()
    }
}
