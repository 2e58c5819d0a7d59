import Sheets
import Testing

/// One cell: its value, its text, its fonts.
@Suite struct OpenDocumentCellsTests {
    private static func value(_ attributes: String, _ inside: String = "", styles: String = "") throws -> [String] {
        try OpenDocumentPackage(cells: "<table:table-cell \(attributes)>\(inside)</table:table-cell>", styles: styles)
            .listing()
    }

    @Test(arguments: [
        ("float\" office:value=\"12.5", "12.5"), ("float\" office:value=\"1E+021", "1e+21"),
        ("currency\" office:currency=\"VND\" office:value=\"1250000", "1250000.0"),
        ("percentage\" office:value=\"0.125", "0.125"), ("boolean\" office:boolean-value=\"true", "true"),
        ("boolean\" office:boolean-value=\"false", "false"),
        ("date\" office:date-value=\"1970-01-02", "date 86400000"),
        ("date\" office:date-value=\"1970-01-01T08:30:15.25", "date 30615250"),
        ("date\" office:date-value=\"1899-12-30T06:00:00", "time 21600000"),
        ("date\" office:date-value=\"1900-02-29T00:00:00", "date -2203977600000"),
        ("time\" office:time-value=\"PT08H30M00S", "time 30600000"),
        ("time\" office:time-value=\"PT30H15M00S", "time 22500000"),
        ("time\" office:time-value=\"-PT36H", "-1.5"),
        ("string\" office:string-value=\"thay", "\"thay\""), ("string\" office:string-value=\"", "\"chữ\""),
        ("float\" office:value=\"x", "\"chữ\""), ("date\" office:date-value=\"2020-13-01", "\"chữ\""),
        ("time\" office:time-value=\"PT", "\"chữ\""), ("lạ", "\"chữ\""), ("void", "\"chữ\""),
    ])
    func readsValues(type: String, shown: String) throws {
        #expect(try Self.value("office:value-type=\"\(type)\"", "<text:p>chữ</text:p>") == ["A1=\(shown)"])
    }

    @Test func readsCellsWithoutAType() throws {
        #expect(try Self.value("", "<text:p>12</text:p>") == ["A1=\"12\""])
        #expect(try Self.value("", "") == [])
        #expect(try Self.value("office:value-type=\"string\"", "<text:p/>") == [])
    }

