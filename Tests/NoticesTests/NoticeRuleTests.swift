import Foundation
import Records
import Testing

@testable import Notices

/// What holds for every letter.
@Suite struct NoticeRuleTests {
    let writer: NoticeWriter

    init() throws {
        writer = try Office.writer()
    }

    static let sections = (try? Office.fullSections()) ?? []

    /// The text of an HTML part: tags gone, entities read, blanks as one.
    private func words(html: String) -> [String] {
        var text = ""
        var isTag = false
        for character in html {
            switch character {
            case "<": isTag = true
            case ">":
                isTag = false
                text += " "
            default: if !isTag { text.append(character) }
            }
        }
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacingOccurrences(of: entity, with: character)
        }
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test(arguments: sections.indices)
    func bothPartsSayTheSameWithinTheWidth(index: Int) throws {
        let notice = writer.reply(to: Office.context, sections: [Self.sections[index]])
        #expect(notice.kind == Self.sections[index].kind)
        #expect(notice.text.split(separator: "\n").allSatisfy { $0.count <= 72 })
        let plain = notice.text.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0 != "--" }
        #expect(words(html: notice.html) == plain)
        #expect(!notice.subject.isEmpty)
        #expect(!notice.text.contains("{") && !notice.text.contains("Optional("))
        #expect(!notice.text.contains("\n\n\n") && !notice.text.hasPrefix("\n") && notice.text.hasSuffix("\n"))
        // Outside quotations nothing reads as if a value were missing.
        for gap in [" ,", " . ", " .\n", " :", "()", "\"\""] { #expect(!notice.text.contains(gap)) }
    }

    @Test func everySectionIsTried() {
        #expect(Set(Self.sections.map(\.kind)) == Set(NoticeKind.allCases).subtracting([.severalWorkbooks]))
    }

