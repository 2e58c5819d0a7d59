import Foundation

/// The limits of a `range` question: `start`, `end` and `step`, and the ticks that a slider shows.
enum RangeParameters {
    /// Each thing wrong, and what to do; the first of its kind only.
    static func problems(
        _ parameters: [String: String], appearance: String, lists: [String: ChoiceList]
    ) -> [(message: String, remedy: String)] {
        do throws(RangeFault) {
            let range = try RangeLimits(parameters)
            let ticks = ["tick_interval", "placeholder", "tick_labelset"].filter { parameters[$0] != nil }
            if !appearance.isEmpty, !appearance.contains("vertical"), !appearance.contains("no-ticks"),
                let tick = ticks.first
            {
                throw RangeFault("The parameter \(tick) does not go with this appearance.", "Leave one of them out.")
            }
            if let interval = range.interval {
                try range.checkWidth(interval, of: "tick_interval")
                guard range.isMultiple(interval, of: range.step) else {
                    throw RangeFault("The parameter tick_interval is no multiple of step.", "Write a multiple of step.")
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
}
