import Foundation
import Records
import Sheets
import Testing

@testable import Exports

/// What the consolidated report computes.
@Suite struct ReportTableTests {
    /// A commune's report of a year.
    static func report(
        _ name: String, isUrban: Bool = false, total: (Int, Int), poor: (Int, Int), number: Int?,
        more: [Answer] = []
    ) throws -> UnitReport {
        let figures = [
            ("tong_dau", total.0), ("tong_cuoi", total.1), ("ngheo_dau", poor.0), ("ngheo_cuoi", poor.1),
        ]
        return UnitReport(
            name: name, isUrban: isUrban, receipt: try number.map { try receipt($0) },
            target: (Decimal(string: "1.5"), nil),
            before: (Decimal(total.0), Decimal(poor.0), 0),
            answers: number == nil ? [] : figures.map { Self.number($0.0, Decimal($0.1)) } + more)
    }

    static func receipt(_ number: Int) throws -> Receipt {
        try #require(Receipt(kind: .report, year: 2019, number: number))
    }

    static func number(_ question: String, _ value: Decimal, row: Int? = nil) -> Answer {
        Answer(question: question, row: row, value: .number(value), shown: "\(value)", cell: nil)
    }

    static func text(_ question: String, _ value: String, row: Int? = nil) -> Answer {
        Answer(question: question, row: row, value: .text(value), shown: value, cell: nil)
    }

    private static func sample() throws -> [UnitReport] {
        [
            try report("A", isUrban: true, total: (1000, 1000), poor: (100, 50), number: 1),
            try report("B", total: (3000, 3000), poor: (30, 30), number: 2),
            try report("C", total: (500, 0), poor: (50, 0), number: nil),
        ]
    }

    private static func value(_ table: ExportTable, _ row: String, _ head: String, group: String) -> ExportTable.Value?
    {
        guard let column = table.columns.firstIndex(where: { $0.head == head && $0.group == group }) else { return nil }
        return table.rows.first { $0.values[1] == .text(row) }?.values[column]
    }

    @Test func theDistrictsRateIsASumOverASum() throws {
        let table = CommuneColumns.households(try Self.sample())
        func poor(_ row: String, _ head: String) -> ExportTable.Value? {
            Self.value(table, row, head, group: ExportWording.poor)
        }
        #expect(poor("A", ExportWording.closingRate) == .number(5))
        #expect(poor("B", ExportWording.closingRate) == .number(1))
        // 80 of 4000, not the mean of 5 and 1.
        #expect(poor(ExportWording.total, ExportWording.closingRate) == .number(2))
        #expect(poor(ExportWording.total, ExportWording.opening) == .number(130))
        #expect(poor(ExportWording.total, ExportWording.reduction) == .number(Decimal(string: "1.25") ?? 0))
        #expect(poor(ExportWording.rural, ExportWording.closing) == .number(30))
        #expect(poor("A", ExportWording.againstTarget) == .number(Decimal(string: "3.5") ?? 0))
        #expect(poor(ExportWording.total, ExportWording.target) == .blank)
        // Who has not reported has no figures, not zeros.
        #expect(poor("C", ExportWording.closing) == .blank)
        #expect(Self.value(table, "C", ExportWording.receipt, group: "") == .text(ExportWording.notReported))
    }

