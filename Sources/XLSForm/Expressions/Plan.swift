/// A checked expression, ready to run: names are resolved, literals converted, patterns compiled.
final class Plan: Sendable {
    enum Operation: Sendable {
        case constant(ExpressionValue)
        case context
        case current
        case reference(Reference)
        case path(Start, [Step])
        case filter(Plan, [Predicate])
        case union(Plan, Plan)
        case negation(Plan)
        case and(Plan, Plan)
        case or(Plan, Plan)
        case comparison(Comparison, Plan, Plan)
        case arithmetic(Arithmetic, Plan, Plan)
        case call(Function, [Plan])
        /// `regex` with a literal pattern.
        case match(Plan, RegularPattern)
        /// `indexed-repeat` of two names: the rows' name, the way from a row to the question, and the row's number.
        case indexedRepeat(rows: NodeName, path: [NodeName], index: Plan)
    }

    /// How `${name}` finds its nodes without walking the tree.
    enum Reference: Sendable {
        /// Up from the current node to what both share, then down.
        case relative(steps: Int, path: [NodeName])
        case single(NodeName)
        case all(NodeName)
    }

    enum Start: Sendable {
        case document, context
        case nodes(Plan)
    }

    struct Step: Sendable {
        let axis: Syntax.Axis
        let test: Test
        let predicates: [Predicate]
    }

    enum Test: Sendable {
        case name(NodeName)
        case anyElement
        case anyNode
        /// Node kinds that an instance does not have.
        case nothing
    }

    enum Predicate: Sendable {
        case condition(Plan)
        /// A number, or `position() = number`, that is the same for every node.
        case position(Plan)
    }

    enum Comparison: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    }

    enum Arithmetic: Sendable {
        case plus, minus, times, div, mod
    }

    let operation: Operation
    let type: StaticType
    /// Counted from 1, in characters.
    let column: Int

    init(_ operation: Operation, _ type: StaticType, column: Int) {
        self.operation = operation
        self.type = type
        self.column = column
    }

    /// Whether the value is the same whatever node of a predicate is looked at.
    var isFocusFree: Bool {
        switch operation {
        case .constant, .current, .reference: true
        case .context, .path(.context, _): false
        case .path(.document, let steps): steps.allSatisfy(\.predicates.isEmpty)
        case .path(.nodes(let base), let steps): base.isFocusFree && steps.allSatisfy(\.predicates.isEmpty)
        case .filter: false
        case .negation(let operand), .match(let operand, _), .indexedRepeat(_, _, let operand): operand.isFocusFree
        case .union(let left, let right), .and(let left, let right), .or(let left, let right),
            .comparison(_, let left, let right), .arithmetic(_, let left, let right):
            left.isFocusFree && right.isFocusFree
        case .call(let function, let arguments):
            switch function {
            case .last, .random, .uuid: false
            case .position, .number, .string, .stringLength, .normalizeSpace:
                !arguments.isEmpty && arguments.allSatisfy(\.isFocusFree)
            default: arguments.allSatisfy(\.isFocusFree)
            }
        }
    }
}
