import Foundation

extension Number {
    package static prefix func - (number: Number) -> Number {
        switch number.kind {
        case .finite: Number(coefficient: -number.coefficient, exponent: Int(number.exponent))
        case .notANumber: .nan
        case .positiveInfinity: .negativeInfinity
        case .negativeInfinity: .infinity
        }
    }

    package static func + (left: Number, right: Number) -> Number {
        guard left.isFinite, right.isFinite else {
            if left.isNaN || right.isNaN { return .nan }
            if left.isFinite { return right }
            return right.isFinite || left.kind == right.kind ? left : .nan
        }
        if left.exponent == right.exponent {
            // Two coefficients below 10^34 cannot overflow 128 bits.
            return Number(coefficient: left.coefficient + right.coefficient, exponent: Int(left.exponent))
        }
        return left.exponent > right.exponent ? aligned(left, right) : aligned(right, left)
    }

    package static func - (left: Number, right: Number) -> Number { left + -right }

    /// Adds numbers of which the first has the greater exponent.
    private static func aligned(_ high: Number, _ low: Number) -> Number {
        if high.coefficient == 0 { return low }
        let distance = Int(high.exponent) - Int(low.exponent)
        let room = 37 - high.coefficient.magnitude.decimalDigits
        if distance <= room, let scaled = high.coefficient.multipliedByPowerOfTen(distance) {
            return Number(coefficient: scaled + low.coefficient, exponent: Int(low.exponent))
        }
        // Only the leading digits of the smaller one can still count.
        let scaled = high.coefficient.multipliedByPowerOfTen(room) ?? high.coefficient
        let rest = low.coefficient.dividedByPowerOfTen(distance - room)
        return Number(coefficient: scaled + rest, exponent: Int(high.exponent) - room)
    }

    package static func * (left: Number, right: Number) -> Number {
        guard left.isFinite, right.isFinite else {
            if left.isNaN || right.isNaN || left.isZero || right.isZero { return .nan }
            return left.isNegative == right.isNegative ? .infinity : .negativeInfinity
        }
        let exponent = Int(left.exponent) + Int(right.exponent)
        let (product, overflow) = left.coefficient.multipliedReportingOverflow(by: right.coefficient)
        if !overflow { return Number(coefficient: product, exponent: exponent) }
        let wide = left.coefficient.magnitude.multipliedFullWidth(by: right.coefficient.magnitude)
        let digits = left.coefficient.magnitude.decimalDigits + right.coefficient.magnitude.decimalDigits
        // Two digits more than the precision, so that the last one is rounded and not cut.
        let surplus = digits - precision - 2
        let divisor = UInt128.powersOfTen[surplus]
        let (quotient, _) = divisor.dividingFullWidth(wide)
        let isNegative = left.isNegative != right.isNegative
        return Number(coefficient: isNegative ? -Int128(quotient) : Int128(quotient), exponent: exponent + surplus)
    }

    /// Division by zero is infinite, 0 by 0 is NaN (XPath 1.0, section 3.5, after IEEE 754).
    package static func / (left: Number, right: Number) -> Number {
        guard left.isFinite, right.isFinite else {
            if left.isNaN || right.isNaN || !left.isFinite && !right.isFinite { return .nan }
            if left.isFinite { return .zero }
            return left.isNegative == right.isNegative ? .infinity : .negativeInfinity
        }
        if right.isZero {
            return left.isZero ? .nan : left.isNegative ? .negativeInfinity : .infinity
        }
        if left.isZero { return .zero }
        let exponent = Int(left.exponent) - Int(right.exponent)
        let (dividend, divisor) = (left.coefficient.magnitude, right.coefficient.magnitude)
        let isNegative = left.isNegative != right.isNegative
        if let small = UInt64(exactly: dividend), let by = UInt64(exactly: divisor), small % by == 0 {
            let quotient = Int128(small / by)
            return Number(coefficient: isNegative ? -quotient : quotient, exponent: exponent)
        }
        let widened = precision - dividend.decimalDigits
        // At least one digit more than the precision, so that the last one is rounded and not cut.
        let scale = divisor.decimalDigits + 1
        let wide = (dividend * UInt128.powersOfTen[widened]).multipliedFullWidth(by: UInt128.powersOfTen[scale])
        let (quotient, _) = divisor.dividingFullWidth(wide)
        let signed = isNegative ? -Int128(quotient) : Int128(quotient)
        return Number(coefficient: signed, exponent: exponent - widened - scale).withoutTrailingZeros
    }

