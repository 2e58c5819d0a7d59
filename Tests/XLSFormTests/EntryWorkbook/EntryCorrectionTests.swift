import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct EntryCorrectionTests {
    private static let wrong = EntryCase.answers.merging([
        "xf_chung_kinh_phi": .text("nhiều"), "xf_nhom_bang_thon#3": .text("Thôn Nam"),
        "xf_chung_ty_le": .text("4,08"),
    ]) { $1 }

    /// A sender's workbook, what is found in it, and what is to be marked.
    private struct Case {
        let entry: EntryCase
        let bytes: [UInt8]
        let bound: BoundWorkbook

        init(_ values: [String: CellDraft.Value]) throws {
            entry = try EntryCase()
            bytes = try WorkbookWriter.write(entry.filled(values))
            bound = try #require(
                Binder.bind(WorkbookReader.read(bytes), forms: [entry.form], tables: EntryCase.tables).only)
        }

        func marking(_ copy: EntryWorkbook.MarkedCopy = .sendersOwn, adding more: [Finding] = []) -> WorkbookMarking {
            let marks = (bound.findings + more).map {
                MarkedFinding($0, found: $0.arguments["value"] ?? "", todo: "ghi lại")
            }
            var context = entry.context
            context.receipt = Receipt("BC-2019-0042")
            return EntryWorkbook.marking(entry.form, bound: bound, findings: marks, context: context, in: copy)
        }

        func bound(_ bytes: [UInt8]) throws -> BoundWorkbook {
            try #require(Binder.bind(WorkbookReader.read(bytes), forms: [entry.form], tables: EntryCase.tables).only)
        }
    }

    private static func links(_ marking: WorkbookMarking) -> [String] {
        marking.list.cells.compactMap { if case .link(let address, _) = $0.value { address } else { nil } }
    }

    @Test func marksOnlyErrors() throws {
        let sample = try Case(Self.wrong)
        #expect(Set(sample.bound.findings.map(\.code)) == [.cellNotNumber, .hamletUnknown, .cellNumberAsText])
        let marks = sample.marking().cells
        #expect(marks.map(\.text) == ["nhiều\nghi lại", "Thôn Nam\nghi lại"])
        let money = try #require(sample.bound.answer("kinh_phi")?.cell)
        #expect(marks.first == .init(sheet: money.sheet, row: money.row, column: money.column, text: marks[0].text))
    }

    @Test func listsEveryFindingWithItsCell() throws {
        let sample = try Case(Self.wrong)
        let marking = sample.marking()
        #expect(marking.list.name == EntryWording.correctionSheet)
        let links = Self.links(marking)
        #expect(links.count == sample.bound.findings.count)
        #expect(links.contains("internal:'A. Thông tin'!D12"))
        #expect(links.contains("internal:'B. Danh sách'!D11"))
    }

    @Test func fillsANewWorkbookWithTheSendersValues() throws {
        let sample = try Case(Self.wrong)
        let draft = EntryWorkbook.filled(sample.entry.form, bound: sample.bound, context: sample.entry.context)
        #expect(draft.cell(named: "xf_chung_kinh_phi")?.value == .text("nhiều"))
        #expect(draft.cell(named: "xf_chung_ty_le")?.value == .number(4.08))
        #expect(draft.cell(named: "xf_chung_nguoi_lap")?.value == .text("Nguyễn Thị Hà"))
        // Rows of the table are closed up: the third is the second now.
        let links = Self.links(sample.marking(.filled))
        #expect(links.contains("internal:'B. Danh sách'!D10"))
    }

    @Test func tellsWhereTheCellsOfTheNewWorkbookAre() throws {
        let sample = try Case(Self.wrong)
        func lower(_ cell: CellReference?) -> CellReference? {
            cell.flatMap { CellReference(sheet: $0.sheet, row: $0.row + 3, column: $0.column) }
        }
        // The same workbook with three rows more on top of every sheet.
        let senders = BoundWorkbook(
            form: sample.bound.form, receipt: sample.bound.receipt, printed: sample.bound.printed,
            answers: sample.bound.answers.map {
                Answer(
                    question: $0.question, row: $0.row, value: $0.value, shown: $0.shown, cell: lower($0.cell))
            }, tableRows: sample.bound.tableRows, findings: [])
        let findings = sample.bound.findings.map {
            Finding($0.code, severity: $0.severity, cell: lower($0.cell), question: $0.question, label: $0.label)
        }
        let placed = EntryWorkbook.placed(
            findings, sample.entry.form, bound: senders, context: sample.entry.context)
        let links = Self.links(sample.marking(.filled))
        #expect(
            placed.compactMap { $0.cell?.a1 } == links.compactMap { $0.split(separator: "!").last.map(String.init) })
    }

    @Test func leavesMissingPapersOutOfItsList() throws {
        let sample = try Case(Self.wrong)
        let paper = Finding(.evidenceMissing, severity: .warning, question: "kinh_phi", label: "MC1")
        #expect(Self.links(sample.marking(adding: [paper])).count == sample.bound.findings.count)
    }

    @Test func comesBackUnchanged() throws {
        let sample = try Case(Self.wrong)
        let marked = try WorkbookMarker.mark(sample.bytes, with: sample.marking())
        let again = try sample.bound(marked.bytes)
        #expect(again.receipt == Receipt("BC-2019-0042"))
        #expect(again.answers == sample.bound.answers)
        #expect(again.findings == sample.bound.findings)
        #expect(again.explanations.isEmpty)
    }

    @Test func comesBackWithExplanations() throws {
        let sample = try Case(Self.wrong)
        var marking = sample.marking()
        marking.list.set(CorrectionSheet.headRow + 1, CorrectionSheet.explanationColumn, .text("Đúng như vậy"))
        let again = try sample.bound(WorkbookMarker.mark(sample.bytes, with: marking).bytes)
        let first = try #require(sample.bound.findings.first)
        #expect(
            again.explanations == [
                Explanation(code: first.code, question: first.question, row: nil, rule: nil, text: "Đúng như vậy")
            ])
    }

    /// Corrected and wrong elsewhere: only what is wrong now is marked.
    @Test func isMarkedAnewInTheNextRound() throws {
        let sample = try Case(Self.wrong)
        let first = try WorkbookMarker.mark(sample.bytes, with: sample.marking())
        let better = try Case(EntryCase.answers.merging(["xf_chung_kinh_phi": .text("chưa rõ")]) { $1 })
        // The first copy with the second round's answers in it would be patched like this one.
        let second = try WorkbookMarker.mark(first.bytes, with: better.marking())
        let sheets = try WorkbookReader.read(second.bytes).sheets
        #expect(sheets.filter { $0.name.hasPrefix(EntryWording.correctionSheet) }.count == 1)
        #expect(sheets.last?.name == EntryWording.correctionSheet)
    }

    @Test func showsTheReceiptWhereMetaIsLost() throws {
        let sample = try Case(EntryCase.answers)
        var context = sample.entry.context
        context.receipt = Receipt("BC-2019-0042")
        var draft = EntryWorkbook.filled(sample.entry.form, bound: sample.bound, context: context)
        draft.sheets.removeAll { $0.name == MetaSheet.sheetName }
        #expect(try sample.bound(WorkbookWriter.write(draft)).receipt == Receipt("BC-2019-0042"))
    }
}