    @Test func tellsPercentages() throws {
        let package = OpenDocumentPackage(
            cells: "<table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"/>")
        #expect(try package.read().sheets[0].cells.map(\.isPercent) == [true])
    }

    // MARK: Formulas and errors

    @Test(
        arguments: [
            ("table:formula=\"of:=1+1\" office:value-type=\"float\" office:value=\"2\"", "2", "A1=2.0"),
            ("table:formula=\"of:=1+1\"", "", "A1=formula"),
            ("table:formula=\"of:=1+1\" office:value-type=\"float\"", "", "A1=formula"),
            ("table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\" office:string-value=\"\"", "", nil),
            ("table:formula=\"of:=TRUE()\" office:value-type=\"float\" office:value=\"1\"", "TRUE", "A1=true"),
            ("table:formula=\"of:=FALSE()\" office:value-type=\"float\" office:value=\"0\"", "SAI", "A1=false"),
            (
                "table:formula=\"of:=NA()\" office:value-type=\"string\" calcext:value-type=\"error\"", "#N/A",
                "A1=error #N/A"
            ),
            (
                "table:formula=\"of:=A\" calcext:value-type=\"error\" office:value-type=\"string\" office:string-value=\"\"",
                "Lỗi:502", "A1=error Lỗi:502"
            ),
            ("table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\"", "#DIV/0!", "A1=error #DIV/0!"),
            ("table:formula=\"of:=x\" office:value-type=\"float\" office:value=\"0\"", "#NAME?", "A1=error #NAME?"),
            (
                "table:formula=\"of:=x\" office:value-type=\"string\" office:string-value=\"\"", "Err:508",
                "A1=error Err:508"
            ),
            ("table:formula=\"of:=0\" office:value-type=\"float\" office:value=\"0\"", "0", "A1=0.0"),
            ("table:formula=\"of:=0\" office:value-type=\"float\" office:value=\"3\"", "#REF!", "A1=3.0"),
            ("office:value-type=\"string\"", "#REF!", "A1=\"#REF!\""),
            ("office:value-type=\"float\" office:value=\"0\"", "#REF!", "A1=0.0"),
        ] as [(String, String, String?)])
    func readsResults(attributes: String, text: String, shown: String?) throws {
        #expect(try Self.value(attributes, "<text:p>\(text)</text:p>") == (shown.map { [$0] } ?? []))
    }

    @Test func marksFormulas() throws {
        let package = OpenDocumentPackage(
            cells: """
                <table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>\
                <table:table-cell office:value-type="float" office:value="1"/>
                """)
        #expect(try package.read().sheets[0].cells.map(\.isFormula) == [true, false])
    }

    // MARK: Text

    @Test(arguments: [
        ("<text:p>a</text:p><text:p>b</text:p><text:p/>", "a\nb\n"),
        ("<text:p>a<text:s/>b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e</text:p>", "a b   c\td\ne"),
        ("<text:p>  a \n\t b  </text:p>", "a b "), ("<text:p>a <text:s/></text:p>", "a  "),
        ("<text:p>a<text:tab/> b</text:p>", "a\t b"), ("<text:p>a <text:span> b</text:span></text:p>", "a b"),
        ("<text:p>a<text:a xlink:href=\"http://example.org\">b<text:span>c</text:span></text:a>d</text:p>", "abcd"),
        (
            "<text:p>x<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>t</text:ruby-text></text:ruby></text:p>",
            "xb"
        ),
        ("<text:p>a<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>b</text:p>", "ab"),
        ("<text:p>a<text:sheet-name>S</text:sheet-name><text:bookmark text:name=\"x\"/></text:p>", "aS"),
        ("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><text:p>b</text:p>", "a\nb"),
        ("<text:p><![CDATA[<a>]]>&#x1F389;</text:p>", "<a>🎉"),
        ("<text:p>a<text:s text:c=\"-1\"/><text:s text:c=\"x\"/>b</text:p>", "a b"),
    ])
    func readsText(inside: String, text: String) throws {
        #expect(try Self.value("office:value-type=\"string\"", inside) == ["A1=\"\(text)\""])
    }

    /// Comments, shapes, tables inside the cell and linked cells are not the cell's text.
    @Test(arguments: [
        "<office:annotation><text:p>ghi chú</text:p></office:annotation>",
        "<draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame>",
        "<draw:custom-shape><text:p>hình</text:p></draw:custom-shape>",
        "<table:table table:is-sub-table=\"true\"><table:table-row><table:table-cell office:value-type=\"string\">"
            + "<text:p>trong</text:p></table:table-cell></table:table-row></table:table>",
        "<table:cell-range-source table:name=\"x\"/>", "<table:detective><text:p>x</text:p></table:detective>",
    ])
    func leavesAside(foreign: String) throws {
        let inside = "\(foreign)<text:p>của ô</text:p>\(foreign)"
        #expect(try Self.value("office:value-type=\"string\"", inside) == ["A1=\"của ô\""])
        #expect(try Self.value("", foreign) == [])
        #expect(try Self.value("", "<text:p>a\(foreign)b</text:p>").first?.hasPrefix("A1=\"a") == true)
    }

    // MARK: Fonts

    private static let fonts = """
        <style:style style:name="Default" style:family="table-cell"><style:text-properties style:font-name="Calibri"/>\
        </style:style><style:style style:name="ce1" style:family="table-cell" style:parent-style-name="goc"/>\
        <style:style style:name="goc" style:family="table-cell" style:parent-style-name="ce1">\
        <style:text-properties fo:font-family="'VNI-Times'"/></style:style>\
        <style:style style:name="T1" style:family="text"><style:text-properties style:font-name=".VnTime"/></style:style>\
        <style:style style:name="P1" style:family="paragraph"><style:text-properties style:font-name="Arial"/></style:style>
        """

    @Test(
        arguments: [
            ("", "<text:p>ô</text:p>", ["Calibri|ô"]), ("", "<text:p>o</text:p>", nil),
            (" table:style-name=\"ce1\"", "<text:p>ô</text:p>", ["VNI-Times|ô"]),
            (" table:style-name=\"mất\"", "<text:p>ô</text:p>", ["Calibri|ô"]),
            (
                " table:style-name=\"ce1\"",
                "<text:p>a<text:span text:style-name=\"T1\">ô<text:span>b</text:span></text:span>c</text:p>",
                ["VNI-Times|a", ".VnTime|ôb", "VNI-Times|c"]
            ),
            (
                "", "<text:p><text:span text:style-name=\"T1\">ô</text:span></text:p><text:p>b</text:p>",
                [".VnTime|ô", "Calibri|\nb"]
            ),
            ("", "<text:p text:style-name=\"P1\">ô</text:p><text:p>b</text:p>", ["Arial|ô\n", "Calibri|b"]),
        ] as [(String, String, [String]?)])
    func namesFonts(attributes: String, inside: String, runs: [String]?) throws {
        let package = OpenDocumentPackage(
            cells: "<table:table-cell office:value-type=\"string\"\(attributes)>\(inside)</table:table-cell>",
            styles: Self.fonts)
        let cell = try #require(package.read().sheets[0].cells.first)
        #expect(cell.runs?.map { "\($0.font)|\($0.text)" } == runs)
    }

    @Test func takesStylesFromRowsAndColumns() throws {
        let cell = "<table:table-cell office:value-type=\"string\"><text:p>ô</text:p></table:table-cell>"
        let package = OpenDocumentPackage(
            table: """
                <table:table-column table:number-columns-repeated="2"/><table:table-column \
                table:default-cell-style-name="goc" table:number-columns-repeated="99999999"/>\
                <table:table-row>\(cell)\(cell)\(cell)</table:table-row>\
                <table:table-row table:default-cell-style-name="ce1">\(cell)</table:table-row>
                """, styles: Self.fonts)
        let fonts = try package.read().sheets[0].cells.map { $0.runs?.first?.font }
        #expect(fonts == ["Calibri", "Calibri", "VNI-Times", "VNI-Times"])
    }

    @Test func looksUpFontFaces() throws {
        var package = OpenDocumentPackage(
            cells: "<table:table-cell office:value-type=\"string\"><text:p>ô</text:p></table:table-cell>")
        package["styles.xml"] = OpenDocumentPackage.document(
            "document-styles",
            """
            <office:font-face-decls><style:font-face style:name="F1" svg:font-family="'.VnTime', serif"/>\
            </office:font-face-decls><office:styles><style:default-style style:family="table-cell">\
            <style:text-properties style:font-name="F1"/></style:default-style></office:styles>\
            <office:automatic-styles><style:style style:name="Default" style:family="table-cell">\
            <style:text-properties style:font-name="Của chân trang"/></style:style></office:automatic-styles>
            """)
        let cell = try #require(package.read().sheets[0].cells.first)
        #expect(cell.runs == [FontRun(text: "ô", font: ".VnTime")])
    }

    @Test func tellsDurationsByTheirFormat() throws {
        let styles = """
            <number:time-style style:name="N1" number:truncate-on-overflow="false"/><number:time-style style:name="N2"/>\
            <style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>\
            <style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>
            """
        for (style, shown) in [("ce1", "duration 108900000"), ("ce2", "time 22500000")] {
            let attributes = "table:style-name=\"\(style)\" office:value-type=\"time\" office:time-value=\"PT30H15M\""
            #expect(try Self.value(attributes, styles: styles) == ["A1=\(shown)"])
        }
    }

    @Test(
        arguments: [
            ("PT1H", 3_600_000), ("PT01H02M03.4565S", 3_723_457), ("P1DT1S", 86_401_000), ("P0Y0M1D", 86_400_000),
            ("PT0,5S", 500), ("-PT1M", nil), ("P1Y", nil), ("P1M", nil), ("PT1.5H", nil), ("PT1", nil), ("1H", nil),
            ("PTH", nil), ("PT9999999999H", nil), ("PT1D", nil), ("P1H", nil), ("", nil), ("P", nil), ("PT1.S", nil),
        ] as [(String, Int?)])
    func readsDurations(text: String, milliseconds: Int?) throws {
        let listing = try Self.value("office:value-type=\"time\" office:time-value=\"\(text)\"")
        guard let milliseconds else {
            #expect(listing.allSatisfy { !$0.hasPrefix("A1=time") })
            return
        }
        #expect(listing == ["A1=time \(milliseconds % 86_400_000)"])
    }
}
