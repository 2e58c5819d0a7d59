import Sheets
import Testing
import Zip

/// Bytes that mean harm, and bytes that are broken: each ends in its own code.
@Suite struct OpenDocumentHostileTests {
    private static let one = "<table:table-cell office:value-type=\"string\"><text:p>ab</text:p></table:table-cell>"

    private static func limits(_ change: (inout WorkbookLimits) -> Void) -> WorkbookLimits {
        var limits = WorkbookLimits.standard
        change(&limits)
        return limits
    }

    /// Cells that a few bytes repeat come to an end at the limit for cells; blank ones cost nothing.
    @Test(
        arguments: [
            ("16384", "1048576", WorkbookError.Code.tooManyCells), ("16384", "1", nil), ("1", "1048576", nil),
            ("16385", "1", .damaged), ("1", "1048577", .damaged),
            ("999999999999999999", "999999999999999999", .damaged),
        ] as [(String, String, WorkbookError.Code?)])
    func endsRepetitions(columns: String, rows: String, code: WorkbookError.Code?) throws {
        let cell = Self.one.replacing(
            "<table:table-cell", with: "<table:table-cell table:number-columns-repeated=\"\(columns)\"")
        let filled = OpenDocumentPackage(
            table: "<table:table-row table:number-rows-repeated=\"\(rows)\">\(cell)</table:table-row>")
        #expect(try filled.code() == code)
        let blank = OpenDocumentPackage(
            table: """
                <table:table-row table:number-rows-repeated="\(rows)"><table:table-cell \
                table:number-columns-repeated="\(columns)"/></table:table-row>
                """)
        #expect(
            try blank.read(
                Self.limits {
                    $0.cells = 0; $0.rows = 1
                }
            ).sheets[0].cells.isEmpty)
    }

    @Test func refusesCellsBeyondTheEnd() throws {
        let row = "<table:table-row>\(Self.one)</table:table-row>"
        let below = OpenDocumentPackage(table: "<table:table-row table:number-rows-repeated=\"1048576\"/>\(row)")
        #expect(try below.code() == .damaged)
        let beside = OpenDocumentPackage(
            cells: "<table:table-cell table:number-columns-repeated=\"16384\"/>\(Self.one)")
        #expect(try beside.code() == .damaged)
    }

    @Test(
        arguments: [
            (Self.limits { $0.fileBytes = 100 }, WorkbookError.Code.tooLargeInflated),
            (Self.limits { $0.openDocumentPartBytes = 100 }, .tooLargeInflated),
            (Self.limits { $0.zip.totalBytes = 1000 }, .tooLargeInflated),
            (Self.limits { $0.zip.entries = 2 }, .tooManyParts),
            (Self.limits { $0.sheets = 0 }, .tooManySheets), (Self.limits { $0.rows = 1 }, .tooManyRows),
            (Self.limits { $0.cells = 2 }, .tooManyCells), (Self.limits { $0.textBytes = 50 }, .tooMuchText),
            (Self.limits { $0.tableEntries = 1 }, .tooMuchText), (Self.limits { $0.xmlDepth = 6 }, .tooDeep),
            (.standard, nil),
        ] as [(WorkbookLimits, WorkbookError.Code?)])
    func keepsToItsLimits(limits: WorkbookLimits, code: WorkbookError.Code?) throws {
        let style = "<style:style style:name=\"kiểu dáng dài dòng\" style:family=\"table-cell\"/>"
        let package = OpenDocumentPackage(
            table: "<table:table-row>\(Self.one)</table:table-row><table:table-row>\(Self.one)</table:table-row>",
            styles: style + style.replacing("dáng", with: "cách"),
            after: """
                <table:named-expressions><table:named-range table:name="n" table:cell-range-address="$S.$A$1"/>\
                </table:named-expressions>
                """)
        #expect(try package.code(limits) == code)
    }

    /// Tables that are left aside count too.
    @Test func countsCachesOfOtherDocuments() throws {
        let caches = OpenDocumentPackage(
            spreadsheet: String(repeating: "<table:table table:name=\"'file:///a.ods'#$T\"/>", count: 1001))
        #expect(try caches.code() == .tooManySheets)
    }

    @Test func paysForRepeatedSpansAndBlanks() throws {
        let merged = """
            <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-spanned="2"/>\
            <table:table-cell table:number-columns-spanned="2"/><table:table-cell table:number-columns-spanned="2"/>\
            </table:table-row>
            """
        #expect(try OpenDocumentPackage(table: merged).code() == .tooManyCells)
        let blanks = Self.one.replacing(">ab<", with: ">a<text:s text:c=\"999999999999\"/>b<")
        #expect(try OpenDocumentPackage(cells: blanks).code() == .tooMuchText)
        let runs = Self.one.replacing(
            ">ab<",
            with: ">" + String(repeating: "<text:span text:style-name=\"T\">ô</text:span>o", count: 17_000) + "<")
        let style = """
            <style:style style:name="T" style:family="text"><style:text-properties style:font-name="A"/></style:style>
            """
        #expect(try OpenDocumentPackage(cells: runs, styles: style).code() == .tooMuchText)
    }

    @Test(arguments: [
        "<!DOCTYPE x>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
        "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://localhost/x\">%p;]>",
    ])
    func refusesDocumentTypes(declaration: String) throws {
        for part in ["content.xml", "styles.xml", "meta.xml"] {
            var package = OpenDocumentPackage(cells: Self.one)
            package[part] = (package[part] ?? "<x/>").replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", with: "")
            package[part] = package[part].map { declaration + $0 }
            #expect(try package.code() == .forbiddenXML)
        }
        var flat = OpenDocumentPackage(cells: Self.one)
        flat["content.xml"] = flat["content.xml"]?.replacing("?><office", with: "?>\(declaration)<office")
        #expect(ReadingPackage.code(of: flat.flat()) == .forbiddenXML)
    }

    /// OpenOffice.org named a document type in its manifests; it is not looked up, and brings no entities.
    @Test func readsManifestsWithADocumentType() throws {
        var package = OpenDocumentPackage(cells: Self.one)
        let manifest = try #require(package["META-INF/manifest.xml"])
        package["META-INF/manifest.xml"] =
            "<!DOCTYPE manifest:manifest PUBLIC \"-//OpenOffice.org//DTD Manifest 1.0//EN\" \"Manifest.dtd\">"
            + manifest
        #expect(try package.listing() == ["A1=\"ab\""])
        package["META-INF/manifest.xml"] = "<!DOCTYPE manifest:manifest [<!ENTITY a \"aaaa\">]>" + manifest
        #expect(try package.code() == .forbiddenXML)
    }

    @Test(
        arguments: [
            ("content.xml", WorkbookError.Code.password), ("encrypted-package", .password),
            ("Basic/Standard/Module1.xml", nil),
        ] as [(String, WorkbookError.Code?)])
    func tellsEncryption(path: String, code: WorkbookError.Code?) throws {
        var package = OpenDocumentPackage(cells: Self.one)
        package["META-INF/manifest.xml"] = OpenDocumentPackage.manifest(
            """
            <manifest:file-entry manifest:full-path="\(path)"><manifest:encryption-data manifest:checksum="x"/>\
            </manifest:file-entry>
            """)
        #expect(try package.code() == code)
    }

    @Test(arguments: ["<table:table-row>", "</table:table-row>", "&nbsp;", "<table:table-row a=1/>", "\u{1}"])
    func callsBrokenXMLDamage(table: String) throws {
        #expect(try OpenDocumentPackage(table: table).code() == .damaged)
        #expect(ReadingPackage.code(of: OpenDocumentPackage(table: table).flat()) == .damaged)
    }

    @Test func callsAMissingPartDamage() throws {
        var package = OpenDocumentPackage(cells: Self.one)
        package["content.xml"] = nil
        #expect(try package.code() == .damaged)
        package["content.xml"] = ""
        #expect(try package.code() == .damaged)
    }

    @Test func refusesDeepElementsAndBombs() throws {
        #expect(
            try OpenDocumentPackage(table: String(repeating: "<table:table-row-group>", count: 9999)).code() == .tooDeep
        )
        #expect(try OpenDocumentPackage(table: String(repeating: " ", count: 40 << 20)).code() == .tooLargeInflated)
    }

    /// Styles that are each other's parents come to an end.
    @Test func endsCircles() throws {
        let circle = ["table-cell", "text", "paragraph"].map {
            """
            <style:style style:name="a" style:family="\($0)" style:parent-style-name="b"/>\
            <style:style style:name="b" style:family="\($0)" style:parent-style-name="a"/>
            """
        }
        let cell = """
            <table:table-cell table:style-name="a" office:value-type="string"><text:p text:style-name="a">\
            <text:span text:style-name="b">ô</text:span></text:p></table:table-cell>
            """
        #expect(try OpenDocumentPackage(cells: cell, styles: circle.joined()).listing() == ["A1=\"ô\""])
    }
}
