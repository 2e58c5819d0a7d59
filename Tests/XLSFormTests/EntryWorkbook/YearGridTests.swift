import Foundation
import Records
import Sheets
import Support
import Testing

@testable import XLSForm

/// `formpost::layout` is `years-in-columns`: a line for each question, a column for each year.
@Suite struct YearGridTests {
    static let survey = """
        | survey | type              | name      | label                        | required | formpost::layout | calculation |
        |        | begin group       | thu       | A. Thu nhập                  |          | years-in-columns |             |
        |        | text              | ho        | Chủ hộ                       |          |                  |             |
        |        | integer           | khau_2016 | Số khẩu năm 2016             | yes      |                  |             |
        |        | decimal           | tn_2016   | Thu nhập bình quân năm 2016  | yes      |                  |             |
        |        | integer           | khau_2017 | Số khẩu năm 2017             | yes      |                  |             |
        |        | decimal           | tn_2017   | Thu nhập bình quân năm 2017  |          |                  |             |
        |        | decimal           | tn_2018   | Thu nhập bình quân năm 2018 (ước) |     |                  |             |
        |        | calculate         | gap_2016  | Gấp đôi năm 2016             |          |                  | 2 * ${tn_2016} |
        |        | calculate         | gap_2017  | Gấp đôi năm 2017             |          |                  | 2 * ${tn_2017} |
        |        | text              | ghi_chu   | Ghi chú                      |          |                  |             |
        |        | end group         |           |                              |          |                  |             |
        """

    let form: FormDefinition

    init() throws {
        form = try definition(Self.survey)
    }

    private static let values: [String: CellDraft.Value] = [
        "xf_thu_ho": .text("Trần Văn An"), "xf_thu_khau_2016": .number(4), "xf_thu_tn_2016": .number(10.5),
        "xf_thu_khau_2017": .number(5), "xf_thu_tn_2017": .number(21), "xf_thu_tn_2018": .number(33.5),
        "xf_thu_ghi_chu": .text("không"),
    ]
    private static let meaning = [
        "ho": "Trần Văn An", "khau_2016": "4", "tn_2016": "10.5", "khau_2017": "5", "tn_2017": "21", "tn_2018": "33.5",
        "ghi_chu": "không",
    ]

    private func filled() -> WorkbookDraft {
        var draft = EntryWorkbook.blank(form, EntryContext())
        for (name, value) in Self.values { draft.set(name, value) }
        return draft
    }

    private func bind(_ draft: WorkbookDraft) throws -> BoundWorkbook {
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        return try #require(Binder.bind(workbook, forms: [form], tables: ReferenceSnapshot()).only)
    }

    @Test func putsYearsInColumns() throws {
        let plan = try #require(EntryLayout(form).sheets.first)
        let grid = try #require(plan.grids.first)
        #expect(plan.elements.count == 3)
        #expect(grid.heads == ["Năm 2016", "Năm 2017", "Năm 2018 (ước)"])
        #expect(grid.lines.map { form.shownLabel(of: $0) } == ["Số khẩu *", "Thu nhập bình quân (* 2016)", "Gấp đôi"])
        #expect(grid.lines.map(\.tag)[0] == "xf_thu_khau_2016 xf_thu_khau_2017")
        let asked = grid.lines.map { line in line.cells.map { $0.slot?.question.name ?? "" } }
        #expect(asked == [["khau_2016", "khau_2017", ""], ["tn_2016", "tn_2017", "tn_2018"], ["", "", ""]])
        #expect(plan.nextRow == grid.headRow + 5)
    }

    @Test func readsWhatWasWritten() throws {
        let bound = try bind(filled())
        #expect(bound.meaning == Self.meaning)
        #expect(bound.findings.isEmpty)
        let grid = try #require(EntryLayout(form).sheets.first?.grids.first)
        let cell = bound.answers.first { $0.question == "tn_2017" }?.cell
        #expect(cell?.row == grid.headRow + 2)
        #expect(cell?.column == 5)
    }

