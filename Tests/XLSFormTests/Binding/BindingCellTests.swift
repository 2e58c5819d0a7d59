import Foundation
import Records
import Sheets
import Testing

@testable import XLSForm

/// One cell, one question: what is read, and what is said.
@Suite struct BindingCellTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let question: String
        let value: CellValue
        let meaning: String?
        let code: FindingCode?
        var isFormula = false
        var isPercent = false
        var testDescription: String { "\(question) \(value)" }

        init(
            _ question: String, _ value: CellValue, _ meaning: String?, _ code: FindingCode? = nil,
            percent: Bool = false
        ) {
            self.question = question
            self.value = value
            self.meaning = meaning
            self.code = code
            isPercent = percent
        }
    }

    private static let day: Int64 = 18_000 * 86_400_000

    static let cases = [
        Case("kinh_phi", .number(1_250_000_000), "1250000000"),
        Case("kinh_phi", .text("1.250.000"), "1250000", .cellNumberAsText),
        Case("kinh_phi", .text("nhiều"), nil, .cellNotNumber),
        Case("kinh_phi", .number(10.5), nil, .cellNotInteger),
        Case("kinh_phi", .text("10,5"), nil, .cellNotInteger),
        Case("kinh_phi", .boolean(true), nil, .cellNotNumber),
        Case("kinh_phi", .date(milliseconds: day), nil, .cellNotNumber),
        Case("kinh_phi", .error("#DIV/0!"), nil, .cellErrorValue),
        Case("kinh_phi", .formulaWithoutValue, nil, .cellFormulaNoValue),
        Case("kinh_phi", .text("   "), nil),
        Case("ty_le", .number(0.1 + 0.2), "0.3"),
        Case("ty_le", .text("4,08"), "4.08", .cellNumberAsText),
        Case("ty_le", .text("1.250"), nil, .cellSeparator),
        Case("ty_le", .number(0.0408), "4.08", percent: true),
        Case("ngay", .date(milliseconds: day), "2019-04-14"),
        Case("ngay", .date(milliseconds: day + 3_600_000), "2019-04-14"),
        Case("ngay", .text("14/4/2019"), "2019-04-14"),
        Case("ngay", .text("tháng 2"), nil, .cellNotDate),
        Case("ngay", .number(2019), nil, .cellNotDate),
        Case("dien_thoai", .text("0912345678"), "0912345678"),
        Case("dien_thoai", .number(912_345_678), "912345678"),
        Case("nguoi_lap", .text(" Ha\u{0300} "), "Hà"),
        Case("nguoi_lap", .date(milliseconds: day), "14/04/2019"),
        Case("nguoi_lap", .text(String(repeating: "a", count: 32_001)), nil, .cellTooLong),
        Case("muc", .text("hộ  cận NGHÈO"), "can"),
        Case("muc", .text("can"), "can"),
        Case("muc", .text("Ho can ngheo"), "can", .cellListGuessed),
        Case("muc", .text("III.6"), "kha", .cellListGuessed),
        Case("muc", .text("Hộ cận nghèoo"), nil, .cellNotInList),
        Case("muc", .text("Giàu có"), nil, .cellNotInList),
        Case("cam_doan", .text("X"), "OK"),
        Case("cam_doan", .text("Có"), "OK"),
        Case("cam_doan", .boolean(true), "OK"),
        Case("cam_doan", .text("không"), nil),
        Case("cam_doan", .text("sẽ xem"), nil, .cellNotInList),
    ]

    @Test(arguments: cases) func reads(_ example: Case) throws {
        let entry = try EntryCase()
        let slot = try #require(EntrySlots(entry.form).byQuestion[example.question]?.first)
        let cell = Cell(row: 3, column: 4, value: example.value, isPercent: example.isPercent)
        let reference = CellReference(sheet: "S", row: 3, column: 4)
        let reading = CellReader(form: entry.form, tables: EntryCase.tables).read(cell, slot, at: reference) { _ in nil
        }
        #expect(reading.value?.plainText == example.meaning)
        #expect(reading.findings.map(\.code) == (example.code.map { [$0] } ?? []))
        #expect(reading.findings.allSatisfy { $0.cell == reference && $0.question == example.question })
    }

    @Test func namesBothReadingsOfASeparator() throws {
        let entry = try EntryCase()
        let slot = try #require(EntrySlots(entry.form).byQuestion["ty_le"]?.first)
        let cell = Cell(row: 1, column: 1, value: .text("1.250"))
        let reading = CellReader(form: entry.form, tables: EntryCase.tables).read(cell, slot, at: nil) { _ in nil }
        #expect(reading.findings.first?.arguments == ["value": "1.250", "first": "1,25", "second": "1.250"])
    }

    @Test func suggestsTheNearestChoice() throws {
        let entry = try EntryCase()
        let slot = try #require(EntrySlots(entry.form).byQuestion["muc"]?.first)
        let cell = Cell(row: 1, column: 1, value: .text("Hộ cận nghèoo"))
        let reading = CellReader(form: entry.form, tables: EntryCase.tables).read(cell, slot, at: nil) { _ in nil }
        #expect(reading.findings.first?.arguments["suggestion"] == "Hộ cận nghèo")
    }

    struct Hamlet: Sendable {
        let typed: String
        let commune: String
        let meaning: String?
        let severity: Severity?
    }

    /// A hamlet is looked for in the chosen commune; where that has no list, what was typed stands.
    @Test(arguments: [
        Hamlet(typed: "thôn đông", commune: "tl", meaning: "t1", severity: nil),
        Hamlet(typed: "Thôn Bắc", commune: "tl", meaning: nil, severity: .error),
        Hamlet(typed: "Thôn Bắc", commune: "vl", meaning: "t3", severity: nil),
        Hamlet(typed: "Xóm Mới", commune: "khac", meaning: "Xóm Mới", severity: .review),
    ])
    func readsHamlets(_ example: Hamlet) throws {
        let entry = try EntryCase()
        let slot = try #require(EntrySlots(entry.form).byQuestion["thon"]?.first)
        let cell = Cell(row: 1, column: 1, value: .text(example.typed))
        let reading = CellReader(form: entry.form, tables: EntryCase.tables).read(cell, slot, at: nil) {
            $0 == "don_vi" ? example.commune : nil
        }
        #expect(reading.value?.plainText == example.meaning)
        #expect(reading.findings.map(\.severity) == (example.severity.map { [$0] } ?? []))
        #expect(reading.findings.allSatisfy { $0.code == .hamletUnknown })
    }

    @Test(arguments: [
        ("1. Hộ nghèo *", "hộ nghèo"), ("a) Họ tên:", "Họ tên"), ("iv. Mục (*)", "mục"),
        ("MC1. Báo cáo", "mc1. báo cáo"),
        ("Tỷ lệ, % (máy tính)", "tỷ lệ, % (máy tính)"), ("2.3) Tổng", "tổng"),
    ])
    func comparesLabelsWithoutNumbering(_ pair: (String, String)) {
        #expect(LabelKey(pair.0) == LabelKey(pair.1))
        #expect(LabelKey(pair.0) != nil)
    }
}
