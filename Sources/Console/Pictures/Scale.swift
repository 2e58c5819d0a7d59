import Foundation

/// Where a figure stands on an axis: figures from one end to the other, pixels likewise.
struct Scale: Sendable {
    let figures: ClosedRange<Double>
    let start: Double
    let end: Double

    /// From zero, or from the smallest figure below it, to a round number that no figure exceeds.
    init(_ figures: [Decimal], from start: Double, to end: Double) {
        let values = figures.map(\.double)
        let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
        let step = Self.step(for: max(high - low, 0.000_001))
        self.figures = (low / step).rounded(.down) * step...max((high / step).rounded(.up) * step, step)
        self.start = start
        self.end = end
    }

    subscript(figure: Decimal) -> Double { self[figure.double] }

    subscript(figure: Double) -> Double {
        start + (figure - figures.lowerBound) / (figures.upperBound - figures.lowerBound) * (end - start)
    }

    /// Round figures along the axis, three to six of them.
    var ticks: [Double] {
        let step = Self.step(for: figures.upperBound - figures.lowerBound)
        let count = Int(((figures.upperBound - figures.lowerBound) / step).rounded())
        return (0...max(count, 0)).map { figures.lowerBound + Double($0) * step }
    }

    /// 1, 2 or 5 times a power of ten, of which the span holds at most six.
    private static func step(for span: Double) -> Double {
        let power = pow(10, (log10(span / 6)).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { span / $0 <= 6.000_001 } ?? span
    }
}

extension Decimal {
    var double: Double { NSDecimalNumber(decimal: self).doubleValue }
}