    @Test(arguments: NoticeKind.allCases.filter { $0 != .severalWorkbooks })
    func theVocabularyIsWhatIsFilledIn(kind: NoticeKind) throws {
        let sections = Self.sections.filter { $0.kind == kind }
        func names(_ value: Any) -> Set<String> {
            switch value {
            case let fields as [String: Any]:
                fields.reduce(into: Set()) { $0.formUnion(names($1.value).union([$1.key])) }
            case let list as [Any]: list.reduce(into: Set()) { $0.formUnion(names($1)) }
            default: []
            }
        }
        let filled = sections.reduce(into: Set()) { $0.formUnion(names(writer.fields($1, Office.context))) }
            .union(kind == .stranger ? ["nhan_ban_sao"] : [])
        let offered = NoticeVocabulary.names(of: kind)
        #expect(filled.subtracting(offered) == [])
        // And each of the kind's own names is filled in by the fullest sections there can be.
        let own = offered.subtracting(NoticeVocabulary.names(of: .noWorkbook))
        let reports: Set<String> = ["nam"]
        #expect(
            own.subtracting(filled).subtracting(sections.allSatisfy { $0.title?.year == nil } ? reports : [])
                .subtracting([
                    "hop_thu_chung", "dien_thoai",
                ]) == [])
    }

    @Test func subjectsCarryNoName() throws {
        for section in Self.sections where section.title?.nominee != nil {
            let notice = writer.reply(to: Office.context, sections: [section])
            #expect(!notice.subject.contains("Bình"))
            #expect(notice.text.contains("Bình"))
        }
    }

    @Test func atMostTwelvePlacesStandInTheBody() throws {
        let findings = (1...30).map { number in
            Finding(
                .cellNotNumber, severity: .error, cell: CellReference(sheet: "B", row: number, column: 2),
                label: "Câu", arguments: ["value": "x\(number)"])
        }
        let correction = Correction(title: Office.report(), findings: findings)
        let notice = writer.reply(to: Office.context, sections: [.correction(correction)])
        #expect(notice.subject.hasPrefix("Cần sửa 30 chỗ"))
        #expect(notice.text.contains("\n12. Trang"))
        #expect(!notice.text.contains("\n13. Trang"))
        #expect(notice.text.contains("... và 18 chỗ khác."))
    }

    @Test func remarksAreWhatTheUnitShouldKnow() throws {
        func lines(_ findings: [Finding]) -> Int {
            var report = ReportReceived(title: Office.report())
            report.findings = findings
            let letter = writer.reply(to: Office.context, sections: [.reportReceived(report)]).text
            return letter.split(separator: "\n").count { $0.hasPrefix("- Tất cả") }
        }
        func finding(_ code: FindingCode, _ severity: Severity) -> Finding {
            Finding(code, severity: severity, label: "Tất cả", arguments: ["value": "2018"])
        }
        #expect(lines([finding(.rule, .warning), finding(.textLegacy, .note)]) == 2)
        #expect(lines([finding(.submissionFrozen, .review), finding(.stageClosed, .review)]) == 2)
        #expect(lines([finding(.standardUndecided, .review), finding(.evidenceMissing, .warning)]) == 0)
    }

    @Test func severalRemarksOnOneCellAreOneItem() throws {
        func remark(_ rule: Int) -> Finding {
            Finding(
                .rule, severity: .warning, cell: CellReference(sheet: "B", row: 1, column: 1), rule: rule,
                arguments: ["value": "7", "message": "câu \(rule)"])
        }
        var report = ReportReceived(title: Office.report())
        report.findings = [remark(1), remark(2)]
        let letter = writer.reply(to: Office.context, sections: [.reportReceived(report)]).text
        let items = letter.split(separator: "\n").filter { $0.hasPrefix("- Trang") }
        #expect(items.count == 1)
        #expect(items.allSatisfy { $0.contains("câu 1") && $0.contains("Câu 2") })
    }

    @Test func aMailWithoutWorkbookIsOfferedBlankForms() {
        #expect(writer.reply(to: Office.context, sections: [.noWorkbook]).text.contains("\"Xin mẫu\""))
    }

    @Test func aReminderCountsToTheNextDueDay() throws {
        let subjects = try Office.campaignSections().filter { $0.kind == .reminder }
            .map { writer.letter(to: Office.context, $0).subject }
        #expect(
            subjects == [
                "Nhắc: còn 7 ngày đến hạn Báo cáo năm 2019 - UBND xã Thiên Lộc",
                "Nhắc: ngày mai đến hạn Báo cáo năm 2019 - UBND xã Thiên Lộc",
                "Nhắc: hôm nay đến hạn Báo cáo năm 2019 - UBND xã Thiên Lộc",
                "Chưa nhận được bản sửa Báo cáo năm 2019 - UBND xã Thiên Lộc",
                "Nhắc: còn 7 ngày đến hạn 2 biểu - UBND xã Thiên Lộc",
                "Chưa nhận được Báo cáo năm 2019 - UBND xã Thiên Lộc",
            ])
    }

    /// Where the office has set no day nobody is late.
    @Test func aReminderWithoutADueDayNamesNone() throws {
        let withoutDay = try #require(try Office.campaignSections().last { $0.kind == .reminder })
        let letter = writer.letter(to: Office.context, withoutDay)
        #expect(letter.text.contains("Đến 09 giờ 00 phút ngày 25/12/2019"))
        #expect(!letter.subject.lowercased().contains("hạn") && !letter.text.lowercased().contains("hạn"))
    }

    @Test func theCouncilGetsAListOfItsCluster() throws {
        let subjects = try Office.houseSections().filter { $0.kind == .overdueList }
            .map { writer.letter(to: Office.context, $0).subject }
        #expect(
            subjects == [
                "Danh sách đơn vị chưa gửi Báo cáo năm 2019 - Cụm thi đua số 1",
                "Danh sách đơn vị chưa gửi 2 biểu - Cụm thi đua số 1",
            ])
    }

    @Test func theThirdRoundWaitsForTheOfficer() throws {
        var correction = Correction(title: Office.report(), findings: [Finding(.formTwice, severity: .error)])
        correction.round = 2
        #expect(!correction.waitsForOfficer)
        #expect(!writer.reply(to: Office.context, sections: [.correction(correction)]).text.contains("gọi điện"))
        correction.round = 3
        correction.officer = "Võ Thị Mai"
        #expect(correction.waitsForOfficer)
        #expect(writer.reply(to: Office.context, sections: [.correction(correction)]).text.contains("đ/c Võ Thị Mai"))
    }

    @Test func aNominationIsNotToldThatLabourHasThePovertyFigures() throws {
        let nomination = NominationReceived(title: Office.nomination)
        let notice = writer.reply(to: Office.context, sections: [.nominationReceived(nomination)])
        #expect(notice.text.contains("Trần Anh Tuấn"))
        #expect(!notice.text.contains("Lê Thị Liên"))
    }

    @Test(arguments: [
        ("BC 2019.xls", "BC 2019_can-sua.xlsx"), ("bao cao", "bao cao_can-sua.xlsx"), (".xls", ".xls_can-sua.xlsx"),
        ("a\r\nb.ods", "a b_can-sua.xlsx"),
    ])
    func theMarkedWorkbookKeepsItsName(name: String, marked: String) {
        #expect(Correction.markedName(of: name) == marked)
    }

    @Test func whatTheSenderWroteIsQuotedHarmlessly() throws {
        let hostile =
            "<b>x</b>\r\nBcc: a@b.example {{ma}} https://evil.example/login www.evil.example evil.com/x \u{202E}abc"
        let finding = Finding(
            .cellNotNumber, severity: .error, cell: try Office.cell("B", "C1"), label: "Số",
            arguments: ["value": hostile])
        var context = Office.context
        context.files = [NoticeFile(name: hostile, kind: "xls", size: 1)]
        context.person = hostile
        let notice = writer.reply(
            to: context,
            sections: [.correction(Correction(title: Office.report(filename: hostile), findings: [finding]))])
        for part in [notice.text, notice.html] {
            #expect(!part.contains("evil"))
            #expect(!part.contains("\nBcc:"))
            #expect(!part.contains("\r") && !part.contains("\u{202E}"))
        }
        #expect(notice.text.contains("{{ma}}"))
        #expect(notice.html.contains("&lt;b&gt;x&lt;/b&gt;"))
        #expect(!notice.html.contains("<b>"))
        let several = writer.reply(
            to: context,
            sections: [
                .unreadable(UnreadableFile(filename: hostile, code: .fileDamaged)),
                .unreadable(UnreadableFile(filename: hostile, code: .fileDamaged)),
            ])
        #expect(!several.html.contains("<b>") && !several.html.contains("evil"))
        #expect(!several.subject.contains("\n"))
    }

    @Test(arguments: [
        ("BC 2019.xls", false), ("1.250.000", false), ("TT.Nghèn", false), ("4.08 v.v.", false), ("xem http://x", true),
        ("(www.x.y)", true), ("bit.ly/abc", true), ("mailto:a@b", true), ("HTTPS://X", true), ("a@b.com", true),
    ])
    func linksAreTold(text: String, isLink: Bool) {
        #expect(Quotation.text(text).contains(Quotation.linkMark) == isLink)
    }

    @Test(arguments: [
        ("", ""), (" a", "a"), ("a ", "a"), ("a  b", "a b"), ("a\nb", "a b"), ("a\u{A0}b", "a b"),
        ("a\u{202E}b", "a b"),
        ("a\u{AD}b", "a b"), ("\u{1E9}\u{1EA1}\u{1EF9}", "\u{1E9}\u{1EA1}\u{1EF9}"), ("a\u{300}", "a\u{300}"),
        ("“x” – 7 °C", "“x” – 7 °C"), ("www.1.2 x", "[…] x"), ("x.com", "[…]"), ("x .com", "x […]"),
        ("là: 1.5", "là: 1.5"),
        ("a\u{1780}b", "a\u{1780}b"), ("a\u{180E}b", "a b"), ("x:y", "x:y"), ("a\u{7F}b", "a b"),
    ])
    func quotationsKeepWhatIsFit(text: String, quoted: String) {
        #expect(Array(Quotation.text(text).utf8) == Array(quoted.utf8))
    }

    @Test func longQuotationsAreCut() {
        #expect(Quotation.text(String(repeating: "ă ", count: 100_000)).count == 300)
        #expect(Quotation.name(String(repeating: "x", count: 500)).count == 100)
    }
}
