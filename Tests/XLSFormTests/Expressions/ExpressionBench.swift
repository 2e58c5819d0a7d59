import Foundation
import Records
import XLSForm

/// A form's names and one instance, ready to try expressions on.
struct ExpressionBench: Sendable {
    let scope: ExpressionScope
    let context: EvaluationContext

    init(
        entries: [ExpressionScope.Entry], received: Date = Date(timeIntervalSince1970: 1_591_858_800),
        stepBudget: Int = 1_000_000, build: (inout Instance) -> Void,
        snapshot: () -> ReferenceSnapshot = { ReferenceSnapshot() }
    ) {
        scope = ExpressionScope(entries: entries)
        var instance = Instance()
        build(&instance)
        context = EvaluationContext(
            instance: instance, snapshot: snapshot(), choiceLabel: { "\($0):\($1)" }, received: received,
            zone: .indochina, seed: [1, 2, 3], stepBudget: stepBudget)
    }

    func compile(_ source: String, at path: [String] = []) throws -> CompiledExpression {
        try CompiledExpression(Expression(source), scope: scope, at: path)
    }

    /// At the root unless a node is given.
    func truth(_ source: String, at path: [String] = [], _ node: Instance.Node? = nil) throws -> Truth {
        var context = context
        return try compile(source, at: path).truth(at: node ?? context.instance.root, in: &context)
    }

    func text(_ source: String, at path: [String] = [], _ node: Instance.Node? = nil) throws -> String {
        var context = context
        return try compile(source, at: path).text(at: node ?? context.instance.root, in: &context)
    }

    func json(_ source: String, at node: Instance.Node? = nil) throws -> String {
        var console = ExpressionConsole(context: context, scope: scope, at: node)
        return console.answer(source)
    }
}
