/// Why an expression cannot be used, found when it is read or checked.
package struct ExpressionError: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// Not an expression: XPath 1.0's grammar does not know what stands there.
        case syntax
        /// Longer, or nested deeper, than any real expression.
        case tooLarge
        /// `${name}` names no question or section of the form.
        case unknownName
        /// `${name}` names more than one.
        case ambiguousName
        case unknownFunction
        /// A function that the dialect leaves out on purpose (geographic ones).
        case refusedFunction
        /// Too many or too few arguments.
        case argumentCount
        /// A type that cannot fit: arithmetic on a choice's text, a number where nodes are wanted …
        case typeMismatch
        /// One value is wanted, and the path leads to many.
        case severalNodes
        /// A regular expression that cannot be read.
        case pattern
        /// Valid XPath that has no meaning here: variables, other namespaces.
        case unsupported
    }

    package let code: Code
    /// Counted from 1, in characters.
    package let column: Int
    /// In English, for whoever writes the form.
    package let message: String

    package init(_ code: Code, column: Int, _ message: String) {
        self.code = code
        self.column = column
        self.message = message
    }

    package var description: String { "column \(column): \(message)" }
}

/// Why an evaluation stopped without an answer.
package struct EvaluationFailure: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        /// The step budget is used up.
        case budget
        /// One value is wanted, and there are several nodes (only where no form says so beforehand).
        case severalNodes
        /// Nodes are wanted, and there is a value.
        case notNodes
        /// A table of `instance()` that nobody knows.
        case unknownTable
        /// A pattern that is computed and cannot be read.
        case pattern
    }

    package let code: Code
    /// Counted from 1, in characters.
    package let column: Int

    package init(_ code: Code, column: Int) {
        self.code = code
        self.column = column
    }

    package var message: String {
        switch code {
        case .budget: "this takes too many steps"
        case .severalNodes: "one value is wanted here, and there are several"
        case .notNodes: "a path is wanted here, not a value"
        case .unknownTable: "there is no such table"
        case .pattern: "this pattern cannot be read"
        }
    }
}
