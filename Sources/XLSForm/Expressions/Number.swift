package import Foundation

/// A number of the expression dialect: decimal, 34 significant digits, with NaN and both infinities.
///
/// Integers below 10^34 and decimals of as many digits are exact, so that amounts in đồng add up and a rate that meets
/// its target meets it. There is no negative zero. Magnitudes from 10^400 on are infinite, below 10^-400 zero.
package struct Number: Sendable {
    enum Kind: UInt8 { case finite, notANumber, positiveInfinity, negativeInfinity }

    static let precision = 34
    static let largestMagnitude = 400

    /// The value is `coefficient` × 10^`exponent`; below 10^34 in magnitude. Zero unless finite.
    let coefficient: Int128
    let exponent: Int32
    let kind: Kind

    package static let zero = Number(0)
    package static let one = Number(1)
    package static let nan = Number(kind: .notANumber)
    package static let infinity = Number(kind: .positiveInfinity)
    package static let negativeInfinity = Number(kind: .negativeInfinity)

    package init(_ integer: Int) {
        coefficient = Int128(integer)
        exponent = 0
        kind = .finite
    }

    init(kind: Kind) {
        coefficient = 0
        exponent = 0
        self.kind = kind
    }

    /// Rounds the coefficient, half away from zero, to the precision that fits.
    init(coefficient: Int128, exponent: Int) {
        var coefficient = coefficient
        var exponent = exponent
        if coefficient.magnitude >= UInt128.powersOfTen[Self.precision] {
            let surplus = coefficient.magnitude.decimalDigits - Self.precision
            coefficient = coefficient.dividedByPowerOfTen(surplus)
            exponent += surplus
        }
        self.init(rounded: coefficient, exponent: exponent)
    }

    private init(rounded coefficient: Int128, exponent: Int) {
        let top = coefficient.magnitude.decimalDigits + exponent
        if coefficient == 0 || top < -Self.largestMagnitude {
            self.init(0)
        } else if top > Self.largestMagnitude {
            self.init(kind: coefficient < 0 ? .negativeInfinity : .positiveInfinity)
        } else {
            self.init(finite: coefficient, exponent: Int32(exponent))
        }
    }

    private init(finite coefficient: Int128, exponent: Int32) {
        self.coefficient = coefficient
        self.exponent = exponent
        kind = .finite
    }

    /// Reads what XPath 1.0 (section 4.4) calls a number: an optional minus, digits, a point; blanks around it.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let read = text.withUTF8({ Number.parse($0) }) else { return nil }
        self = read
    }

    /// NaN where the decimal is.
    ///
    /// Nearly every significand has 64 bits at most, and Foundation gives those without printing them first; that nothing
    /// was cut off shows in the comparison.
    package init(_ decimal: Decimal) {
        let significand = decimal.significand
        let magnitude = NSDecimalNumber(decimal: significand).uint64Value
        guard !decimal.isNaN, decimal.exponent <= 12, Decimal(magnitude) == significand,
            let coefficient = Int128(magnitude).multipliedByPowerOfTen(max(0, decimal.exponent))
        else {
            self = Number(decimal.description) ?? .nan
            return
        }
        self.init(coefficient: decimal.isSignMinus ? -coefficient : coefficient, exponent: min(0, decimal.exponent))
    }

    /// The nearest decimal of fifteen digits or so; for functions that exist in binary only.
    init(approximating double: Double) {
        if double.isNaN {
            self = .nan
        } else if double.isInfinite {
            self = double < 0 ? .negativeInfinity : .infinity
        } else {
            let parts = "\(double)".split(separator: "e", maxSplits: 1)
            let mantissa = Number(parts[0]) ?? .nan
            let shift = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            self = Number(coefficient: mantissa.coefficient, exponent: Int(mantissa.exponent) + shift)
        }
    }

    package var isNaN: Bool { kind == .notANumber }
    package var isFinite: Bool { kind == .finite }
    package var isZero: Bool { kind == .finite && coefficient == 0 }
    package var isNegative: Bool { kind == .negativeInfinity || coefficient < 0 }

    /// nil unless finite. Foundation's decimals hold 38 digits.
    package var decimal: Decimal? {
        guard isFinite else { return nil }
        guard exponent == 0 || exponent < 0 && exponent >= -18, let magnitude = UInt64(exactly: coefficient.magnitude)
        else { return Decimal(string: description, locale: nil) }
        return Decimal(
            sign: coefficient < 0 ? .minus : .plus, exponent: Int(exponent), significand: Decimal(magnitude))
    }

    /// The integer part; nil unless finite and in range.
    package var integer: Int? {
        guard isFinite else { return nil }
        return Int(exactly: truncated.coefficient.multipliedByPowerOfTen(Int(truncated.exponent)) ?? .max)
    }

    var double: Double {
        switch kind {
        case .finite: Double(description) ?? .nan
        case .notANumber: .nan
        case .positiveInfinity: .infinity
        case .negativeInfinity: -.infinity
        }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        var index = 0
        var end = bytes.count
        while index < end, isBlank(bytes[index]) { index += 1 }
        while end > index, isBlank(bytes[end - 1]) { end -= 1 }
        let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var coefficient: Int128 = 0
        var exponent = 0
        var digits = 0
        var sawPoint = false
        while index < end {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            digits += 1
            // Beyond 37 digits nothing is left of the precision: only the magnitude counts.
            if coefficient < 1_000_000_000_000_000_000_000_000_000_000_000_000 {
                coefficient = coefficient * 10 + Int128(byte - UInt8(ascii: "0"))
                if sawPoint { exponent -= 1 }
            } else if !sawPoint {
                exponent += 1
            }
        }
        return digits == 0 ? nil : Number(coefficient: isNegative ? -coefficient : coefficient, exponent: exponent)
    }
}

