import Foundation
import Records
import Vietnamese

/// Values as people read them, and the sentences of the form with `${name}` filled in.
extension Judging {
    /// What stands for a blank within a sentence.
    private static let blank = "…"
    /// A sentence outside a table names so many of its rows.
    private static let rowsInText = 5

    func label(_ question: Question) -> String { form.definition.settings.text(question.label).trimmed }

    /// The cell as the sender sees it; a computed value as letters write it.
    func shown(_ slot: Slot) -> String {
        if let answer = answers[slot], !answer.shown.isEmpty, !form.questions[slot.question].question.isComputed {
            return answer.shown
        }
        return Self.shown(value(of: slot), in: context.zone)
    }

    static func shown(_ value: AnswerValue?, in zone: OfficeZone) -> String {
        switch value {
        case nil: return ""
        case .text(let text): return text
        case .number(let number): return Vietnamese.formatNumber(number)
        case .date(let date):
            let (year, month, day) = date.components
            return Vietnamese.formatDate(year: year, month: month, day: day)
        case .dateTime(let instant):
            let date = shown(.date(CivilDate(instant, in: zone)), in: zone)
            let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT
            return shown(.time((seconds % 86_400 + 86_400) % 86_400), in: zone) + ", " + date
        case .time(let seconds):
            return Vietnamese.formatTime(hour: seconds / 3600, minute: seconds / 60 % 60)
        }
    }

    /// Puts shown values in the place of `${name}`: of the same row where the question stands in the same repeat.
    func fill(_ text: String, at slot: Slot) -> String {
        guard text.contains("${") else { return text }
        var filled = ""
        var rest = text[...]
        while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            filled += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end]).trimmed
            filled += shown(named: name, from: slot)
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }

    private func shown(named name: String, from slot: Slot) -> String {
        guard let index = form.questionIndexes[name] else { return Self.blank }
        let repeatName = form.questions[index].question.repeatName
        if repeatName == nil || repeatName == form.questions[slot.question].question.repeatName {
            let text = shown(Slot(question: index, row: repeatName == nil ? nil : slot.row))
            return text.isEmpty ? Self.blank : text
        }
        let rows = tree.questionNodes[index].indices
        var texts = rows.prefix(Self.rowsInText).map { shown(Slot(question: index, row: $0 + 1)) }
        if rows.isEmpty || rows.count > Self.rowsInText { texts.append(Self.blank) }
        return texts.joined(separator: ", ")
    }
}
