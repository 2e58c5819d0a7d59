import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct EntryCorrectionTests {
    private static let wrong = EntryCase.answers.merging([
        "xf_chung_kinh_phi": .text("nhiều"), "xf_nhom_bang_thon#3": .text("Thôn Nam"),
        "xf_chung_ty_le": .text("4,08"),
    ]) { $1 }

    private func corrected(_ entry: EntryCase) throws -> (bound: BoundWorkbook, draft: WorkbookDraft) {
        let workbook = try WorkbookReader.read(WorkbookWriter.write(entry.filled(Self.wrong)))
        let bound = try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        var context = entry.context
        context.receipt = Receipt("BC-2019-0042")
        let marks = bound.findings.map { MarkedFinding($0, found: $0.arguments["value"] ?? "", todo: "ghi lại") }
        return (bound, EntryWorkbook.corrected(entry.form, bound: bound, findings: marks, context: context))
    }

    @Test func keepsTheSendersValuesAndMarksOnlyErrors() throws {
        let entry = try EntryCase()
        let (bound, draft) = try corrected(entry)
        #expect(Set(bound.findings.map(\.code)) == [.cellNotNumber, .hamletUnknown, .cellNumberAsText])
        let wrong = try #require(draft.cell(named: "xf_chung_kinh_phi"))
        #expect(wrong.value == .text("nhiều"))
        #expect(wrong.style.fill == EntryStyles.wrong)
        #expect(wrong.comment == "nhiều\nghi lại")
        let rate = try #require(draft.cell(named: "xf_chung_ty_le"))
        #expect(rate.value == .number(4.08))
        #expect(rate.comment == nil)
        #expect(rate.style.fill == EntryStyles.open)
        #expect(draft.cell(named: "xf_chung_nguoi_lap")?.value == .text("Nguyễn Thị Hà"))
    }

    @Test func listsEveryFindingOnItsLastSheet() throws {
        let (bound, draft) = try corrected(try EntryCase())
        let sheet = try #require(draft.sheets.last)
        #expect(sheet.name == EntryWording.correctionSheet)
        #expect(draft.activeSheet == draft.sheets.count - 1)
        let links = sheet.cells.compactMap { if case .link(let address, _) = $0.value { address } else { nil } }
        #expect(links.count == bound.findings.count)
        #expect(links.contains("internal:'A. Thông tin'!D12"))
        #expect(links.contains("internal:'B. Danh sách'!D10"))
    }

    @Test func tellsWhereItsCellsAre() throws {
        let entry = try EntryCase()
        let (bound, draft) = try corrected(entry)
        func lower(_ cell: CellReference?) -> CellReference? {
            cell.flatMap { CellReference(sheet: $0.sheet, row: $0.row + 3, column: $0.column) }
        }
        // The same workbook with three rows more on top of every sheet.
        let senders = BoundWorkbook(
            form: bound.form, receipt: bound.receipt, printed: bound.printed,
            answers: bound.answers.map {
                Answer(
                    question: $0.question, row: $0.row, value: $0.value, shown: $0.shown, cell: lower($0.cell))
            }, tableRows: bound.tableRows, findings: [])
        let findings = bound.findings.map {
            Finding($0.code, severity: $0.severity, cell: lower($0.cell), question: $0.question, label: $0.label)
        }
        let placed = EntryWorkbook.placed(findings, entry.form, bound: senders, context: entry.context)
        let sheet = try #require(draft.sheets.last)
        let links = sheet.cells.compactMap { if case .link(_, let text) = $0.value { text } else { nil } }
        #expect(placed.map(\.cell?.a1) == links)
    }

    @Test func leavesMissingPapersOutOfItsList() throws {
        let entry = try EntryCase()
        let (bound, _) = try corrected(entry)
        let paper = Finding(.evidenceMissing, severity: .warning, question: "kinh_phi", label: "MC1")
        let marks = (bound.findings + [paper]).map { MarkedFinding($0, found: "", todo: "") }
        let draft = EntryWorkbook.corrected(entry.form, bound: bound, findings: marks, context: entry.context)
        let last = try #require(draft.sheets.last)
        #expect(last.cells.filter { if case .link = $0.value { true } else { false } }.count == bound.findings.count)
    }

    @Test func comesBackWithItsReceiptAndExplanations() throws {
        let entry = try EntryCase()
        var (bound, draft) = try corrected(entry)
        let last = draft.sheets.count - 1
        let row = CorrectionSheet.headRow + 1
        draft.sheets[last].set(row, CorrectionSheet.explanationColumn, .text("Đúng như vậy"))
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        let again = try #require(Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only)
        #expect(again.receipt == Receipt("BC-2019-0042"))
        let first = try #require(bound.findings.first)
        #expect(
            again.explanations == [
                Explanation(code: first.code, question: first.question, row: nil, rule: nil, text: "Đúng như vậy")
            ])
        // The number that was typed as text is one now; nothing else has changed.
        bound = again
        #expect(bound.findings.map(\.code) == [.cellNotNumber, .hamletUnknown])
        #expect(bound.meaning["ho#2"] == "Lê Thị Bình")
    }

    @Test func showsTheReceiptWhereMetaIsLost() throws {
        let entry = try EntryCase()
        var (_, draft) = try corrected(entry)
        draft.sheets.removeAll { $0.name == MetaSheet.sheetName }
        draft.activeSheet = 0
        let workbook = try WorkbookReader.read(WorkbookWriter.write(draft))
        #expect(
            Binder.bind(workbook, forms: [entry.form], tables: EntryCase.tables).only?.receipt
                == Receipt("BC-2019-0042"))
    }
}
