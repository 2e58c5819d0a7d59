import Records
import Testing

@testable import Notices

@Suite struct WordingTests {
    let templates: NoticeTemplates

    init() throws {
        templates = try NoticeTemplates(files: Office.files())
    }

    @Test(arguments: FindingCode.allCases)
    func everyFindingHasWords(code: FindingCode) {
        let finding = Finding(code, severity: .error, arguments: ["value": "7", "message": "câu"])
        #expect(!templates.findings.found(finding).isEmpty)
        #expect(templates.findings.found(finding) != code.rawValue)
    }

    @Test(arguments: ["integer", "decimal", "date", "time", "dateTime", "choice", "choices", "acknowledgement", "file"])
    func aBlankSaysWhatItWants(need: String) {
        let text = templates.findings.todo(Finding(.cellBlank, severity: .error, arguments: ["need": need]))
        let plain = templates.findings.todo(Finding(.cellBlank, severity: .error))
        #expect(!text.isEmpty && text != plain)
        let own = Finding(.cellBlank, severity: .error, arguments: ["need": need, "message": "ghi số hộ"])
        #expect(templates.findings.todo(own) == "ghi số hộ")
    }

    @Test(arguments: [
        FindingCode.filePassword, .fileArchive, .fileEncryptedZip, .fileDamaged, .formUnknown, .fileNotWorkbook,
        .fileOther, .fileTooLarge, .fileMacro, .textLegacyUnknown, .fileLimits,
    ])
    func everyReasonHasARemedy(code: FindingCode) {
        let (why, remedy) = templates.findings.reason(code, ["limit": "20", "count": "3"])
        #expect(!why.isEmpty && why != code.rawValue && !remedy.isEmpty)
    }

    @Test func reasonsDependOnWhatWasSent() {
        let reasons = [["kind": "pdf"], ["kind": "docx"], ["kind": "image"], [:]].map {
            templates.findings.reason(.fileNotWorkbook, $0).why
        }
        #expect(Set(reasons).count == 4)
    }

    @Test(arguments: [
        ("a {x}[, b {y}]", ["x": "1", "y": "2"], "a 1, b 2"), ("a {x}[, b {y}]", ["x": "1"], "a 1"),
        ("a {x}[, b {y}]", ["x": "{y}", "y": "[z]"], "a {y}, b [z]"), ("{", [:], ""), ("a]", [:], "a]"),
    ])
    func phrasesAreFilled(text: String, arguments: [String: String], filled: String) {
        #expect(Phrase(text).filled(arguments) == filled)
    }

    @Test(arguments: [
        ([12, 13, 14], "12-14"), ([5], "5"), ([1, 2, 4, 6, 7], "1-2, 4, 6-7"),
        ([1, 3, 5, 7, 9, 11, 13, 15, 17], "1, 3, 5, 7, 9, 11, 13, 15, …"),
    ])
    func rowsAreToldInStretches(rows: [Int], text: String) {
        #expect(FindingGroup.stretches(rows) == text)
    }

    @Test func findingsThatSayOtherThingsStayApart() throws {
        func finding(_ row: Int, _ value: String, sheet: String = "B") -> Finding {
            Finding(
                .cellNotNumber, severity: .error, cell: CellReference(sheet: sheet, row: row, column: 2),
                arguments: ["value": value])
        }
        let groups = FindingGroup.grouped(
            [
                finding(1, "a"), finding(2, "b"), finding(3, "a"), finding(4, "a", sheet: "C"),
                Finding(.formTwice, severity: .error), Finding(.formTwice, severity: .error),
            ], templates.findings)
        #expect(groups.map(\.findings.count) == [2, 1, 1, 1, 1])
        #expect(groups.map { $0.findings[0].cell?.row } == [1, 2, 4, nil, nil])
    }

