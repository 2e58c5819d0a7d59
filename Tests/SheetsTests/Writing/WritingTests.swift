import Records
import Sheets
import Testing

@Suite struct WritingTests {
    private func draft(_ change: (inout SheetDraft) -> Void) -> WorkbookDraft {
        var sheet = SheetDraft(name: "Trang 1")
        change(&sheet)
        var draft = WorkbookDraft()
        draft.sheets = [sheet]
        return draft
    }

    @Test(arguments: [
        (CellDraft.Value.text("Hộ nghèo"), CellValue.text("Hộ nghèo")), (.number(4.08), .number(4.08)),
        (.date(CivilDate(daysSince1970: 18_000)), .date(milliseconds: 18_000 * 86_400_000)),
        (.boolean(true), .boolean(true)), (.formula("=1+1", result: "2"), .number(2)),
        (.link("internal:'Trang 1'!A1", text: "A1"), .text("A1")), (.text("a\u{0}b\u{FFFF}"), .text("ab")),
        (.text("dòng 1\ndòng 2"), .text("dòng 1\ndòng 2")),
    ])
    func readsBackWhatItWrote(_ pair: (CellDraft.Value, CellValue)) throws {
        var style = CellStyle.plain
        if case .date = pair.0 { style.numberFormat = "dd/mm/yyyy" }
        let draft = draft { $0.cells = [CellDraft(row: 2, column: 3, value: pair.0, style: style)] }
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        #expect(workbook[sheet: "Trang 1"]?[row: 2, column: 3]?.value == pair.1)
    }

    @Test func theSameDraftGivesTheSameBytes() throws {
        let draft = draft { sheet in
            sheet.cells = (1...50).map { CellDraft(row: $0, column: 1, value: .text("ô \($0)"), comment: "ghi chú") }
        }
        let first = try WorkbookWriter.write(draft)
        let second = try WorkbookWriter.write(draft)
        #expect(first == second)
    }

    @Test func keepsNamesPropertiesAndVisibility() throws {
        var draft = draft { $0.cells = [CellDraft(row: 1, column: 1, value: .text("x"))] }
        var hidden = SheetDraft(name: "_meta")
        hidden.visibility = .hidden
        draft.sheets.append(hidden)
        let range = CellRange(firstRow: 2, firstColumn: 1, lastRow: 5, lastColumn: 1)
        draft.names = [NameDraft(name: "xf_a", sheet: "Trang 1", range: range)]
        draft.properties = [("xform_id", "thu")]
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        #expect(workbook.definedNames.first?.target == DefinedName.Target(sheet: "Trang 1", range: range))
        #expect(workbook.properties["xform_id"] == "thu")
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden])
    }

    /// The library would only print a warning and leave the thing out.
    @Test(arguments: 0..<9) func breaksNoLimitSilently(_ index: Int) {
        let cell = CellRange(firstRow: 1, firstColumn: 1, lastRow: 1, lastColumn: 1)
        let long = String(repeating: "a", count: 300)
        var drafts = [
            draft { $0.cells = [CellDraft(row: 1, column: 1, value: .text(String(repeating: "a", count: 32_768)))] },
            draft { $0.cells = [CellDraft(row: 0, column: 1, value: .text("a"))] },
            draft { $0.cells = [CellDraft(row: 1, column: 16_385, value: .text("a"))] },
            draft { $0.cells = [CellDraft(row: 1, column: 1, value: .number(.nan))] },
            draft { $0.name = String(repeating: "a", count: 32) },
            draft { $0.name = "a/b" },
            draft { $0.validations = [ValidationDraft(range: cell, rule: .any, inputMessage: long)] },
            draft { $0.pageHeader = long },
            draft { _ in },
        ]
        drafts[8].names = [NameDraft(name: long, sheet: "Trang 1", range: cell)]
        #expect { try WorkbookWriter.write(drafts[index]) } throws: { error in
            (error as? WorkbookWriterError)?.code == .content
        }
    }

    @Test func twoSheetsOfOneNameAreRefused() {
        var draft = draft { _ in }
        draft.sheets.append(SheetDraft(name: "TRANG 1"))
        #expect(throws: WorkbookWriterError.self) { try WorkbookWriter.write(draft) }
    }
}
