import Foundation
package import Records
package import XLSForm

/// A filled workbook of a form without any workbook: answers as texts, each in a cell that follows from its question.
///
/// Questions outside repeats stand in column B, the row being the question's place in the form (from 1). A repeat's
/// columns are its questions in order (A, B …), its rows begin in row 101 on a sheet named like the repeat.
package struct FilledForm {
    package let form: FormDefinition
    /// By question. An empty text is a blank cell; a text that does not fit the question's type is not readable.
    package var answers: [String: String]
    /// By repeat, its rows.
    package var rows: [String: [[String: String]]]
    package var findings: [Finding] = []
    package var printed = PrintedContext()

    package init(
        _ form: FormDefinition, _ answers: [String: String] = [:], rows: [String: [[String: String]]] = [:]
    ) {
        self.form = form
        self.answers = answers
        self.rows = rows
    }

    package var bound: BoundWorkbook {
        var bound: [Answer] = []
        for question in form.questions where !question.isInvisible {
            guard let repeatName = question.repeatName else {
                bound.append(answer(question, answers[question.name] ?? "", row: nil))
                continue
            }
            for (index, row) in (rows[repeatName] ?? []).enumerated() {
                bound.append(answer(question, row[question.name] ?? "", row: index + 1))
            }
        }
        let tableRows = rows.mapValues { rows in rows.indices.map { $0 + 101 } }
        return BoundWorkbook(
            form: form.identity, receipt: nil, printed: printed, answers: bound, tableRows: tableRows,
            findings: findings)
    }

    /// The cell of a question, for expectations.
    package func cell(_ name: String, row: Int? = nil) -> CellReference? {
        guard let question = form.question(named: name) else { return nil }
        guard let repeatName = question.repeatName else {
            let place = form.questions.firstIndex { $0.name == name } ?? 0
            return CellReference(sheet: question.path.first ?? "form", row: place + 1, column: 2)
        }
        let columns = form.questions.filter { $0.repeatName == repeatName }
        let column = columns.firstIndex { $0.name == name } ?? 0
        return CellReference(sheet: repeatName, row: 100 + (row ?? 1), column: column + 1)
    }

    private func answer(_ question: Question, _ text: String, row: Int?) -> Answer {
        Answer(
            question: question.name, row: row, value: text.isEmpty ? nil : question.value(of: text), shown: text,
            cell: cell(question.name, row: row))
    }
}

extension Question {
    /// Nothing of it stands in a workbook.
    fileprivate var isInvisible: Bool {
        switch kind {
        case .calculate, .hidden, .note, .metadata: true
        default: false
        }
    }

    fileprivate func value(of text: String) -> AnswerValue? {
        switch kind {
        case .integer: Int(text).map { .number(Decimal($0)) }
        case .decimal, .range: Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")).map { .number($0) }
        case .date: CivilDate(iso8601: text).map { .date($0) }
        default: .text(text)
        }
    }
}
