/// Reads an expression by operator precedence (XPath 1.0, sections 2 and 3).
struct ExpressionParser {
    private typealias Token = ExpressionLexer.Token

    private let places: [ExpressionLexer.Place]
    private let columns: Columns
    private var index = 0
    private var depth = 0

    init(_ source: String) throws(ExpressionError) {
        let bytes = Array(source.utf8)
        guard bytes.count <= Expression.maximumLength else {
            throw ExpressionError(.tooLarge, column: 1, "longer than \(Expression.maximumLength) bytes")
        }
        let columns = Columns(source)
        var lexer = ExpressionLexer(bytes) { columns[$0] }
        places = try lexer.tokens()
        self.columns = columns
    }

    mutating func parse() throws(ExpressionError) -> Syntax {
        guard token != .end else { throw ExpressionError(.syntax, column: 1, "there is no expression") }
        let (syntax, _) = try expression(1)
        guard token == .end else { throw unexpected() }
        return syntax
    }

    /// A tree and how deep it is; what recursion walks later must stay shallow.
    private typealias Tree = (syntax: Syntax, depth: Int)

    private var token: Token { places[index].token }
    private var column: Int { columns[places[index].offset] }

    private mutating func advance() {
        if index + 1 < places.count { index += 1 }
    }

    private mutating func accept(_ wanted: Token) -> Bool {
        guard token == wanted else { return false }
        advance()
        return true
    }

    private mutating func expect(_ wanted: Token, _ text: String) throws(ExpressionError) {
        guard accept(wanted) else { throw unexpected(missing: text) }
    }

    private func unexpected(missing: String? = nil) -> ExpressionError {
        let what = token == .end ? "the expression ends too early" : "this does not fit here"
        return ExpressionError(.syntax, column: column, missing.map { "\(what): '\($0)' is missing" } ?? what)
    }

    private func checked(_ form: Syntax.Form, depth: Int, column: Int) throws(ExpressionError) -> Tree {
        guard depth <= Expression.maximumDepth else {
            throw ExpressionError(.tooLarge, column: column, "nested deeper than \(Expression.maximumDepth) levels")
        }
        return (Syntax(form: form, column: column), depth)
    }

