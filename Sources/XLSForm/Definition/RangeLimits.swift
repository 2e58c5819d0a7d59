import Foundation

/// What a `range` question accepts: from `start` to `end` by `step`. pyxform's defaults: from 1 to 10 by 1.
struct RangeLimits: Sendable {
    let start: Decimal
    let end: Decimal
    let step: Decimal
    let interval: Decimal?
    let placeholder: Decimal?

    init(_ parameters: [String: String]) throws(RangeFault) {
        start = try Self.number("start", parameters) ?? 1
        end = try Self.number("end", parameters) ?? 10
        step = try Self.number("step", parameters) ?? 1
        interval = try Self.number("tick_interval", parameters)
        placeholder = try Self.number("placeholder", parameters)
        try checkWidth(step, of: "step")
    }

    private static func number(_ key: String, _ parameters: [String: String]) throws(RangeFault) -> Decimal? {
        guard let text = parameters[key] else { return nil }
        guard let number = Number(text)?.decimal else {
            throw RangeFault("The parameter \(key) is “\(text)”.", "Write a number.")
        }
        return number
    }

    func checkWidth(_ value: Decimal, of key: String) throws(RangeFault) {
        if value == 0 { throw RangeFault("The parameter \(key) is 0.", "Write another number.") }
        if value > abs(end - start) {
            throw RangeFault("The parameter \(key) is wider than the whole range.", "Write a smaller number.")
        }
    }

    func checkPlace(
        _ value: Decimal, _ what: String, every width: Decimal, _ key: String
    ) throws(RangeFault) {
        if value < min(start, end) || value > max(start, end) {
            throw RangeFault("\(what) lies outside the range.", "Write a number from start to end.")
        }
        if !isMultiple(value - start, of: width) {
            throw RangeFault("\(what) is not reached from start by \(key).", "Write start and a multiple of \(key).")
        }
    }

    func checkLabels(
        _ name: String, _ lists: [String: ChoiceList], withoutTicks: Bool
    ) throws(RangeFault) {
        guard let list = lists[name] else {
            throw RangeFault("The choices sheet has no list “\(name)”.", "Add the list, or check its name.")
        }
        var values: Set<Decimal> = []
        for choice in list.choices {
            guard let value = Number(choice.name)?.decimal else {
                throw RangeFault(
                    "“\(choice.name)” of the list “\(name)” is no number.", "Name each tick by its number.")
            }
            let what = "“\(choice.name)” of the list “\(name)”"
            try checkPlace(value, what, every: interval ?? step, interval == nil ? "step" : "tick_interval")
            values.insert(value)
        }
        if withoutTicks, values != [start, end] {
            throw RangeFault("Without ticks only start and end have a label.", "Keep these two in the list.")
        }
    }

    var lowest: Decimal { min(start, end) }
    var highest: Decimal { max(start, end) }

    /// Whether only whole numbers can be reached.
    var isWhole: Bool { [start, step, end].allSatisfy { $0.rounded(.plain) == $0 } }

    /// Whether the value lies from `start` to `end`, both included.
    func contains(_ value: Decimal) -> Bool {
        value >= lowest - slack && value <= highest + slack
    }

    /// Whether `step` reaches the value, counted from the start, which may be the upper end.
    func reaches(_ value: Decimal) -> Bool { abs(place(of: value, .plain) - value) <= slack }

    /// The two values next to it that `step` reaches; beyond the last of them, the last two.
    func neighbours(of value: Decimal) -> (below: Decimal, above: Decimal) {
        let (below, above) = (place(of: value, .down), place(of: value, .up))
        guard below == above else { return (below, above) }
        let width = abs(step)
        return below <= value ? (max(lowest, below - width), below) : (above, min(highest, above + width))
    }

    private func place(of value: Decimal, _ mode: NSDecimalNumber.RoundingMode) -> Decimal {
        let width = abs(step)
        let last = ((highest - lowest) / width).rounded(.down)
        let steps = start <= end ? 0...last : -last...0
        return start + min(max(((value - start) / width).rounded(mode), steps.lowerBound), steps.upperBound) * width
    }

    /// A cell holds a double: what a formula computes may miss its step by the last of its digits.
    private var slack: Decimal { abs(step) / 1_000_000_000 }

    func isMultiple(_ value: Decimal, of width: Decimal) -> Bool {
        (value / width).rounded(.plain) * width == value
    }
}

extension Decimal {
    fileprivate func rounded(_ mode: NSDecimalNumber.RoundingMode) -> Decimal {
        var (value, rounded) = (self, Decimal())
        NSDecimalRound(&rounded, &value, 0, mode)
        return rounded
    }
}

/// What is wrong with the parameters of a range, and what to do.
struct RangeFault: Error {
    let message: String
    let remedy: String

    init(_ message: String, _ remedy: String) {
        self.message = message
        self.remedy = remedy
    }
}
