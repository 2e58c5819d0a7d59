@testable import XLSForm

/// The expressions of a form by the node they belong to, with `${name}` replaced by the path that it stands for: what the
/// bindings of an XForm hold.
struct FormBindings {
    /// By path of a node and kind; a tree for each expression that can be read.
    private(set) var trees: [String: [String: Syntax]] = [:]
    private let scope: ExpressionScope

    init(_ definition: FormDefinition) {
        scope = FormCompiler.scope(of: definition)
        for section in definition.sections {
            add("relevant", section.relevant, section.path + [section.name])
        }
        for question in definition.questions {
            let path = question.path + [question.name]
            add("relevant", question.relevant, path)
            add("calculate", question.calculation, path)
            add("required", question.required, path)
            add("constraint", question.rules.first { $0.number == 1 }?.expression, path)
        }
    }

    private mutating func add(_ kind: String, _ source: ExpressionSource?, _ path: [String]) {
        guard let source, let expression = try? Expression(source.text) else { return }
        var resolver = PathResolver(scope: scope, home: path)
        trees["/" + ([scope.root] + path).joined(separator: "/"), default: [:]][kind] =
            resolver.resolved(expression.syntax)
    }
}

/// Puts paths in the places of `${name}`, as the compiler finds them.
private struct PathResolver {
    private let scope: ExpressionScope
    private var compiler: ExpressionCompiler

    init(scope: ExpressionScope, home: [String]) {
        self.scope = scope
        compiler = ExpressionCompiler(scope: scope, home: home)
    }

    /// - Parameters:
    ///   - inPredicate: a relative path begins at `current()` there.
    ///   - isAbsolute: the places of `indexed-repeat` that lead to every row.
    mutating func resolved(_ node: Syntax, inPredicate: Bool = false, isAbsolute: Bool = false) -> Syntax {
        switch node.form {
        case .number, .literal, .variable: return node
        case .reference(let name): return path(to: name, inPredicate: inPredicate, isAbsolute: isAbsolute) ?? node
        case .negation(let operand): return .init(.negation(resolved(operand, inPredicate: inPredicate)))
        case .binary(let sign, let left, let right):
            return .init(
                .binary(sign, resolved(left, inPredicate: inPredicate), resolved(right, inPredicate: inPredicate)))
        case .call(let name, let arguments):
            var resolvedArguments: [Syntax] = []
            for (index, argument) in arguments.enumerated() {
                let leadsToRows = name == "indexed-repeat" && [0, 1].contains(index)
                resolvedArguments.append(resolved(argument, inPredicate: inPredicate, isAbsolute: leadsToRows))
            }
            return .init(.call(name, resolvedArguments))
        case .filter(let base, let predicates):
            return .init(
                .filter(resolved(base, inPredicate: inPredicate), predicates.map { self.predicate($0) }))
        case .path(let start, let steps):
            let steps = steps.map {
                Syntax.Step(
                    axis: $0.axis, test: $0.test, predicates: $0.predicates.map { self.predicate($0) }, column: 1)
            }
            guard case .expression(let base) = start else { return .init(.path(start, steps)) }
            let resolvedBase = resolved(base, inPredicate: inPredicate)
            if case .path(let start, let first) = resolvedBase.form { return .init(.path(start, first + steps)) }
            return .init(.path(.expression(resolvedBase), steps))
        }
    }

    private func predicate(_ node: Syntax) -> Syntax {
        var copy = self
        return copy.resolved(node, inPredicate: true)
    }

    private mutating func path(to name: String, inPredicate: Bool, isAbsolute: Bool) -> Syntax? {
        guard let plan = try? compiler.reference(name, absolute: isAbsolute, column: 1) else { return nil }
        switch plan.operation {
        case .reference(.relative(let count, let names)):
            let up = Array(
                repeating: Syntax.Step(axis: .parent, test: .anyNode, predicates: [], column: 1), count: count)
            let steps = up + names.map { .child($0.description) }
            return .init(.path(inPredicate ? .expression(.init(.call("current", []))) : .context, steps))
        default:
            guard let entry = scope.entries(named: name).first else { return nil }
            return .init(.path(.document, ([scope.root] + entry.fullPath).map { .child($0) }))
        }
    }
}

extension Syntax {
    fileprivate init(_ form: Form) { self.init(form: form, column: 1) }
}

extension Syntax.Step {
    fileprivate static func child(_ name: String) -> Syntax.Step {
        .init(axis: .child, test: .name(name), predicates: [], column: 1)
    }
}
