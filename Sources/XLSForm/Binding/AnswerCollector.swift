import Records
import Sheets

/// Reads the answers from the cells that were found.
struct AnswerCollector {
    let form: FormDefinition
    let legacy: LegacyDecoding
    /// As it was decoded.
    let workbook: Workbook
    let asked: AskedQuestions
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

    init(form: FormDefinition, legacy: LegacyDecoding, asked: AskedQuestions, reader: CellReader, meta: MetaSheet?) {
        self.form = form
        self.legacy = legacy
        workbook = legacy.workbook
        self.asked = asked
        self.reader = reader
        self.meta = meta
    }

    /// In the form's order: fields as they come, tables row by row.
    mutating func collect(fields: [String: FoundField], tables: [String: FoundTable]) {
        let read = readFields(fields)
        for item in asked.items {
            switch item {
            case .field(let index):
                if let found = read[index] {
                    answers.append(found.answer)
                    findings += found.findings
                } else {
                    noteUnbound(asked.fields[index].question)
                }
            case .table(let name, let columns):
                let table = tables[name]
                for column in columns where !column.slots.contains(where: { table?.columns[$0.name] != nil }) {
                    noteUnbound(column.question)
                }
                if let table { collect(name, columns, table) }
            }
        }
    }

    /// By field; nil where nothing was found.
    private mutating func readFields(_ fields: [String: FoundField]) -> [ReadAnswer?] {
        var read: [ReadAnswer?] = Array(repeating: nil, count: asked.fields.count)
        for index in AskedQuestions.readingOrder(asked.fields) {
            let cells = QuestionCells(asked.fields[index]) { slot in
                fields[slot.name].map { ($0.sheet, $0.row, $0.column) }
            }
            let found = answer(cells, in: nil, narrowing: { [values] in values[$0]?.plainText })
            if let found { values[cells.question.name] = found.answer.value }
            read[index] = found
        }
        return read
    }

    private mutating func collect(_ name: String, _ columns: [AskedQuestion], _ table: FoundTable) {
        tableRows[name] = table.rows
        let cells = columns.map { column in
            QuestionCells(column) { slot in table.columns[slot.name].map { (table.sheet, 0, $0) } }
        }
        let order = AskedQuestions.readingOrder(columns)
        let isNarrowed = columns.contains(where: \.isNarrowed)
        let around = values
        for (index, row) in table.rows.enumerated() {
            var rowValues: [String: AnswerValue] = [:]
            var found: [ReadAnswer?] = Array(repeating: nil, count: columns.count)
            for place in order {
                let read = answer(cells[place], in: (index + 1, row)) { (rowValues[$0] ?? around[$0])?.plainText }
                if isNarrowed, let read { rowValues[cells[place].question.name] = read.answer.value }
                found[place] = read
            }
            for case let read? in found {
                answers.append(read.answer)
                findings += read.findings
            }
        }
    }

    /// nil when none of the question's cells was found and nothing was printed for it.
    /// - Parameter tableRow: the row of the repeat, counted from 1, and of the sheet; nil outside repeats.
    private mutating func answer(
        _ cells: QuestionCells, in tableRow: (number: Int, row: Int)?, narrowing: (String) -> String?
    ) -> ReadAnswer? {
        let name = cells.question.name
        let printed = tableRow == nil ? meta?.printed.first { $0.question == name } : nil
        guard let (reference, first) = read(cells, 0, in: tableRow, narrowing) else {
            guard let printed else { return nil }
            let value = Self.value(of: printed, cells.question)
            return ReadAnswer(answer: Answer(question: name, value: value, shown: printed.shown, cell: nil))
        }
        if case .selectMultiple = cells.question.kind {
            return ticks(cells, in: tableRow, first: (reference, first), narrowing)
        }
        let answer = Answer(
            question: name, row: tableRow?.number, value: first.value, shown: first.shown, cell: reference)
        if let printed, !Self.agrees(first, printed) {
            return ReadAnswer(answer: answer, findings: [locked(cells.question, reference, first, printed)])
        }
        return ReadAnswer(answer: answer, findings: first.findings)
    }

    private mutating func ticks(
        _ cells: QuestionCells, in tableRow: (number: Int, row: Int)?, first: (CellReference, CellReading),
        _ narrowing: (String) -> String?
    ) -> ReadAnswer {
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
        return ReadAnswer(answer: answer, findings: findings)
    }

    /// nil when so many of the question's cells were not found.
    private mutating func read(
        _ cells: QuestionCells, _ index: Int, in tableRow: (number: Int, row: Int)?, _ narrowing: (String) -> String?
    ) -> (reference: CellReference, reading: CellReading)? {
        guard cells.found.indices.contains(index) else { return nil }
        let place = cells.found[index]
        let row = tableRow?.row ?? place.row
        let sheet = workbook.sheets[place.sheet]
        guard let reference = CellReference(sheet: sheet.name, row: row, column: place.column) else { return nil }
        var reading = reader.read(
            sheet[row: row, column: place.column], place.slot, at: reference,
            suggests: choiceMisses < Self.mostSuggestions, narrowing: narrowing)
        if reading.findings.contains(where: { $0.code == .cellNotInList || $0.code == .hamletUnknown }) {
            choiceMisses += 1
        }
        if !legacy.isNothing { noteLegacy(place.slot.question, reference, &reading) }
        return (reference, reading)
    }

    /// What was decoded is told, and what could not be is asked about where the text itself is the answer.
    private func noteLegacy(_ question: Question, _ reference: CellReference, _ reading: inout CellReading) {
        func say(_ code: FindingCode, _ severity: Severity) {
            reading.findings.append(
                Finding(
                    code, severity: severity, cell: reference, question: question.name,
                    label: form.text(question.label), arguments: ["value": reading.shown],
                    clauses: question.clauses))
        }
        if legacy.decoded.contains(reference) { say(.textLegacy, .note) }
        if legacy.undecided.contains(reference), question.kind == .text { say(.textLegacyUnknown, .error) }
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

/// What the cells of a question answer, and what is to be said about them.
private struct ReadAnswer {
    let answer: Answer
    var findings: [Finding] = []
}

/// A question and those of its cells that were found; in a table the row is the one being read. An object, since it is
/// handed on for every row.
private final class QuestionCells {
    struct Place {
        let slot: EntrySlot
        let sheet: Int
        let row: Int
        let column: Int
    }

    private let asked: AskedQuestion
    let found: [Place]

    init(_ asked: AskedQuestion, place: (EntrySlot) -> (sheet: Int, row: Int, column: Int)?) {
        self.asked = asked
        found = asked.slots.compactMap { slot in
            place(slot).map { Place(slot: slot, sheet: $0.sheet, row: $0.row, column: $0.column) }
        }
    }

    var question: Question { asked.question }
}
