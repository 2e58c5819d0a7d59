import Records

/// What can only be told of a question when its row has been read.
extension SurveyReader {
    mutating func complete(_ question: inout Question, _ row: SheetTable.Row) {
        question.kind = kindWithTable(of: question, row)
        noteWhatDoesNotGoTogether(question, row)
        if question.label.isEmpty, !question.hint.isEmpty, !question.isComputed {
            note(
                .labelMissing, .warning, row: row.number, column: "label",
                "“\(question.name)” has no label: its hint stands in for it.",
                remedy: "Write what people are to fill in.")
            question.label = question.hint
        }
        let isComputedByDefault = question.defaultValue.map { FormDefault.isDynamic($0.text, for: question) } ?? false
        if question.kind == .calculate, question.calculation == nil, !isComputedByDefault {
            note(
                .calculationMissing, row: row.number, column: "calculation",
                "“\(question.name)” has nothing to calculate.", remedy: "Write its calculation.")
        }
    }

    /// Choices from a file show its columns `name` and `label`, or those that the parameters `value` and `label` name:
    /// then from a copy of the table under another name.
    private mutating func kindWithTable(of question: Question, _ row: SheetTable.Row) -> QuestionKind {
        guard case .selectOneFromFile(let name) = question.kind, let table = tables[name] else { return question.kind }
        let (value, label) = (question.parameters["value"] ?? "name", question.parameters["label"] ?? "label")
        let missing = [value, label].filter { !table.columns.contains($0) }
        guard missing.isEmpty else {
            note(
                .tableColumn, row: row.number, column: "parameters",
                "The table “\(name)” has no column \(missing.joined(separator: ", ")).",
                remedy: "Give it the columns name and label, or name others with value= and label=.")
            return question.kind
        }
        guard value != "name" || label != "label" else { return question.kind }
        let copy = "\(name)?value=\(value)&label=\(label)"
        tables[copy] = table.renaming([value: "name", label: "label"])
        return .selectOneFromFile(table: copy)
    }

    /// Columns that exclude each other.
    private mutating func noteWhatDoesNotGoTogether(_ question: Question, _ row: SheetTable.Row) {
        let hasOther =
            switch question.kind {
            case .selectOne(_, let orOther), .selectMultiple(_, let orOther): orOther
            default: false
            }
        if hasOther, question.choiceFilter != nil {
            note(
                .expressionRefused, row: row.number, column: "choice_filter",
                "Choices with or_other cannot be filtered.", remedy: "Add a choice “other” to the list instead.")
        }
        if question.appearance.contains("search(") {
            note(
                .expressionRefused, row: row.number, column: "appearance",
                "search() fetches choices on a telephone only.",
                remedy: "Use select_one_from_file, with a choice_filter where one is needed.")
        }
    }
}
