/// Answers expressions one line at a time, as `formpost evaluate` does.
package struct ExpressionConsole: Sendable {
    private var context: EvaluationContext
    private let scope: ExpressionScope?
    private let node: Instance.Node
    private let path: [String]

    /// - Parameters:
    ///   - context: the instance and all that may be looked up.
    ///   - scope: the form's names, for `${name}` and the checks.
    ///   - node: what `.` means; the root where none is given.
    package init(context: EvaluationContext, scope: ExpressionScope? = nil, at node: Instance.Node? = nil) {
        self.context = context
        self.scope = scope
        let root = context.instance.root
        self.node = node ?? root
        var path: [String] = []
        var current: Instance.Node? = self.node
        while let step = current, step != root {
            path.insert(context.instance.name(of: step), at: 0)
            current = context.instance.parent(of: step)
        }
        self.path = current == nil ? [] : path
    }

    /// The first node that a path leads to, for `--context`; nil when there is none.
    package static func node(
        at path: String, in context: inout EvaluationContext
    ) throws(ExpressionError) -> Instance.Node? {
        let compiled = try CompiledExpression(Expression(path), scope: nil, at: [])
        guard case .nodes(let nodes)? = try? compiled.evaluate(at: context.instance.root, in: &context) else {
            return nil
        }
        return nodes.first
    }

    /// One JSON object: `{"type":…,"value":…}`, or `{"error":…,"column":…}`.
    package mutating func answer(_ line: String) -> String {
        do throws(ExpressionError) {
            let compiled = try CompiledExpression(Expression(line), scope: scope, at: path)
            do throws(EvaluationFailure) {
                // On a line of its own: what the value leads to may only now have come into the context.
                let value = try compiled.evaluate(at: node, in: &context)
                return answer(value)
            } catch {
                return Self.error(error.message, column: error.column)
            }
        } catch {
            return Self.error(error.message, column: error.column)
        }
    }

    private func answer(_ value: ExpressionValue) -> String {
        let text = context.text(of: value)
        switch value {
        case .number(let number): return Self.object("number", number.isFinite ? text : Self.quoted(text))
        case .undecided(.number): return Self.object("number", Self.quoted(text))
        case .boolean, .undecided(.boolean): return Self.object("boolean", text)
        case .date, .dateTime: return Self.object("date", Self.quoted(text))
        case .text, .time, .blank, .undecided(.text): return Self.object("text", Self.quoted(text))
        case .nodes(let nodes):
            let texts = nodes.map { Self.quoted(context.text(of: context.instance.value(of: $0))) }
            return Self.object("nodes", "[" + texts.joined(separator: ",") + "]")
        }
    }

    private static func object(_ type: String, _ value: String) -> String {
        "{\"type\":\"\(type)\",\"value\":\(value)}"
    }

    private static func error(_ message: String, column: Int) -> String {
        "{\"error\":\(quoted(message)),\"column\":\(column)}"
    }

    /// A JSON text (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
