import Records
import Vietnamese

/// The workbook's answers by slot: a table of 10,000 rows is an array for each of its columns.
struct SlotAnswers {
    typealias Slot = FormInstance.Slot

    private let answers: [Answer]
    /// By question and row (a question outside repeats has one): which of the answers stands there, −1 for none.
    private var places: [[Int32]]
    private let isRepeated: [Bool]
    /// Cells whose formulas came without a result. They show nothing; they are filled all the same.
    private let uncalculated: Set<CellReference>

    /// A question of a repeat has no answer without a row, and one outside none in a row; of several the last counts.
    init(_ bound: BoundWorkbook, of form: CompiledForm) {
        answers = bound.answers
        uncalculated = Set(bound.findings.lazy.filter { $0.code == .cellFormulaNoValue }.compactMap(\.cell))
        isRepeated = form.questions.map(\.isRepeated)
        places = Array(repeating: [], count: form.questions.count)
        for (place, answer) in answers.enumerated() {
            guard let question = form.questionIndexes[answer.question],
                (1...CellReference.maximumRow).contains(answer.row ?? 1),
                !isRepeated[question] || answer.row != nil
            else { continue }
            let row = isRepeated[question] ? (answer.row ?? 1) - 1 : 0
            while places[question].count <= row { places[question].append(-1) }
            places[question][row] = Int32(place)
        }
    }

    /// Rows count from 1.
    subscript(slot: Slot) -> Answer? { place(slot).map { answers[$0] } }

    func value(_ slot: Slot) -> AnswerValue? { place(slot).flatMap { answers[$0].value } }

    /// Whether something stands in the cell, readable or not.
    func isFilled(_ slot: Slot) -> Bool { place(slot).map { isFilled($0) } ?? false }

    /// How many rows a question's answers reach to.
    func rowCount(_ question: Int) -> Int { places[question].count }

    /// The slots whose cells are filled, but not readable as the question's type.
    var unreadable: Set<Slot> {
        var found: Set<Slot> = []
        for question in places.indices {
            for (row, place) in places[question].enumerated() where place >= 0 {
                guard answers[Int(place)].value == nil, isFilled(Int(place)) else { continue }
                found.insert(Slot(question: question, row: isRepeated[question] ? row + 1 : nil))
            }
        }
        return found
    }

    /// Every slot that has an answer, blank ones included.
    var slots: [Slot] {
        places.indices.flatMap { question in
            places[question].indices.compactMap { row -> Slot? in
                guard places[question][row] >= 0 else { return nil }
                return Slot(question: question, row: isRepeated[question] ? row + 1 : nil)
            }
        }
    }

    private func isFilled(_ place: Int) -> Bool {
        let answer = answers[place]
        if answer.value != nil || !answer.shown.trimmed.isEmpty { return true }
        return !uncalculated.isEmpty && answer.cell.map(uncalculated.contains) ?? false
    }

    private func place(_ slot: Slot) -> Int? {
        guard (slot.row != nil) == isRepeated[slot.question] else { return nil }
        let row = (slot.row ?? 1) - 1
        guard places[slot.question].indices.contains(row), places[slot.question][row] >= 0 else { return nil }
        return Int(places[slot.question][row])
    }
}
