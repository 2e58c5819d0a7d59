import Records

/// Households of a place at the beginning and the end of a year, and what follows from them.
struct YearFigures: Sendable, Hashable {
    /// nil when nobody knows the year before.
    var opening: ClosingFigures?
    var closing: ClosingFigures
    /// Of a report: it says that they are final.
    var isOfficial = true

    /// Larger numbers are no households; sums and products of these stay far inside 128 bits.
    private static let largest = 1_000_000_000

    init(opening: ClosingFigures?, closing: ClosingFigures) {
        self.opening = opening
        self.closing = closing
    }

    /// From the answers of a commune's report; nil when a closing figure is missing.
    init?(report values: [String: String]) {
        func figures(_ total: String, _ poor: String, _ nearPoor: String) -> ClosingFigures? {
            func number(_ name: String) -> Int? {
                values[name].flatMap { Int($0) }.flatMap { (0...Self.largest).contains($0) ? $0 : nil }
            }
            guard let total = number(total), let poor = number(poor), let nearPoor = number(nearPoor) else {
                return nil
            }
            return ClosingFigures(total: total, poor: poor, nearPoor: nearPoor)
        }
        guard let closing = figures("tong_cuoi", "ngheo_cuoi", "can_cuoi") else { return nil }
        self.closing = closing
        opening = figures("tong_dau", "ngheo_dau", "can_dau")
        isOfficial = values["tinh_chat"] == "chinh_thuc"
    }

    /// The percentage of a part, in hundredths, rounded half up; nil of nothing.
    static func rate(_ part: Int, of total: Int) -> Int? {
        total > 0 ? rounded(Int128(part) * 10_000, over: Int128(total)) : nil
    }

    /// By how much the rate fell from opening to closing, in hundredths of a percentage point, rounded half up.
    func reduction(_ kind: KeyPath<ClosingFigures, Int>) -> Int? {
        guard let fall = fall(kind) else { return nil }
        return Self.rounded(fall.above * 10_000, over: fall.below)
    }

    /// Whether the rate fell by at least the target, compared in whole numbers so that no rounding helps or hurts.
    /// - Parameter target: hundredths of a percentage point, as a fraction: a weighted mean need not be whole.
    /// - Parameter beyond: "reached and exceeded" was decided to mean more than the target.
    func reaches(
        _ target: Fraction, _ kind: KeyPath<ClosingFigures, Int>, beyond: Bool = false
    ) -> Bool? {
        guard let fall = fall(kind), target.below > 0 else { return nil }
        let (achieved, planned) = (fall.above * 10_000 * target.below, target.above * fall.below)
        return beyond ? achieved > planned : achieved >= planned
    }

    struct Fraction: Sendable {
        var above: Int128
        var below: Int128
    }

    /// opening rate − closing rate, as a fraction.
    private func fall(_ kind: KeyPath<ClosingFigures, Int>) -> Fraction? {
        guard let opening, opening.total > 0, closing.total > 0 else { return nil }
        let before = Int128(opening[keyPath: kind]) * Int128(closing.total)
        let after = Int128(closing[keyPath: kind]) * Int128(opening.total)
        return Fraction(above: before - after, below: Int128(opening.total) * Int128(closing.total))
    }

    private static func rounded(_ above: Int128, over below: Int128) -> Int {
        let (quotient, remainder) = (2 * above + below).quotientAndRemainder(dividingBy: 2 * below)
        return Int(clamping: remainder < 0 ? quotient - 1 : quotient)
    }

    /// Hundredths as a plain decimal: 408 is `4.08`, 50 is `0.5`.
    static func decimal(_ hundredths: Int) -> String {
        let magnitude = hundredths.magnitude
        let sign = hundredths < 0 ? "-" : ""
        let fraction = magnitude % 100
        if fraction == 0 { return "\(sign)\(magnitude / 100)" }
        if fraction % 10 == 0 { return "\(sign)\(magnitude / 100).\(fraction / 10)" }
        return "\(sign)\(magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}

extension ClosingFigures {
    static func + (left: Self, right: Self) -> Self {
        ClosingFigures(
            total: left.total + right.total, poor: left.poor + right.poor, nearPoor: left.nearPoor + right.nearPoor)
    }
}
