import Records

/// Turns a syntax tree into a plan for one place of a form, and finds what cannot be.
struct ExpressionCompiler {
    /// Where a path stands in the form: names below the root, and whether there may be several such nodes.
    struct Location {
        /// nil above the root element.
        var path: [String]?
        var isMany = false
    }

    let scope: ExpressionScope?
    /// The question's own path.
    let home: [String]
    var dependencies: Set<String> = []
    var tableNames: Set<String> = []
    var namesItsTables = true

    init(scope: ExpressionScope?, home: [String]) {
        self.scope = scope
        self.home = home
    }

    /// - Parameter location: where `.` stands; nil when nobody can tell before the evaluation.
    mutating func plan(_ syntax: Syntax, at location: Location?) throws(ExpressionError) -> Plan {
        let column = syntax.column
        switch syntax.form {
        case .number(let number): return Plan(.constant(.number(number)), .number, column: column)
        case .literal(let text): return Plan(.constant(.text(text)), .text, column: column)
        case .reference(let name): return try reference(name, absolute: false, column: column)
        case .variable(let name):
            throw ExpressionError(.unsupported, column: column, "forms have no variable $\(name)")
        case .negation(let operand):
            let operand = try scalar(operand, at: location)
            try requireNumeric(operand)
            if case .constant(.number(let number)) = operand.operation {
                return Plan(.constant(.number(-number)), .number, column: column)
            }
            return Plan(.negation(operand), .number, column: column)
        case .binary(let sign, let left, let right): return try binary(sign, left, right, at: location, column: column)
        case .call(let name, let arguments): return try call(name, arguments, at: location, column: column)
        case .filter(let base, let predicates):
            let base = try plan(base, at: location)
            try requireNodes(base)
            let plans = try self.predicates(predicates, at: nil)
            // How many nodes are left shows only when they are there.
            var type = base.type
            if case .nodes(let nodeType, _) = type { type = .nodes(nodeType, many: false) }
            return Plan(.filter(base, plans), type, column: column)
        case .path(let start, let steps): return try path(start, steps, at: location, column: column)
        }
    }

    // MARK: Operators

    private mutating func binary(
        _ sign: Syntax.Operator, _ left: Syntax, _ right: Syntax, at location: Location?, column: Int
    ) throws(ExpressionError) -> Plan {
        if sign == .union {
            let (left, right) = (try plan(left, at: location), try plan(right, at: location))
            try requireNodes(left)
            try requireNodes(right)
            return Plan(.union(left, right), .nodes(.untyped, many: false), column: column)
        }
        if sign == .and || sign == .or {
            let (left, right) = (try plan(left, at: location), try plan(right, at: location))
            return Plan(sign == .and ? .and(left, right) : .or(left, right), .boolean, column: column)
        }
        let (left, right) = (try scalar(left, at: location), try scalar(right, at: location))
        if let comparison = Plan.Comparison(sign) {
            try requireComparable(left, right)
            try requireComparable(right, left)
            return Plan(.comparison(comparison, left, right), .boolean, column: column)
        }
        try requireNumeric(left)
        try requireNumeric(right)
        return Plan(.arithmetic(Plan.Arithmetic(sign), left, right), .number, column: column)
    }

    /// A plan for where one value is wanted.
    mutating func scalar(_ syntax: Syntax, at location: Location?) throws(ExpressionError) -> Plan {
        let plan = try plan(syntax, at: location)
        try requireOne(plan)
        return plan
    }

    func requireOne(_ plan: Plan) throws(ExpressionError) {
        guard plan.type.isMany else { return }
        throw ExpressionError(
            .severalNodes, column: plan.column,
            "one value is wanted here, and this leads to every row: use sum(), count(), join() or indexed-repeat()")
    }

    func requireNodes(_ plan: Plan) throws(ExpressionError) {
        guard !plan.type.isNodes, plan.type != .any else { return }
        throw ExpressionError(.typeMismatch, column: plan.column, "a path or ${name} is wanted here, not a value")
    }

    /// Text that is no number cannot be reckoned with.
    private func requireNumeric(_ plan: Plan) throws(ExpressionError) {
        guard case .constant(.text(let text)) = plan.operation, Number(text) == nil, !text.isEmpty else { return }
        throw ExpressionError(.typeMismatch, column: plan.column, "'\(text)' is not a number")
    }

    /// A number is never equal to a word, nor a date to a text that is no date.
    private func requireComparable(_ literal: Plan, _ other: Plan) throws(ExpressionError) {
        guard case .constant(.text(let text)) = literal.operation, !text.isEmpty else { return }
        switch other.type.scalar {
        case .number where Number(text) == nil:
            throw ExpressionError(.typeMismatch, column: literal.column, "'\(text)' is compared with a number")
        case .date, .dateTime:
            guard DateText.instant(text, zone: .indochina) == nil, Number(text) == nil else { return }
            throw ExpressionError(
                .typeMismatch, column: literal.column, "'\(text)' is compared with a date and is not YYYY-MM-DD")
        default: return
        }
    }

    // MARK: Predicates

    mutating func predicates(
        _ predicates: [Syntax], at location: Location?
    ) throws(ExpressionError) -> [Plan.Predicate] {
        var plans: [Plan.Predicate] = []
        for predicate in predicates {
            let plan = try plan(predicate, at: location)
            if plan.type == .number, plan.isFocusFree {
                plans.append(.position(plan))
            } else if case .comparison(.equal, let left, let right) = plan.operation, left.isPosition,
                right.type == .number, right.isFocusFree
            {
                plans.append(.position(right))
            } else {
                plans.append(.condition(plan))
            }
        }
        return plans
    }
}

extension Plan {
    fileprivate var isPosition: Bool {
        if case .call(.position, let arguments) = operation { arguments.isEmpty } else { false }
    }
}

extension Plan.Comparison {
    init?(_ sign: Syntax.Operator) {
        switch sign {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
    }
}

extension Plan.Arithmetic {
    fileprivate init(_ sign: Syntax.Operator) {
        switch sign {
        case .plus: self = .plus
        case .minus: self = .minus
        case .div: self = .div
        case .mod: self = .mod
        default: self = .times
        }
    }
}
