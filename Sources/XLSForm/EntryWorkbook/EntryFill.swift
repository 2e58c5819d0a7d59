import Foundation
import Records
import Sheets
import Vietnamese

/// What stands in the answers' cells of a workbook before the sender opens it.
struct EntryFill {
    /// By slot name, outside repeats.
    var cells: [String: CellDraft.Value] = [:]
    /// By repeat: for each row, the values by slot name.
    var rows: [String: [[String: CellDraft.Value]]] = [:]
    /// Questions whose cells are locked, and what is printed there.
    var printed: [MetaSheet.Printed] = []

    /// A question, in a row of its repeat where it stands in one.
    struct Place: Hashable, Sendable {
        let question: String
        let row: Int?
    }

    func isLocked(_ question: String) -> Bool { printed.contains { $0.question == question } }
}

extension EntryFill {
    /// What the office knows: unit, period, stage, defaults that are plain values, and prefilled answers.
    init(_ form: FormDefinition, _ context: EntryContext) {
        let writer = AnswerWriter(form: form, tables: context.tables)
        for question in form.questions where question.repeatName == nil && question.kind.takesAnswer {
            guard let value = Self.known(question, form, context) else { continue }
            let written = writer.cells(for: question, value: value)
            cells.merge(written) { _, new in new }
            guard question.isReadOnly, let first = written.values.first else { continue }
            printed.append(
                MetaSheet.Printed(question: question.name, value: value.plainText, shown: AnswerWriter.text(first)))
        }
        let byName = Dictionary(form.questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, prefilled) in context.prefilledRows {
            rows[name] = prefilled.map { row in
                var cells: [String: CellDraft.Value] = [:]
                for (question, value) in row {
                    guard let question = byName[question], question.repeatName == name else { continue }
                    cells.merge(writer.cells(for: question, value: value)) { _, new in new }
                }
                return cells
            }
        }
    }

    private static func known(_ question: Question, _ form: FormDefinition, _ context: EntryContext) -> AnswerValue? {
        if let value = context.prefilled[question.name] { return value }
        let settings = form.settings
        if question.name == settings.unitQuestion, let unit = context.unit { return .text(unit.code) }
        if question.name == settings.stageQuestion, let stage = context.stage { return .text(stage.code) }
        if question.name == settings.periodQuestion, let period = context.period {
            return Decimal(string: period).map { .number($0) } ?? .text(period)
        }
        return literal(question.defaultValue?.text ?? "", for: question.kind)
    }

    /// A default that needs no evaluation: a quoted text, a number, a bare choice name, a day.
    private static func literal(_ text: String, for kind: QuestionKind) -> AnswerValue? {
        var text = text.trimmed
        if text.count >= 2, let mark = text.first, mark == "'" || mark == "\"", text.last == mark {
            text = String(text.dropFirst().dropLast())
        }
        guard !text.isEmpty, !text.contains(where: { "$()'\"/".contains($0) }) else { return nil }
        switch kind {
        case .integer, .decimal, .range:
            return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")).map { .number($0) }
        case .date: return CivilDate(iso8601: text).map { .date($0) }
        case .dateTime, .time: return nil
        default: return .text(text)
        }
    }
}

/// Answers as cells: labels for choices, numbers and days as such.
struct AnswerWriter {
    let form: FormDefinition
    let tables: ReferenceSnapshot
    private let slots: EntrySlots
    private let sources: [String: ChoiceSource]

    init(form: FormDefinition, tables: ReferenceSnapshot) {
        self.form = form
        self.tables = tables
        slots = EntrySlots(form)
        var sources: [String: ChoiceSource] = [:]
        for question in form.questions {
            sources[question.name] = ChoiceSource(question, form: form, tables: tables)
        }
        self.sources = sources
    }

    /// By slot name; several for a question whose choices are ticked one by one.
    func cells(for question: Question, value: AnswerValue) -> [String: CellDraft.Value] {
        let slots = slots.byQuestion[question.name] ?? []
        if case .selectMultiple = question.kind {
            let chosen = Set(value.plainText.split(separator: " ").map(String.init))
            let ticked = slots.filter { chosen.contains($0.choice?.name ?? "") }
            return Dictionary(uniqueKeysWithValues: ticked.map { ($0.name, .text(EntryWording.tick)) })
        }
        guard let slot = slots.first else { return [:] }
        return [slot.name: cell(for: question, value: value)]
    }

    /// What stood in a cell that could not be read as its type, kept for the sender to see.
    func cells(for question: Question, shown: String) -> [String: CellDraft.Value] {
        guard let slot = slots.byQuestion[question.name]?.first, !shown.isEmpty else { return [:] }
        return [slot.name: .text(shown)]
    }

    private func cell(for question: Question, value: AnswerValue) -> CellDraft.Value {
        switch value {
        case .text(let text):
            switch question.kind {
            case .acknowledge: return .text(EntryWording.tick)
            case .selectOne, .selectOneFromFile:
                return .text(sources[question.name]?.label(of: text) ?? text)
            case .integer, .decimal, .range: return Double(text).map { .number($0) } ?? .text(text)
            default: return .text(text)
            }
        case .number(let number):
            switch question.kind {
            case .integer, .decimal, .range: return Double("\(number)").map { .number($0) } ?? .text("\(number)")
            default: return .text("\(number)")
            }
        case .date(let day): return .date(day)
        case .time(let seconds):
            let minutes = seconds / 60
            let rest = minutes % 60
            return .text("\(minutes / 60):" + (rest < 10 ? "0" : "") + "\(rest)")
        case .dateTime(let instant):
            // As a serial number of days since 1899-12-30 in the office's zone (ECMA-376 Part 1, 18.17.4.1).
            let seconds = instant.timeIntervalSince1970 + Double(OfficeZone.indochina.secondsFromGMT)
            return .number(seconds / 86_400 + 25_569)
        }
    }

    static func text(_ value: CellDraft.Value) -> String {
        switch value {
        case .blank: ""
        case .text(let text), .link(_, let text): text
        case .number(let number): CellText.decimal(number).map { "\($0)" } ?? ""
        case .date(let day): day.description
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .formula(_, let result): result
        }
    }
}
