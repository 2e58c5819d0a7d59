import Campaign
import Foundation
import Records
import Testing

@testable import Exports

@Suite struct DistrictFiguresTests {
    private static func year(
        _ unit: String, _ year: Int, _ poor: Int, of total: Int, _ source: CommuneYear.Source = .baseline
    ) throws -> CommuneYear {
        CommuneYear(
            unit: try #require(UnitCode(unit)), year: year, opening: nil,
            closing: ClosingFigures(total: total, poor: poor, nearPoor: 0), source: source,
            target: .init(poor: nil, nearPoor: nil))
    }

    private static func district(_ communes: [UnitReport], _ history: [CommuneYear]) throws -> DistrictFigures {
        DistrictFigures(
            ConsolidatedReport(
                year: 2019, communes: communes, departments: [], organisations: [],
                matrix: ReportMatrix(forms: [], lines: []), history: history,
                made: (try #require(CivilDate(year: 2019, month: 12, day: 20)), 990), frozen: nil))
    }

    private static func communes() throws -> [UnitReport] {
        [
            try ReportTableTests.report("A", total: (1000, 1000), poor: (100, 50), number: 1),
            try ReportTableTests.report("B", total: (500, 500), poor: (50, 50), number: nil),
        ]
    }

    @Test func whoIsNotKnownYetStandsWithTheYearBefore() throws {
        let district = try Self.district(
            try Self.communes(),
            [
                try Self.year("a", 2018, 100, of: 1000), try Self.year("b", 2018, 50, of: 500),
                try Self.year("a", 2019, 50, of: 1000, .official),
            ])
        #expect(district.years.map(\.year) == [2018, 2019])
        #expect(district.years.map(\.rate) == [10, Decimal(string: "6.67")])
        #expect(district.years.map(\.known) == [2, 1])
        #expect(district.years.map(\.isOfficial) == [true, false])
        // Reported alone it would be 5: both are said.
        #expect(district.rate == 5)
        #expect(district.rateWithLastYears == Decimal(string: "6.67"))
        #expect(district.fall == 5)
        #expect(district.missing == ["B"])
        #expect(!district.isOfficial)
    }

    @Test func theMeanFallIsOfTheCommunesKnownInBothYears() throws {
        let district = try Self.district(
            try Self.communes(),
            [
                try Self.year("a", 2016, 160, of: 1000), try Self.year("b", 2016, 400, of: 500),
                try Self.year("a", 2019, 40, of: 1000, .official),
            ])
        #expect(district.meanFall?.points == 4)
        #expect(district.meanFall?.since == 2016)
        #expect(try Self.district(try Self.communes(), []).meanFall == nil)
    }

    @Test func provisionalFiguresMakeAProvisionalYear() throws {
        let history = [
            try Self.year("a", 2019, 50, of: 1000, .provisional), try Self.year("b", 2019, 50, of: 500, .official),
        ]
        #expect(try Self.district(try Self.communes(), history).years.first?.isOfficial == false)
    }

    @Test func movementsAreOfWhoHasReported() throws {
        let more = [("ngheo_thoat", 60), ("ngheo_phat_sinh", 10)].map { ReportTableTests.number($0.0, Decimal($0.1)) }
        let one = try ReportTableTests.report("A", total: (1000, 1000), poor: (100, 50), number: 1, more: more)
        let movement = try #require(try Self.district([one, try Self.communes()[1]], []).movement())
        #expect(
            [movement.opening, movement.escaped, movement.otherLoss, movement.new, movement.closing]
                == [100, 60, 0, 10, 50])
        #expect(try Self.district([try Self.communes()[1]], []).movement() == nil)
    }

    @Test func poorHouseholdsAreCountedByCauseAndService() {
        func household(_ row: Int, _ answers: [String: String]) -> [Answer] {
            answers.map { ReportTableTests.text($0.key, $0.value, row: row) }
        }
        let counts = HouseholdCounts(
            household(1, ["h_cuoi": "ngheo", "h_nn1": "thieu_von", "h_th1": "x", "h_th2": "x", "h_th10": "x"])
                + household(2, ["h_cuoi": "ngheo", "h_nn1": "thieu_von"])
                + household(3, ["h_cuoi": "can_ngheo", "h_nn1": "om_dau", "h_th1": "x"])
                + household(4, ["h_cuoi": "khong_ngheo"]), causes: ["thieu_von": "Thiếu vốn"])
        #expect(counts.poor == 2 && counts.nearPoor == 1)
        #expect(counts.causes == ["Thiếu vốn": 2])
        // Two indicators of one service are one household.
        #expect(counts.deprived == [.health: 1, .information: 1])
    }
}
