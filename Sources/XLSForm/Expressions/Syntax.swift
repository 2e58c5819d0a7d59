/// A node of the syntax tree. Two are equal when they mean the same; where they stood does not count.
struct Syntax: Sendable, Equatable {
    indirect enum Form: Sendable, Equatable {
        case number(Number)
        case literal(String)
        /// `${name}`.
        case reference(String)
        /// `$name`: XPath's grammar knows it, forms do not.
        case variable(String)
        case negation(Syntax)
        case binary(Operator, Syntax, Syntax)
        case call(String, [Syntax])
        case path(Start, [Step])
        /// Predicates behind a primary expression.
        case filter(Syntax, [Syntax])
    }

    enum Start: Sendable, Equatable {
        case document, context
        case expression(Syntax)
    }

    struct Step: Sendable, Equatable {
        let axis: Axis
        let test: NodeTest
        let predicates: [Syntax]
        let column: Int

        static func == (left: Step, right: Step) -> Bool {
            left.axis == right.axis && left.test == right.test && left.predicates == right.predicates
        }

        /// `descendant-or-self::node()`, which `//` stands for.
        var isAnyDepth: Bool { axis == .descendantOrSelf && test == .anyNode && predicates.isEmpty }
    }

    /// XPath 1.0, section 2.2. The namespace axis is left out: instances have no namespaces.
    enum Axis: String, Sendable, CaseIterable {
        case child, descendant, parent, ancestor, following, preceding, attribute
        case `self` = "self"
        case followingSibling = "following-sibling"
        case precedingSibling = "preceding-sibling"
        case descendantOrSelf = "descendant-or-self"
        case ancestorOrSelf = "ancestor-or-self"

        /// Reverse axes count positions away from the context node.
        var isReverse: Bool {
            self == .parent || self == .ancestor || self == .ancestorOrSelf || self == .preceding
                || self == .precedingSibling
        }
    }

    enum NodeTest: Sendable, Equatable {
        case name(String)
        case anyName
        case anyNode
        /// `text()`, `comment()`, `processing-instruction()`.
        case kind(String)
    }

    enum Operator: String, Sendable, CaseIterable {
        case or, and, div, mod
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case union = "|"

        /// Higher binds tighter; the sign stands between `times` and `union`.
        var precedence: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .equal, .notEqual: 3
            case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
            case .plus, .minus: 5
            case .times, .div, .mod: 6
            case .union: 8
            }
        }

        static let signPrecedence = 7
    }

    let form: Form
    /// Counted from 1, in characters.
    let column: Int

    static func == (left: Syntax, right: Syntax) -> Bool { left.form == right.form }
}

extension Syntax {
    /// Calls `visit` for the node and everything below it, in the order of the text.
    func forEach(_ visit: (Syntax) -> Void) {
        visit(self)
        switch form {
        case .number, .literal, .reference, .variable: break
        case .negation(let operand): operand.forEach(visit)
        case .binary(_, let left, let right):
            left.forEach(visit)
            right.forEach(visit)
        case .call(_, let arguments):
            for argument in arguments { argument.forEach(visit) }
        case .filter(let base, let predicates):
            base.forEach(visit)
            for predicate in predicates { predicate.forEach(visit) }
        case .path(let start, let steps):
            if case .expression(let base) = start { base.forEach(visit) }
            for step in steps {
                for predicate in step.predicates { predicate.forEach(visit) }
            }
        }
    }
}
