/// An expression made ready for one place of one form: names resolved, types and arguments checked. Made once per form.
package struct CompiledExpression: Sendable {
    package let expression: Expression
    /// Names of the questions and sections that it reads through `${name}` or a path; its own question counts only when
    /// it is named, not for `.`.
    package let dependencies: Set<String>
    /// Tables that `pulldata` and `instance()` name literally.
    package let tableNames: Set<String>
    /// Whether that is all of them: none is named by what the form's answers make of it.
    package let namesItsTables: Bool
    private let plan: Plan

    /// - Parameters:
    ///   - scope: the form's names; nil where no form is known, then only the functions are checked.
    ///   - path: the sections around the question and its own name, without the root; empty for the whole form.
    package init(
        _ expression: Expression, scope: ExpressionScope?, at path: [String]
    ) throws(ExpressionError) {
        self.expression = expression
        var compiler = ExpressionCompiler(scope: scope, home: path)
        plan = try compiler.plan(expression.syntax, at: scope == nil ? nil : .init(path: path))
        dependencies = compiler.dependencies
        tableNames = compiler.tableNames
        namesItsTables = compiler.namesItsTables
    }

    /// What kind of value it gives, as far as that shows beforehand: for the type of a calculation.
    package var resultType: NodeType {
        switch plan.type.scalar {
        case .number: .decimal
        case .text, .boolean: .text
        case .date: .date
        case .dateTime: .dateTime
        case .time: .time
        case .any, .nodes: .untyped
        }
    }

    /// Refuses what leads to many nodes, for places that hold one value: a calculation, a rule, a label.
    package func requiresOneValue() throws(ExpressionError) {
        try ExpressionCompiler(scope: nil, home: []).requireOne(plan)
    }

    /// The value at a node; `node` is what `.` means. Resets the context's step budget and its list of nodes read.
    /// A path or a name gives `nodes`; `singleValue` looks into them.
    package func evaluate(
        at node: Instance.Node, in context: inout EvaluationContext
    ) throws(EvaluationFailure) -> ExpressionValue {
        context.begin()
        return try context.value(plan, Focus(node))
    }

    /// The value at a node, looked up where the expression leads to one: never `nodes`. What calculations keep.
    package func singleValue(
        at node: Instance.Node, in context: inout EvaluationContext
    ) throws(EvaluationFailure) -> ExpressionValue {
        context.begin()
        return try context.scalar(plan, Focus(node)).value
    }

    /// Whether a rule holds; the shortest way for rules.
    package func truth(
        at node: Instance.Node, in context: inout EvaluationContext
    ) throws(EvaluationFailure) -> Truth {
        context.begin()
        return try context.truth(plan, Focus(node))
    }

    /// The value as text, blank as empty text: for labels, receipt lines and the like.
    package func text(
        at node: Instance.Node, in context: inout EvaluationContext
    ) throws(EvaluationFailure) -> String {
        context.begin()
        return try context.text(plan, Focus(node))
    }
}
