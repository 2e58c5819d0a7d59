import Sheets
import Testing
import Zip

/// Rows, columns, sheets, names and what surrounds them.
@Suite struct OpenDocumentStructureTests {
    private static func cell(_ number: Int, _ attributes: String = "") -> String {
        "<table:table-cell office:value-type=\"float\" office:value=\"\(number)\" \(attributes)/>"
    }

    private static func row(_ cells: String, _ attributes: String = "") -> String {
        "<table:table-row \(attributes)>\(cells)</table:table-row>"
    }

    // MARK: Places

    @Test func repeatsCellsAndRows() throws {
        let package = OpenDocumentPackage(
            table: Self.row(
                "<table:table-cell table:number-columns-repeated=\"2\"/>"
                    + Self.cell(1, "table:number-columns-repeated=\"2\"") + "<table:covered-table-cell/>" + Self.cell(2)
            )
                + Self.row(
                    "<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"3\"")
                + Self.row(Self.cell(3), "table:number-rows-repeated=\"2\"") + Self.row(Self.cell(4))
                + Self.row(
                    "<table:table-cell table:number-columns-repeated=\"16384\"/>",
                    "table:number-rows-repeated=\"1048576\""))
        #expect(try package.listing() == ["C1=1.0", "D1=1.0", "F1=2.0", "A5=3.0", "A6=3.0", "A7=4.0"])
    }

    @Test(arguments: ["0", "-5", "x", "", "99999999999999999999"])
    func takesARepetitionThatIsNoneAsOnce(count: String) throws {
        let package = OpenDocumentPackage(
            table: Self.row(
                Self.cell(1, "table:number-columns-repeated=\"\(count)\"") + Self.cell(2),
                "table:number-rows-repeated=\"\(count)\"") + Self.row(Self.cell(3)))
        #expect(try package.listing() == ["A1=1.0", "B1=2.0", "A2=3.0"])
    }

    @Test func readsGroupsAndHeaders() throws {
        let package = OpenDocumentPackage(
            table: """
                <table:table-header-columns><table:table-column/></table:table-header-columns><table:table-column-group>\
                <table:table-column/></table:table-column-group><table:table-header-rows>\(Self.row(Self.cell(1)))\
                </table:table-header-rows><table:table-row-group table:display="false"><table:table-row-group>\
                \(Self.row(Self.cell(2), "table:visibility=\"collapse\""))</table:table-row-group>\(Self.row(Self.cell(3)))\
                </table:table-row-group><table:table-rows>\(Self.row(Self.cell(4), "table:visibility=\"filter\""))\
                </table:table-rows><text:soft-page-break/>\(Self.row(Self.cell(5)))
                """)
        #expect(try package.listing() == ["A1=1.0", "A2=2.0", "A3=3.0", "A4=4.0", "A5=5.0"])
    }

