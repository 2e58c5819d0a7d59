import Records

extension ExpressionCompiler {
    mutating func call(
        _ name: String, _ arguments: [Syntax], at location: Location?, column: Int
    ) throws(ExpressionError) -> Plan {
        guard let function = Function(rawValue: name) else {
            if Function.refused.contains(name) {
                throw ExpressionError(
                    .refusedFunction, column: column,
                    "\(name)() measures places on a map, which a spreadsheet does not hold")
            }
            throw ExpressionError(.unknownFunction, column: column, "there is no function \(name)()")
        }
        try checkCount(of: arguments, for: function, column: column)
        if function == .indexedRepeat { return try indexedRepeat(arguments, at: location, column: column) }
        var plans: [Plan] = []
        for (index, argument) in arguments.enumerated() {
            let plan = try plan(argument, at: location)
            if !function.takesNodes(at: index, of: arguments.count), !passesThrough(function, index) {
                try requireOne(plan)
            }
            plans.append(plan)
        }
        try check(function, plans)
        return try plan(function, plans, column: column)
    }

    /// Arguments that `if` and its like hand on as they are: their use decides whether they may be many.
    private func passesThrough(_ function: Function, _ index: Int) -> Bool {
        function == .if && index > 0
    }

    private func checkCount(of arguments: [Syntax], for function: Function, column: Int) throws(ExpressionError) {
        let (least, most) = function.arguments
        guard arguments.count < least || arguments.count > most ?? .max else { return }
        let wanted = most == nil ? "at least \(least)" : most == least ? "\(least)" : "\(least) to \(most ?? least)"
        throw ExpressionError(
            .argumentCount, column: column, "\(function.rawValue)() takes \(wanted) arguments, not \(arguments.count)")
    }

    private func check(_ function: Function, _ plans: [Plan]) throws(ExpressionError) {
        switch function {
        case .sum, .count, .countNonEmpty, .countDistinct: try requireNodes(plans[0])
        case .position: if let nodes = plans.first { try requireNodes(nodes) }
        case .date, .dateTime, .formatDate, .formatDateTime:
            if case .constant(.text(let text)) = plans[0].operation, Number(text) == nil,
                DateText.instant(text, zone: .indochina) == nil
            {
                throw ExpressionError(.typeMismatch, column: plans[0].column, "'\(text)' is not a date (YYYY-MM-DD)")
            }
        case .choiceName:
            if case .constant(.text(let text)) = plans[1].operation, let name = Expression.nameOfReference(text) {
                _ = try entry(name, column: plans[1].column)
            }
        case .digest:
            if case .constant(.text(let name)) = plans[1].operation, DigestText.algorithm(name) == nil {
                throw ExpressionError(.typeMismatch, column: plans[1].column, "there is no digest '\(name)'")
            }
        default: break
        }
    }

    private mutating func plan(
        _ function: Function, _ plans: [Plan], column: Int
    ) throws(ExpressionError) -> Plan {
        var type = function.result
        switch function {
        case .true, .false: return Plan(.constant(.boolean(function == .true)), .boolean, column: column)
        case .current:
            let entryType = scope?.entry(at: home)?.type ?? .untyped
            return Plan(.current, .nodes(entryType, many: false), column: column)
        case .regex:
            if case .constant(.text(let text)) = plans[1].operation {
                guard let pattern = RegularPattern(text) else {
                    throw ExpressionError(
                        .pattern, column: plans[1].column,
                        "this pattern cannot be read; look-around and back references are not supported")
                }
                return Plan(.match(plans[0], pattern), .boolean, column: column)
            }
        case .if: type = common(plans[1].type, plans[2].type)
        case .coalesce: type = common(plans[0].type, plans[1].type)
        case .once: type = plans[0].type
        case .pulldata, .instance:
            if case .constant(.text(let table)) = plans[0].operation {
                tableNames.insert(table)
            } else {
                namesItsTables = false
            }
        default: break
        }
        return Plan(.call(function, plans), type, column: column)
    }

    private func common(_ left: StaticType, _ right: StaticType) -> StaticType {
        if left == right { return left }
        if left.isMany || right.isMany { return left.isMany ? left : right }
        // An empty text stands for "no value" beside any type.
        return left.scalar == right.scalar ? left.scalar : .any
    }

    /// `indexed-repeat(question, repeat, index)`. Repeats do not nest, so there is one pair only.
    private mutating func indexedRepeat(
        _ arguments: [Syntax], at location: Location?, column: Int
    ) throws(ExpressionError) -> Plan {
        let index = try scalar(arguments[2], at: location)
        guard case .reference(let question) = arguments[0].form, case .reference(let rows) = arguments[1].form,
            let target = try entry(question, column: arguments[0].column),
            let section = try entry(rows, column: arguments[1].column)
        else {
            let plans = [try wide(arguments[0], at: location), try wide(arguments[1], at: location), index]
            try requireNodes(plans[0])
            try requireNodes(plans[1])
            return Plan(.call(.indexedRepeat, plans), .nodes(.untyped, many: false), column: column)
        }
        guard section.isRepeat else {
            throw ExpressionError(.typeMismatch, column: arguments[1].column, "'\(rows)' is not a repeat")
        }
        guard target.path.starts(with: section.fullPath) else {
            throw ExpressionError(
                .typeMismatch, column: arguments[0].column, "'\(question)' does not stand in '\(rows)'")
        }
        dependencies.formUnion([question, rows])
        let path = target.fullPath.dropFirst(section.fullPath.count).map { NodeName($0) }
        return Plan(
            .indexedRepeat(rows: NodeName(rows), path: Array(path), index: index), .nodes(target.type, many: false),
            column: column)
    }

    private mutating func wide(_ syntax: Syntax, at location: Location?) throws(ExpressionError) -> Plan {
        if case .reference(let name) = syntax.form {
            return try reference(name, absolute: true, column: syntax.column)
        }
        return try plan(syntax, at: location)
    }
}