    @Test func oneCellIsOnePlace() throws {
        func finding(_ row: Int, _ rule: Int, value: String = "7", clause: String = "II.1") -> Finding {
            Finding(
                .rule, severity: .error, cell: CellReference(sheet: "B", row: row, column: 2), rule: rule,
                arguments: ["value": value, "message": "câu \(rule)"], clauses: [clause])
        }
        let groups = FindingGroup.grouped(
            [
                finding(1, 1), finding(1, 2, clause: "II.2"), finding(2, 1), finding(3, 1), finding(3, 2),
                finding(4, 1, value: "8"), finding(5, 1), finding(5, 1),
            ], templates.findings)
        // Rows 1 and 3 say the same of their column; row 2 says only half of it.
        #expect(groups.map { $0.findings.compactMap { $0.cell?.row } } == [[1, 1, 3, 3], [2], [4], [5, 5]])
        #expect(groups.map(\.found) == [["7"], ["7"], ["8"], ["7"]])
        #expect(groups.map(\.todo.count) == [2, 1, 1, 1])
        #expect(groups.map(\.clauses) == [["II.1", "II.2"], ["II.1"], ["II.1"], ["II.1"]])
    }

    @Test func aRuleWithoutWordsStillSaysWhatToDo() {
        #expect(!templates.findings.todo(Finding(.rule, severity: .error, arguments: ["value": "7"])).isEmpty)
    }

    @Test(arguments: [(0, "1 KB"), (98_304, "96 KB"), (1_048_576, "1 MB"), (1_500_000, "1,4 MB"), (20 << 20, "20 MB")])
    func sizesAreRounded(bytes: Int, text: String) {
        #expect(NoticeWriter.size(bytes) == text)
    }

    @Test(arguments: [
        ("- " + String(repeating: "chữ ", count: 30), 2), ("12. " + String(repeating: "chữ ", count: 30), 4),
        ("   Đề nghị: " + String(repeating: "chữ ", count: 30), 3), (String(repeating: "chữ ", count: 30), 0),
    ])
    func itemsHangUnderTheirMarks(line: String, indent: Int) {
        let lines = LetterText(line).plain.split(separator: "\n")
        #expect(lines.count > 1)
        for line in lines.dropFirst() { #expect(line.prefix { $0 == " " }.count == indent) }
        #expect(lines.allSatisfy { $0.count <= 72 })
    }

    @Test(arguments: ["a\r\n\r\n\r\nb\r\n", "\n\na \t\n\n\nb\n\n", "a\n\nb"])
    func linesEndCleanly(text: String) {
        #expect(LetterText(text).lines == ["a", "", "b"])
        #expect(LetterText(text).plain == "a\n\nb\n")
    }

    /// Columns are counted as readers see them, whichever way the accents are written.
    @Test func decomposedTextIsWrappedLikeComposed() {
        let composed = String(repeating: "nghèo ộ ", count: 30)
        let decomposed = String(repeating: "nghe\u{300}o o\u{323}\u{302} ", count: 30)
        let lines = LetterText(decomposed).plain.split(separator: "\n").map(\.count)
        #expect(lines == LetterText(composed).plain.split(separator: "\n").map(\.count))
        #expect(lines.count > 1)
    }

    @Test func htmlIsEscaped() {
        let html = LetterText("1. <a href='x'> & \"y\"\n   ộ").html
        #expect(html.contains("1. &lt;a href=&#39;x&#39;&gt; &amp; &quot;y&quot;</div>"))
        #expect(html.contains("   ộ</div>"))
    }

    /// Only what heads something stands out: not the items of a list.
    @Test func onlyHeadsAreBold() {
        let html = LetterText("1. head\n   below\n2. item\n3. item\n\n--- part ---\n- item\n--\n4. footer\n   below")
            .html
        let bold = html.split(separator: "\n").filter { $0.contains("bold") }
        #expect(bold.map { $0.contains("1. head") || $0.contains("--- part ---") } == [true, true])
    }
}
