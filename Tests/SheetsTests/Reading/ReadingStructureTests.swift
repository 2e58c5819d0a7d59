import Sheets
import Testing

/// Parts, relationships, sheets and names.
@Suite struct ReadingStructureTests {
    private static let one = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

    @Test(arguments: [
        ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("../xl/./worksheets/s.xml", "xl/worksheets/s.xml"),
        ("worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"), ("Worksheets/SHEET1.xml", "xl/worksheets/sheet1.xml"),
        ("worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"), ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
        ("worksheets/b%20c.xml", "xl/worksheets/b c.xml"),
    ])
    func findsParts(target: String, stored: String) throws {
        var package = ReadingPackage(rows: Self.one)
        let sheet = package["xl/worksheets/sheet1.xml"]
        package["xl/worksheets/sheet1.xml"] = nil
        package[stored] = sheet
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([("r1", "worksheet", target)])
        #expect(try package.listing() == ["A1=1.0"])
    }

    @Test func readsPrefixedNamespacesAndSkipsExtensions() throws {
        var package = ReadingPackage(rows: "")
        package["xl/worksheets/sheet1.xml"] = """
            <x:worksheet xmlns:x="\(ReadingPackage.main)" xmlns:y="urn:y"><x:dimension ref="nonsense"/><x:sheetData>\
            <x:row r="1"><x:c r="A1"><x:v>1</x:v><y:v>2</y:v></x:c><y:c r="B1"><x:v>3</x:v></y:c></x:row></x:sheetData>\
            <x:extLst><x:ext><y:row><y:c r="C1"><y:v>4</y:v></y:c></y:row></x:ext></x:extLst></x:worksheet>
            """
        #expect(try package.listing() == ["A1=1.0"])
    }

    @Test func readsWithoutWhatMayBeMissing() throws {
        var package = ReadingPackage(rows: "<row><c s=\"7\"><v>43830</v></c></row>")
        package["_rels/.rels"] = nil
        package["[Content_Types].xml"] = nil
        #expect(try package.listing() == ["A1=43830.0"])
    }

    @Test func readsUTF16() throws {
        let package = ReadingPackage(rows: "<row><c t=\"inlineStr\"><is><t>Huế</t></is></c></row>")
        let sheet = try #require(package["xl/worksheets/sheet1.xml"])
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in sheet.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try package.bytes(replacing: "xl/worksheets/sheet1.xml", with: bytes).0 == ["\"Huế\""])
    }

    @Test func keepsHiddenSheetsAndSkipsCharts() throws {
        var package = ReadingPackage(rows: Self.one)
        package["xl/workbook.xml"] = ReadingPackage.workbook(
            sheets: [("Biểu đồ", "r9", nil), ("Ẩn", "r1", "hidden"), ("Sâu", "r1", "veryHidden")],
            names: """
                <definedName name="a" localSheetId="0">'Biểu đồ'!$A$1</definedName>\
                <definedName name="b" localSheetId="2">Ẩn!$B$2</definedName>
                """)
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r9", "chartsheet", "chartsheets/sheet1.xml"),
        ])
        let workbook = try package.read()
        #expect(workbook.sheets.map(\.name) == ["Ẩn", "Sâu"])
        #expect(workbook.sheets.map(\.visibility) == [.hidden, .veryHidden])
        #expect(workbook.definedNames.map(\.name) == ["b"])
        #expect(workbook.definedNames.first?.localSheet == 1)
        #expect(workbook.definedNames.first?.target?.sheet == "Ẩn")
    }

    @Test(
        arguments: [
            ("S!$C$4", CellRange(firstRow: 4, firstColumn: 3, lastRow: 4, lastColumn: 3)),
            ("'S'!$C$4:$A$2", CellRange(firstRow: 2, firstColumn: 1, lastRow: 4, lastColumn: 3)),
            ("=s!B2", CellRange(firstRow: 2, firstColumn: 2, lastRow: 2, lastColumn: 2)),
            ("S!$A:$B", CellRange(firstRow: 1, firstColumn: 1, lastRow: 1_048_576, lastColumn: 2)),
            ("S!$2:$3", CellRange(firstRow: 2, firstColumn: 1, lastRow: 3, lastColumn: 16_384)),
            ("#REF!", nil), ("S!#REF!", nil), ("Khác!$A$1", nil), ("[1]S!$A$1", nil), ("S!$A$1,S!$B$1", nil),
            ("SUM(S!$A$1)", nil), ("'S!$A$1", nil), ("S!$XFE$1", nil), ("S!A", nil), ("", nil), ("$A$1", nil),
            ("S!$A$1:$B", nil), ("'[1]S'!$A$1", nil),
        ] as [(String, CellRange?)])
    func resolvesNames(formula: String, range: CellRange?) throws {
        var package = ReadingPackage(rows: Self.one)
        package["xl/workbook.xml"] = ReadingPackage.workbook(
            sheets: [("S", "r1", nil)], names: "<definedName name=\"n\">\(formula)</definedName>")
        let name = try #require(package.read().definedNames.first)
        #expect(name.formula == formula)
        #expect(name.target == range.map { DefinedName.Target(sheet: "S", range: $0) })
    }

    @Test func resolvesQuotedSheetNames() throws {
        var package = ReadingPackage(rows: Self.one)
        package["xl/workbook.xml"] = ReadingPackage.workbook(
            sheets: [("A. Q'u!", "r1", nil)], names: "<definedName name=\"n\">'A. Q''u!'!$B$1</definedName>")
        #expect(try package.read().definedNames.first?.target?.sheet == "A. Q'u!")
    }

    @Test func remarksOnMacrosAndLinks() throws {
        var package = ReadingPackage(rows: Self.one)
        package["[Content_Types].xml"] = """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override \
            PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>
            """
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "vbaProject", "vbaProject.bin"),
            ("r3", "externalLink", "externalLinks/externalLink1.xml"),
        ])
        let workbook = try package.read()
        #expect(workbook.format == .xlsm)
        #expect(workbook.remarks == [.macrosIgnored, .externalLinksIgnored])
    }

    @Test func readsMergedRanges() throws {
        let package = ReadingPackage(
            rows: Self.one, after: "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"bad\"/></mergeCells>")
        let merged = try package.read().sheets[0].merged
        #expect(merged == [CellRange(firstRow: 1, firstColumn: 1, lastRow: 2, lastColumn: 2)])
    }
}

extension ReadingPackage {
    /// The first sheet's values, and the code of the error, with one part replaced by bytes.
    func bytes(replacing name: String, with bytes: [UInt8]) throws -> ([String], WorkbookError.Code?) {
        let archive = try self.archive(replacing: name, with: bytes)
        guard let code = Self.code(of: archive) else {
            return (try WorkbookReader.read(archive).sheets[0].cells.map { Self.show($0.value) }, nil)
        }
        return ([], code)
    }
}