    @Test func areasComeApartAndUnitsAreNumberedThrough() throws {
        let table = CommuneColumns.households(try Self.sample())
        #expect(
            table.rows.map { $0.values[1] }
                == [ExportWording.urban, "A", ExportWording.rural, "B", "C", ExportWording.total].map { .text($0) })
        #expect(table.rows.map(\.isTotal) == [true, false, true, false, false, true])
        #expect(table.rows.filter { !$0.isTotal }.map { $0.values[0] } == [.number(1), .number(2), .number(3)])
    }

    @Test func resourcesAreSummedBySource() throws {
        let rows = [
            Self.text("nl_nguon", "doanh_nghiep", row: 1), Self.number("nl_gia_tri", 10, row: 1),
            Self.text("nl_nguon", "nhan_dan", row: 2), Self.number("nl_gia_tri", 5, row: 2),
            Self.text("nl_nguon", "doanh_nghiep", row: 3), Self.number("nl_gia_tri", 7, row: 3),
        ]
        let table = CommuneColumns.resources([
            try Self.report("A", total: (1, 1), poor: (0, 0), number: 1, more: rows)
        ])
        func value(_ head: String) -> ExportTable.Value? {
            Self.value(table, "A", head, group: ExportWording.resources)
        }
        #expect(value("doanh_nghiep") == .number(17))
        #expect(value("nhan_dan") == .number(5))
        #expect(value(ExportWording.total) == .number(22))
    }

    @Test func theMissingAreNamedAndMayBeTakenFromTheYearBefore() throws {
        let reports = try Self.sample()
        let rate = ConsolidatedReport.rateWithLastYears(.poor, Array(reports.prefix(2)), Array(reports.suffix(1)))
        // 130 of 4500.
        #expect(rate == Decimal(string: "2.89"))
        let unknown = UnitReport(name: "D", isUrban: false)
        #expect(ConsolidatedReport.rateWithLastYears(.poor, reports, [unknown]) == nil)
        let summary = try Self.summary(reports)
        let notes = summary.notes.rows.map(\.values)
        #expect(notes.contains([.text(ExportWording.poorRate), .text("2 % (2/3 xã, thị trấn)")]))
        #expect(notes.contains([.text(ExportWording.missing), .text("C")]))
    }

    static func summary(_ communes: [UnitReport], frozen: CivilDate? = nil) throws -> ConsolidatedReport {
        ConsolidatedReport(
            year: 2019, communes: communes, departments: [], organisations: [],
            matrix: ReportMatrix(forms: [], lines: []),
            made: (try #require(CivilDate(year: 2019, month: 12, day: 20)), 990), frozen: frozen)
    }

    @Test func onlyCompleteOfficialFiguresAreCalledOfficial() throws {
        let official = Self.text("tinh_chat", "chinh_thuc")
        let a = try Self.report("A", total: (1, 1), poor: (0, 0), number: 1, more: [official])
        let b = try Self.report("B", total: (1, 1), poor: (0, 0), number: 2)
        let c = try Self.report("C", total: (1, 1), poor: (0, 0), number: nil)
        #expect(try Self.summary([a]).remark.hasSuffix("gồm 1/1 xã, thị trấn; chính thức"))
        #expect(try Self.summary([a, b]).remark.hasSuffix("gồm 2/2 xã, thị trấn; tạm tính"))
        #expect(try Self.summary([a, c]).remark.hasSuffix("gồm 1/2 xã, thị trấn; tạm tính"))
        let day = try #require(CivilDate(year: 2020, month: 1, day: 15))
        #expect(try Self.summary([a], frozen: day).remark.hasPrefix("Số liệu chốt ngày 15/01/2020"))
    }

    @Test func documentsInTimeAreCountedByRow() {
        func day(_ question: String, _ text: String, _ row: Int) -> Answer {
            Answer(
                question: question, row: row, value: CivilDate(iso8601: text).map { .date($0) }, shown: text, cell: nil)
        }
        let report = UnitReport(
            name: "P", isUrban: false,
            answers: [
                day("vb_ngay", "2019-03-01", 1), day("vb_han", "2019-03-01", 1), day("vb_ngay", "2019-03-02", 2),
                day("vb_han", "2019-03-01", 2), day("vb_ngay", "2019-03-02", 3),
            ])
        #expect(report.inTime("vb_ngay", "vb_han") == 1)
    }

    /// What a unit writes is text, whatever it begins with.
    @Test func noTextBecomesAFormula() throws {
        let answers = ["=HYPERLINK(\"http://x.example\")", "+1", "-1", "@SUM(A1)"].map { Self.text("kien_nghi", $0) }
        let unit = try Self.report("=1+1", total: (1, 1), poor: (0, 0), number: 1, more: answers)
        let bytes = try WorkbookWriter.write(try Self.summary([unit]).draft)
        let workbook = try WorkbookReader.read(bytes)
        let cells = workbook.sheets.flatMap(\.cells)
        #expect(cells.contains { $0.value == .text("=1+1") })
        #expect(cells.allSatisfy { !$0.isFormula })
    }

    @Test func theMatrixCarriesTheLastCall() {
        let line = ReportMatrix.Line(
            cluster: "Cụm 1", unit: "A", contact: "", cells: [.missing], reminders: 2, call: "=HẸN thứ Hai")
        let table = ReportMatrix(forms: ["Báo cáo"], lines: [line]).table
        #expect(table.rows.first?.values.suffix(2) == [.number(2), .text("=HẸN thứ Hai")])
    }
}
