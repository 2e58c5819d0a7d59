import Foundation
import Records

/// What stands in the column `default`: a value, or an expression.
enum FormDefault {
    /// An expression names a question, calls a function or reckons; anything else is the value itself, as pyxform has it.
    static func isDynamic(_ text: String, for question: Question) -> Bool {
        if text.contains("${") { return true }
        if value(text, for: question) != nil, question.nodeType != .text, question.nodeType != .untyped { return false }
        if let expression = try? Expression(text) { return expression.syntax.isCalculation }
        // What cannot be read and calls a function is a broken expression rather than a text.
        let bytes = Array(text.utf8)
        return bytes.indices.dropFirst().contains { index in
            bytes[index] == UInt8(ascii: "(")
                && (bytes[index - 1] | 0x20 >= UInt8(ascii: "a") && bytes[index - 1] | 0x20 <= UInt8(ascii: "z"))
        }
    }

    /// The value in the question's own type; nil when the text is none.
    static func value(_ text: String, for question: Question) -> AnswerValue? {
        switch question.nodeType {
        case .container, .text, .untyped: .text(text)
        case .integer:
            Int64(text).map { .number(Decimal($0)) }
        case .decimal:
            Number(text)?.decimal.map { .number($0) }
        case .date:
            CivilDate(iso8601: text).map { .date($0) }
        case .dateTime:
            DateText.instant(text, zone: .indochina).map { .dateTime($0) }
        case .time:
            DateText.secondsOfDay(text).map { .time(Int($0)) }
        }
    }
}

extension Syntax {
    /// Whether anything in it is worked out.
    fileprivate var isCalculation: Bool {
        var isCalculation = false
        forEach { node in
            switch node.form {
            case .call, .filter, .binary(.plus, _, _), .binary(.minus, _, _), .binary(.times, _, _),
                .binary(.div, _, _), .binary(.mod, _, _), .binary(.union, _, _):
                isCalculation = true
            case .path(_, let steps): if steps.contains(where: { !$0.predicates.isEmpty }) { isCalculation = true }
            default: break
            }
        }
        return isCalculation
    }
}
