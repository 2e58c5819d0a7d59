import Foundation
import Records
import Testing

@Suite struct CellReferenceTests {
    @Test(arguments: [("A1", 1, 1), ("$B$12", 12, 2), ("XFD1048576", 1_048_576, 16_384), ("AA10", 10, 27)])
    func readsA1(text: String, row: Int, column: Int) throws {
        let cell = try #require(CellReference(sheet: "S", a1: text))
        #expect(cell.row == row && cell.column == column)
        #expect(cell.a1 == text.replacing("$", with: ""))
    }

    @Test(arguments: ["", "A", "1", "A0", "XFE1", "A1048577", "1A", "A1B", "A-1"])
    func refusesWhatIsNoCell(text: String) {
        #expect(CellReference(sheet: "S", a1: text) == nil)
    }
}

@Suite struct CivilDateTests {
    @Test(arguments: [
        (1970, 1, 1, 0), (2020, 6, 11, 18_424), (2000, 2, 29, 11_016), (1969, 12, 31, -1), (1900, 3, 1, -25_508),
    ])
    func countsDays(year: Int, month: Int, day: Int, days: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSince1970 == days)
        #expect(date.components == (year, month, day))
    }

    @Test func refusesDaysThatAreNot() {
        #expect(CivilDate(year: 2019, month: 2, day: 29) == nil)
        #expect(CivilDate(iso8601: "2019-13-01") == nil)
        #expect(CivilDate(iso8601: "2019-1-01") == nil)
    }

    @Test func theOfficesDayBeginsSevenHoursEarly() {
        let lateEvening = Date(timeIntervalSince1970: 18_424 * 86_400 - 3600)
        #expect(CivilDate(lateEvening, in: .indochina).description == "2020-06-11")
    }
}

@Suite struct SecretTests {
    @Test func neverPrintsItsValue() {
        var dumped = ""
        dump(Secret("hunter2"), to: &dumped)
        #expect(!"\(Secret("hunter2"))\(String(reflecting: Secret("hunter2")))\(dumped)".contains("hunter2"))
    }
}
