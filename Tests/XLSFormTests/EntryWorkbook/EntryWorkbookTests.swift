import Foundation
import Records
import Sheets
import Testing

@testable import XLSForm

@Suite struct EntryWorkbookTests {
    @Test func hasASheetForEachGroup() throws {
        let draft = try EntryCase().blank
        #expect(draft.sheets.map(\.name) == ["A. Thông tin", "B. Danh sách", "_choices", "_meta"])
        #expect(draft.sheets.map(\.visibility) == [.visible, .visible, .hidden, .hidden])
        #expect(draft.sheets.allSatisfy { $0.isProtected })
    }

    @Test func leavesOutWhatFeedsAStandard() throws {
        let entry = try EntryCase()
        #expect(entry.form.calculationsFeedingStandards == ["kin", "muc_xet"])
        let texts = entry.blank.texts
        #expect(texts.contains("Mở (máy tính)"))
        #expect(!texts.contains("Kín (máy tính)"))
        #expect(!texts.contains("Mức xét (máy tính)"))
    }

    @Test func locksOnlyWhatIsPrinted() throws {
        var entry = try EntryCase()
        #expect(entry.blank.cell(named: "xf_chung_nam")?.style.isLocked == true)
        #expect(entry.blank.cell(named: "xf_chung_don_vi")?.value == .text("Xã Thiên Lộc"))
        #expect(entry.blank.cell(named: "xf_chung_nguoi_lap")?.style.isLocked == false)
        // Nobody could fill in a locked cell that holds nothing.
        entry.context.period = nil
        #expect(entry.blank.cell(named: "xf_chung_nam")?.style.isLocked == false)
    }

    @Test func tableRowsCanBeDeletedAndAreOpen() throws {
        let sheet = try EntryCase().blank.sheets[1]
        #expect(sheet.unlockedRows == [9...12])
        #expect(sheet.cells.filter { (9...12).contains($0.row) }.allSatisfy { !$0.style.isLocked })
        #expect(sheet.hiddenRows == [7])
        #expect(sheet.hiddenColumns == [1])
        #expect(sheet.repeatedRows == 8...8)
    }

    @Test func dropDownsShowLabels() throws {
        let draft = try EntryCase().blank
        let muc = try #require(draft.validation(named: "xf_chung_muc"))
        guard case .list(let formula) = muc.rule else {
            Issue.record("no list: \(muc.rule)")
            return
        }
        let name = try #require(draft.names.first { "=" + $0.name == formula })
        let labels = draft.sheets[2].cells.filter { $0.column == name.range.firstColumn }.map(\.value)
        #expect(labels == [.text("Hộ nghèo"), .text("Hộ cận nghèo"), .text("III.6 Hộ khá, giàu")])
        #expect(draft.validation(named: "xf_chung_kinh_phi")?.rule == .wholeNumber)
        #expect(draft.validation(named: "xf_chung_ty_le")?.rule == .decimal)
        #expect(draft.validation(named: "xf_chung_ngay")?.rule == .date)
        #expect(draft.validation(named: "xf_chung_nguoi_lap")?.inputMessage == "Họ và tên")
    }

    @Test func hamletsAreThoseOfTheUnit() throws {
        let draft = try EntryCase().blank
        let choices = draft.sheets[2].cells.map(\.value)
        #expect(choices.contains(.text("Thôn Đông")))
        #expect(!choices.contains(.text("Thôn Bắc")))
        // Static filters leave out the offices.
        #expect(!choices.contains(.text("Phòng Nội vụ")))
    }

    @Test func dropDownsFollowTheCommuneWhereItIsNotPrinted() throws {
        var entry = try EntryCase()
        entry.context.unit = nil
        let rule = try #require(entry.blank.validation(named: "xf_nhom_bang_thon")).rule
        guard case .list(let formula) = rule else {
            Issue.record("no list: \(rule)")
            return
        }
        #expect(formula.hasPrefix("=OFFSET("))
        #expect(formula.contains("'A. Thông tin'!$D$6"))
        #expect(formula.utf16.count <= 255)
    }

    @Test func longHintsBecomeComments() throws {
        var entry = try EntryCase()
        entry.form = entry.form.replacingHint(of: "nguoi_lap", with: String(repeating: "dài ", count: 80))
        let cell = try #require(entry.blank.cell(named: "xf_chung_nguoi_lap"))
        #expect(cell.comment?.count == 320)
        #expect(entry.blank.validation(named: "xf_chung_nguoi_lap") == nil)
    }

