import Sheets
import Testing
import Zip

/// Packages written part by part, with what Excel and less careful writers put into them.
@Suite struct MarkingPartsTests {
    private static let sheet = "xl/worksheets/sheet1.xml"
    private static let rels = "xl/worksheets/_rels/sheet1.xml.rels"
    private static let main = ReadingPackage.main

    private func marked(
        _ package: ReadingPackage, _ cells: [(Int, Int)], removing: [RemovedContent] = []
    ) throws -> MarkingCase {
        let sample = try MarkingCase(package.bytes(), cells.map { MarkingCase.mark("S", $0.0, $0.1) })
        #expect(sample.marked.removed == removing)
        return sample
    }

    private func code(_ package: ReadingPackage) throws -> WorkbookError.Code? {
        let bytes = try package.bytes()
        do throws(WorkbookError) {
            _ = try WorkbookMarker.mark(bytes, with: MarkingCase.marking([MarkingCase.mark("S", 1, 1)]))
            return nil
        } catch { return error.code }
    }

    private func cells(of sample: MarkingCase) -> [String] {
        XMLElements.of(sample.after[Self.sheet]).filter { $0.name == "c" || $0.name == "row" }
            .map { $0.attributes["r"] ?? "–" }
    }

    // MARK: - Cells and rows

