import Records

/// What a choice is called, whichever way its question gets its choices.
struct ChoiceLabels: Sendable {
    private let form: CompiledForm
    private let snapshot: ReferenceSnapshot

    init(_ form: CompiledForm, _ snapshot: ReferenceSnapshot) {
        self.form = form
        self.snapshot = snapshot
    }

    func label(of choice: String, question: String) -> String? {
        guard let index = form.questionIndexes[question] else { return nil }
        let definition = form.definition
        switch form.questions[index].question.kind {
        case .selectOne(let list, _), .selectMultiple(let list, _):
            let found = definition.choiceLists[list]?.choices.first { $0.name == choice }
            return found.map { definition.settings.text($0.label) }
        case .selectOneFromFile(let table):
            let rows = definition.tables[table] ?? snapshot[table]
            return rows?.value("label", where: "name", is: choice)
        default: return nil
        }
    }
}