    @Test func prefilledRowsMakeRoomForMore() throws {
        var entry = try EntryCase()
        entry.context.prefilledRows = ["bang": (1...6).map { ["ho": .text("Hộ \($0)"), "thon": .text("t2")] }]
        let bytes = try WorkbookWriter.write(entry.blank)
        let result = Binder.bind(try WorkbookReader.read(bytes), forms: [entry.form], tables: EntryCase.tables)
        #expect(result.only?.tableRows["bang"] == [9, 10, 11, 12, 13, 14])
        #expect(result.only?.meaning["ho#6"] == "Hộ 6")
        #expect(result.only?.meaning["thon#6"] == "t2")
        #expect(entry.blank.sheets[1].unlockedRows == [9...19])
    }

    @Test func sheetNamesAreShortAndDifferent() throws {
        let labels = [
            "C. Hỗ trợ cho địa phương (tính theo đồng)", "Tiêu chuẩn chung đối với tập thể và cá nhân",
            "Tiêu chuẩn chung đối với tập thể và cá nhân, hai", "a/b: [c]?", "a-b- -c-",
        ]
        let items = labels.enumerated().map { index, label in
            let path = ["g\(index)"]
            let question = Question(name: "q\(index)", kind: .text, label: ["": "Q"], path: path, surveyRow: 2)
            return FormItem.section(
                Section(name: "g\(index)", label: ["": label], path: [], items: [.question(question)]))
        }
        let form = FormDefinition(
            settings: FormSettings(title: "T", id: "t", version: "1"), items: items, choiceLists: [:], tables: [:],
            sha256: "")
        let draft = EntryWorkbook.blank(form, EntryContext())
        let names = draft.sheets.dropLast(2).map(\.name)
        #expect(names.first == "C. Hỗ trợ cho địa phương")
        #expect(Set(names.map { $0.lowercased() }).count == labels.count)
        #expect(names.allSatisfy { $0.utf16.count <= 31 })
        let bytes = try WorkbookWriter.write(draft)
        #expect(WorkbookReader.format(of: bytes) == .xlsx)
    }

    @Test func namesDifferEvenWhenOnlyCaseOrSignsDo() {
        let items = ["a.b", "a_b", "A-b"].map {
            FormItem.question(Question(name: $0, kind: .text, label: [:], path: [], surveyRow: 2))
        }
        let form = FormDefinition(
            settings: FormSettings(title: "T", id: "t", version: "1"), items: items, choiceLists: [:], tables: [:],
            sha256: "")
        let names = EntrySlots(form).byQuestion.values.flatMap { $0.map(\.name) }
        #expect(Set(names.map { $0.lowercased() }).count == 3)
    }

    /// Every form that the office keeps gives a workbook that reads back as itself, blank and without findings.
    @Test(arguments: ["bao_cao_xa", "dn_tai_tro"])
    func theOfficesFormsReadBack(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let source = try Data(contentsOf: root.appending(path: "Forms/\(name).xlsx"))
        let read = FormReader.read(try WorkbookReader.read([UInt8](source)), file: name, sha256: "")
        let form = try #require(read.form)
        var context = EntryContext()
        context.unit = .init(code: "tl", label: "UBND xã Thiên Lộc")
        context.period = "2019"
        context.stage = .init(code: "tong_ket_2020", label: "Tổng kết")
        context.tables = EntryCase.tables
        let bytes = try WorkbookWriter.write(EntryWorkbook.blank(form, context))
        let bound = try #require(
            Binder.bind(try WorkbookReader.read(bytes), forms: [form], tables: EntryCase.tables).only)
        let asked = form.questions.filter { $0.repeatName == nil && $0.kind.takesAnswer }
        #expect(bound.answers.map(\.question) == asked.map(\.name))
        #expect(bound.answer("don_vi")?.value == .text("tl"))
        #expect(bound.findings.isEmpty)
    }
}

extension WorkbookDraft {
    var texts: Set<String> {
        let all = sheets.flatMap { $0.cells + $0.merged.map(\.cell) }
        return Set(all.compactMap { if case .text(let text) = $0.value { text } else { nil } })
    }

    func cell(named name: String) -> CellDraft? {
        guard let place = names.first(where: { $0.name == name }),
            let sheet = sheets.first(where: { $0.name == place.sheet })
        else { return nil }
        return (sheet.cells + sheet.merged.map(\.cell)).first {
            $0.row == place.range.firstRow && $0.column == place.range.firstColumn
        }
    }

    func validation(named name: String) -> ValidationDraft? {
        guard let place = names.first(where: { $0.name == name }) else { return nil }
        return sheets.first { $0.name == place.sheet }?.validations.first { $0.range == place.range }
    }
}

extension FormDefinition {
    func replacingHint(of name: String, with hint: String) -> FormDefinition {
        func replaced(_ item: FormItem) -> FormItem {
            switch item {
            case .question(var question):
                if question.name == name { question.hint = ["": hint] }
                return .question(question)
            case .section(var section):
                section.items = section.items.map(replaced)
                return .section(section)
            }
        }
        return FormDefinition(
            settings: settings, items: items.map(replaced), choiceLists: choiceLists, tables: tables, sha256: sha256)
    }
}
