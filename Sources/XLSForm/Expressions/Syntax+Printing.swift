extension Syntax: CustomStringConvertible {
    /// Canonical text: abbreviated steps, one space around operators, no parentheses but the needed ones.
    var description: String {
        switch form {
        case .number(let number): return number.description
        case .literal(let text):
            // By scalars, as they are read: a quote with a mark on it is another Character, and still a quote.
            return text.unicodeScalars.contains("'") ? "\"\(text)\"" : "'\(text)'"
        case .reference(let name): return "${\(name)}"
        case .variable(let name): return "$\(name)"
        case .negation(let operand): return "-" + operand.text(atLeast: Operator.signPrecedence)
        case .binary(let sign, let left, let right):
            let precedence = sign.precedence
            return "\(left.text(atLeast: precedence)) \(sign.rawValue) \(right.text(atLeast: precedence + 1))"
        case .call(let name, let arguments):
            return name + "(" + arguments.map(\.description).joined(separator: ", ") + ")"
        case .filter(let base, let predicates): return base.primaryText + Syntax.text(predicates)
        case .path(let start, let steps): return Syntax.text(start, steps)
        }
    }

    private var precedence: Int {
        switch form {
        case .binary(let sign, _, _): sign.precedence
        case .negation: Operator.signPrecedence
        // A bare slash would take a following name or star for its first step.
        case .path(.document, let steps) where steps.isEmpty: 0
        default: 10
        }
    }

    private func text(atLeast precedence: Int) -> String {
        self.precedence < precedence ? "(\(self))" : description
    }

    private var primaryText: String {
        switch form {
        case .number, .literal, .reference, .variable, .call: description
        default: "(\(self))"
        }
    }

    private static func text(_ predicates: [Syntax]) -> String {
        predicates.map { "[\($0)]" }.joined()
    }

    private static func text(_ start: Start, _ steps: [Step]) -> String {
        var text = ""
        var needsSlash = false
        switch start {
        case .document: text = "/"
        case .context: break
        case .expression(let base):
            if case .filter = base.form { text = base.description } else { text = base.primaryText }
            needsSlash = true
        }
        for (index, step) in steps.enumerated() {
            let mayShorten = index + 1 < steps.count && (index > 0 || start != .context)
            if step.isAnyDepth, mayShorten, !text.hasSuffix("//") {
                // The slash of the document, or one of our own, and the one that belongs to the next step.
                text += needsSlash ? "//" : "/"
                needsSlash = false
            } else {
                text += (needsSlash ? "/" : "") + step.text
                needsSlash = true
            }
        }
        return text
    }
}

extension Syntax.Step {
    fileprivate var text: String {
        if predicates.isEmpty, test == .anyNode {
            if axis == .self { return "." }
            if axis == .parent { return ".." }
        }
        let prefix =
            switch axis {
            case .child: ""
            case .attribute: "@"
            default: axis.rawValue + "::"
            }
        let name =
            switch test {
            case .name(let name): name
            case .anyName: "*"
            case .anyNode: "node()"
            case .kind(let kind): kind + "()"
            }
        return prefix + name + predicates.map { "[\($0)]" }.joined()
    }
}
