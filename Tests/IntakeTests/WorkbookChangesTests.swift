import Sheets
import Testing

@testable import Intake

@Suite struct WorkbookChangesTests {
    /// Rows of one sheet named `s`, the head first.
    private static func workbook(_ rows: [[String]], name: String = "s") -> Workbook {
        let cells = rows.enumerated().flatMap { row, texts in
            texts.enumerated().filter { !$1.isEmpty }.map { column, text in
                Cell(row: row + 1, column: column + 1, value: .text(text))
            }
        }
        return Workbook(format: .xlsx, sheets: [Sheet(name: name, cells: cells)])
    }

    private static let heads = ["ma", "nam", "so"]
    private static let before = workbook([heads, ["a", "2018", "1"], ["a", "2019", "2"], ["b", "2018", "3"]])

    private static func changes(_ rows: [[String]]) -> [WorkbookChange] {
        WorkbookChanges.between(before, workbook([heads] + rows))
    }

    @Test func theSameRowsInAnotherOrderAreNoChange() {
        #expect(Self.changes([["b", "2018", "3"], ["a", "2018", "1"], ["a", "2019", "2"]]).isEmpty)
    }

    @Test func aChangedCellIsNamedByItsHead() {
        let found = Self.changes([["a", "2018", "1"], ["a", "2019", "9"], ["b", "2018", "3"]])
        #expect(
            found == [
                WorkbookChange(
                    kind: .changed, sheet: "s", row: 3, name: "a, 2019",
                    cells: [.init(head: "so", before: "2", after: "9")])
            ])
    }

    @Test func rowsComeAndGo() {
        let found = Self.changes([["a", "2018", "1"], ["c", "2020", "7"], ["b", "2018", "3"]])
        #expect(found.map(\.kind) == [.removed, .added])
        #expect(found.map(\.name) == ["a, 2019", "c, 2020"])
        #expect(
            found[0].cells == [
                .init(head: "ma", before: "a", after: ""), .init(head: "nam", before: "2019", after: ""),
                .init(head: "so", before: "2", after: ""),
            ])
    }

    @Test func aRenamedRecordInItsPlaceIsOneChange() {
        let found = Self.changes([["a", "2018", "1"], ["a", "2020", "2"], ["b", "2018", "3"]])
        #expect(found.map(\.kind) == [.changed])
        #expect(found.first?.cells == [.init(head: "nam", before: "2019", after: "2020")])
    }

    @Test func aSheetThatIsGoneLosesItsRows() {
        let found = WorkbookChanges.between(Self.before, Self.workbook([["x"], ["1"]], name: "t"))
        #expect(found.map(\.sheet) == ["t", "s", "s", "s"])
        #expect(found.map(\.kind) == [.added, .removed, .removed, .removed])
    }

    @Test func aRowThatStandsTwiceIsCountedTwice() {
        let twice = Self.changes([["a", "2018", "1"], ["a", "2018", "1"], ["a", "2019", "2"], ["b", "2018", "3"]])
        #expect(twice.map(\.kind) == [.added])
    }
}
