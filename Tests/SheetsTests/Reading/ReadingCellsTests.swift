import Sheets
import Testing

/// Cells as ECMA-376 Part 1, 18.3.1.4 lets them stand.
@Suite struct ReadingCellsTests {
    private static let day: Int64 = 86_400_000

    @Test func readsEveryType() throws {
        let package = ReadingPackage(
            rows: """
                <row r="1"><c r="A1"><v>1.5</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c>\
                <c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="inlineStr"><is><t>trong ô</t></is></c>\
                <c r="F1" t="d"><v>2020-06-11T08:30:00</v></c><c r="G1" t="str"><f>A1</f><v>kq</v></c>\
                <c r="H1"><f>1+1</f></c><c r="I1"><f>1+1</f><v></v></c><c r="J1" t="n"><v> -3e2 </v></c></row>
                """, strings: "<si><t>không</t></si><si><t>một</t></si>")
        #expect(
            try package.listing() == [
                "A1=1.5", "B1=\"một\"", "C1=true", "D1=error #REF!", "E1=\"trong ô\"", "F1=date 1591864200000",
                "G1=\"kq\"", "H1=formula", "I1=formula", "J1=-300.0",
            ])
        #expect(try package.read().sheets[0].cells.map(\.isFormula).filter { $0 }.count == 3)
    }

    @Test(arguments: [
        ("2020-06-11", "date 1591833600000"), ("2020-06-11T00:00:01.5Z", "date 1591833601500"),
        ("T08:30", "time 30600000"), ("08:30:00", "time 30600000"), ("2020-06-11T24:00:00", "date 1591920000000"),
        ("2020-06-11T08:30:00-10:00", "date 1591864200000"), ("2020-06-11T08:30+7:00", "\"2020-06-11T08:30+7:00\""),
        ("2020-13-11", "\"2020-13-11\""), ("2020-06-11T8:30", "\"2020-06-11T8:30\""), ("T24:00", "\"T24:00\""),
    ])
    func readsISODates(text: String, shown: String) throws {
        #expect(try ReadingPackage(rows: "<row><c t=\"d\"><v>\(text)</v></c></row>").listing() == ["A1=\(shown)"])
    }

    @Test(arguments: [
        ("0", 0.0), ("-0.1", -0.1), ("1e-7", 1e-7), ("0.30000000000000004", 0.1 + 0.2),
        ("5E-324", Double.leastNonzeroMagnitude),
        ("1.7976931348623157E308", Double.greatestFiniteMagnitude), ("9007199254740993", 9_007_199_254_740_992),
        ("123456789.12345679", 123_456_789.12345679), ("00012.50", 12.5), (".5", 0.5), ("1E+2", 100),
        ("8.5e22", 8.5e22), ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0),
    ])
    func roundsNumbersCorrectly(text: String, number: Double) throws {
        let cells = try ReadingPackage(rows: "<row><c><v>\(text)</v></c></row>").read().sheets[0].cells
        #expect(cells.map(\.value) == [.number(number)])
    }

    @Test(arguments: ["abc", "0x10", "INF", "NaN", "1,5", "1.2.3", "1e", "1e400", "--1"])
    func takesWhatIsNoNumberAsText(text: String) throws {
        #expect(try ReadingPackage(rows: "<row><c><v>\(text)</v></c></row>").listing() == ["A1=\"\(text)\""])
    }

    @Test func leavesTextOfOtherTypesBehind() throws {
        let package = ReadingPackage(
            rows: """
                <row><c><is><t>x</t></is></c><c t="inlineStr"><is><t>y</t></is></c><c t="inlineStr"><v>z</v></c></row>
                """)
        #expect(try package.listing() == ["B1=\"y\""])
    }

    @Test func findsPlacesThatAreNotWritten() throws {
        let package = ReadingPackage(
            rows: """
                <row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>\
                <row><c><v>5</v></c></row>
                """)
        #expect(try package.listing() == ["A1=1.0", "C1=2.0", "C4=3.0", "D4=4.0", "A5=5.0"])
    }

    @Test func sortsCellsAndKeepsTheLastOfOnePlace() throws {
        let package = ReadingPackage(
            rows: """
                <row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>\
                <row r="2"><c r="B2"><v>4</v></c></row>
                """)
        #expect(try package.listing() == ["A1=3.0", "A2=2.0", "B2=4.0"])
    }

    @Test func leavesOutWhatIsEmpty() throws {
        let package = ReadingPackage(
            rows: """
                <row r="1"><c r="A1" s="0"/><c r="B1" t="s"><v>0</v></c><c r="C1"><v/></c><c r="D1" t="str"><f>A1</f>\
                <v></v></c><c r="E1" t="inlineStr"><is><t/></is></c></row>
                """, strings: "<si><t></t></si>")
        #expect(try package.listing().isEmpty)
    }

    @Test(arguments: [
        ("_x000D_\n", "\r\n"), ("_x005F_x0041_", "_x0041_"), ("_x0041_", "A"), ("_xD83C__xDF89_", "🎉"),
        ("_xD83C_", "_xD83C_"), ("_x0000_", "_x0000_"), ("_xZZZZ_", "_xZZZZ_"), ("a_x", "a_x"), ("  a ", "  a "),
        ("&lt;&#x1EA1;&amp;", "<ạ&"), ("<![CDATA[<b>]]>", "<b>"),
    ])
    func readsTextAsItStands(written: String, text: String) throws {
        let strings = ReadingPackage(rows: "<row><c t=\"s\"><v>0</v></c></row>", strings: "<si><t>\(written)</t></si>")
        #expect(try strings.read().sheets[0].cells.map(\.value) == [.text(text)])
        let inline = ReadingPackage(rows: "<row><c t=\"inlineStr\"><is><t>\(written)</t></is></c></row>")
        #expect(try inline.read().sheets[0].cells.map(\.value) == [.text(text)])
    }

    @Test func joinsRunsAndLeavesOutHowTheyAreReadAloud() throws {
        let rich = """
            <r><t xml:space="preserve">tªn </t></r><r><rPr><b/><rFont val=".VnTime"/></rPr><t>Hµ Néi</t></r>\
            <rPh sb="0" eb="1"><t>aloud</t></rPh><phoneticPr fontId="1"/>
            """
        let package = ReadingPackage(
            rows: "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is>\(rich)</is></c></row>",
            strings: "<si>\(rich)</si>")
        for cell in try package.read().sheets[0].cells {
            #expect(cell.value == .text("tªn Hµ Néi"))
            #expect(cell.runs == [FontRun(text: "tªn ", font: ""), FontRun(text: "Hµ Néi", font: ".VnTime")])
        }
    }

    @Test(arguments: [
        ("dd/mm/yyyy", "date \(18_261 * day)"), ("mmm-yy", "date \(18_261 * day)"), ("mm", "date \(18_261 * day)"),
        ("[$-42A]d mmmm, yyyy;@", "date \(18_261 * day)"), ("\"s\" dd", "date \(18_261 * day)"),
        ("h:mm", "time 0"), ("mm:ss", "time 0"), ("h:mm AM/PM", "time 0"), ("[h]:mm", "duration \(43_830 * day)"),
        ("[ss]", "duration \(43_830 * day)"), ("0.00", "43830.0"), ("General", "43830.0"), ("[Red]0", "43830.0"),
        ("0.00E+00", "43830.0"), ("#,##0 \"đ\"", "43830.0"), ("0\\d", "43830.0"), ("0_d", "43830.0"),
        ("0;dd/mm/yyyy", "43830.0"), ("[<5]0.0", "43830.0"), ("@", "43830.0"), ("0%", "43830.0"), ("", "43830.0"),
        ("\"unclosed dd", "43830.0"), ("[h", "43830.0"), ("\\", "43830.0"),
    ])
    func letsTheFormatDecide(code: String, shown: String) throws {
        let package = ReadingPackage(rows: "<row><c s=\"0\"><v>43830</v></c></row>", formats: [code])
        #expect(try package.listing() == ["A1=\(shown)"])
        #expect(try package.read().sheets[0].cells[0].isPercent == (code == "0%"))
    }

    /// 1970-01-01 is day 25569 of the one epoch and 24107 of the other; the 29th of February 1900 is counted.
    @Test(arguments: [
        ("25569", false, "date 0"), ("24107", true, "date 0"), ("1", false, "date \(-25_567 * day)"),
        ("59", false, "date \(-25_509 * day)"), ("60", false, "date \(-25_509 * day)"),
        ("61", false, "date \(-25_508 * day)"), ("0", true, "date \(-24_107 * day)"), ("0.5", false, "time 43200000"),
        ("0.5", true, "date \(-24_107 * day + day / 2)"), ("43830.354166666664", false, "date 1577781000000"),
        ("2958465", false, "date \(2_932_896 * day)"), ("2958466", false, "2958466.0"), ("-1", false, "-1.0"),
        ("2957003", true, "date \(2_932_896 * day)"), ("2957004", true, "2957004.0"),
        ("2958465.9999999999", false, "2958466.0"), ("1e300", false, "1e+300"),
    ])
    func countsDays(serial: String, date1904: Bool, shown: String) throws {
        let package = ReadingPackage(
            rows: "<row><c s=\"0\"><v>\(serial)</v></c></row>", formats: ["yyyy-mm-dd"], date1904: date1904)
        #expect(try package.listing() == ["A1=\(shown)"])
    }

    @Test func listsDatesAsISO8601() throws {
        let package = ReadingPackage(
            rows: """
                <row><c s="0"><v>43993</v></c><c s="0"><v>43993.354166666664</v></c><c s="1"><v>0.35416667824</v></c>\
                <c s="2"><v>0.0625</v></c><c s="0"><v>1</v></c></row>
                """, formats: ["dd/mm/yyyy", "hh:mm", "[h]:mm"])
        let values = try CellListing.lines(of: package.read()).map { $0.split(separator: "\"value\":")[1] }
        #expect(
            values == [
                "\"2020-06-11\"}", "\"2020-06-11T08:30:00\"}", "\"08:30:00.001\"}", "\"PT5400S\"}", "\"1900-01-01\"}",
            ])
    }

    @Test func listsTextAsJSON() throws {
        let package = ReadingPackage(
            rows: "<row r=\"3\"><c r=\"AB3\" t=\"str\"><v>a\"\\/&#9;_x0001_ô</v></c></row>")
        #expect(
            Array(CellListing.lines(of: try package.read())) == [
                #"{"sheet":"S","ref":"AB3","row":3,"column":28,"type":"text","value":"a\"\\/\t\u0001ô"}"#
            ])
    }
}
