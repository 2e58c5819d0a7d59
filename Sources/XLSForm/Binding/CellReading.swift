import Foundation
import Records
import Sheets
import Vietnamese

/// What one cell answers to one question, and what is to be said about it.
struct CellReading {
    var value: AnswerValue?
    var shown: String
    var findings: [Finding] = []
}

/// Reads cells as the types of their questions. What cannot be read is a finding, never a guess.
struct CellReader {
    let form: FormDefinition
    /// The office's zone: days and hours in cells carry none.
    let zone: OfficeZone = .indochina
    private let choices: ChoiceReader

    init(form: FormDefinition, tables: ReferenceSnapshot) {
        self.form = form
        choices = ChoiceReader(form: form, tables: tables)
    }

    /// - Parameters:
    ///   - suggests: whether to look for the nearest choice when none fits, which is dear.
    ///   - narrowing: the answers that narrow choices (`ma_don_vi = ${xa}`), by question.
    func read(
        _ cell: Cell?, _ slot: EntrySlot, at reference: CellReference?, suggests: Bool = true,
        narrowing: (String) -> String?
    ) -> CellReading {
        let isQuantity =
            switch slot.question.kind {
            case .integer, .decimal, .range: true
            default: false
            }
        var reading = CellReading(shown: CellText.shown(cell, groups: isQuantity))
        guard let cell else { return reading }
        func say(_ code: FindingCode, _ severity: Severity, _ arguments: [String: String] = [:]) {
            reading.findings.append(finding(code, severity, slot.question, reference, reading.shown, arguments))
        }
        switch cell.value {
        case .formulaWithoutValue:
            say(.cellFormulaNoValue, .error)
            return reading
        case .error(let code):
            reading.shown = code
            say(.cellErrorValue, .error)
            return reading
        case .text(let text) where text.utf16.count > Binder.longestText:
            reading.shown = String(text.prefix(200))
            say(.cellTooLong, .error, ["length": "\(text.count)", "limit": "\(Binder.longestText)"])
            return reading
        default: break
        }
        // A cell of nothing but blanks.
        guard !reading.shown.isEmpty else { return reading }
        switch slot.question.kind {
        case .integer, .decimal, .range: readNumber(cell, slot.question, reference, into: &reading)
        case .date:
            reading.value = day(of: cell).map { .date($0) }
            if reading.value == nil { say(.cellNotDate, .error) }
        case .dateTime:
            reading.value = instant(of: cell).map { .dateTime($0) }
            if reading.value == nil { say(.cellNotDate, .error) }
        case .time: readTime(cell, slot.question, reference, into: &reading)
        case .acknowledge, .selectMultiple: readTick(cell, slot.question, reference, into: &reading)
        case .selectOne, .selectOneFromFile:
            let choice = choices.read(
                plain(cell, reading), slot.question, suggests: suggests, narrowing: narrowing)
            reading.value = choice.value.map { .text($0) }
            if let code = choice.code, let severity = choice.severity { say(code, severity, choice.arguments) }
        default: reading.value = .text(text(of: cell, reading))
        }
        return reading
    }

    private func finding(
        _ code: FindingCode, _ severity: Severity, _ question: Question, _ cell: CellReference?, _ shown: String,
        _ arguments: [String: String]
    ) -> Finding {
        Finding(
            code, severity: severity, cell: cell, question: question.name, label: form.text(question.label),
            arguments: arguments.merging(["value": shown]) { given, _ in given }, clauses: question.clauses)
    }

    // MARK: Numbers

