import Vietnamese

/// The column `trigger`: whose change a calculation waits for. A workbook knows no moment of change, so that calculations
/// are always up to date here; names that lead nowhere are told all the same.
struct TriggerCheck {
    private var found: [(text: String, row: Int, column: String)] = []

    mutating func add(_ text: String?, row: Int, column: String) {
        if let text { found.append((text, row, column)) }
    }

    /// - Parameter questions: everything that stands between begin and end rows, sections left aside.
    func note(_ questions: [Question], sheet: String, in log: inout FormProblemLog) {
        for trigger in found {
            func note(_ code: FormProblem.Code, _ message: String, _ remedy: String) {
                log.note(code, sheet: sheet, row: trigger.row, column: trigger.column, message, remedy: remedy)
            }
            for part in trigger.text.split(separator: ",") where !part.trimmed.isEmpty {
                guard let name = Expression.nameOfReference(part.trimmed), FormName.isLegal(name) else {
                    note(
                        .expressionSyntax, "“\(part.trimmed)” names no question.", "Write ${name}, several with commas."
                    )
                    continue
                }
                guard let question = questions.first(where: { $0.name == name }) else {
                    note(
                        .expressionName, "There is no question “\(name)”.",
                        "Write the name as it stands in the column name of the survey.")
                    continue
                }
                if question.isComputed {
                    note(.referenceUnknown, "Nobody fills in “\(name)”.", "Name a question that is filled in.")
                }
            }
        }
    }
}