    /// Operators that bind at least as tightly as `precedence`.
    private mutating func expression(_ precedence: Int) throws(ExpressionError) -> Tree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Expression.maximumDepth else {
            throw ExpressionError(.tooLarge, column: column, "nested deeper than \(Expression.maximumDepth) levels")
        }
        var left = try operand()
        while case .binary(let sign) = token, sign.precedence >= precedence {
            let place = column
            advance()
            let right = try expression(sign.precedence + 1)
            left = try checked(
                .binary(sign, left.syntax, right.syntax), depth: max(left.depth, right.depth) + 1, column: place)
        }
        return left
    }

    private mutating func operand() throws(ExpressionError) -> Tree {
        let place = column
        guard accept(.binary(.minus)) else { return try path() }
        let operand = try expression(Syntax.Operator.signPrecedence)
        return try checked(.negation(operand.syntax), depth: operand.depth + 1, column: place)
    }

    private mutating func path() throws(ExpressionError) -> Tree {
        let place = column
        if token == .slash || token == .slashes {
            let isAnyDepth = token == .slashes
            advance()
            if !isAnyDepth, !startsStep { return try checked(.path(.document, []), depth: 1, column: place) }
            return try steps(from: .document, depth: 0, anyDepth: isAnyDepth, column: place)
        }
        if startsStep, !startsPrimary { return try steps(from: .context, depth: 0, anyDepth: false, column: place) }
        var base = try primary()
        let (predicates, depth) = try predicates()
        if !predicates.isEmpty {
            base = try checked(
                .filter(base.syntax, predicates), depth: max(base.depth, depth) + 1, column: base.syntax.column)
        }
        guard token == .slash || token == .slashes else { return base }
        let isAnyDepth = token == .slashes
        advance()
        return try steps(from: .expression(base.syntax), depth: base.depth, anyDepth: isAnyDepth, column: place)
    }

    private var startsStep: Bool {
        switch token {
        case .dot, .dots, .at, .star, .name: true
        default: false
        }
    }

    /// A name before a parenthesis is a function, unless it is a node type.
    private var startsPrimary: Bool {
        guard case .name(let name) = token else { return false }
        return places[index + 1].token == .leftParenthesis && !Self.nodeTypes.contains(name)
    }

    private static let nodeTypes: Set<String> = ["node", "text", "comment", "processing-instruction"]

    private mutating func primary() throws(ExpressionError) -> Tree {
        let place = column
        switch token {
        case .number(let number):
            advance()
            return try checked(.number(number), depth: 1, column: place)
        case .literal(let text):
            advance()
            return try checked(.literal(text), depth: 1, column: place)
        case .reference(let name):
            advance()
            return try checked(.reference(name), depth: 1, column: place)
        case .variable(let name):
            advance()
            return try checked(.variable(name), depth: 1, column: place)
        case .leftParenthesis:
            advance()
            let inner = try expression(1)
            try expect(.rightParenthesis, ")")
            return inner
        case .name(let name):
            advance()
            try expect(.leftParenthesis, "(")
            return try call(name, column: place)
        default: throw unexpected()
        }
    }

    private mutating func call(_ name: String, column: Int) throws(ExpressionError) -> Tree {
        var arguments: [Syntax] = []
        var depth = 0
        if !accept(.rightParenthesis) {
            repeat {
                let argument = try expression(1)
                arguments.append(argument.syntax)
                depth = max(depth, argument.depth)
            } while accept(.comma)
            try expect(.rightParenthesis, ")")
        }
        return try checked(.call(name, arguments), depth: depth + 1, column: column)
    }

    private mutating func predicates() throws(ExpressionError) -> (predicates: [Syntax], depth: Int) {
        var predicates: [Syntax] = []
        var depth = 0
        while accept(.leftBracket) {
            let predicate = try expression(1)
            try expect(.rightBracket, "]")
            predicates.append(predicate.syntax)
            depth = max(depth, predicate.depth)
        }
        return (predicates, depth)
    }

    private mutating func steps(
        from start: Syntax.Start, depth: Int, anyDepth: Bool, column place: Int
    ) throws(ExpressionError) -> Tree {
        var steps: [Syntax.Step] = []
        var depth = depth
        var anyDepth = anyDepth
        repeat {
            if anyDepth {
                steps.append(.init(axis: .descendantOrSelf, test: .anyNode, predicates: [], column: column))
            }
            let (step, stepDepth) = try step()
            steps.append(step)
            depth = max(depth, stepDepth)
            anyDepth = token == .slashes
        } while accept(.slash) || accept(.slashes)
        return try checked(.path(start, steps), depth: depth + 1, column: place)
    }

    private mutating func step() throws(ExpressionError) -> (Syntax.Step, depth: Int) {
        let place = column
        if accept(.dot) { return (.init(axis: .self, test: .anyNode, predicates: [], column: place), 0) }
        if accept(.dots) { return (.init(axis: .parent, test: .anyNode, predicates: [], column: place), 0) }
        var axis = Syntax.Axis.child
        if accept(.at) {
            axis = .attribute
        } else if case .name(let name) = token, places[index + 1].token == .colons {
            guard let named = Syntax.Axis(rawValue: name) else {
                throw ExpressionError(.syntax, column: place, "there is no axis '\(name)'")
            }
            advance()
            advance()
            axis = named
        }
        let test = try nodeTest()
        let (predicates, depth) = try predicates()
        return (.init(axis: axis, test: test, predicates: predicates, column: place), depth)
    }

    private mutating func nodeTest() throws(ExpressionError) -> Syntax.NodeTest {
        if accept(.star) { return .anyName }
        guard case .name(let name) = token else { throw unexpected() }
        advance()
        guard Self.nodeTypes.contains(name), accept(.leftParenthesis) else { return .name(name) }
        // Only a processing instruction may name its target.
        if name == "processing-instruction", case .literal = token { advance() }
        try expect(.rightParenthesis, ")")
        return name == "node" ? .anyNode : .kind(name)
    }
}

/// Columns of byte offsets.
private struct Columns: Sendable {
    /// Where each character begins, and last where the text ends.
    private let starts: [Int]

    init(_ text: String) {
        var starts: [Int] = []
        var offset = 0
        for character in text {
            starts.append(offset)
            offset += character.utf8.count
        }
        self.starts = starts + [offset]
    }

    /// Counted from 1.
    subscript(offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