    @Test func readsMergedRanges() throws {
        let package = OpenDocumentPackage(
            table: Self.row(Self.cell(1, "table:number-columns-spanned=\"3\" table:number-rows-spanned=\"2\""))
                + Self.row("")
                + Self.row("<table:table-cell table:number-columns-spanned=\"2\"/>", "table:number-rows-repeated=\"2\"")
                + Self.row(Self.cell(2, "table:number-columns-spanned=\"99999999\"")))
        let sheet = try package.read().sheets[0]
        #expect(
            sheet.merged == [
                CellRange(firstRow: 1, firstColumn: 1, lastRow: 2, lastColumn: 3),
                CellRange(firstRow: 3, firstColumn: 1, lastRow: 3, lastColumn: 2),
                CellRange(firstRow: 4, firstColumn: 1, lastRow: 4, lastColumn: 2),
                CellRange(firstRow: 5, firstColumn: 1, lastRow: 5, lastColumn: 16_384),
            ])
        #expect(sheet.cells.map(\.row) == [1, 5])
    }

    /// What a merged range covers may still hold something, as in an xlsx workbook.
    @Test func readsCoveredCells() throws {
        let package = OpenDocumentPackage(
            cells: Self.cell(1, "table:number-columns-spanned=\"2\"")
                + "<table:covered-table-cell office:value-type=\"float\" office:value=\"2\"/>")
        #expect(try package.listing() == ["A1=1.0", "B1=2.0"])
    }

    @Test func fillsASheetToItsLastCorner() throws {
        let package = OpenDocumentPackage(
            table: Self.row("", "table:number-rows-repeated=\"1048575\"")
                + Self.row("<table:table-cell table:number-columns-repeated=\"16383\"/>" + Self.cell(1)))
        let cells = try package.read().sheets[0].cells
        #expect(cells.map(\.row) == [1_048_576])
        #expect(cells.map(\.column) == [16_384])
    }

    // MARK: Sheets

    @Test func keepsSheetsInOrder() throws {
        let package = OpenDocumentPackage(
            spreadsheet: """
                <table:table table:name="Một"/><table:table table:name="Ẩn" table:style-name="ta1">\
                \(Self.row(Self.cell(1)))</table:table><table:table/>
                """,
            styles: """
                <style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/>\
                </style:style>
                """)
        let workbook = try package.read()
        #expect(workbook.format == .ods)
        #expect(workbook.sheets.map(\.name) == ["Một", "Ẩn", "Sheet3"])
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .visible])
        #expect(workbook.sheets.map(\.cells.count) == [0, 1, 0])
    }

    /// Deleted cells, cells of DDE links, lists of validations and caches of other documents are no cells of ours.
    @Test func readsNoCellsElsewhere() throws {
        let table = "<table:table table:name=\"T\">\(Self.row(Self.cell(9)))</table:table>"
        let package = OpenDocumentPackage(
            spreadsheet: """
                <table:tracked-changes><table:deletion><table:cut-offs/>\(table)</table:deletion>\
                <table:cell-content-change><table:previous><table:change-track-table-cell office:value-type="string">\
                <text:p>cũ</text:p></table:change-track-table-cell></table:previous></table:cell-content-change>\
                </table:tracked-changes><table:content-validations><table:content-validation><table:help-message>\
                <text:p>giúp</text:p></table:help-message></table:content-validation></table:content-validations>\
                <table:table table:name="S"><office:forms><text:p>x</text:p></office:forms><table:shapes><draw:frame>\
                \(table)</draw:frame></table:shapes><table:title>tên</table:title>\(Self.row(Self.cell(1)))</table:table>\
                <table:table table:name="'file:///home/a.ods'#$T">\(Self.row(Self.cell(8)))</table:table>\
                <table:dde-links><table:dde-link><office:dde-source/>\(table)</table:dde-link></table:dde-links>
                """)
        let workbook = try package.read()
        #expect(workbook.sheets.map(\.name) == ["S"])
        #expect(OpenDocumentPackage.listing(workbook) == ["A1=1.0"])
        #expect(workbook.remarks == [.externalLinksIgnored])
    }

    @Test func readsLinkedSheetsAsTheyStand() throws {
        let package = OpenDocumentPackage(
            table: "<table:table-source xlink:href=\"../a.ods\" table:mode=\"copy-all\"/>" + Self.row(Self.cell(1)))
        let workbook = try package.read()
        #expect(OpenDocumentPackage.listing(workbook) == ["A1=1.0"])
        #expect(workbook.remarks == [.externalLinksIgnored])
    }

    @Test func remarksOnMacros() throws {
        var package = OpenDocumentPackage(cells: Self.cell(1))
        package["Basic/Standard/script-lb.xml"] = "<x/>"
        #expect(try package.read().remarks.isEmpty)
        package["Basic/Standard/Module1.xml"] = "<x/>"
        #expect(try package.read().remarks == [.macrosIgnored])
        package["Basic/Standard/Module1.xml"] = nil
        package["Scripts/python/a.py"] = "pass"
        #expect(try package.read().remarks == [.macrosIgnored])
    }

    // MARK: Names

    @Test(
        arguments: [
            ("cell-range-address=\"$S.$C$4", CellRange(firstRow: 4, firstColumn: 3, lastRow: 4, lastColumn: 3)),
            ("cell-range-address=\"S.C4:.A2", CellRange(firstRow: 2, firstColumn: 1, lastRow: 4, lastColumn: 3)),
            (
                "cell-range-address=\"$'S'.$A$1:$s.$B$2",
                CellRange(firstRow: 1, firstColumn: 1, lastRow: 2, lastColumn: 2)
            ),
            (
                "cell-range-address=\"$S.$A:.$B",
                CellRange(firstRow: 1, firstColumn: 1, lastRow: 1_048_576, lastColumn: 2)
            ),
            ("cell-range-address=\"$S.$2:.$3", CellRange(firstRow: 2, firstColumn: 1, lastRow: 3, lastColumn: 16_384)),
            (
                "base-cell-address=\"$S.$A$1\" table:cell-range-address=\".B2",
                CellRange(firstRow: 2, firstColumn: 2, lastRow: 2, lastColumn: 2)
            ),
            ("expression=\"of:=[$S.$A$1:.$B$2]", CellRange(firstRow: 1, firstColumn: 1, lastRow: 2, lastColumn: 2)),
            ("expression=\"msoxl:=S!$A$1", CellRange(firstRow: 1, firstColumn: 1, lastRow: 1, lastColumn: 1)),
            ("cell-range-address=\".B2", nil), ("cell-range-address=\"$#REF!.$A$1", nil),
            ("cell-range-address=\"$S.$#REF!$1", nil), ("cell-range-address=\"$Khác.$A$1", nil),
            ("cell-range-address=\"'file:///a.ods'#$S.$A$1", nil), ("cell-range-address=\"$S.$A$1:$T.$B$2", nil),
            ("cell-range-address=\"$S.$A$1 $S.$C$3", nil), ("cell-range-address=\"$S.$XFE$1", nil),
            ("cell-range-address=\"'S.$A$1", nil), ("cell-range-address=\"", nil), ("cell-range-address=\"$S", nil),
            ("cell-range-address=\"$S.A1:", nil), ("expression=\"of:=#REF!", nil), ("expression=\"of:=[.#REF!]", nil),
            ("expression=\"of:=SUM([$S.$A$1])", nil), ("expression=\"of:=[$S.$A$1]+[$S.$B$1]", nil),
            ("expression=\"of:=\"", nil), ("expression=\"", nil),
        ] as [(String, CellRange?)])
    func resolvesNames(attribute: String, range: CellRange?) throws {
        let text = attribute.replacing("of:=\"", with: "of:=")
        let package = OpenDocumentPackage(
            table: Self.row(Self.cell(1)),
            after: """
                <table:table table:name="T"/><table:named-expressions><table:named-expression table:name="n" \
                table:\(text)"/></table:named-expressions>
                """)
        let name = try #require(package.read().definedNames.first)
        #expect(name.name == "n")
        #expect(name.target == range.map { DefinedName.Target(sheet: "S", range: $0) })
    }

    @Test func keepsNamesOfSheets() throws {
        let names = """
            <table:named-expressions><table:named-range table:name="n" \
            table:cell-range-address="$'A. Q''u!'.$B$1"/></table:named-expressions>
            """
        let package = OpenDocumentPackage(
            spreadsheet: """
                <table:table table:name="'file:///a.ods'#$T">\(names)</table:table><table:table table:name="Một"/>\
                <table:table table:name="A. Q'u!">\(names)</table:table>\(names)
                """)
        let workbook = try package.read()
        #expect(workbook.definedNames.map(\.localSheet) == [1, nil])
        #expect(workbook.definedNames.map(\.target?.sheet) == ["A. Q'u!", "A. Q'u!"])
    }

    // MARK: Packages

    @Test func readsPropertiesAndTheFlatForm() throws {
        let property =
            "<office:meta><meta:user-defined meta:name=\"formpost.form\">báo cáo</meta:user-defined></office:meta>"
        var package = OpenDocumentPackage(cells: Self.cell(1))
        package["meta.xml"] = OpenDocumentPackage.document("document-meta", property)
        #expect(try package.read().properties == ["formpost.form": "báo cáo"])
        package["content.xml"] = package["content.xml"]?.replacing(
            "<office:automatic-styles>", with: "\(property)<office:automatic-styles>")
        let flat = try WorkbookReader.read(package.flat())
        #expect(flat.format == .fods)
        #expect(flat.properties == ["formpost.form": "báo cáo"])
        #expect(OpenDocumentPackage.listing(flat) == ["A1=1.0"])
        #expect(WorkbookReader.format(of: package.flat()) == .fods)
    }

    @Test func readsWithoutWhatMayBeMissing() throws {
        var package = OpenDocumentPackage(cells: Self.cell(1))
        package.parts.append(package.parts.removeFirst())
        #expect(try package.listing() == ["A1=1.0"])
        package["mimetype"] = nil
        #expect(try package.listing() == ["A1=1.0"])
        package["mimetype"] = "application/vnd.oasis.opendocument.spreadsheet-template\n"
        package["META-INF/manifest.xml"] = nil
        #expect(try package.listing() == ["A1=1.0"])
    }

    @Test func readsOtherPrefixes() throws {
        var package = OpenDocumentPackage(cells: Self.cell(1))
        package["content.xml"] = package["content.xml"]?.replacing("table:", with: "t:").replacing(
            ":table=", with: ":t="
        )
        .replacing("opendocument:xmlns:t:", with: "opendocument:xmlns:table:").replacing("office:", with: "o:")
        .replacing("xmlns:office=", with: "xmlns:o=").replacing("xmlns:o:1.0", with: "xmlns:office:1.0")
        #expect(try package.listing() == ["A1=1.0"])
        package["content.xml"] = package["content.xml"]?.replacing(":xmlns:table:1.0", with: ":xmlns:bảng:1.0")
        #expect(try package.read().sheets.isEmpty)
    }

    @Test(arguments: ["text", "chart"]) func refusesOtherDocuments(kind: String) throws {
        var package = OpenDocumentPackage(cells: Self.cell(1))
        package["content.xml"] = package["content.xml"]?.replacing("office:spreadsheet", with: "office:\(kind)")
        #expect(try package.code() == .notWorkbook)
        #expect(ReadingPackage.code(of: package.flat()) == .notWorkbook)
        package["mimetype"] = "application/vnd.oasis.opendocument.\(kind)"
        #expect(try package.code() == .notWorkbook)
    }
}
