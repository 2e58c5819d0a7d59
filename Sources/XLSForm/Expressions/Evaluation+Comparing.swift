import Foundation
import Records

extension EvaluationContext {
    /// The six comparisons. With a blank the answer is undecided, but for the question whether it is the empty text.
    func compare(_ comparison: Plan.Comparison, _ left: Scalar, _ right: Scalar) -> Truth {
        if left.isUndecided || right.isUndecided { return .undecided }
        switch comparison {
        case .equal: return equal(left, right)
        case .notEqual: return !equal(left, right)
        default: break
        }
        guard let (first, second) = numbers(left, right) else { return .undecided }
        guard let order = first.compared(to: second) else { return .no }
        switch comparison {
        case .less: return Truth(order == .less)
        case .lessOrEqual: return Truth(order != .greater)
        case .greater: return Truth(order == .greater)
        default: return Truth(order != .less)
        }
    }

    private func equal(_ left: Scalar, _ right: Scalar) -> Truth {
        switch (left.value, right.value) {
        case (.blank, .text(let text)) where text.isEmpty: return .yes
        case (.text(let text), .blank) where text.isEmpty: return .yes
        case (.blank, _), (_, .blank):
            let isZero = { (scalar: Scalar) in !scalar.isBlank || scalar.blankIsZero }
            return isZero(left) && isZero(right) ? equalAsNumbers(left, right) : .undecided
        case (.boolean(let first), .boolean(let second)): return Truth(first == second)
        case (.boolean(let truth), let other), (let other, .boolean(let truth)):
            return Truth(other.truth == Truth(truth))
        case (.text(let first), .text(let second)): return Truth(first == second)
        case (.text(let text), _) where text.isEmpty: return .no
        case (_, .text(let text)) where text.isEmpty: return .no
        default: return equalAsNumbers(left, right)
        }
    }

    private func equalAsNumbers(_ left: Scalar, _ right: Scalar) -> Truth {
        guard let (first, second) = numbers(left, right) else { return .undecided }
        return Truth(first.compared(to: second) == .same)
    }

    /// Both as numbers; beside a date, text that is a date counts as one.
    private func numbers(_ left: Scalar, _ right: Scalar) -> (Number, Number)? {
        guard let first = number(of: left, beside: right), let second = number(of: right, beside: left) else {
            return nil
        }
        return (first, second)
    }

    private func number(of scalar: Scalar, beside other: Scalar) -> Number? {
        if case .text(let text) = scalar.value, other.isDate, let date = DateText.date(text, zone: zone) {
            return Number(date.daysSince1970)
        }
        return number(of: scalar)
    }
}

extension Scalar {
    fileprivate var isUndecided: Bool {
        if case .undecided = value { true } else { false }
    }

    fileprivate var isBlank: Bool {
        if case .blank = value { true } else { false }
    }

    fileprivate var isDate: Bool {
        switch value {
        case .date, .dateTime: true
        default: false
        }
    }
}
