import Sheets
import Testing

/// Workbooks as other programs write them: marked, and everything that was not to change as it was.
@Suite struct MarkingFixturesTests {
    private static let sheet = "xl/worksheets/sheet1.xml"
    /// What has to change in every workbook.
    private static let always: Set<String> = [
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", sheet,
    ]

    private static func marks(_ text: String = "sai") -> [WorkbookMarking.Mark] {
        [
            MarkingCase.mark("Số liệu", 3, 2, text), MarkingCase.mark("Số liệu", 4, 3, text),
            MarkingCase.mark("Số liệu", 40, 7, text),
        ]
    }

    @Test(arguments: ["xlsxwriter", "libreoffice", "openpyxl"])
    func keepsEverythingElse(name: String) throws {
        let bytes = try MarkingCase.fixture("Marking/\(name).xlsx")
        let sample = try MarkingCase(bytes, Self.marks())
        let comments = try #require(sample.before.keys.first { $0.contains("omment") && $0.hasSuffix(".xml") })
        let drawing = try #require(sample.before.keys.first { $0.hasSuffix(".vml") })
        #expect(sample.changed == Self.always.union([comments, drawing]))
        #expect(sample.new == ["xl/worksheets/sheet3.xml"])
        #expect(sample.marked.removed.isEmpty)
        #expect(sample.marked.sheet == "Sửa")
        #expect(MarkingCase.cells(of: sample.workbook) == MarkingCase.cells(of: try WorkbookReader.read(bytes)))
        for reference in ["B3", "C4", "G40"] {
            #expect(sample.color(reference, in: Self.sheet) == "FFF8CBAD", "\(reference)")
        }
        #expect(sample.color("A2", in: Self.sheet) != "FFF8CBAD")
        // The marks' boxes stand beside the sender's.
        #expect(Set(sample.boxes(in: drawing)).isSuperset(of: ["3,2", "39,6"]))
        #expect(sample.comments(in: comments)["C4"] == "■ Sửa\nsai")
    }

    @Test(arguments: ["xlsxwriter", "libreoffice"])
    func putsItsCommentBehindTheSenders(name: String) throws {
        let sample = try MarkingCase(MarkingCase.fixture("Marking/\(name).xlsx"), Self.marks())
        let comments = sample.comments(in: "xl/comments1.xml")
        #expect(comments["B3"]?.hasSuffix("Ghi chú của xã\n\n■ Sửa\nsai") == true)
        #expect(comments["A1"]?.hasSuffix("Đầu bảng") == true)
        // The box that was there does for both.
        #expect(sample.boxes(in: "xl/drawings/vmlDrawing1.vml").filter { $0 == "2,1" }.count == 1)
    }

    @Test func marksAWorkbookWithoutComments() throws {
        let bytes = try MarkingCase.fixture("xlsxwriter.xlsx")
        let name = try #require(WorkbookReader.read(bytes).sheets.first?.name)
        let sample = try MarkingCase(bytes, [MarkingCase.mark(name, 1, 1)])
        #expect(sample.new.contains("xl/comments1.xml"))
        #expect(sample.new.contains("xl/drawings/vmlDrawing1.vml"))
        #expect(sample.boxes(in: "xl/drawings/vmlDrawing1.vml") == ["0,0"])
        let kinds = Set(sample.relationships("xl/worksheets/_rels/sheet1.xml.rels"))
        #expect(kinds.isSuperset(of: ["comments /xl/comments1.xml", "vmlDrawing /xl/drawings/vmlDrawing1.vml"]))
        let types = XMLElements.of(sample.after["[Content_Types].xml"]).compactMap { $0.attributes["PartName"] }
        #expect(Set(types).isSuperset(of: ["/xl/comments1.xml", "/xl/drawings/vmlDrawing1.vml"]))
        #expect(sample.before.keys.filter { sample.after[$0] == nil } == [])
    }

