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
        if case .number(let number) = value(of: slot) { return written(number, slot) }
        return Self.shown(value(of: slot), in: context.zone)
    }

    /// A value within a sentence: numbers as letters write them, however the sender's cell shows them.
    private func inSentence(_ slot: Slot) -> String {
        guard case .number(let number) = value(of: slot) else { return shown(slot) }
        // A cell formatted as a percentage, where the question does not ask for one, holds a hundredth of what it shows.
        if let shown = answers[slot]?.shown, shown.hasSuffix("%"),
            !label(form.questions[slot.question].question).contains("%")
        {
            return shown
        }
        return written(number, slot)
    }

    private func written(_ number: Decimal, _ slot: Slot) -> String {
        let question = form.questions[slot.question].question
        return question.year(number, label: label(question)).map(String.init) ?? Vietnamese.formatNumber(number)
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
            let text = inSentence(Slot(question: index, row: repeatName == nil ? nil : slot.row))
            return text.isEmpty ? Self.blank : text
        }
        let rows = tree.questionNodes[index].indices
        var texts = rows.prefix(Self.rowsInText).map { inSentence(Slot(question: index, row: $0 + 1)) }
        if rows.isEmpty || rows.count > Self.rowsInText { texts.append(Self.blank) }
        return texts.joined(separator: ", ")
    }
}

extension Question {
    /// The number as a year where it may be one: those are written without a point, `2019` beside `2.354 hộ`.
    ///
    /// XLSForm has no type for years, and years and households stand in cells of one format. So the value decides: no year
    /// is ever split, and a count that happens to look like one merely goes without its point. An amount (`thousands-sep`,
    /// or a label that says đồng) is never a year.
    func year(_ number: Decimal, label: String) -> Int? {
        guard number >= 1900, number < 2100, !appearance.contains("thousands-sep") else { return nil }
        let year = NSDecimalNumber(decimal: number).intValue
        let label = label.lowercased()
        return number == Decimal(year) && !EntryWording.moneyMarks.contains { label.contains($0) } ? year : nil
    }
}
