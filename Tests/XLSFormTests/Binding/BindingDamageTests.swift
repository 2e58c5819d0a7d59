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

    /// Without tags only the words themselves tell that a row below the table is no row of it.
    @Test func computedRowsAreNoRowsOfTheTableAboveThem() throws {
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
        #expect(
            draft.sheets[1].merged.contains { $0.cell.value == .text(EntryWording.computed) }
                || draft.sheets[1].cells.contains { $0.value == .text(EntryWording.computed) })
        draft.removeTags()
        #expect(try bind(draft, entry.form).tableRows == ["bang": [9, 11]])
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
