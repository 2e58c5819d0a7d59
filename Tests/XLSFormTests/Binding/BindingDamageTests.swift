import Records
import Sheets
import Support
import Testing

@testable import XLSForm

/// Damage that once led an answer into a question that it was not given to (found by `make fuzz`).
@Suite struct BindingDamageTests {
    private func bind(_ draft: WorkbookDraft, _ form: FormDefinition) throws -> BoundWorkbook {
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        return try #require(Binder.bind(workbook, forms: [form], tables: EntryCase.tables).only)
    }

    /// The label is gone too, so that the field's own cell has its tag alone against the dragged name.
    @Test func noCellAnswersTwoQuestions() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        let index = try #require(draft.names.firstIndex { $0.name == "xf_chung_nguoi_lap" })
        let place = draft.names[index].range
        let phone = try #require(draft.names.first { $0.name == "xf_chung_dien_thoai" })
        draft.names[index].range = phone.range
        draft.sheets[0].set(place.firstRow, place.firstColumn - 1, .text("Khác"))
        #expect(try bind(draft, entry.form).meaning == EntryCase.meaning)
    }

    /// Without tags only the words themselves tell that a row below the table is no row of it: the mark in place of the
    /// value, or the label.
    @Test(arguments: [EntryWording.computed, "Khác"])
    func computedRowsAreNoRowsOfTheTableAboveThem(_ mark: String) throws {
        var entry = try EntryCase().endingWithTable()
        guard case .section(var section)? = entry.form.items.last else { throw EntryCase.CaseError.formUnreadable }
        section.items.append(
            .question(
                Question(
                    name: "so_ho", kind: .calculate, label: ["": "Số hộ (máy tính)"], path: section.path, surveyRow: 99)
            ))
        entry.form = FormDefinition(
            settings: entry.form.settings, items: entry.form.items.dropLast() + [.section(section)],
            choiceLists: entry.form.choiceLists, tables: [:], sha256: entry.form.sha256)
        var draft = entry.filled(EntryCase.answers)
        let places = draft.sheets[1].places { $0.value == .text(EntryWording.computed) }
        let place = try #require(places.first)
        draft.sheets[1].set(place.row, place.column, .text(mark))
        draft.removeTags()
        #expect(try bind(draft, entry.form).tableRows == ["bang": [9, 11]])
    }

    /// Sorting takes labels and answers along, and leaves names behind: without tags nobody knows which of them lies.
    @Test func sortedRowsWithoutTagsAreLeftUnbound() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.removeTags()
        draft.sheets[0].exchangeRows(8, 9)
        let bound = try bind(draft, entry.form)
        let lost: Set = ["nguoi_lap", "dien_thoai"]
        #expect(bound.meaning == EntryCase.meaning.filter { !lost.contains($0.key) })
        #expect(Set(bound.findings(.fieldUnbound).compactMap(\.question)) == lost)
    }

    /// Labels and tags together outweigh the names left behind; the column of the labels is gone, and the other names
    /// tell where it was.
    @Test(arguments: [false, true])
    func sortedRowsAreFoundByTheirTags(_ isLabelColumnDeleted: Bool) throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.sheets[0].exchangeRows(8, 9)
        if isLabelColumnDeleted {
            draft.sheets[0].cells.removeAll { $0.column == 3 }
            draft.moveColumns(from: 4, by: -1)
        }
        #expect(try bind(draft, entry.form).meaning == EntryCase.meaning)
    }

    /// The tag alone is left, and its distance to the answer has changed: the labels of other fields tell by how much.
    @Test func aTagFindsItsAnswerInAColumnThatMoved() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.names = []
        draft.moveColumns(from: 3, by: 1)
        draft.sheets[0].set(8, 4, .text("Khác"))
        #expect(try bind(draft, entry.form).meaning == EntryCase.meaning)
    }

    /// No label is left to tell how far the column moved: where the label was nothing stands now.
    @Test func aTagAloneInASheetThatChangedFindsNothing() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.names = []
        for place in draft.sheets[0].places(where: { $0.column == 3 && $0.row > 4 }) {
            draft.sheets[0].set(place.row, place.column, .text("Khác"))
        }
        draft.moveColumns(from: 3, by: 1)
        let bound = try bind(draft, entry.form)
        let table = EntryCase.meaning.filter { $0.key.contains("#") || $0.key == "cong" }
        let printed = ["don_vi": "tl", "nam": "2019"]
        #expect(bound.meaning == table.merging(printed) { first, _ in first })
        #expect(bound.findings(.fieldUnbound).contains { $0.question == "nguoi_lap" })
    }

    /// Nothing else of the field is left than a name that somebody dragged into a table.
    @Test func aNameAloneFindsNothingInATable() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        let index = try #require(draft.names.firstIndex { $0.name == "xf_nhom_cong" })
        let column = try #require(draft.names.first { $0.name == "xf_nhom_bang_tien" })
        let row = draft.names[index].range.firstRow
        draft.names[index].range = column.range
        draft.sheets[1].cells.removeAll { $0.row == row }
        draft.sheets[1].merged.removeAll { $0.range.firstRow == row }
        let bound = try bind(draft, entry.form)
        #expect(bound.meaning == EntryCase.meaning.filter { $0.key != "cong" })
        #expect(bound.findings(.fieldUnbound).map(\.question) == ["cong"])
    }

    /// A field's tag was exchanged with that of a column: its name and its label still agree.
    @Test func nameAndLabelOutweighATag() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        let tags = ["xf_nhom_cong", "xf_nhom_bang_ho"]
        let places = try tags.map { tag in
            try #require(draft.sheets[1].places { $0.value == .text(tag) }.first)
        }
        draft.sheets[1].set(places[0].row, places[0].column, .text(tags[1]))
        draft.sheets[1].set(places[1].row, places[1].column, .text(tags[0]))
        #expect(try bind(draft, entry.form).meaning == EntryCase.meaning)
    }

    @Test func aDoubledHeadIsNoRow() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        let heads = draft.sheets[1].cells.filter { $0.row == 8 && $0.column >= 3 }
        #expect(heads.count == 3)
        draft.removeTags()
        for head in heads { draft.sheets[1].set(9, head.column, head.value) }
        #expect(try bind(draft, entry.form).tableRows == ["bang": [11]])
    }

    /// A question about who made the report is labelled like the first signature; its own sheet is gone.
    @Test func signaturesAnswerNothing() throws {
        let text = EntryCase.survey.replacing("Người lập ", with: "Người lập biểu ")
        let read = FormReader.read(Workbook(markdown: text), file: "thu.xlsx", sha256: "")
        let form = try #require(read.form)
        let entry = try EntryCase()
        var draft = EntryWorkbook.blank(form, entry.context)
        let lost = draft.sheets.removeFirst().name
        draft.names.removeAll { $0.sheet == lost }
        let bound = try bind(draft, form)
        #expect(bound.answer("nguoi_lap") == nil)
        #expect(bound.findings(.fieldUnbound).contains { $0.question == "nguoi_lap" })
    }
}

extension SheetDraft {
    /// Where the cells that are accepted stand, merged ones too.
    fileprivate func places(where accept: (CellDraft) -> Bool) -> [(row: Int, column: Int)] {
        (cells + merged.map(\.cell)).filter(accept).map { ($0.row, $0.column) }
    }

    /// Exchanges what two rows hold, as sorting does.
    fileprivate mutating func exchangeRows(_ first: Int, _ second: Int) {
        for index in cells.indices {
            let row = cells[index].row
            cells[index].row = row == first ? second : row == second ? first : row
        }
    }
}

extension WorkbookDraft {
    /// Moves what stands in the first sheet from a column on, its names too. Its heading is left out.
    fileprivate mutating func moveColumns(from column: Int, by distance: Int) {
        sheets[0].merged = []
        for index in sheets[0].cells.indices where sheets[0].cells[index].column >= column {
            sheets[0].cells[index].column += distance
        }
        for index in names.indices
        where names[index].sheet == sheets[0].name && names[index].range.firstColumn >= column {
            let range = names[index].range
            names[index].range = CellRange(
                firstRow: range.firstRow, firstColumn: range.firstColumn + distance, lastRow: range.lastRow,
                lastColumn: range.lastColumn + distance)
        }
    }
}