extension Number: CustomStringConvertible {
    /// Plain decimal, never with an exponent; `NaN`, `Infinity`, `-Infinity`.
    package var description: String {
        switch kind {
        case .notANumber: return "NaN"
        case .positiveInfinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .finite: break
        }
        if exponent == 0 { return String(coefficient) }
        let sign = coefficient < 0 ? "-" : ""
        var digits = Array(String(coefficient.magnitude).utf8)
        if exponent > 0 {
            digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Int(exponent)))
            return sign + String(decoding: digits, as: UTF8.self)
        }
        let fractionDigits = -Int(exponent)
        if digits.count <= fractionDigits {
            let zeros = Array(repeating: UInt8(ascii: "0"), count: fractionDigits - digits.count + 1)
            digits.insert(contentsOf: zeros, at: 0)
        }
        var fraction = digits.suffix(fractionDigits)
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        let whole = String(decoding: digits.dropLast(fractionDigits), as: UTF8.self)
        return fraction.isEmpty ? sign + whole : sign + whole + "." + String(decoding: fraction, as: UTF8.self)
    }
}

extension UInt128 {
    /// 10^0 … 10^38.
    static let powersOfTen: [UInt128] = (0..<38).reduce(into: [1]) { powers, index in powers.append(powers[index] * 10)
    }

    /// How many decimal digits the number has; 0 has none.
    var decimalDigits: Int {
        if self < 10 { return self == 0 ? 0 : 1 }
        // 1233 / 4096 approximates log10(2) from below well enough for 128 bits.
        let estimate = ((bitWidth - leadingZeroBitCount) * 1233) >> 12
        return self >= UInt128.powersOfTen[estimate] ? estimate + 1 : estimate
    }
}

extension Int128 {
    /// Rounds half away from zero.
    func dividedByPowerOfTen(_ power: Int) -> Int128 {
        guard power <= 38 else { return 0 }
        let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: UInt128.powersOfTen[power])
        let rounded = Int128(remainder >= UInt128.powersOfTen[power] - remainder ? quotient + 1 : quotient)
        return self < 0 ? -rounded : rounded
    }

    /// nil when the product does not fit.
    func multipliedByPowerOfTen(_ power: Int) -> Int128? {
        if power == 0 { return self }
        guard power > 0, power <= 38 else { return self == 0 ? 0 : nil }
        let (product, overflow) = multipliedReportingOverflow(by: Int128(UInt128.powersOfTen[power]))
        return overflow ? nil : product
    }
}