    /// Names alone, tags alone with the heads, labels and heads alone.
    @Test func everyCarrierLeadsToTheYear() throws {
        var untagged = filled()
        untagged.removeTags()
        #expect(try bind(untagged).meaning == Self.meaning)
        var unnamed = filled()
        unnamed.names = []
        #expect(try bind(unnamed).meaning == Self.meaning)
        var byHand = filled()
        byHand.removeTags()
        byHand.names = []
        byHand.properties = []
        byHand.sheets = [byHand.sheets[0]]
        let bound = try bind(byHand)
        #expect(bound.meaning == Self.meaning)
        #expect(bound.findings(.fieldUnbound).first?.arguments["foundBy"] == "label")
    }

    /// Tags stay with their rows, heads with their columns.
    @Test func followsMovedRowsAndColumns() throws {
        var sorted = filled()
        sorted.names = []
        let grid = try #require(EntryLayout(form).sheets.first?.grids.first)
        let (first, second) = (grid.lines[0].row, grid.lines[1].row)
        sorted.sheets[0].move { ($0 == first ? second : $0 == second ? first : $0, $1) }
        #expect(try bind(sorted).meaning == Self.meaning)
        var exchanged = filled()
        exchanged.names = []
        exchanged.sheets[0].move { row, column in
            let isGrid = (grid.headRow...second).contains(row)
            return (row, isGrid && column == 4 ? 5 : isGrid && column == 5 ? 4 : column)
        }
        #expect(try bind(exchanged).meaning == Self.meaning)
    }

    /// A name that was dragged to another year's cell does not bring that year's answer.
    @Test func aYearsHeadOutweighsADraggedName() throws {
        var draft = filled()
        let dragged = try #require(draft.names.firstIndex { $0.name == "xf_thu_tn_2016" })
        draft.names[dragged].range = try #require(draft.names.first { $0.name == "xf_thu_tn_2017" }).range
        #expect(try bind(draft).meaning == Self.meaning)
        draft.removeTags()
        let meaning = try bind(draft).meaning
        #expect(meaning["tn_2016"] ?? "10.5" == "10.5")
        #expect(meaning["tn_2017"] ?? "21" == "21")
    }

    /// A workbook that went out before its form had the layout, or was made by hand line by line.
    @Test func readsTheOldLayoutToo() throws {
        let lines = try definition(Self.survey.replacing("years-in-columns", with: "                "))
        var draft = EntryWorkbook.blank(lines, EntryContext())
        for (name, value) in Self.values { draft.set(name, value) }
        #expect(try bind(draft).meaning == Self.meaning)
        draft.names = []
        #expect(try bind(draft).meaning == Self.meaning)
    }

    /// What the labels of a question do not share but for the year stays line by line.
    @Test func otherLabelsStayLineByLine() throws {
        let other = try definition(
            Self.survey.replacing("Số khẩu năm 2017             ", with: "Người trong hộ 2017          "))
        let plan = try #require(EntryLayout(other).sheets.first)
        #expect(plan.grids.isEmpty)
        #expect(plan.elements.count == 9)
    }

    @Test func marksTheCellToCorrect() throws {
        var draft = filled()
        draft.set("xf_thu_khau_2017", .text("năm"))
        let bound = try bind(draft)
        let finding = try #require(bound.findings.first { $0.question == "khau_2017" })
        for copy in [EntryWorkbook.MarkedCopy.sendersOwn, .filled] {
            let marking = EntryWorkbook.marking(
                form, bound: bound, findings: [MarkedFinding(finding, found: "năm", todo: "Ghi số.")],
                context: EntryContext(), in: copy)
            #expect(marking.cells.map(\.row) == [finding.cell?.row])
            #expect(marking.cells.map(\.column) == [finding.cell?.column])
        }
        let placed = EntryWorkbook.placed([finding], form, bound: bound, context: EntryContext())
        #expect(placed.map(\.cell) == [finding.cell])
    }
}

extension SheetDraft {
    /// Puts every cell that is not merged elsewhere.
    fileprivate mutating func move(_ place: (_ row: Int, _ column: Int) -> (Int, Int)) {
        for index in cells.indices {
            (cells[index].row, cells[index].column) = place(cells[index].row, cells[index].column)
        }
    }
}
