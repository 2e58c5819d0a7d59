import Records

/// What a choice is called, whichever way its question gets its choices.
struct ChoiceLabels: Sendable {
    private let definition: FormDefinition
    private let snapshot: ReferenceSnapshot
    private let kinds: [String: QuestionKind]

    init(_ definition: FormDefinition, _ snapshot: ReferenceSnapshot) {
        self.definition = definition
        self.snapshot = snapshot
        kinds = Dictionary(
            definition.questions.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
    }

    func label(of choice: String, question: String) -> String? {
        switch kinds[question] {
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
