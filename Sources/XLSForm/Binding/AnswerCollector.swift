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
            let cells = QuestionCells(question, slots) { slot in
                fields[slot.name].map { ($0.sheet, $0.row, $0.column) }
            }
            guard let found = answer(cells, in: nil, narrowing: { [values] in values[$0]?.plainText }) else { continue }
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
        let cells = questions.map { question in
            QuestionCells(question, slots) { slot in table.columns[slot.name].map { (table.sheet, 0, $0) } }
        }
        let inOrder = Self.dependentsLast(questions).compactMap { question in
            questions.firstIndex { $0.name == question.name }
        }
        let isNarrowed = questions.contains { $0.choiceFilter != nil }
        let around = values
        for (index, row) in table.rows.enumerated() {
            var rowValues: [String: AnswerValue] = [:]
            var found: [(answer: Answer, findings: [Finding])?] = Array(repeating: nil, count: questions.count)
            for place in inOrder {
                let read = answer(cells[place], in: (index + 1, row)) { (rowValues[$0] ?? around[$0])?.plainText }
                if isNarrowed, let read { rowValues[questions[place].name] = read.answer.value }
                found[place] = read
            }
            for case let (answer, remarks)? in found {
                answers.append(answer)
                findings += remarks
            }
        }
    }

    /// Questions whose choices depend on another answer come after it.
    private static func dependentsLast(_ questions: [Question]) -> [Question] {
        questions.filter { $0.choiceFilter == nil } + questions.filter { $0.choiceFilter != nil }
    }

    /// nil when none of the question's cells was found and nothing was printed for it.
    /// - Parameter tableRow: the row of the repeat, counted from 1, and of the sheet; nil outside repeats.
    private mutating func answer(
        _ cells: QuestionCells, in tableRow: (number: Int, row: Int)?, narrowing: (String) -> String?
    ) -> (answer: Answer, findings: [Finding])? {
        let question = cells.question
        let printed = tableRow == nil ? meta?.printed.first { $0.question == question.name } : nil
        guard let (reference, first) = read(cells, 0, in: tableRow, narrowing) else {
            guard let printed else { return nil }
            let value = Self.value(of: printed, question)
            return (Answer(question: question.name, value: value, shown: printed.shown, cell: nil), [])
        }
        if case .selectMultiple = question.kind {
            return ticks(cells, in: tableRow, first: (reference, first), narrowing)
        }
        let answer = Answer(
            question: question.name, row: tableRow?.number, value: first.value, shown: first.shown, cell: reference)
        if let printed, !Self.agrees(first, printed) {
            return (answer, [locked(question, reference, first, printed)])
        }
        return (answer, first.findings)
    }

    private mutating func ticks(
        _ cells: QuestionCells, in tableRow: (number: Int, row: Int)?, first: (CellReference, CellReading),
        _ narrowing: (String) -> String?
    ) -> (answer: Answer, findings: [Finding]) {
        var ticked: [ChoiceList.Choice] = []
        var findings: [Finding] = []
        for index in cells.found.indices {
            guard let reading = index == 0 ? first.1 : read(cells, index, in: tableRow, narrowing)?.reading else {
                continue
            }
            if reading.value != nil, let choice = cells.found[index].slot.choice { ticked.append(choice) }
            findings += reading.findings
        }
        let value: AnswerValue? = ticked.isEmpty ? nil : .text(ticked.map(\.name).joined(separator: " "))
        let shown = ticked.map { form.text($0.label) }.joined(separator: ", ")
        let answer = Answer(
            question: cells.question.name, row: tableRow?.number, value: value, shown: shown, cell: first.0)
        return (answer, findings)
    }

    /// nil when so many of the question's cells were not found.
    private mutating func read(
        _ cells: QuestionCells, _ index: Int, in tableRow: (number: Int, row: Int)?, _ narrowing: (String) -> String?
    ) -> (reference: CellReference, reading: CellReading)? {
        guard cells.found.indices.contains(index) else { return nil }
        let (slot, sheet, ownRow, column) = cells.found[index]
        let row = tableRow?.row ?? ownRow
        guard let reference = CellReference(sheet: workbook.sheets[sheet].name, row: row, column: column) else {
            return nil
        }
        let reading = reader.read(
            workbook.sheets[sheet][row: row, column: column], slot, at: reference,
            suggests: choiceMisses < Self.mostSuggestions, narrowing: narrowing)
        if reading.findings.contains(where: { $0.code == .cellNotInList || $0.code == .hamletUnknown }) {
            choiceMisses += 1
        }
        return (reference, reading)
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

/// A question and those of its cells that were found; in a table the row is the one being read.
private struct QuestionCells {
    let question: Question
    let found: [(slot: EntrySlot, sheet: Int, row: Int, column: Int)]

    init(_ question: Question, _ slots: EntrySlots, place: (EntrySlot) -> (sheet: Int, row: Int, column: Int)?) {
        self.question = question
        found = (slots.byQuestion[question.name] ?? []).compactMap { slot in
            place(slot).map { (slot, $0.sheet, $0.row, $0.column) }
        }
    }
}
