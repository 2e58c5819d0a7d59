import Foundation
import Testing
import XLSForm

@Suite struct NumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("42", "42"), (" 5.10 ", "5.1"), ("-.5", "-0.5"), ("5.", "5"),
        ("0.000001", "0.000001"),
        ("10000000000000", "10000000000000"),
        ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
        ("100000000000000000000000000000000000000", "100000000000000000000000000000000000000"),
        ("0.1234567890123456789012345678901234567890", "0.1234567890123456789012345678901235"),
    ])
    func readsAndPrints(_ text: String, _ printed: String) throws {
        #expect(try #require(Number(text)).description == printed)
    }

    @Test(arguments: ["", " ", "abc", "1e3", "+1", "1,5", "1 2", "--1", ".", "-", "1.2.3", "0x10", "Infinity", "NaN"])
    func refuses(_ text: String) {
        #expect(Number(text) == nil)
    }

    @Test func isExactWhereBinaryIsNot() throws {
        let difference = try #require(Number("5.1")) - #require(Number("3.85"))
        #expect(difference.description == "1.25")
        #expect((Number(1) / Number(8)).description == "0.125")
        #expect((Number(1) / Number(3)).description == "0." + String(repeating: "3", count: 34))
        #expect((Number(2) / Number(3)).description == "0." + String(repeating: "6", count: 33) + "7")
        let large = Number(9_999_999_999_999_999)
        #expect((large * large).description == "99999999999999980000000000000001")
        #expect((large * large * large).description.count == 48)
    }

    @Test func addsAMillionAmountsExactly() {
        let amount = Number(9_999_999_999_999)
        var sum = Number.zero
        for _ in 0..<1_000_000 { sum = sum + amount }
        #expect(sum.description == "9999999999999000000")
    }

    /// A rate computed by division, compared with the same rate computed another way, for shares that are met exactly:
    /// FORMPOST_RATE_COUNT of them.
    @Test func aTargetMetExactlyIsMet() throws {
        var generator = SeededGenerator(7)
        let wanted = ProcessInfo.processInfo.environment["FORMPOST_RATE_COUNT"].flatMap { Int($0) } ?? 20_000
        for _ in 0..<wanted {
            let total = Int.random(in: 1...5_000, using: &generator)
            let start = Int.random(in: 0...total, using: &generator)
            let end = Int.random(in: 0...start, using: &generator)
            let hundred = Number(100)
            let fall = Number(start) * hundred / Number(total) - Number(end) * hundred / Number(total)
            let target = Number(start - end) * hundred / Number(total)
            #expect(fall.compared(to: target) == .same, "\(start) \(end) of \(total)")
            let short = Number(start - end - 1) * hundred / Number(total)
            #expect(fall.compared(to: short) == .greater)
        }
        let share = Number(33) / Number(10)
        #expect(share.compared(to: Number(3) * (try #require(Number("1.1")))) == .same)
    }

    @Test func tellsOneDongInTenTrillionApart() throws {
        let amount = Number(10_000_000_000_000)
        #expect(amount.compared(to: amount + .one) == .less)
        let hundredth = try #require(Number("0.000001"))
        #expect((amount + hundredth).compared(to: amount) == .greater)
        let third = amount / Number(3)
        #expect((third + third + third).compared(to: amount) == .same)
        #expect((third + third + third - amount).compared(to: .zero) == .same)
        #expect(Number.nan.compared(to: .nan) == nil)
        #expect(Number.infinity.compared(to: amount) == .greater)
        #expect(Number.negativeInfinity.compared(to: .negativeInfinity) == .same)
    }

    @Test func followsTheRulesForInfinities() {
        #expect((Number.one / .zero).description == "Infinity")
        #expect((-Number.one / .zero).description == "-Infinity")
        #expect((Number.zero / .zero).isNaN)
        #expect((Number.infinity - .infinity).isNaN)
        #expect((Number.infinity * .zero).isNaN)
        #expect((Number.one / .infinity).isZero)
        #expect(Number(5).remainder(dividingBy: .zero).isNaN)
        #expect(Number(5).remainder(dividingBy: .infinity) == Number(5))
        #expect(Number(10).raised(to: Number(500)).description == "Infinity")
        #expect(Number(10).raised(to: Number(-500)).isZero)
    }

    @Test(arguments: [
        ("-1.5", 0, "-1"), ("2.5", 0, "3"), ("-2.51", 0, "-3"), ("1.2345", 2, "1.23"), ("1235.5", -2, "1200"),
        ("1250", -2, "1300"), ("0.49", 0, "0"), ("7", 3, "7"), ("-0.2", 0, "0"),
        ("12345678901234.565", 2, "12345678901234.57"),
    ])
    func rounds(_ text: String, _ places: Int, _ rounded: String) throws {
        #expect(try #require(Number(text)).rounded(toPlaces: places).description == rounded)
    }

    @Test(arguments: [("1.9", "1", "2"), ("-1.9", "-2", "-1"), ("3", "3", "3"), ("-0.5", "-1", "0")])
    func roundsDownAndUp(_ text: String, _ down: String, _ up: String) throws {
        let number = try #require(Number(text))
        #expect(number.roundedDown.description == down)
        #expect(number.roundedUp.description == up)
    }

    /// Foundation's decimals as a second opinion, far from their limits.
    @Test func agreesWithFoundation() throws {
        var generator = SeededGenerator(11)
        for _ in 0..<3_000 {
            let texts = (0..<2).map { _ in
                "\(Int.random(in: -999_999_999...999_999_999, using: &generator)).\(Int.random(in: 0...9_999, using: &generator))"
            }
            let (a, b) = (try #require(Number(texts[0])), try #require(Number(texts[1])))
            let (x, y) = (try #require(Decimal(string: texts[0])), try #require(Decimal(string: texts[1])))
            #expect((a + b).decimal == x + y)
            #expect((a - b).decimal == x - y)
            #expect((a * b).decimal == x * y)
            #expect(((a / b) * b).compared(to: a) == .same)
            #expect(Number(x) == a)
        }
    }

    /// Whether a significand has 64 bits or more, and where its exponent lies, makes no difference.
    @Test func `Foundation's decimals come in as they are printed and go out as they came`() throws {
        var generator = SeededGenerator(12)
        var texts = [
            "0", "-0.5", "1000", "1000000000000000000", "18446744073709551615", "18446744073709551616", "1e30", "-1e12",
            "1234567890123456789012345678901234", "0.00000000000000000001", "-12.500", "0.1234567890123456789",
        ]
        for digits in 1...34 {
            let number = (0..<digits).map { _ in String(Int.random(in: 1...9, using: &generator)) }.joined()
            texts += [number, "-" + number.prefix(digits / 2) + "." + number]
        }
        for text in texts where text.utf8.count <= 36 {
            let decimal = try #require(Decimal(string: text))
            let number = Number(decimal)
            #expect(number == Number(decimal.description))
            #expect(number.description == Number(decimal.description)?.description)
            #expect(number.decimal == Decimal(string: number.description))
        }
        #expect(Number(Decimal.nan).isNaN)
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