    @Test func keepsStrictNamespaces() throws {
        let bytes = try MarkingCase.fixture("strict.xlsx")
        let name = try #require(WorkbookReader.read(bytes).sheets.first?.name)
        let sample = try MarkingCase(bytes, [MarkingCase.mark(name, 2, 2)])
        let purl = "http://purl.oclc.org/ooxml"
        let added = try #require(sample.new.first { $0.hasPrefix("xl/worksheets/sheet") })
        #expect(sample.text(added).contains("\(purl)/spreadsheetml/main"))
        #expect(sample.text("xl/comments1.xml").contains("\(purl)/spreadsheetml/main"))
        #expect(!sample.text(added).contains("schemas.openxmlformats.org"))
        #expect(MarkingCase.cells(of: sample.workbook) == MarkingCase.cells(of: try WorkbookReader.read(bytes)))
    }

    /// The sheet before the eyes is the last one, and no other is selected with it.
    @Test(arguments: ["xlsxwriter", "libreoffice", "openpyxl"])
    func showsTheListFirst(name: String) throws {
        let sample = try MarkingCase(MarkingCase.fixture("Marking/\(name).xlsx"), Self.marks())
        #expect(sample.workbook.sheets.last?.name == "Sửa")
        let selected = sample.after.keys.filter { $0.hasPrefix("xl/worksheets/sheet") }.filter { part in
            XMLElements.of(sample.after[part]).contains {
                $0.name == "sheetView" && ["1", "true"].contains($0.attributes["tabSelected"])
            }
        }
        #expect(selected == ["xl/worksheets/sheet3.xml"])
        let view = XMLElements.of(sample.after["xl/workbook.xml"]).first { $0.name == "workbookView" }
        #expect(view?.attributes["activeTab"] == "2")
    }

    @Test(arguments: ["xlsxwriter", "libreoffice", "openpyxl"])
    func givesTheSameTwice(name: String) throws {
        let bytes = try MarkingCase.fixture("Marking/\(name).xlsx")
        let once = try MarkingCase(bytes, Self.marks())
        let twice = try MarkingCase(once.marked.bytes, Self.marks())
        #expect(twice.workbook.sheets.map(\.name) == once.workbook.sheets.map(\.name))
        #expect(MarkingCase.cells(of: twice.workbook) == MarkingCase.cells(of: once.workbook))
        for part in once.after.keys where part.contains("omment") && part.hasSuffix(".xml") {
            #expect(twice.comments(in: part) == once.comments(in: part))
        }
        // Nothing piles up: the styles, the cells and the boxes are those of the first time.
        #expect(twice.after["xl/styles.xml"] == once.after["xl/styles.xml"])
        #expect(twice.after[Self.sheet] == once.after[Self.sheet])
    }

    @Test(arguments: ["xlsxwriter", "libreoffice", "openpyxl"])
    func takesTheOldMarksOff(name: String) throws {
        let bytes = try MarkingCase.fixture("Marking/\(name).xlsx")
        let once = try MarkingCase(bytes, Self.marks())
        let again = try MarkingCase(once.marked.bytes, [MarkingCase.mark("Số liệu", 5, 1)])
        let plain = try MarkingCase(bytes, [MarkingCase.mark("Số liệu", 5, 1)])
        for reference in ["B3", "C4"] {
            #expect(again.color(reference, in: Self.sheet) == plain.color(reference, in: Self.sheet), "\(reference)")
        }
        #expect(again.color("G40", in: Self.sheet) == nil)
        let part = try #require(plain.after.keys.first { $0.contains("omment") && $0.hasSuffix(".xml") })
        #expect(again.comments(in: part) == plain.comments(in: part))
        let drawing = try #require(plain.after.keys.first { $0.hasSuffix(".vml") })
        #expect(Set(again.boxes(in: drawing)) == Set(plain.boxes(in: drawing)))
        #expect(again.workbook.sheets.filter { $0.name.hasPrefix("Sửa") }.count == 1)
        #expect(again.workbook.definedNames.map(\.localSheet) == plain.workbook.definedNames.map(\.localSheet))
    }
}
