import Foundation
import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct BindingTests {
    private func bind(_ draft: WorkbookDraft, _ forms: [FormDefinition]) throws -> BindingResult {
        Binder.bind(
            try WorkbookReader.read(WorkbookWriter.write(draft)), forms: forms, tables: EntryCase.tables)
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

    @Test func bindsBlankCellsToo() throws {
        let entry = try EntryCase()
        let bound = try #require(try bind(entry.blank, [entry.form]).only)
        #expect(bound.meaning == ["don_vi": "tl", "nam": "2019"])
        #expect(bound.answer("nguoi_lap")?.cell?.a1 == "D8")
        #expect(bound.tableRows == ["bang": []])
        #expect(bound.findings.isEmpty)
    }

    @Test func claimsItsFormInFourPlaces() throws {
        let entry = try EntryCase()
        let workbook = try WorkbookReader.read(WorkbookWriter.write(entry.blank))
        #expect(Binder.claimedForms(in: workbook) == [FormClaim(form: entry.form.identity, score: 4)])
    }

    // MARK: What happens to workbooks

    /// Saved again as ods, as xls or as xlsx by a spreadsheet program; and with rows and a column inserted, a sheet
    /// renamed, moved and copied.
    @Test(arguments: ["resaved", "resaved-as-ods", "resaved-as-xls", "rearranged"])
    func survives(_ file: String) throws {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: fixtures.appending(path: "Fixtures/Entry/\(file).xlsx"))
        let entry = try EntryCase()
        let workbook = try WorkbookReader.read([UInt8](bytes))
        let bound = try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
    }

    @Test func findsAnswersByTagsWhenNamesAreLost() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.names = []
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
    }

    @Test func findsAnswersByNamesWhenTagsAreLost() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.removeTags()
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.isEmpty)
    }

    @Test func findsAnswersByLabelsAndSaysSo() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        draft.removeTags()
        draft.names = []
        draft.properties = []
        draft.sheets.removeAll { $0.name.hasPrefix("_") }
        // The cell with the form's id and version is a mark too.
        for index in draft.sheets.indices { draft.sheets[index].merged.removeAll { $0.range.firstRow == 1 } }
        draft.sheets[0].cells.removeAll { $0.row == 1 }
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        #expect(Binder.claimedForms(in: workbook).isEmpty)
        let bound = try #require(
            Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.meaning == EntryCase.meaning)
        #expect(bound.findings.map(\.code) == [.fieldUnbound])
        #expect(bound.findings.map(\.severity) == [.note])
    }

    @Test func leavesOtherWorkbooksAlone() throws {
        let entry = try EntryCase()
        var sheet = SheetDraft(name: "Sheet1")
        sheet.cells = [
            CellDraft(row: 1, column: 1, value: .text("Mức sống")), CellDraft(row: 2, column: 1, value: .number(2)),
        ]
        var draft = WorkbookDraft()
        draft.sheets = [sheet]
        guard case .unknown = try bind(draft, [entry.form]) else {
            Issue.record("bound a workbook of no form")
            return
        }
    }

    @Test func tagAndLabelOutweighANameThatWasDragged() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        // Cutting a cell and pasting it elsewhere takes its name along.
        let index = try #require(draft.names.firstIndex { $0.name == "xf_chung_nguoi_lap" })
        let phone = try #require(draft.names.first { $0.name == "xf_chung_dien_thoai" })
        draft.names[index].range = phone.range
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.meaning == EntryCase.meaning)
    }

    @Test func tablesGrowBelowTheirEndUntilBlankRows() throws {
        let entry = try EntryCase().endingWithTable()
        var draft = entry.blank
        for row in [9, 12, 13, 14, 20] { draft.sheets[1].set(row, 3, .text("Hộ \(row)")) }
        // Nothing stands below the table but what was typed there.
        draft.sheets[1].merged.removeAll { $0.range.firstRow > 13 }
        draft.sheets[1].cells.removeAll { $0.row > 13 && $0.column != 3 }
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.tableRows["bang"] == [9, 12, 13, 14])
    }

    @Test func signaturesAreNoRows() throws {
        let entry = try EntryCase().endingWithTable()
        var draft = entry.blank
        draft.sheets[1].set(12, 3, .text("Hộ cuối"))
        draft.names.removeAll { $0.sheet == draft.sheets[1].name }
        let bound = try bind(draft, [entry.form]).only
        #expect(bound?.tableRows["bang"] == [12])
    }

    // MARK: Versions and forms

    @Test func judgesAnOlderVersionByThatVersion() throws {
        let old = try EntryCase(version: "2019.2")
        let new = try EntryCase(version: "2019.10")
        let bound = try #require(try bind(old.blank, [old.form, new.form]).only)
        #expect(bound.form.version == "2019.2")
        #expect(bound.findings.map(\.code) == [.formOld])
        #expect(bound.findings.first?.arguments["newest"] == "2019.10")
    }

    @Test func takesTheNewestForAVersionThatIsNotKept() throws {
        let lost = try EntryCase(version: "2018.1")
        let kept = try EntryCase(version: "2019.2")
        let bound = try #require(try bind(lost.filled(EntryCase.answers), [kept.form]).only)
        #expect(bound.form.version == "2019.2")
        #expect(bound.findings.map(\.code) == [.formOld])
        #expect(bound.meaning == EntryCase.meaning)
    }

    @Test func theMajorityOfMarksDecides() throws {
        let old = try EntryCase(version: "2019.1")
        let new = try EntryCase(version: "2019.2")
        var draft = new.blank
        // Sheets copied from last year's file into this year's.
        for index in draft.sheets.indices {
            for cell in draft.sheets[index].cells.indices
            where draft.sheets[index].cells[cell].value == .text("xform:thu 2019.2") {
                draft.sheets[index].cells[cell].value = .text("xform:thu 2019.1")
            }
        }
        let bound = try bind(draft, [old.form, new.form]).only
        #expect(bound?.form.version == "2019.2")
    }

    @Test func bindsEveryFormGatheredInOneFile() throws {
        let first = try EntryCase()
        var second = try EntryCase()
        second.form = FormDefinition(
            settings: FormSettings(title: "Khác", id: "khac", version: "1"), items: second.form.items,
            choiceLists: second.form.choiceLists, tables: [:], sha256: "")
        var draft = first.filled(EntryCase.answers)
        for var sheet in second.blank.sheets.prefix(2) {
            sheet.name += " khác"
            draft.sheets.append(sheet)
        }
        guard case .bound(let all) = try bind(draft, [first.form, second.form]) else {
            Issue.record("unknown")
            return
        }
        #expect(all.map(\.form.id) == ["thu", "khac"])
        #expect(all.first?.meaning == EntryCase.meaning)
        #expect(all.last?.meaning["nguoi_lap"] == nil)
    }

    // MARK: Places that are gone

    /// Sheets of two units in one workbook are two submissions; a copy of one's own is none.
    @Test(arguments: [("Xã Vượng Lộc", 2), ("Xã Thiên Lộc", 1)])
    func bindsOneFormTwiceInOneFile(_ unit: String, _ count: Int) throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        var other = entry.filled(["xf_chung_nguoi_lap": .text("Lê Văn Cường"), "xf_chung_don_vi": .text(unit)])
        for (index, name) in ["A (2)", "B (2)"].enumerated() {
            other.sheets[index].name = name
            draft.sheets.append(other.sheets[index])
        }
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        guard case .bound(let all) = Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables) else {
            Issue.record("not bound")
            return
        }
        #expect(all.count == count)
        #expect(all[0].meaning == EntryCase.meaning)
        if count == 2 {
            #expect(all[1].meaning == ["don_vi": "vl", "nam": "2019", "nguoi_lap": "Lê Văn Cường"])
            #expect(all[1].findings(.cellLocked).isEmpty)
        }
    }

    @Test func saysWhichQuestionsAreGone() throws {
        let entry = try EntryCase()
        var draft = entry.filled(EntryCase.answers)
        // The row of `kinh_phi` is deleted: its name points nowhere, tag and label are gone.
        let name = try #require(draft.names.first { $0.name == "xf_chung_kinh_phi" })
        draft.names.removeAll { $0.name == name.name }
        draft.sheets[0].cells.removeAll { $0.row == name.range.firstRow }
        draft.sheets[0].merged.removeAll { $0.range.firstRow == name.range.firstRow }
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.findings.map(\.code) == [.fieldUnbound])
        #expect(bound.findings.map(\.question) == ["kinh_phi"])
        #expect(bound.findings.map(\.severity) == [.error])
        #expect(bound.answer("kinh_phi") == nil)
    }

    @Test func namesThatPointNowhereFallThrough() throws {
        let entry = try EntryCase()
        let workbook = try WorkbookReader.read(WorkbookWriter.write(entry.filled(EntryCase.answers)))
        let broken = Workbook(
            format: workbook.format, sheets: workbook.sheets,
            definedNames: workbook.definedNames.map { DefinedName(name: $0.name, formula: "#REF!", target: nil) },
            properties: workbook.properties)
        let bound = try #require(Binder.bind(broken, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(bound.meaning == EntryCase.meaning)
    }

    @Test func aLockedCellThatDiffersIsAFinding() throws {
        let entry = try EntryCase()
        let draft = entry.filled(["xf_chung_nam": .number(2018), "xf_chung_don_vi": .text("Xã Vượng Lộc")])
        let bound = try #require(try bind(draft, [entry.form]).only)
        #expect(bound.findings.map(\.code) == [.cellLocked, .cellLocked])
        #expect(bound.findings.map { $0.cell?.a1 } == ["D6", "D7"])
        #expect(bound.findings.map { $0.arguments["printed"] } == ["Xã Thiên Lộc", "2019"])
    }
}

extension WorkbookDraft {
    /// Empties the hidden tag columns and tag rows.
    mutating func removeTags() {
        for index in sheets.indices {
            sheets[index].cells.removeAll { cell in
                guard case .text(let text) = cell.value else { return false }
                return text.hasPrefix("xf") || text.hasPrefix("xn_") || text.hasPrefix("xt_") || text.hasPrefix("xe_")
            }
        }
    }
}
