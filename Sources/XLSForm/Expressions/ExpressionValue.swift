package import Foundation
package import Records

/// Kleene's three truth values.
package enum Truth: Hashable, Sendable {
    case no, undecided, yes

    package init(_ value: Bool) { self = value ? .yes : .no }

    package static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .no: .yes
        case .undecided: .undecided
        case .yes: .no
        }
    }
}

/// What an expression comes to.
package enum ExpressionValue: Sendable {
    /// The type that an undecided value would have had, so that the outside can be shown NaN or false.
    package enum Shape: Hashable, Sendable { case number, boolean, text }

    case number(Number)
    case text(String)
    case boolean(Bool)
    case date(CivilDate)
    case dateTime(Date)
    /// Seconds since midnight.
    case time(Int)
    case nodes([Instance.Node])
    /// What a blank node holds and what a look-up without a row finds.
    case blank
    /// Arithmetic or a comparison with a blank came before.
    case undecided(Shape)
}

extension ExpressionValue {
    /// The answer's value as it stands in a node.
    package init(_ value: AnswerValue?) {
        switch value {
        case nil: self = .blank
        case .text(let text): self = text.isEmpty ? .blank : .text(text)
        case .number(let decimal): self = .number(Number(decimal))
        case .date(let date): self = .date(date)
        case .dateTime(let instant): self = .dateTime(instant)
        case .time(let seconds): self = .time(seconds)
        }
    }

    /// What a computed cell keeps: nil for blanks, undecided values, NaN and the infinities; false and true as text.
    /// Nodes have no value of their own: see `CompiledExpression.singleValue`.
    package var answer: AnswerValue? {
        switch self {
        case .number(let number): number.decimal.map { .number($0) }
        case .text(let text): text.isEmpty ? nil : .text(text)
        case .boolean(let truth): .text(truth ? "true" : "false")
        case .date(let date): .date(date)
        case .dateTime(let instant): .dateTime(instant)
        case .time(let seconds): .time(seconds)
        case .nodes, .blank, .undecided: nil
        }
    }
}
