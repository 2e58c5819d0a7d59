import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct BindingTests {
    private func bind(_ draft: WorkbookDraft, _ forms: [FormDefinition]) throws -> BindingResult {
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        return Binder.bind(workbook, forms: forms, tables: EntryCase.tables)
    }

    @Test func readsWhatWasFilledIn() throws {
        let entry = try EntryCase()
        let bound = try #require(try bind(entry.filled(EntryCase.answers), [entry.form]).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
        #expect(bound.tableRows == ["bang": [9, 11]])
        #expect(bound.printed == PrintedContext(unit: UnitCode("tl"), period: "2019"))
        #expect(bound.answer("ho", row: 2)?.cell?.a1 == "C11")
    }

    @Test func claimsItsFormInFourPlaces() throws {
        let entry = try EntryCase()
        let workbook = try WorkbookReader.read(WorkbookWriter.write(entry.blank))
        #expect(Binder.claimedForms(in: workbook) == [FormClaim(form: entry.form.identity, score: 4)])
    }
}
