import Foundation
import Records

/// What stands in the column `default`: a value, or an expression.
enum FormDefault {
    /// An expression names a question or calls a function; anything else is the value itself.
    static func isDynamic(_ text: String, for question: Question) -> Bool {
        if text.contains("${") { return true }
        if value(text, for: question) != nil, question.nodeType != .text, question.nodeType != .untyped { return false }
        // A name directly before a bracket is a call, as pyxform sees it.
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
        case .dateTime, .time:
            nil
        }
    }
}
