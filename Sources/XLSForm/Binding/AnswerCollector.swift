import Records
import Sheets

/// Reads the answers from the cells that were found.
struct AnswerCollector {
    let form: FormDefinition
    let workbook: Workbook
    let slots: EntrySlots
    let reader: CellReader
    let meta: MetaSheet?

    private(set) var answers: [Answer] = []
    private(set) var findings: [Finding] = []
    private(set) var tableRows: [String: [Int]] = [:]
    /// Suggestions are dear, and nobody reads more of them; a hostile sheet holds a million wrong choices.
    private static let mostSuggestions = 200
    private var choiceMisses = 0
    /// Values by question, outside repeats: what other questions' choices are narrowed by.
    private var values: [String: AnswerValue] = [:]

    init(form: FormDefinition, workbook: Workbook, slots: EntrySlots, reader: CellReader, meta: MetaSheet?) {
        self.form = form
        self.workbook = workbook
        self.slots = slots
        self.reader = reader
        self.meta = meta
    }

    mutating func collect(fields: [String: FoundField], tables: [String: FoundTable]) {
        let questions = form.questions.filter { $0.repeatName == nil && $0.kind.takesAnswer }
        var read: [String: (answer: Answer, findings: [Finding])] = [:]
        for question in Self.dependentsLast(questions) {
            let cells = (slots.byQuestion[question.name] ?? []).map { slot in
                (slot, fields[slot.name].map { ($0.sheet, $0.row, $0.column) })
            }
            guard let found = answer(to: question, row: nil, cells, narrowing: values) else { continue }
            values[question.name] = found.answer.value
            read[question.name] = found
        }
        for item in form.items { emit(item, fields: read, tables: tables) }
    }

    /// In the form's order: fields as they come, tables row by row.
    private mutating func emit(
        _ item: FormItem, fields: [String: (answer: Answer, findings: [Finding])], tables: [String: FoundTable]
    ) {
        switch item {
        case .question(let question):
            guard question.kind.takesAnswer else { return }
            if let found = fields[question.name] {
                answers.append(found.answer)
                findings += found.findings
            } else {
                noteUnbound(question)
            }
        case .section(let section) where section.repeating != nil:
            let questions = section.items.flatMap(\.questions).filter(\.kind.takesAnswer)
            let table = tables[section.name]
            for question in questions {
                let names = (slots.byQuestion[question.name] ?? []).map(\.name)
                if !names.contains(where: { table?.columns[$0] != nil }) { noteUnbound(question) }
            }
            if let table { collect(section, questions, table) }
        case .section(let section):
            for item in section.items { emit(item, fields: fields, tables: tables) }
        }
    }

    private mutating func collect(_ section: Section, _ questions: [Question], _ table: FoundTable) {
        tableRows[section.name] = table.rows
        let inOrder = Self.dependentsLast(questions)
        for (index, row) in table.rows.enumerated() {
            var rowValues = values
            var found: [String: (answer: Answer, findings: [Finding])] = [:]
            for question in inOrder {
                let cells = (slots.byQuestion[question.name] ?? []).map { slot in
                    (slot, table.columns[slot.name].map { (table.sheet, row, $0) })
                }
                guard let answer = answer(to: question, row: index + 1, cells, narrowing: rowValues) else { continue }
                rowValues[question.name] = answer.answer.value
                found[question.name] = answer
            }
            for question in questions {
                guard let answer = found[question.name] else { continue }
                answers.append(answer.answer)
                findings += answer.findings
            }
        }
    }

    /// Questions whose choices depend on another answer come after it.
    private static func dependentsLast(_ questions: [Question]) -> [Question] {
        questions.filter { $0.choiceFilter == nil } + questions.filter { $0.choiceFilter != nil }
    }

    /// nil when none of the question's cells was found and nothing was printed for it.
    private mutating func answer(
        to question: Question, row: Int?, _ cells: [(slot: EntrySlot, place: (sheet: Int, row: Int, column: Int)?)],
        narrowing values: [String: AnswerValue]
    ) -> (answer: Answer, findings: [Finding])? {
        let printed = row == nil ? meta?.printed.first { $0.question == question.name } : nil
        let readings = cells.compactMap { slot, place -> (EntrySlot, CellReference, CellReading)? in
            guard let place else { return nil }
            let sheet = workbook.sheets[place.sheet]
            guard let reference = CellReference(sheet: sheet.name, row: place.row, column: place.column) else {
                return nil
            }
            let cell = sheet[row: place.row, column: place.column]
            let suggests = choiceMisses < Self.mostSuggestions
            let reading = reader.read(cell, slot, at: reference, suggests: suggests) { values[$0]?.plainText }
            if reading.findings.contains(where: { $0.code == .cellNotInList || $0.code == .hamletUnknown }) {
                choiceMisses += 1
            }
            return (slot, reference, reading)
        }
        guard let (_, reference, first) = readings.first else {
            guard let printed else { return nil }
            let value = Self.value(of: printed, question)
            return (Answer(question: question.name, value: value, shown: printed.shown, cell: nil), [])
        }
        if case .selectMultiple = question.kind {
            let ticked = readings.filter { $0.2.value != nil }.compactMap(\.0.choice)
            let names = ticked.map(\.name).joined(separator: " ")
            let shown = ticked.map { form.text($0.label) }.joined(separator: ", ")
            let value: AnswerValue? = ticked.isEmpty ? nil : .text(names)
            return (
                Answer(question: question.name, row: row, value: value, shown: shown, cell: reference),
                readings.flatMap(\.2.findings)
            )
        }
        let answer = Answer(
            question: question.name, row: row, value: first.value, shown: first.shown, cell: reference)
        if let printed, !Self.agrees(first, printed) {
            return (answer, [locked(question, reference, first, printed)])
        }
        return (answer, first.findings)
    }

    private static func agrees(_ reading: CellReading, _ printed: MetaSheet.Printed) -> Bool {
        if let value = reading.value, value.plainText == printed.value { return true }
        return LabelKey(reading.shown) == LabelKey(printed.shown) && !printed.shown.isEmpty
    }

    private static func value(of printed: MetaSheet.Printed, _ question: Question) -> AnswerValue? {
        switch question.kind {
        case .integer, .decimal, .range: Double(printed.value).flatMap(CellText.decimal).map { .number($0) }
        case .date: CivilDate(iso8601: printed.value).map { .date($0) }
        case .dateTime, .time: nil
        default: printed.value.isEmpty ? nil : .text(printed.value)
        }
    }

    private func locked(
        _ question: Question, _ cell: CellReference, _ reading: CellReading, _ printed: MetaSheet.Printed
    ) -> Finding {
        Finding(
            .cellLocked, severity: .error, cell: cell, question: question.name, label: form.text(question.label),
            arguments: ["value": reading.shown, "printed": printed.shown], clauses: question.clauses)
    }

    /// A question whose place is gone: an error where an answer is wanted, else a warning.
    private mutating func noteUnbound(_ question: Question) {
        let label = form.text(question.label)
        let isWanted = question.required != nil && question.requiredSeverity != .warning
        findings.append(
            Finding(
                .fieldUnbound, severity: isWanted ? .error : .warning, question: question.name, label: label,
                arguments: ["need": label.isEmpty ? question.name : label], clauses: question.clauses))
    }
}
