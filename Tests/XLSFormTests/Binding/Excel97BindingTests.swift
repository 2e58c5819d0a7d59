import Foundation
import Sheets
import Testing

@testable import XLSForm

/// A workbook of ours that comes back as an old Excel file binds to the same answers.
@Suite struct Excel97BindingTests {
    private static func bytes(_ file: String) throws -> [UInt8] {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: fixtures.appending(path: "Fixtures/Entry/\(file)")))
    }

    /// `resaved.xlsx` and `rearranged.xlsx` as LibreOffice 7.4 saves them: with every mark of form and version, though
    /// the dots of defined names have become underscores.
    @Test(arguments: ["resaved", "rearranged"]) func bindsTheSameAnswers(file: String) throws {
        let entry = try EntryCase()
        let workbook = try WorkbookReader.read(Self.bytes("\(file).xls"))
        #expect(workbook.format == .xls)
        let original = try WorkbookReader.read(Self.bytes("\(file).xlsx"))
        #expect(Array(CellListing.lines(of: workbook)) == Array(CellListing.lines(of: original)))
        #expect(Binder.claimedForms(in: workbook) == Binder.claimedForms(in: original))
        let bound = try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
        let expected = try #require(Binder.bind(original, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.tableRows == expected.tableRows)
        #expect(bound.printed == expected.printed)
    }

    /// Defined names alone lead to the answers, too: no tag is needed.
    @Test func findsAnswersByNamesAlone() throws {
        let workbook = try WorkbookReader.read(Self.bytes("resaved.xls"))
        let targets = Dictionary(workbook.definedNames.map { ($0.name.lowercased(), $0.target) }) { first, _ in first }
        let original = try WorkbookReader.read(Self.bytes("resaved.xlsx"))
        let answers = original.definedNames.filter { $0.name.hasPrefix("xf_") }
        #expect(!answers.isEmpty)
        for name in answers { #expect(targets[name.name.lowercased()] == .some(name.target)) }
    }
}
