/// An expression of the house dialect: XPath 1.0's whole grammar with `${name}`, read into a tree.
///
/// The description is canonical text that reads back into the same tree.
package struct Expression: Sendable, Equatable, CustomStringConvertible {
    /// Longer than any cell of a workbook can be.
    package static let maximumLength = 100_000
    /// How deep operators, calls and predicates may nest: evaluating the deepest takes less than 3 MB of stack, even
    /// without optimisation. A chain of operators is as deep as it is long.
    package static let maximumDepth = 256

    let syntax: Syntax

    /// Never fails on anything but the text's own faults: `syntax`, `tooLarge`.
    package init(_ source: String) throws(ExpressionError) {
        var parser = try ExpressionParser(source)
        syntax = try parser.parse()
    }

    init(_ syntax: Syntax) {
        self.syntax = syntax
    }

    package var description: String { syntax.description }

    /// The names of every `${name}`, each time it occurs, with its column (from 1, in characters). Those within text
    /// literals count too: `jr:choice-name(${q}, '${q}')`.
    package var referencedNames: [(name: String, column: Int)] {
        var names: [(String, Int)] = []
        syntax.forEach { node in
            switch node.form {
            case .reference(let name): names.append((name, node.column))
            case .literal(let text):
                if let name = Expression.nameOfReference(text) { names.append((name, node.column)) }
            default: break
            }
        }
        return names
    }

    /// The name in a text that is nothing but `${name}`.
    static func nameOfReference(_ text: String) -> String? {
        let trimmed = text.filter { $0 != " " }
        guard trimmed.hasPrefix("${"), trimmed.hasSuffix("}") else { return nil }
        return String(trimmed.dropFirst(2).dropLast())
    }
}
