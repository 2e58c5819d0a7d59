import Foundation
import Records

/// The answers of a revision in one JSON column: a list of `[question, row, type, value, shown, sheet, row, column]`.
///
/// One column instead of a row per answer: a report has some hundred answers, they are written and read together and never
/// change, and a row for each takes eight times as long to write.
enum AnswerColumn {
    static func encode(_ answers: [Answer]) -> String {
        var json = JSONText()
        json.list(answers) { json, answer in
            json.raw("[")
            json.string(answer.question)
            json.raw(answer.row.map { ",\($0)," } ?? ",null,")
            let (type, value) = parts(answer.value)
            json.string(type)
            json.raw(",")
            json.string(value)
            json.raw(",")
            json.string(answer.shown)
            if let cell = answer.cell {
                json.raw(",")
                json.string(cell.sheet)
                json.raw(",\(cell.row),\(cell.column)")
            }
            json.raw("]")
        }
        return json.finished
    }

    static func decode(_ column: String) throws(LedgerError) -> [Answer] {
        let stored: [StoredAnswer] = try JSONColumn.decode(column)
        return stored.map(\.answer)
    }

    /// What rules may look up: answers outside repeats that are not blank.
    static func figures(in answers: [Answer]) -> [String: String] {
        var figures: [String: String] = [:]
        for answer in answers where answer.row == nil {
            let (_, value) = parts(answer.value)
            if let value, !value.isEmpty { figures[answer.question] = value }
        }
        return figures
    }

    /// The type's letter and the value in a form that does not depend on any locale.
    private static func parts(_ value: AnswerValue?) -> (type: String?, value: String?) {
        switch value {
        case nil: (nil, nil)
        case .text(let text): ("s", text)
        case .number(let number): ("n", number.description)
        case .date(let date): ("d", date.description)
        case .dateTime(let instant): ("i", String(instant.milliseconds))
        case .time(let seconds): ("t", String(seconds))
        }
    }

    private static func value(_ type: String, _ text: String) -> AnswerValue? {
        switch type {
        case "s": .text(text)
        case "n": Decimal(string: text).map { .number($0) }
        case "d": CivilDate(iso8601: text).map { .date($0) }
        case "i": Int64(text).map { .dateTime(Date(milliseconds: $0)) }
        case "t": Int(text).map { .time($0) }
        default: nil
        }
    }

    private struct StoredAnswer: Decodable {
        let answer: Answer

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            let question = try fields.decode(String.self)
            let row = try fields.decodeIfPresent(Int.self)
            let type = try fields.decodeIfPresent(String.self)
            let text = try fields.decodeIfPresent(String.self)
            let shown = try fields.decode(String.self)
            var cell: CellReference?
            if !fields.isAtEnd {
                cell = CellReference(
                    sheet: try fields.decode(String.self), row: try fields.decode(Int.self),
                    column: try fields.decode(Int.self))
            }
            var value: AnswerValue?
            if let type, let text {
                value = AnswerColumn.value(type, text)
                guard value != nil else {
                    throw DecodingError.dataCorruptedError(in: fields, debugDescription: "not a value of type \(type)")
                }
            }
            answer = Answer(question: question, row: row, value: value, shown: shown, cell: cell)
        }
    }
}
