import Records

extension EvaluationContext {
    /// One function call. Text, dates and look-ups have files of their own.
    mutating func call(
        _ function: Function, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        switch function {
        case .if: return try choose(arguments, focus)
        case .coalesce:
            let first = try value(arguments[0], focus)
            return try isBlank(first) ? value(arguments[1], focus) : first
        case .once:
            let own = read(focus.current)
            if case .blank = own.value { return try value(arguments[0], focus) }
            return .nodes([focus.current])
        case .not, .boolean:
            let truth = try truth(arguments[0], focus)
            return Self.value(function == .not ? !truth : truth)
        case .true, .false: return .boolean(function == .true)
        case .booleanFromString:
            let text = try text(arguments[0], focus).lowercased()
            return .boolean(text == "1" || text == "true")
        case .checklist: return try checklist(arguments, focus)
        case .sum, .min, .max, .count, .countNonEmpty, .countDistinct, .number, .int, .round, .abs, .pow, .floor,
            .ceiling, .position, .last, .random, .decimalDateTime:
            return try arithmetic(function, arguments, plan, focus).map { .number($0) } ?? .undecided(.number)
        case .current: return .nodes([focus.current])
        case .instance, .pulldata, .choiceName, .indexedRepeat:
            return try lookUp(function, arguments, plan, focus)
        case .date, .dateTime, .today, .now, .formatDate, .formatDateTime:
            return try dateCall(function, arguments, focus)
        default: return try textCall(function, arguments, plan, focus)
        }
    }

    private static func value(_ truth: Truth) -> ExpressionValue {
        switch truth {
        case .yes: .boolean(true)
        case .no: .boolean(false)
        case .undecided: .undecided(.boolean)
        }
    }

    private mutating func choose(_ arguments: [Plan], _ focus: Focus) throws(EvaluationFailure) -> ExpressionValue {
        switch try truth(arguments[0], focus) {
        case .yes: return try value(arguments[1], focus)
        case .no: return try value(arguments[2], focus)
        case .undecided:
            // Beside an empty text the other branch says what the value would have been.
            let isEmpty = { (plan: Plan) in
                if case .constant(.text("")) = plan.operation { true } else { false }
            }
            return .undecided((isEmpty(arguments[1]) ? arguments[2] : arguments[1]).type.shape)
        }
    }

    private mutating func isBlank(_ value: ExpressionValue) -> Bool {
        switch value {
        case .blank: true
        case .text(let text): text.isEmpty
        case .nodes(let nodes): nodes.allSatisfy { if case .blank = read($0).value { true } else { false } }
        default: false
        }
    }

    /// `checklist(least, most, …)`: how many hold; −1 for no bound. Undecided where the undecided ones decide.
    private mutating func checklist(_ arguments: [Plan], _ focus: Focus) throws(EvaluationFailure) -> ExpressionValue {
        guard let least = try number(arguments[0], focus), let most = try number(arguments[1], focus) else {
            return .undecided(.boolean)
        }
        var (certain, possible) = (0, 0)
        for argument in arguments.dropFirst(2) {
            let value = try value(argument, focus)
            var truths: [Truth] = []
            if case .nodes(let nodes) = value {
                for node in nodes { truths.append(truth(of: read(node).value)) }
            } else {
                truths.append(truth(of: value))
            }
            certain += truths.count { $0 == .yes }
            possible += truths.count { $0 != .no }
        }
        let isWithin = { (count: Int) in
            let count = Number(count)
            return (least.isNegative || count.compared(to: least) != .less)
                && (most.isNegative || count.compared(to: most) != .greater)
        }
        let answers = Set((certain...possible).map(isWithin))
        return answers.count == 1 ? .boolean(isWithin(certain)) : .undecided(.boolean)
    }

    // MARK: Numbers

    private mutating func arithmetic(
        _ function: Function, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> Number? {
        switch function {
        case .sum, .count, .countNonEmpty, .countDistinct: return try aggregate(function, arguments[0], focus)
        case .min, .max: return try extreme(function, arguments, focus)
        case .position:
            guard let argument = arguments.first else { return Number(focus.position) }
            return try nodes(argument, focus).first.map { Number(Int(instance.record($0).ordinal)) }
        case .last: return Number(focus.size)
        case .random: return randomNumber()
        case .decimalDateTime: return decimalDays(try scalar(arguments[0], focus).value)
        case .number where arguments.isEmpty: return number(of: read(focus.node))
        default: break
        }
        guard let number = try number(arguments[0], focus) else { return nil }
        switch function {
        case .int: return number.truncated
        case .abs: return number.magnitude
        case .floor: return number.roundedDown
        case .ceiling: return number.roundedUp
        case .pow: return try self.number(arguments[1], focus).map { number.raised(to: $0) }
        case .round:
            guard arguments.count > 1 else { return number.rounded() }
            return try self.number(arguments[1], focus).map { number.rounded(toPlaces: $0.integer ?? 0) }
        default: return number
        }
    }

    private mutating func aggregate(
        _ function: Function, _ argument: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> Number? {
        if function == .sum, case .reference(.all(let name)) = argument.operation, let known = knownSums[name] {
            try spend(1, argument)
            return known
        }
        let nodes = try nodes(argument, focus)
        if function == .count { return Number(nodes.count) }
        try spend(nodes.count, argument)
        switch function {
        case .countNonEmpty:
            return Number(nodes.count { if case .blank = read($0).value { false } else { true } })
        case .countDistinct:
            return Number(Set(nodes.map { text(of: read($0).value) }.filter { !$0.isEmpty }).count)
        default:
            var sum = Number.zero
            for node in nodes { if let number = number(of: read(node)) { sum = sum + number } }
            if case .reference(.all(let name)) = argument.operation { knownSums[name] = sum }
            return sum
        }
    }

    /// Blanks are skipped; of nothing but blanks there is no smallest.
    private mutating func extreme(
        _ function: Function, _ arguments: [Plan], _ focus: Focus
    ) throws(EvaluationFailure) -> Number? {
        var best: Number?
        for argument in arguments {
            var scalars: [Scalar] = []
            switch try value(argument, focus) {
            case .nodes(let nodes):
                try spend(nodes.count, argument)
                scalars = nodes.map { read($0) }
            case .undecided: return nil
            case let value: scalars = [Scalar(value)]
            }
            for scalar in scalars {
                guard let number = number(of: scalar) else { continue }
                if number.isNaN { return .nan }
                let wanted: Number.Order = function == .min ? .less : .greater
                if best.map({ number.compareExactly(to: $0) == wanted }) ?? true { best = number }
            }
        }
        return best
    }
}