    @Test func putsMissingCellsAndRowsInOrder() throws {
        let package = ReadingPackage(
            rows: """
                <row r="2" spans="2:4"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"/>\
                <row r="7"><c r="A7"><v>3</v></c></row>
                """)
        let sample = try marked(package, [(1, 1), (2, 1), (2, 3), (2, 5), (3, 2), (5, 2), (7, 1), (9, 1)])
        #expect(
            cells(of: sample) == [
                "1", "A1", "2", "A2", "B2", "C2", "D2", "E2", "3", "B3", "5", "B5", "7", "A7", "9", "A9",
            ])
        #expect(!sample.text(Self.sheet).contains("spans"))
        #expect(sample.workbook.sheets[0].cells.map(\.value) == [.number(1), .number(2), .number(3)])
    }

    @Test func fillsASheetWithoutRows() throws {
        var package = ReadingPackage(rows: "")
        package[Self.sheet] = "<worksheet xmlns=\"\(Self.main)\"><sheetData/></worksheet>"
        #expect(cells(of: try marked(package, [(3, 2), (1, 1)])) == ["1", "A1", "3", "B3"])
    }

    /// Cells without a reference follow the one before them.
    @Test func countsCellsWithoutReference() throws {
        let package = ReadingPackage(rows: "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
        let sample = try marked(package, [(1, 2), (1, 4), (2, 1)])
        #expect(cells(of: sample) == ["–", "–", "–", "D1", "–", "–"])
        #expect(sample.text(Self.sheet).contains("<c><v>1</v></c><c s=\"1\"><v>2</v></c>"))
    }

    @Test func takesTheFormatOfRowAndColumn() throws {
        var package = ReadingPackage(rows: "<row r=\"2\" s=\"1\" customFormat=\"1\"/>", formats: ["0.00", "0%", "@"])
        package[Self.sheet] = package[Self.sheet]?.replacing(
            "<sheetData>", with: "<cols><col min=\"2\" max=\"3\" style=\"2\"/></cols><sheetData>")
        let sample = try marked(package, [(2, 2), (3, 2), (3, 9)])
        let formats = XMLElements.of(sample.after["xl/styles.xml"]).filter { $0.path.hasSuffix("/cellXfs/xf") }
        let numbers = ["B2", "B3", "I3"].map { reference in
            sample.format(reference, in: Self.sheet).flatMap { formats[$0].attributes["numFmtId"] }
        }
        #expect(numbers == ["201", "202", "200"])
    }

    // MARK: - Styles

    @Test func makesStylesWhereThereAreNone() throws {
        let sample = try marked(ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), [(1, 1)])
        #expect(sample.new.contains("xl/styles1.xml"))
        #expect(sample.color("A1", in: Self.sheet) == "FFF8CBAD")
        let fills = XMLElements.of(sample.after["xl/styles1.xml"]).filter { $0.name == "patternFill" }
        #expect(fills.prefix(2).map { $0.attributes["patternType"] } == ["none", "gray125"])
    }

    /// A copy of the cell's format, with its borders and numbers; only the fill and the lock are others.
    @Test func copiesTheFormatOfTheCell() throws {
        var package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c></row>", formats: ["0.00"])
        package["xl/styles.xml"] = package["xl/styles.xml"]?.replacing(
            "</cellXfs>",
            with: """
                <xf numFmtId="200" fontId="0" borderId="0" quotePrefix="1"><alignment wrapText="1"/>\
                <protection locked="1" hidden="1"/></xf></cellXfs>
                """)
        let text = try marked(package, [(1, 1)]).text("xl/styles.xml")
        #expect(
            text.contains(
                """
                <xf fillId="2" applyFill="1" applyProtection="1" numFmtId="200" fontId="0" borderId="0" quotePrefix="1">\
                <alignment wrapText="1"/><protection locked="0"/></xf>
                """))
    }

    // MARK: - Spellings

    @Test func readsPrefixesAndAbsoluteTargets() throws {
        var package = ReadingPackage(rows: "")
        package[Self.sheet] = """
            <x:worksheet xmlns:x="\(Self.main)"><x:sheetViews><x:sheetView tabSelected="1" workbookViewId="0"/>\
            </x:sheetViews><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>
            """
        package["xl/workbook.xml"] = """
            <x:workbook xmlns:x="\(Self.main)"><x:sheets><x:sheet xmlns:q="\(ReadingPackage.office)" name="S" \
            sheetId="7" q:id="r1"/></x:sheets></x:workbook>
            """
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "/xl/worksheets/sheet1.xml"), ("r3", "styles", "/xl/styles.xml"),
        ])
        let sample = try marked(package, [(1, 1), (1, 2), (2, 1)])
        #expect(cells(of: sample) == ["1", "A1", "B1", "2", "A2"])
        #expect(sample.text(Self.sheet).contains("<x:c r=\"B1\""))
        #expect(sample.text(Self.sheet).contains("<x:legacyDrawing"))
        #expect(!sample.text(Self.sheet).contains("tabSelected"))
        #expect(sample.workbook.sheets.map(\.name) == ["S", "Sửa"])
        #expect(sample.text("xl/workbook.xml").contains("sheetId=\"8\""))
    }

    @Test func choosesAnotherNameForItsSheet() throws {
        var package = ReadingPackage(rows: "")
        package["xl/workbook.xml"] = ReadingPackage.workbook(sheets: [("SỬA", "r1", nil)])
        let marked = try WorkbookMarker.mark(package.bytes(), with: MarkingCase.marking([]))
        #expect(marked.sheet == "Sửa 2")
    }

    @Test func refusesOtherEncodings() throws {
        var package = ReadingPackage(rows: "")
        package[Self.sheet] =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet xmlns=\"\(Self.main)\"><sheetData/></worksheet>"
        #expect(try code(package) == .unsupported)
    }

    @Test func marksOnlyOfficeOpenXML() throws {
        #expect(throws: WorkbookError.self) {
            try WorkbookMarker.mark(Array("a,b\n1,2\n".utf8), with: MarkingCase.marking([]))
        }
    }

    // MARK: - What surrounds the cells

    /// The drawing of comments comes where the schema wants it; lists of extensions keep every byte.
    @Test func keepsExtensionsInTheirPlace() throws {
        let extensions = """
            <tableParts count="0"/><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" \
            xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1">\
            <x14:dataValidation type="list"><x14:formula1><xm:f xmlns:xm="urn:x">'B'!$A$1</xm:f></x14:formula1>\
            </x14:dataValidation></x14:dataValidations></ext></extLst>
            """
        let package = ReadingPackage(rows: "", after: "<pageMargins left=\"1\"/>" + extensions)
        let text = try marked(package, [(1, 1)]).text(Self.sheet)
        let drawing = try #require(text.firstRange(of: "<legacyDrawing"))
        #expect(text[drawing.lowerBound...].contains("/>" + extensions))
        #expect(text[..<drawing.lowerBound].hasSuffix("<pageMargins left=\"1\"/>"))
    }

    @Test func leavesThreadsAlone() throws {
        var package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
        let comment = """
            <comment ref="A1" authorId="0"><text><t>[Threaded comment] Xem lại</t></text></comment>
            """
        package["xl/comments1.xml"] = """
            <comments xmlns="\(Self.main)"><authors><author>tc={1}</author></authors><commentList>\(comment)\
            </commentList></comments>
            """
        package["xl/threadedComments/threadedComment1.xml"] = "<ThreadedComments/>"
        package[Self.rels] = ReadingPackage.relationships([
            ("r1", "comments", "../comments1.xml"),
            ("r2", "threadedComment", "../threadedComments/threadedComment1.xml"),
        ])
        let sample = try marked(package, [(1, 1), (2, 2)])
        #expect(sample.text("xl/comments1.xml").contains(comment))
        #expect(sample.comments(in: "xl/comments1.xml")["B2"] == "■ Sửa\nsai")
        #expect(!sample.changed.contains("xl/threadedComments/threadedComment1.xml"))
        #expect(sample.color("A1", in: Self.sheet) == "FFF8CBAD")
    }

    /// Names that are local to a sheet keep their sheet when that of former marks, before it, goes.
    @Test func countsLocalNamesAnew() throws {
        var package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>zz_0</t></is></c></row>")
        package["xl/worksheets/sheet2.xml"] = package[Self.sheet]?.replacing("zz_0", with: "x")
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "worksheet", "worksheets/sheet2.xml"),
        ])
        package["xl/workbook.xml"] = ReadingPackage.workbook(
            sheets: [("Cũ", "r1", nil), ("S", "r2", nil)],
            names: """
                <definedName name="a" localSheetId="0">1</definedName><definedName name="b" localSheetId="1">S!$A$1\
                </definedName><definedName name="c">S!$A$1</definedName>
                """)
        let sample = try marked(package, [(1, 1)])
        #expect(sample.workbook.sheets.map(\.name) == ["S", "Sửa"])
        #expect(sample.workbook.definedNames.map(\.name) == ["b", "c"])
        #expect(sample.workbook.definedNames.map(\.localSheet) == [0, nil])
        #expect(sample.after[Self.sheet] == nil || sample.text(Self.sheet).contains("Các chỗ"))
    }

    // MARK: - What is not sent back

    @Test func takesMacrosOut() throws {
        var package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
        package["[Content_Types].xml"] = package["[Content_Types].xml"]?
            .replacing(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                with: "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ).replacing(
                "</Types>",
                with: "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>")
        package["xl/vbaProject.bin"] = "Sub Auto_Open()"
        package["xl/evil.exe"] = "MZ"
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r9", "vbaProject", "vbaProject.bin"),
        ])
        #expect(WorkbookReader.format(of: try package.bytes()) == .xlsm)
        let sample = try marked(package, [(1, 1)], removing: [.macros])
        #expect(sample.after["xl/vbaProject.bin"] == nil)
        // Nothing leads to it.
        #expect(sample.after["xl/evil.exe"] == nil)
        #expect(!sample.text("[Content_Types].xml").contains("vba"))
        #expect(!sample.text("xl/_rels/workbook.xml.rels").contains("vba"))
        #expect(sample.workbook.format == .xlsx)
        #expect(sample.workbook.remarks.isEmpty)
    }

    @Test func takesEmbeddedObjectsOut() throws {
        var package = ReadingPackage(
            rows: "",
            after: """
                <drawing xmlns:r="\(ReadingPackage.office)" r:id="r2"/><oleObjects><oleObject progId="Package" shapeId="1" \
                xmlns:r="\(ReadingPackage.office)" r:id="r1"/></oleObjects>
                """)
        package["xl/embeddings/oleObject1.bin"] = "MZ"
        package["xl/drawings/drawing1.xml"] = "<wsDr/>"
        package[Self.rels] = ReadingPackage.relationships([
            ("r1", "oleObject", "../embeddings/oleObject1.bin"), ("r2", "drawing", "../drawings/drawing1.xml"),
        ])
        let sample = try marked(package, [(1, 1)], removing: [.embeddedObjects])
        #expect(sample.after["xl/embeddings/oleObject1.bin"] == nil)
        #expect(sample.after["xl/drawings/drawing1.xml"] == sample.before["xl/drawings/drawing1.xml"])
        #expect(!sample.text(Self.sheet).contains("oleObject"))
        #expect(!sample.text(Self.rels).contains("oleObject"))
    }

    @Test func takesExternalLinksOut() throws {
        var package = ReadingPackage(
            rows: """
                <row r="1"><c r="A1"><f>[1]Gia!A1*2</f><v>8</v></c><c r="B1"><f>SUM(T1[1])</f><v>3</v></c>\
                <c r="C1"><f t="shared" si="0" ref="C1:C2">'[1]Gia ca'!B1</f><v>4</v></c></row>\
                <row r="2"><c r="B2" t="str"><f>"[1]"&amp;A1</f><v>[1]8</v></c><c r="C2"><f t="shared" si="0"/><v>5</v></c></row>
                """)
        package["xl/workbook.xml"] = package["xl/workbook.xml"]?
            .replacing(
                "<definedNames>",
                with: "<externalReferences><externalReference r:id=\"r8\"/></externalReferences><definedNames>"
            )
            .replacing("</definedNames>", with: "<definedName name=\"gia\">[1]Gia!$A$1</definedName></definedNames>")
        package["xl/externalLinks/externalLink1.xml"] = "<externalLink xmlns=\"\(Self.main)\"/>"
        package["xl/calcChain.xml"] = "<calcChain xmlns=\"\(Self.main)\"><c r=\"A1\"/></calcChain>"
        package["xl/_rels/workbook.xml.rels"] = ReadingPackage.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r8", "externalLink", "externalLinks/externalLink1.xml"),
            ("r7", "calcChain", "calcChain.xml"),
        ])
        let sample = try marked(package, [(1, 1)], removing: [.externalLinks])
        let cells = sample.workbook.sheets[0].cells
        #expect(cells.map(\.isFormula) == [false, true, false, true, false])
        #expect(cells.map(\.value) == [.number(8), .number(3), .number(4), .text("[1]8"), .number(5)])
        #expect(sample.workbook.remarks.isEmpty)
        #expect(sample.workbook.definedNames.map(\.formula) == ["#REF!"])
        #expect(sample.after["xl/externalLinks/externalLink1.xml"] == nil)
        #expect(sample.after["xl/calcChain.xml"] == nil)
    }

    @Test(arguments: ["xlMacrosheet", "connections", "image"])
    func refusesWhatItCannotTakeOut(kind: String) throws {
        var package = ReadingPackage(rows: "")
        let lines = ReadingPackage.relationships([("r1", "worksheet", "worksheets/sheet1.xml"), ("r5", kind, "x.xml")])
        package["xl/_rels/workbook.xml.rels"] =
            kind == "image"
            ? lines.replacing("Target=\"x.xml\"", with: "Target=\"http://x\" TargetMode=\"External\"") : lines
        #expect(try code(package) == .unsupported)
    }

    // MARK: - Hostile

    @Test func keepsToTheReadersLimits() throws {
        let package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>")
        var limits = WorkbookLimits.standard
        limits.cells = 1
        #expect(throws: WorkbookError.self) {
            try WorkbookMarker.mark(package.bytes(), with: MarkingCase.marking([]), limits: limits)
        }
    }

    /// Two sheets of one part could not be marked apart.
    @Test func refusesASharedPart() throws {
        var package = ReadingPackage(rows: "")
        package["xl/workbook.xml"] = ReadingPackage.workbook(sheets: [("S", "r1", nil), ("T", "r1", nil)])
        #expect(try code(package) == .unsupported)
    }

    @Test func survivesEveryTruncation() throws {
        let bytes = try MarkingCase.fixture("Marking/xlsxwriter.xlsx")
        let marking = MarkingCase.marking([MarkingCase.mark("Số liệu", 3, 2)])
        for length in stride(from: 4, to: bytes.count, by: 331) {
            #expect(throws: WorkbookError.self, "cut at \(length)") {
                try WorkbookMarker.mark(Array(bytes.prefix(length)), with: marking)
            }
        }
    }

    /// Each part with its numbers blown up, its tags renamed, its ends cut off: an error or a workbook, never a crash.
    @Test(arguments: ["xlsxwriter", "openpyxl"])
    func survivesDamagedParts(name: String) throws {
        let marking = MarkingCase.marking([MarkingCase.mark("Số liệu", 3, 2), MarkingCase.mark("Số liệu", 9, 9)])
        // Once marked, there are former marks to be found as well.
        let marked = try WorkbookMarker.mark(MarkingCase.fixture("Marking/\(name).xlsx"), with: marking).bytes
        let parts = try MarkingCase.parts(of: marked).sorted { $0.key < $1.key }
        let damages: [(String) -> String] = [
            { $0.replacing("=\"1", with: "=\"9223372036854775807") }, { $0.replacing("=\"2\"", with: "=\"nan\"") },
            { $0.replacing("=\"0\"", with: "=\"-1\"") }, { $0.replacing(">2<", with: ">9223372036854775807<") },
            { $0.replacing("comment ", with: "commend ") },
            { $0.replacing("<r>", with: "<q>").replacing("</r>", with: "</q>") },
            { $0.replacing("text>", with: "t>") }, { $0.replacing("xf ", with: "xg ") },
            { $0.replacing("<", with: "<b/><") },
            { String($0.prefix($0.count / 2)) }, { $0.replacing("\"", with: "'") }, { $0.replacing("Id", with: "id") },
            { $0.replacing("><", with: "><!-- > --><?a < ?><") }, { _ in "" },
        ]
        var outcomes = (good: 0, refused: 0)
        for (part, bytes) in parts where !part.hasSuffix(".png") {
            for damage in damages {
                var writer = ZipWriter()
                for (other, content) in parts {
                    let text = String(decoding: bytes, as: UTF8.self)
                    writer.add(other, other == part ? Array(damage(text).utf8) : content)
                }
                let damaged = try writer.finish()
                do throws(WorkbookError) {
                    _ = try WorkbookMarker.mark(damaged, with: marking)
                    outcomes.good += 1
                } catch { outcomes.refused += 1 }
            }
        }
        #expect(outcomes.good > 20)
        #expect(outcomes.refused > 20)
    }

    /// Text from mails stands in comments and cells, whatever it is.
    @Test func escapesWhatItWrites() throws {
        let text = "<b>&\"'\u{1}\n_x0041_]]>\u{FFFE}Đ"
        let package = ReadingPackage(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
        let sample = try MarkingCase(package.bytes(), [MarkingCase.mark("S", 1, 1, text)])
        #expect(sample.comments(in: "xl/comments1.xml")["A1"] == "■ Sửa\n<b>&\"'\n_x005F_x0041_]]>Đ")
        #expect(sample.workbook.sheets[1].cells.contains { $0.value == .text("Các chỗ <cần> sửa & \"xem\"") })
    }
}
