import Sheets
import Testing
import Zip

/// Bytes that mean harm, and bytes that are broken: each ends in its own code.
@Suite struct ReadingHostileTests {
    private static let one = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
    private static let sheet = "xl/worksheets/sheet1.xml"

    private static func limits(_ change: (inout WorkbookLimits) -> Void) -> WorkbookLimits {
        var limits = WorkbookLimits.standard
        change(&limits)
        return limits
    }

    @Test(arguments: [
        "<!DOCTYPE worksheet>", "<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE worksheet [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
        "<!DOCTYPE worksheet [<!ENTITY % p SYSTEM \"http://localhost/x\">%p;]>",
    ])
    func refusesDocumentTypes(declaration: String) throws {
        for part in [Self.sheet, "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"] {
            var package = ReadingPackage(rows: Self.one)
            package[part] = try declaration + #require(package[part])
            #expect(try package.code() == .forbiddenXML)
        }
    }

    @Test(
        arguments: [
            (Self.limits { $0.fileBytes = 100 }, WorkbookError.Code.tooLargeInflated),
            (Self.limits { $0.zip.entryBytes = 100 }, .tooLargeInflated),
            (Self.limits { $0.zip.totalBytes = 1000 }, .tooLargeInflated),
            (Self.limits { $0.zip.entries = 3 }, .tooManyParts),
            (Self.limits { $0.sheets = 0 }, .tooManySheets), (Self.limits { $0.rows = 1 }, .tooManyRows),
            (Self.limits { $0.cells = 1 }, .tooManyCells), (Self.limits { $0.textBytes = 3 }, .tooMuchText),
            (Self.limits { $0.tableEntries = 1 }, .tooMuchText), (Self.limits { $0.xmlDepth = 4 }, .tooDeep),
            (.standard, nil),
        ] as [(WorkbookLimits, WorkbookError.Code?)])
    func keepsToItsLimits(limits: WorkbookLimits, code: WorkbookError.Code?) throws {
        let package = ReadingPackage(
            rows: Self.one + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>",
            strings: "<si><t>ab</t></si><si><t>cd</t></si>")
        #expect(try package.code(limits) == code)
    }

    @Test func refusesABomb() throws {
        let blanks = String(repeating: " ", count: 40 << 20)
        #expect(try ReadingPackage(rows: blanks).code() == .tooLargeInflated)
    }

    @Test func refusesMoreRunsThanCharacters() throws {
        let runs = String(repeating: "<r><t>a</t></r>", count: 32_768)
        #expect(try ReadingPackage(rows: "", strings: "<si>\(runs)</si>").code() == .tooMuchText)
        #expect(try ReadingPackage(rows: "", strings: "<si>\(runs.dropFirst(15))</si>").code() == nil)
    }

    /// One text of many runs, asked for in two fonts by turns, would unfold into a new array for each cell.
    @Test func refusesRunsMadeAgainAndAgain() throws {
        let runs = String(repeating: "<r><t>ô</t></r>", count: 30_000)
        let cells = String(repeating: "<c t=\"s\" s=\"0\"><v>0</v></c><c t=\"s\" s=\"1\"><v>0</v></c>", count: 100)
        var package = ReadingPackage(rows: "<row>\(cells)</row>", strings: "<si>\(runs)</si>")
        package["xl/styles.xml"] = """
            <styleSheet xmlns="\(ReadingPackage.main)"><fonts><font><name val="A"/></font><font><name val="B"/></font>\
            </fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>
            """
        #expect(try package.code() == .tooMuchText)
    }

    @Test func refusesDeepElements() throws {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(try ReadingPackage(rows: deep).code() == .tooDeep)
    }

    @Test func readsASheetAsLargeAsCanBe() throws {
        var package = ReadingPackage(rows: "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")
        package[Self.sheet] = package[Self.sheet]?.replacing(
            "<sheetData>", with: "<dimension ref=\"A1:XFD1048576\"/><sheetData>")
        let cells = try package.read().sheets[0].cells
        #expect(cells.map(\.row) == [1_048_576])
        #expect(cells.map(\.column) == [16_384])
    }

    @Test(arguments: [
        "<row r=\"1048577\"/>", "<row r=\"0\"/>", "<row r=\"x\"/>", "<row r=\"99999999999999999999\"/>",
        "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"1\"><c r=\"1A\"/></row>", "<row r=\"1\"><c r=\"\"/></row>",
        "<row r=\"1\"><c r=\"ZZZZZZZZZZZZZZZ1\"/></row>", "<row r=\"1\"><c r=\"A99999999999999999999\"/></row>",
        "<row><c r=\"XFD1\"/><c/></row>", "<row><c t=\"s\"><v>0</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>x</v></c></row>", "<row>", "</row>", "&nbsp;", "<row r=1/>", "\u{1}",
    ])
    func callsContradictionsDamage(rows: String) throws {
        #expect(try ReadingPackage(rows: rows).code() == .damaged)
    }

    @Test func callsMissingPartsDamage() throws {
        var withoutSheet = ReadingPackage(rows: Self.one)
        withoutSheet[Self.sheet] = nil
        #expect(try withoutSheet.code() == .damaged)
        var withoutRelationships = ReadingPackage(rows: Self.one)
        withoutRelationships["xl/_rels/workbook.xml.rels"] = nil
        #expect(try withoutRelationships.code() == .damaged)
        var twice = ReadingPackage(rows: Self.one)
        twice["XL/Workbook.xml"] = "<workbook/>"
        #expect(try twice.code() == .damaged)
        var empty = ReadingPackage(rows: Self.one)
        empty[Self.sheet] = ""
        #expect(try empty.code() == .damaged)
    }

    @Test func refusesBytesThatAreNoText() throws {
        let package = ReadingPackage(rows: Self.one)
        let broken = Array("<worksheet><sheetData><row><c t=\"str\"><v>".utf8) + [0xC3, 0x28, 0xFF]
        #expect(try package.bytes(replacing: Self.sheet, with: broken).1 == .damaged)
    }

    @Test(arguments: [
        ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", WorkbookError.Code.unsupported),
        (
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", .notWorkbook
        ),
    ])
    func tellsOtherPackagesApart(part: String, type: String, code: WorkbookError.Code) throws {
        var package = ReadingPackage(rows: "")
        package["_rels/.rels"] = ReadingPackage.relationships([("r1", "officeDocument", part)])
        package["[Content_Types].xml"] = """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Override PartName="/\(part)" ContentType="\(type)"/></Types>
            """
        package[part] = "<document/>"
        #expect(try package.code() == code)
    }

    @Test func tellsOtherFilesApart() throws {
        var writer = ZipWriter()
        writer.add("readme.txt", Array("no workbook".utf8))
        #expect(ReadingPackage.code(of: try writer.finish()) == .notWorkbook)
        #expect(ReadingPackage.code(of: []) == .notWorkbook)
        #expect(ReadingPackage.code(of: Array("MZ\u{90}".utf8)) == .notWorkbook)
        #expect(ReadingPackage.code(of: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .damaged)
        var loop: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 2040)
        loop[30] = 9
        #expect(ReadingPackage.code(of: loop) == .damaged)
    }
}

extension ReadingPackage {
    /// The package with one part replaced by bytes that may be no text.
    func archive(replacing name: String, with bytes: [UInt8]) throws -> [UInt8] {
        var writer = ZipWriter()
        for part in parts { writer.add(part.name, part.name == name ? bytes : Array(part.text.utf8)) }
        return try writer.finish()
    }
}
