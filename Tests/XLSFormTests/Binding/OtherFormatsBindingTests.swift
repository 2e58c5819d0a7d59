import Foundation
import Records
import Sheets
import Testing

@testable import XLSForm

/// A workbook of ours that comes back in another format binds to the same answers.
@Suite struct OtherFormatsBindingTests {
    private static func workbook(_ file: String) throws -> Workbook {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try WorkbookReader.read(
            [UInt8](try Data(contentsOf: fixtures.appending(path: "Fixtures/Entry/\(file)"))))
    }

    /// `resaved.xlsx` and `rearranged.xlsx` as LibreOffice 7.4 saves them: with every mark of form and version, though
    /// in old Excel files the dots of defined names have become underscores.
    @Test(arguments: ["resaved", "rearranged"], [WorkbookFormat.ods, .xls])
    func bindsTheSameAnswers(file: String, format: WorkbookFormat) throws {
        let entry = try EntryCase()
        let workbook = try Self.workbook("\(file).\(format.rawValue)")
        #expect(workbook.format == format)
        let original = try Self.workbook("\(file).xlsx")
        #expect(Array(CellListing.lines(of: workbook)) == Array(CellListing.lines(of: original)))
        #expect(Binder.claimedForms(in: workbook) == Binder.claimedForms(in: original))
        let bound = try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
        let expected = try #require(Binder.bind(original, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.tableRows == expected.tableRows)
        #expect(bound.printed == expected.printed)
    }

    @Test(arguments: [WorkbookFormat.ods, .xls])
    func theNamesOfAnswersKeepTheirTargets(format: WorkbookFormat) throws {
        let workbook = try Self.workbook("resaved.\(format.rawValue)")
        let targets = Dictionary(workbook.definedNames.map { ($0.name.lowercased(), $0.target) }) { first, _ in first }
        let answers = try Self.workbook("resaved.xlsx").definedNames.filter { $0.name.hasPrefix("xf_") }
        #expect(!answers.isEmpty)
        for name in answers { #expect(targets[name.name.lowercased()] == .some(name.target)) }
    }

    /// Without a tag in any sheet the names are enough for every field.
    @Test(arguments: [WorkbookFormat.ods, .xls])
    func fieldsAreFoundByNamesAlone(format: WorkbookFormat) throws {
        let whole = try Self.workbook("resaved.\(format.rawValue)")
        let untagged = Workbook(
            format: whole.format,
            sheets: whole.sheets.map { sheet in
                Sheet(
                    name: sheet.name, visibility: sheet.visibility,
                    cells: sheet.cells.filter { cell in
                        guard case .text(let text) = cell.value else { return true }
                        return !EntrySlots.tagPrefixes.contains { text.hasPrefix($0) }
                    }, merged: sheet.merged)
            }, definedNames: whole.definedNames, properties: whole.properties)
        let entry = try EntryCase()
        let bound = try #require(Binder.bind(untagged, forms: [entry.form], tables: EntryCase.tables).only)
        let tagged = try #require(Binder.bind(whole, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.answers.filter { $0.row == nil } == tagged.answers.filter { $0.row == nil })
    }
}
