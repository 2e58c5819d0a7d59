import Foundation

/// The limits of a `range` question: `start`, `end` and `step`, and the ticks that a slider shows.
enum RangeParameters {
    /// Each thing wrong, and what to do; the first of its kind only.
    static func problems(
        _ parameters: [String: String], appearance: String, lists: [String: ChoiceList]
    ) -> [(message: String, remedy: String)] {
        do throws(Fault) {
            let range = try Limits(parameters)
            let ticks = ["tick_interval", "placeholder", "tick_labelset"].filter { parameters[$0] != nil }
            if !appearance.isEmpty, !appearance.contains("vertical"), !appearance.contains("no-ticks"),
                let tick = ticks.first
            {
                throw Fault("The parameter \(tick) does not go with this appearance.", "Leave one of them out.")
            }
            if let interval = range.interval {
                try range.checkWidth(interval, of: "tick_interval")
                guard range.isMultiple(interval, of: range.step) else {
                    throw Fault("The parameter tick_interval is no multiple of step.", "Write a multiple of step.")
                }
            }
            if let placeholder = range.placeholder {
                try range.checkPlace(placeholder, "The parameter placeholder", every: range.step, "step")
            }
            if let name = parameters["tick_labelset"] {
                try range.checkLabels(name, lists, withoutTicks: appearance.contains("no-ticks"))
            }
            return []
        } catch {
            return [(error.message, error.remedy)]
        }
    }

    private struct Fault: Error {
        let message: String
        let remedy: String

        init(_ message: String, _ remedy: String) {
            self.message = message
            self.remedy = remedy
        }
    }

    /// pyxform's defaults: from 1 to 10 by 1.
    private struct Limits {
        let start: Decimal
        let end: Decimal
        let step: Decimal
        let interval: Decimal?
        let placeholder: Decimal?

        init(_ parameters: [String: String]) throws(Fault) {
            start = try Self.number("start", parameters) ?? 1
            end = try Self.number("end", parameters) ?? 10
            step = try Self.number("step", parameters) ?? 1
            interval = try Self.number("tick_interval", parameters)
            placeholder = try Self.number("placeholder", parameters)
            try checkWidth(step, of: "step")
        }

        private static func number(_ key: String, _ parameters: [String: String]) throws(Fault) -> Decimal? {
            guard let text = parameters[key] else { return nil }
            guard let number = Number(text)?.decimal else {
                throw Fault("The parameter \(key) is “\(text)”.", "Write a number.")
            }
            return number
        }

        func checkWidth(_ value: Decimal, of key: String) throws(Fault) {
            if value == 0 { throw Fault("The parameter \(key) is 0.", "Write another number.") }
            if value > abs(end - start) {
                throw Fault("The parameter \(key) is wider than the whole range.", "Write a smaller number.")
            }
        }

        func checkPlace(
            _ value: Decimal, _ what: String, every width: Decimal, _ key: String
        ) throws(Fault) {
            if value < min(start, end) || value > max(start, end) {
                throw Fault("\(what) lies outside the range.", "Write a number from start to end.")
            }
            if !isMultiple(value - start, of: width) {
                throw Fault("\(what) is not reached from start by \(key).", "Write start and a multiple of \(key).")
            }
        }

        func checkLabels(
            _ name: String, _ lists: [String: ChoiceList], withoutTicks: Bool
        ) throws(Fault) {
            guard let list = lists[name] else {
                throw Fault("The choices sheet has no list “\(name)”.", "Add the list, or check its name.")
            }
            var values: Set<Decimal> = []
            for choice in list.choices {
                guard let value = Number(choice.name)?.decimal else {
                    throw Fault("“\(choice.name)” of the list “\(name)” is no number.", "Name each tick by its number.")
                }
                let what = "“\(choice.name)” of the list “\(name)”"
                try checkPlace(value, what, every: interval ?? step, interval == nil ? "step" : "tick_interval")
                values.insert(value)
            }
            if withoutTicks, values != [start, end] {
                throw Fault("Without ticks only start and end have a label.", "Keep these two in the list.")
            }
        }

        func isMultiple(_ value: Decimal, of width: Decimal) -> Bool {
            var quotient = value / width
            var whole = Decimal()
            NSDecimalRound(&whole, &quotient, 0, .plain)
            return whole * width == value
        }
    }
}
