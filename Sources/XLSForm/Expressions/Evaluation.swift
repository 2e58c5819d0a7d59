import Foundation
import Records

/// Where an evaluation stands: the node that `.` means, its place among its like, and the node it all began with.
struct Focus {
    var node: Instance.Node
    var position = 1
    var size = 1
    let current: Instance.Node

    init(_ node: Instance.Node) {
        self.node = node
        current = node
    }
}

/// One value, with what arithmetic must know about a blank.
struct Scalar {
    var value: ExpressionValue
    var blankIsZero = false

    init(_ value: ExpressionValue, blankIsZero: Bool = false) {
        self.value = value
        self.blankIsZero = blankIsZero
    }
}

/// Walking a plan. Everything is counted in steps, so that no expression runs on for ever.
extension EvaluationContext {
    /// Of many nodes read, only so many are kept: nobody reads a longer list of cells.
    static let maximumNodesRead = 32

    mutating func begin() {
        stepsLeft = stepBudget
        nodesRead.removeAll(keepingCapacity: true)
    }

    mutating func spend(_ steps: Int, _ plan: Plan) throws(EvaluationFailure) {
        stepsLeft -= steps
        if stepsLeft < 0 { throw EvaluationFailure(.budget, column: plan.column) }
    }

    mutating func value(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> ExpressionValue {
        try spend(1, plan)
        switch plan.operation {
        case .constant(let value): return value
        case .context, .current, .reference, .path, .filter, .union, .indexedRepeat:
            return .nodes(try nodes(plan, focus))
        case .negation, .arithmetic:
            return try number(plan, focus).map { .number($0) } ?? .undecided(.number)
        case .and, .or, .comparison, .match:
            switch try truth(plan, focus) {
            case .yes: return .boolean(true)
            case .no: return .boolean(false)
            case .undecided: return .undecided(.boolean)
            }
        case .call(let function, let arguments): return try call(function, arguments, plan, focus)
        }
    }

    // MARK: One value

    mutating func scalar(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> Scalar {
        if let node = try soleNode(plan, focus) {
            return node.map { read($0) } ?? Scalar(.blank)
        }
        let value = try value(plan, focus)
        guard case .nodes(let nodes) = value else { return Scalar(value) }
        guard let first = nodes.first else { return Scalar(.blank) }
        guard nodes.count == 1 else { throw EvaluationFailure(.severalNodes, column: plan.column) }
        return read(first)
    }

    /// The short way for what leads to at most one node without a search: nil when the plan is something else,
    /// nil within when there is no such node.
    mutating func soleNode(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> Instance.Node?? {
        switch plan.operation {
        case .context: return .some(focus.node)
        case .current: return .some(focus.current)
        case .reference(.relative(let steps, let path)):
            try spend(1 + path.count, plan)
            return .some(relative(steps, path, from: focus.current))
        case .reference(.single(let name)):
            try spend(1, plan)
            return .some(instance.firstNode(named: name))
        default: return .none
        }
    }

    private func relative(_ steps: Int, _ path: [NodeName], from node: Instance.Node) -> Instance.Node? {
        var node = node
        for _ in 0..<steps {
            guard let parent = instance.parent(of: node) else { return nil }
            node = parent
        }
        for name in path {
            guard let child = instance.child(name, of: node) else { return nil }
            node = child
        }
        return node
    }

    /// A node's value; remembers that it was read.
    mutating func read(_ node: Instance.Node) -> Scalar {
        if nodesRead.count < Self.maximumNodesRead, !nodesRead.contains(node), !instance.isTable(node) {
            nodesRead.append(node)
        }
        return Scalar(instance.value(of: node), blankIsZero: instance.blankIsZero(node))
    }

    // MARK: Numbers

    /// nil when undecided.
    mutating func number(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> Number? {
        switch plan.operation {
        case .constant(.number(let number)):
            try spend(1, plan)
            return number
        case .negation(let operand):
            try spend(1, plan)
            return try number(operand, focus).map { -$0 }
        case .arithmetic(let sign, let left, let right):
            try spend(1, plan)
            guard let left = try number(left, focus), let right = try number(right, focus) else { return nil }
            switch sign {
            case .plus: return left + right
            case .minus: return left - right
            case .times: return left * right
            case .div: return left / right
            case .mod: return left.remainder(dividingBy: right)
            }
        default:
            let scalar = try scalar(plan, focus)
            return number(of: scalar)
        }
    }

    /// nil for a blank, for empty text and for what is undecided; NaN for text that is no number.
    func number(of scalar: Scalar) -> Number? {
        switch scalar.value {
        case .number(let number): return number
        case .text(let text):
            if let number = Number(text) { return number }
            return text.allSatisfy(\.isWhitespace) ? nil : .nan
        case .boolean(let truth): return truth ? .one : .zero
        case .date(let date): return Number(date.daysSince1970)
        case .dateTime(let instant): return Number(CivilDate(instant, in: zone).daysSince1970)
        case .time(let seconds): return Number(seconds) / Number(86_400)
        case .blank: return scalar.blankIsZero ? .zero : nil
        case .nodes, .undecided: return nil
        }
    }

    // MARK: Text

    mutating func text(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> String {
        if case .constant(.text(let text)) = plan.operation { return text }
        let value = try scalar(plan, focus).value
        let text = text(of: value)
        try spend(text.utf8.count / 32, plan)
        return text
    }

    /// Blank is empty; undecided shows as ODK shows it.
    func text(of value: ExpressionValue) -> String {
        switch value {
        case .number(let number): number.description
        case .text(let text): text
        case .boolean(let truth): truth ? "true" : "false"
        case .date(let date): date.description
        case .dateTime(let instant): DateText.text(instant, zone: zone)
        case .time(let seconds): DateText.text(secondsOfDay: seconds)
        case .blank, .undecided(.text): ""
        case .undecided(.number): "NaN"
        case .undecided(.boolean): "false"
        case .nodes(let nodes): nodes.first.map { text(of: instance.value(of: $0)) } ?? ""
        }
    }

    // MARK: Truth

    mutating func truth(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> Truth {
        switch plan.operation {
        case .and(let left, let right):
            try spend(1, plan)
            let first = try truth(left, focus)
            if first == .no { return .no }
            let second = try truth(right, focus)
            return second == .no ? .no : first == .undecided ? .undecided : second
        case .or(let left, let right):
            try spend(1, plan)
            let first = try truth(left, focus)
            if first == .yes { return .yes }
            let second = try truth(right, focus)
            return second == .yes ? .yes : first == .undecided ? .undecided : second
        case .comparison(let comparison, let left, let right):
            try spend(1, plan)
            let (first, second) = (try scalar(left, focus), try scalar(right, focus))
            return compare(comparison, first, second)
        case .match(let subject, let pattern):
            return Truth(try matches(pattern, try text(subject, focus), plan))
        case .call(.not, let arguments):
            try spend(1, plan)
            return !(try truth(arguments[0], focus))
        default:
            return truth(of: try value(plan, focus))
        }
    }

    mutating func matches(_ pattern: RegularPattern, _ text: String, _ plan: Plan) throws(EvaluationFailure) -> Bool {
        var left = stepsLeft
        defer { stepsLeft = left }
        return try pattern.matches(text) { (steps: Int) throws(EvaluationFailure) in
            left -= steps
            if left < 0 { throw EvaluationFailure(.budget, column: plan.column) }
        }
    }

    /// What `boolean()` makes of a value; of several nodes one that is not blank is enough.
    mutating func truth(of value: ExpressionValue) -> Truth {
        guard case .nodes(let nodes) = value else { return value.truth }
        if nodes.count == 1 { return read(nodes[0]).value.truth }
        return Truth(nodes.contains { if case .blank = read($0).value { false } else { true } })
    }
}

extension ExpressionValue {
    /// What `boolean()` makes of one value: a blank is false.
    var truth: Truth {
        switch self {
        case .boolean(let truth): Truth(truth)
        case .number(let number): Truth(!number.isNaN && !number.isZero)
        case .text(let text): Truth(!text.isEmpty)
        case .date, .dateTime, .time: .yes
        case .nodes(let nodes): Truth(!nodes.isEmpty)
        case .blank: .no
        case .undecided: .undecided
        }
    }
}