    private func readNumber(
        _ cell: Cell, _ question: Question, _ reference: CellReference?, into reading: inout CellReading
    ) {
        var findings: [Finding] = []
        var number: Decimal?
        switch cell.value {
        case .number(let double):
            number = CellText.decimal(double)
            // A rate asked for in percent and typed as 4,08 % stands in the cell as 0.0408.
            if cell.isPercent, form.text(question.label).contains("%") { number = number.map { $0 * 100 } }
        case .text(let text):
            switch Vietnamese.readNumber(text, as: use(of: question)) {
            case .exact(let value):
                number = value
                let shown = Vietnamese.formatNumber(value)
                findings.append(
                    finding(.cellNumberAsText, .note, question, reference, reading.shown, ["read": shown]))
            case .ambiguous(let first, let second):
                findings.append(
                    finding(
                        .cellSeparator, .error, question, reference, reading.shown,
                        ["first": Vietnamese.formatNumber(first), "second": Vietnamese.formatNumber(second)]))
                reading.findings += findings
                return
            case .none: break
            }
        default: break
        }
        guard let number else {
            reading.findings.append(finding(.cellNotNumber, .error, question, reference, reading.shown, [:]))
            return
        }
        if question.kind == .integer, !isWhole(number) {
            reading.findings.append(finding(.cellNotInteger, .error, question, reference, reading.shown, [:]))
            return
        }
        reading.value = .number(number)
        reading.findings += findings
    }

    private func use(of question: Question) -> NumberUse {
        let label = form.text(question.label).lowercased()
        let isMoney = EntryWording.moneyMarks.contains { label.contains($0) }
        if isMoney { return .money }
        return question.kind == .integer ? .count : .rate
    }

    private func isWhole(_ number: Decimal) -> Bool {
        if number.exponent >= 0 { return true }
        var rounded = Decimal()
        var number = number
        NSDecimalRound(&rounded, &number, 0, .plain)
        return rounded == number
    }

    // MARK: Days and times

    private func day(of cell: Cell) -> CivilDate? {
        switch cell.value {
        case .date(let milliseconds): CellText.day(milliseconds)
        case .text(let text):
            Vietnamese.readDate(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
        default: nil
        }
    }

    private func instant(of cell: Cell) -> Date? {
        let offset = Double(zone.secondsFromGMT)
        if case .date(let milliseconds) = cell.value {
            return Date(timeIntervalSince1970: Double(milliseconds) / 1000 - offset)
        }
        return day(of: cell).map { Date(timeIntervalSince1970: Double($0.daysSince1970) * 86_400 - offset) }
    }

    private func readTime(
        _ cell: Cell, _ question: Question, _ reference: CellReference?, into reading: inout CellReading
    ) {
        switch cell.value {
        case .time(let milliseconds) where (0..<86_400_000).contains(milliseconds):
            reading.value = .time(Int(milliseconds / 1000))
            return
        case .text(let text):
            let parts = text.trimmed.split(whereSeparator: { $0 == ":" || $0 == "h" })
            if parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
                (0..<60).contains(minute)
            {
                reading.value = .time(hour * 3600 + minute * 60)
                return
            }
        default: break
        }
        reading.findings.append(finding(.cellNotDate, .error, question, reference, reading.shown, [:]))
    }

    // MARK: Ticks and texts

    private static let ticks: Set<String> = ["x", "có", "ok", "v", "✓", "✔", "☑", "1", "true", "yes", "đồng ý"]
    private static let crosses: Set<String> = ["không", "0", "false", "no", "-"]

    private func readTick(
        _ cell: Cell, _ question: Question, _ reference: CellReference?, into reading: inout CellReading
    ) {
        let text = Vietnamese.folded(plain(cell, reading))
        if Self.ticks.contains(text) {
            reading.value = .text("OK")
        } else if !Self.crosses.contains(text) {
            reading.findings.append(
                finding(
                    .cellNotInList, .error, question, reference, reading.shown, ["suggestion": EntryWording.tick]))
        }
    }

    /// Text as the sender reads it: a number without exponent, a day as day/month/year.
    private func text(of cell: Cell, _ reading: CellReading) -> String {
        switch cell.value {
        case .number, .date: CellText.shown(cell, groups: false)
        default: plain(cell, reading)
        }
    }

    /// A text is shown as it is compared; the cell is not blank.
    private func plain(_ cell: Cell, _ reading: CellReading) -> String {
        if case .text = cell.value { return reading.shown }
        return CellText.plain(cell.value) ?? ""
    }
}
