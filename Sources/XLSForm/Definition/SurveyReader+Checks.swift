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
        } else if question.label.isEmpty, !question.isComputed, hasPicture(row) {
            note(
                .labelMissing, .warning, row: row.number, column: "label",
                "“\(question.name)” has a picture or sound in place of a label: here its name stands in for it.",
                remedy: "Write what people are to fill in.")
            question.label = ["": question.name]
        }
        let isComputedByDefault = question.defaultValue.map { FormDefault.isDynamic($0.text, for: question) } ?? false
        if question.kind == .calculate, question.calculation == nil, !isComputedByDefault {
            note(
                .calculationMissing, row: row.number, column: "calculation",
                "“\(question.name)” has nothing to calculate.", remedy: "Write its calculation.")
        }
    }

    /// What other programs show or play in place of a label.
    private func hasPicture(_ row: SheetTable.Row) -> Bool {
        table.heads.enumerated().contains { index, head in
            (SheetColumns.media.contains(head.name) || head.name == "media") && row.cells[index] != nil
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
        if table.text("big-image", in: row) != nil, table.text("image", in: row) == nil {
            note(
                .columnMissing, row: row.number, column: "big-image", "A big-image stands beside no image.",
                remedy: "Name the picture in the column image, too.")
        }
        if hasOther, question.choiceFilter != nil {
            note(
                .expressionRefused, row: row.number, column: "choice_filter",
                "Choices with or_other cannot be filtered.", remedy: "Add a choice “other” to the list instead.")
        }
    }
}
