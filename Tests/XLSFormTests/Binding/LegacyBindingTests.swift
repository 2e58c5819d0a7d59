import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct LegacyBindingTests {
    /// The good sample with other texts in some cells, each in a font.
    private func bind(_ texts: [String: (text: String, font: String)]) throws -> BoundWorkbook {
        let entry = try EntryCase()
        let draft = entry.filled(EntryCase.answers.merging(texts.mapValues { .text($0.text) }) { $1 })
        let fonts = Dictionary(texts.values.map { ($0.text, $0.font) }) { first, _ in first }
        let read = try WorkbookReader.read(WorkbookWriter.write(draft))
        let workbook = Workbook(
            format: .xlsx,
            sheets: read.sheets.map { sheet in
                Sheet(
                    name: sheet.name, visibility: sheet.visibility,
                    cells: sheet.cells.map { cell in
                        guard case .text(let text) = cell.value, let font = fonts[text] else { return cell }
                        return Cell(
                            row: cell.row, column: cell.column, value: cell.value,
                            runs: [FontRun(text: text, font: font)])
                    }, merged: sheet.merged)
            }, definedNames: read.definedNames, properties: read.properties)
        return try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
    }

    @Test func decodesAnswersAndChoices() throws {
        let bound = try bind([
            "xf_chung_nguoi_lap": ("NguyÔn ThÞ Hµ", ".VnTime"), "xf_nhom_bang_ho#3": ("Leâ Thò Bình", "VNI-Times"),
            "xf_nhom_bang_thon#1": ("Th«n §«ng", ".VnTime"),
        ])
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.map(\.code) == [.textLegacy, .textLegacy, .textLegacy])
        #expect(bound.findings.allSatisfy { $0.severity == .note })
    }

    /// `nhân` alone is good Unicode and good TCVN3; the others of its font tell.
    @Test func asksTheNeighboursOfTheSameFont() throws {
        let together = try bind([
            "xf_nhom_bang_ho#3": ("Lª ThÞ B×nh", ".VnTime"), "xf_nhom_bang_ho#1": ("nhân", ".VnTime"),
        ])
        #expect(together.meaning["ho#1"] == "nhõn")
        let unicode = try bind([
            "xf_nhom_bang_ho#3": ("Lê Thị Bình", ".VnTime"), "xf_nhom_bang_ho#1": ("nhân", ".VnTime"),
        ])
        #expect(unicode.meaning["ho#1"] == "nhân")
        #expect(unicode.findings(.textLegacyUnknown).isEmpty)
    }

    @Test func asksWhereNothingTells() throws {
        let bound = try bind(["xf_nhom_bang_ho#1": ("nhân", ".VnTime")])
        #expect(bound.meaning["ho#1"] == "nhân")
        let finding = try #require(bound.findings(.textLegacyUnknown).first)
        #expect(finding.severity == .error)
        #expect(finding.question == "ho")
        #expect(try bind(["xf_nhom_bang_ho#1": ("nhân", "Times New Roman")]).findings.isEmpty)
    }

    /// A name that is no syllable is decoded with the others of its font, and asked about without them.
    @Test func namesFollowTheirFont() throws {
        let together = try bind([
            "xf_nhom_bang_ho#3": ("Lª ThÞ B×nh", ".VnTime"), "xf_nhom_bang_ho#1": ("Ir¾c", ".VnTime"),
        ])
        #expect(together.meaning["ho#1"] == "Irắc")
        #expect(try bind(["xf_nhom_bang_ho#1": ("Ir¾c", ".VnTime")]).findings(.textLegacyUnknown).count == 1)
    }

    @Test func decodesRunByRun() throws {
        let cell = Cell(
            row: 1, column: 1, value: .text("UBND Th«n §«ng, xã Đồng"),
            runs: [
                FontRun(text: "UBND ", font: "Arial"), FontRun(text: "Th«n §«ng", font: ".VnTimeH"),
                FontRun(text: ", xã Đồng", font: "Arial"),
            ])
        let workbook = Workbook(format: .xls, sheets: [Sheet(name: "S", cells: [cell])])
        let decoding = LegacyDecoding(workbook)
        #expect(decoding.workbook.sheets[0].cells[0].value == .text("UBND THÔN ĐÔNG, xã Đồng"))
        #expect(decoding.decoded.count == 1)
    }
}
