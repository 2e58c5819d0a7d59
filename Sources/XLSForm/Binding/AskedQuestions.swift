/// What a form asks, in its order, made ready for reading one workbook after another.
struct AskedQuestions: Sendable {
    enum Item: Sendable {
        /// Its index among the fields.
        case field(Int)
        case table(name: String, columns: [AskedQuestion])
    }

    let items: [Item]
    /// The questions outside repeats.
    let fields: [AskedQuestion]

    init(_ form: FormDefinition, _ slots: EntrySlots) {
        var items: [Item] = []
        var fields: [AskedQuestion] = []
        func add(_ item: FormItem) {
            switch item {
            case .question(let question):
                guard question.kind.takesAnswer else { return }
                items.append(.field(fields.count))
                fields.append(AskedQuestion(question, slots))
            case .section(let section) where section.repeating != nil:
                let asked = section.items.flatMap(\.questions).filter(\.kind.takesAnswer)
                items.append(.table(name: section.name, columns: asked.map { AskedQuestion($0, slots) }))
            case .section(let section):
                for item in section.items { add(item) }
            }
        }
        for item in form.items { add(item) }
        self.items = items
        self.fields = fields
    }

    /// Indexes in the order of reading: questions whose choices depend on another answer come after it.
    static func readingOrder(_ questions: [AskedQuestion]) -> [Int] {
        questions.indices.filter { !questions[$0].isNarrowed } + questions.indices.filter { questions[$0].isNarrowed }
    }
}

/// A question with the slots of its cells. An object, since it is asked for for every row of a table.
final class AskedQuestion: Sendable {
    let question: Question
    let slots: [EntrySlot]
    /// What may be chosen depends on another answer.
    let isNarrowed: Bool

    init(_ question: Question, _ slots: EntrySlots) {
        self.question = question
        self.slots = slots.byQuestion[question.name] ?? []
        isNarrowed = question.choiceFilter != nil
    }
}