    /// The remainder of a truncating division; it bears the dividend's sign (XPath 1.0, section 3.5).
    package func remainder(dividingBy divisor: Number) -> Number {
        guard isFinite, !divisor.isNaN, !divisor.isZero else { return .nan }
        guard divisor.isFinite else { return self }
        let low = min(exponent, divisor.exponent)
        if let left = coefficient.multipliedByPowerOfTen(Int(exponent - low)),
            let right = divisor.coefficient.multipliedByPowerOfTen(Int(divisor.exponent - low))
        {
            return Number(coefficient: left % right, exponent: Int(low))
        }
        return self - divisor * (self / divisor).truncated
    }

    /// Whole exponents are exact as far as the precision goes; others are computed in binary.
    package func raised(to power: Number) -> Number {
        guard isFinite, power.isFinite, power.truncated == power, let count = power.integer, count.magnitude <= 10_000
        else { return Number(approximating: pow(double, power.double)) }
        var result = Number.one
        var base = self
        var rest = count.magnitude
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            rest >>= 1
            if rest > 0 { base = base * base }
        }
        return count < 0 ? .one / result : result
    }

    package var magnitude: Number { isNegative ? -self : self }

    /// Without its fraction.
    package var truncated: Number {
        guard isFinite, exponent < 0 else { return self }
        guard exponent >= -38 else { return .zero }
        return Number(coefficient: coefficient / Int128(UInt128.powersOfTen[-Int(exponent)]), exponent: 0)
    }

    package var roundedDown: Number {
        let whole = truncated
        return isFinite && isNegative && whole.compareExactly(to: self) != .same ? whole - .one : whole
    }

    package var roundedUp: Number { -(-self).roundedDown }

    /// Halves go up: −1.5 becomes −1 (as in XPath 1.0, section 4.4). Negative places round to tens, hundreds …
    package func rounded(toPlaces places: Int = 0) -> Number {
        guard isFinite, -Int(exponent) > places, abs(places) <= Number.largestMagnitude else { return self }
        let shifted = Number(coefficient: coefficient, exponent: Int(exponent) + places)
        let whole = (shifted + Number(coefficient: 5, exponent: -1)).roundedDown
        return whole.isFinite ? Number(coefficient: whole.coefficient, exponent: Int(whole.exponent) - places) : whole
    }

    private var withoutTrailingZeros: Number {
        var coefficient = coefficient
        var exponent = Int(exponent)
        for step in [16, 8, 4, 2, 1] {
            let power = Int128(UInt128.powersOfTen[step])
            while exponent <= -step, coefficient % power == 0 {
                coefficient /= power
                exponent += step
            }
        }
        return Number(coefficient: coefficient, exponent: exponent)
    }
}

extension Number {
    package enum Order { case less, same, greater }

    /// Two numbers closer than this count as the same in all six comparisons: 10^-18, or 10^-24 of the larger one.
    ///
    /// Far below a đồng in 10^13, and above the last of the 34 digits that a division leaves.
    private static let absoluteTolerance = -18
    private static let relativeTolerance = -24

    /// How the dialect compares, tolerance included; nil when either is NaN.
    package func compared(to other: Number) -> Order? {
        guard isFinite, other.isFinite else {
            if isNaN || other.isNaN { return nil }
            return compareExactly(to: other)
        }
        if exponent == other.exponent {
            if coefficient == other.coefficient { return .same }
            if exponent == 0, let left = Int64(exactly: coefficient), let right = Int64(exactly: other.coefficient) {
                return left < right ? .less : .greater
            }
        }
        let difference = self - other
        if difference.isZero { return .same }
        let largest = max(magnitudeExponent, other.magnitudeExponent)
        let limit = max(Number.absoluteTolerance, largest + Number.relativeTolerance)
        if difference.magnitudeExponent < limit { return .same }
        return difference.isNegative ? .less : .greater
    }

    /// Without tolerance; NaN is the same as itself only and the smallest of all.
    func compareExactly(to other: Number) -> Order {
        if isFinite, other.isFinite {
            let difference = self - other
            return difference.isZero ? .same : difference.isNegative ? .less : .greater
        }
        let (left, right) = (rank, other.rank)
        return left < right ? .less : left == right ? .same : .greater
    }

    private var rank: Int {
        switch kind {
        case .notANumber: 0
        case .negativeInfinity: 1
        case .finite: 2
        case .positiveInfinity: 3
        }
    }

    /// n for magnitudes from 10^n up to 10^(n + 1).
    private var magnitudeExponent: Int {
        coefficient == 0 ? Int.min / 2 : coefficient.magnitude.decimalDigits - 1 + Int(exponent)
    }
}

extension Number: Equatable {
    /// Exactly the same value; NaN equals itself here, unlike in an expression.
    package static func == (left: Number, right: Number) -> Bool { left.compareExactly(to: right) == .same }
}
