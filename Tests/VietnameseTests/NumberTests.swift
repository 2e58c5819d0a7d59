import Foundation
import Testing
import Vietnamese

struct NumberTests {
    @Test(arguments: [
        ("1250", 1250), ("1.250", 1250), ("1,250", 1250), ("1.250.000", 1_250_000), ("1,250,000", 1_250_000),
        ("1 250 000", 1_250_000), ("1\u{A0}250", 1250), ("1.250.000,00", 1_250_000), ("1,250,000.00", 1_250_000),
        ("0", 0), (" 7 ", 7), ("-5", -5), ("+5", 5), ("\u{2212}5", -5), ("120 hộ", 120), ("1.250 người", 1250),
        ("12,0", 12),
    ])
    func `Counts`(text: String, expected: Int) {
        #expect(Vietnamese.readNumber(text, as: .count) == .exact(Decimal(expected)))
    }

    @Test(arguments: [
        ("200 triệu", 200_000_000), ("200 triệu đồng", 200_000_000), ("1,5 tỷ", 1_500_000_000),
        ("1,5 tỉ đồng", 1_500_000_000),
        ("200 tr.đ", 200_000_000), ("200.000đ", 200_000), ("200.000 đ.", 200_000), ("350 nghìn đồng", 350_000),
        ("1 tỷ 200 triệu đồng", 1_200_000_000), ("200.000.000 VNĐ", 200_000_000), ("1.250.000 đồng", 1_250_000),
    ])
    func `Amounts in đồng with their units`(text: String, expected: Int) {
        #expect(Vietnamese.readNumber(text, as: .money) == .exact(Decimal(expected)))
    }

    @Test(arguments: [
        ("4,08", "4.08"), ("4.08", "4.08"), ("4,08 %", "4.08"), ("4.08%", "4.08"), ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1250,000", "1250"), ("3,1416", "3.1416"), ("-0,5", "-0.5"), ("12", "12"),
    ])
    func `Rates`(text: String, expected: String) throws {
        #expect(Vietnamese.readNumber(text, as: .rate) == .exact(try #require(Decimal(string: expected))))
    }

    @Test func `A single separator before three digits is asked about where decimals are usual`() throws {
        let decimal = try #require(Decimal(string: "4.125"))
        #expect(Vietnamese.readNumber("4,125", as: .rate) == .ambiguous(decimal, 4125))
        #expect(Vietnamese.readNumber("-4.125", as: .rate) == .ambiguous(-decimal, -4125))
        #expect(Vietnamese.readNumber("1,250 triệu", as: .money) == .ambiguous(1_250_000, 1_250_000_000))
    }

    @Test(arguments: [
        "", " ", "-", "abc", "12abc", "1.25.000", "1.2500.000", "1,2,3", "1..2", ".5", "5.", "1.250,000,5", "12 34",
        "4 %",
        "200 triệu 1 tỷ", "0x10", "1e5", "１２", "12/5", "1 250 00", "--5", "5 hộ 3", "khoảng 20",
        "1234567890123456789012345678901", String(repeating: "9", count: 10_000),
    ])
    func `What is no number is none`(text: String) {
        #expect(Vietnamese.readNumber(text, as: .count) == .none)
    }

    @Test func `Long amounts stay exact`() {
        #expect(Vietnamese.readNumber("9.999.999.999.999", as: .money) == .exact(9_999_999_999_999))
    }
}

struct DateTests {
    @Test(arguments: [
        ("5/12/2019", [2019, 12, 5]), ("05.12.2019", [2019, 12, 5]), ("05-12-2019", [2019, 12, 5]),
        ("2019-12-05", [2019, 12, 5]),
        ("ngày 11 tháng 6 năm 2020", [2020, 6, 11]), ("Ngày 11/6/2020", [2020, 6, 11]),
        ("11 tháng 6 năm 2020", [2020, 6, 11]),
        ("Can Lộc, ngày 05 tháng 7 năm 2018", [2018, 7, 5]), ("29/02/2020", [2020, 2, 29]), ("5/12/19", [2019, 12, 5]),
        ("05/12/2019 00:00:00", [2019, 12, 5]), ("2019-12-05T00:00:00.000+07:00", [2019, 12, 5]),
        (" 5/12/2019 ", [2019, 12, 5]),
    ])
    func `Days as they are typed`(text: String, expected: [Int]) throws {
        let date = try #require(Vietnamese.readDate(text))
        #expect([date.year, date.month, date.day] == expected)
    }

    @Test(arguments: [
        "", "tháng 6/2020", "2020", "6/2020", "29/02/2019", "12/25/2019", "31/4/2019", "0/1/2019", "5/12/2019 abc",
        "5/12", "1/1/019",
        "ngày tháng năm", "5/12/2019/1", "99999/1/1",
    ])
    func `What names no day is refused`(text: String) {
        #expect(Vietnamese.readDate(text) == nil)
    }
}

struct LetterTests {
    @Test func `Letters write numbers, amounts, days and hours in Vietnamese form`() throws {
        #expect(Vietnamese.formatMoney(1_250_000) == "1.250.000 đồng")
        #expect(Vietnamese.formatRate(try #require(Decimal(string: "4.0751"))) == "4,08 %")
        #expect(Vietnamese.formatRate(5) == "5,00 %")
        #expect(Vietnamese.formatNumber(try #require(Decimal(string: "-1234.5"))) == "-1.234,5")
        #expect(Vietnamese.formatNumber(0) == "0")
        #expect(Vietnamese.formatNumber(try #require(Decimal(string: "-0.001")), fractionDigits: 2) == "0,00")
        #expect(Vietnamese.formatNumber(120) == "120")
        #expect(Vietnamese.formatNumber(10_000_000_000_000) == "10.000.000.000.000")
        #expect(Vietnamese.formatDate(year: 2019, month: 12, day: 5) == "05/12/2019")
        #expect(Vietnamese.formatTime(hour: 16, minute: 55) == "16 giờ 55 phút")
        #expect(Vietnamese.formatTime(hour: 8, minute: 5) == "08 giờ 05 phút")
    }
}
