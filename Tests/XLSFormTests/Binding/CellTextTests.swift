import Foundation
import Sheets
import Testing

@testable import XLSForm

/// Numbers of cells as decimals and as text.
@Suite struct CellTextTests {
    /// The quick way for few decimals comes to what printing with 15 digits comes to.
    @Test func aNumberIsItsShortestDecimal() throws {
        var number: UInt64 = 88_172_645_463_325_252
        func next() -> UInt64 {
            number ^= number << 13
            number ^= number >> 7
            number ^= number << 17
            return number
        }
        let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e9]
        for _ in 0..<20_000 {
            let digits = Double(next() % UInt64(powers[Int(next() % 9)] * 1e6))
            let typed = (next() % 2 == 0 ? digits : -digits) / powers[Int(next() % 9)]
            let printed = Decimal(
                string: String(format: "%.15g", typed), locale: Locale(identifier: "en_US_POSIX"))
            #expect(CellText.decimal(typed) == printed)
            #expect(CellText.plain(.number(typed)) == printed.map { "\($0)" })
        }
    }

    @Test(arguments: [
        (0.25, "0.25"), (-0.05, "-0.05"), (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333333333333"), (-12.5, "-12.5"),
        (1e-7, "0.0000001"), (4.35, "4.35"), (123_456_789.123456, "123456789.123456"),
    ])
    func plainText(number: Double, text: String) {
        #expect(CellText.plain(.number(number)) == text)
    }
}
