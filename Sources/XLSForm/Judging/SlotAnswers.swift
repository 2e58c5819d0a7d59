import Records

/// The workbook's answers by slot: a table of 10,000 rows is an array for each of its columns.
struct SlotAnswers {
    typealias Slot = FormInstance.Slot

    /// By question and row; a question outside repeats has one.
    private var columns: [[Answer?]]
    private let isRepeated: [Bool]

    init(_ form: CompiledForm) {
        isRepeated = form.questions.map { $0.question.repeatName != nil }
        columns = Array(repeating: [], count: isRepeated.count)
    }

    /// Rows count from 1; a question of a repeat has no answer without a row, and one outside none in a row.
    subscript(slot: Slot) -> Answer? {
        get {
            guard (slot.row != nil) == isRepeated[slot.question] else { return nil }
            let column = columns[slot.question]
            let index = (slot.row ?? 1) - 1
            return column.indices.contains(index) ? column[index] : nil
        }
        set {
            let index = (slot.row ?? 1) - 1
            guard (slot.row != nil) == isRepeated[slot.question], index >= 0 else { return }
            while columns[slot.question].count <= index { columns[slot.question].append(nil) }
            columns[slot.question][index] = newValue
        }
    }

    /// The slots whose answers are of some kind.
    func slots(where isWanted: (Answer) -> Bool) -> [Slot] {
        columns.indices.flatMap { question in
            columns[question].indices.compactMap { index -> Slot? in
                guard let answer = columns[question][index], isWanted(answer) else { return nil }
                return Slot(question: question, row: isRepeated[question] ? index + 1 : nil)
            }
        }
    }
}
