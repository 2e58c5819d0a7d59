import Records

/// The answers of a workbook as the tree that expressions walk, and the way back from each node to its question.
struct FormInstance {
    /// A question of the form by its index, and which row of its repeat (from 1; nil outside repeats).
    struct Slot: Hashable {
        let question: Int
        let row: Int?
    }

    private(set) var instance = Instance()
    /// By question: its nodes, one outside repeats, else one for each row.
    private(set) var questionNodes: [[Instance.Node]]
    /// By section, the same way; a repeat's nodes are its rows.
    private(set) var sectionNodes: [[Instance.Node]]
    /// By node index; nil for sections.
    private var slots: [Slot?] = []
    private let form: CompiledForm
    private let rows: [String: Int]
    private let value: (Slot) -> AnswerValue?

    /// - Parameters:
    ///   - rows: how many rows each repeat has.
    ///   - value: what a slot holds at the beginning.
    init(_ form: CompiledForm, rows: [String: Int], value: @escaping (Slot) -> AnswerValue?) {
        self.form = form
        self.rows = rows
        self.value = value
        questionNodes = Array(repeating: [], count: form.questions.count)
        sectionNodes = Array(repeating: [], count: form.sections.count)
        append(form.definition.items, to: instance.root, row: nil)
    }

    func slot(of node: Instance.Node) -> Slot? {
        slots.indices.contains(Int(node.index)) ? slots[Int(node.index)] : nil
    }

    func node(_ slot: Slot) -> Instance.Node? {
        let nodes = questionNodes[slot.question]
        let index = (slot.row ?? 1) - 1
        return nodes.indices.contains(index) ? nodes[index] : nil
    }

    private mutating func append(_ items: [FormItem], to parent: Instance.Node, row: Int?) {
        for item in items {
            switch item {
            case .question(let question): append(question, to: parent, row: row)
            case .section(let section): append(section, to: parent, row: row)
            }
        }
    }

    private mutating func append(_ question: Question, to parent: Instance.Node, row: Int?) {
        guard let index = form.questionIndexes[question.name] else { return }
        let slot = Slot(question: index, row: row)
        let node = instance.append(
            question.name, to: parent, type: question.nodeType, value: value(slot), blankIsZero: question.blankIsZero)
        questionNodes[index].append(node)
        while slots.count < Int(node.index) { slots.append(nil) }
        slots.append(slot)
    }

    private mutating func append(_ section: Section, to parent: Instance.Node, row: Int?) {
        guard let index = form.sectionIndexes[section.name] else { return }
        let numbers: [Int?] = section.repeating == nil ? [row] : (0..<(rows[section.name] ?? 0)).map { $0 + 1 }
        for number in numbers {
            let node = instance.append(section.name, to: parent, type: .container)
            sectionNodes[index].append(node)
            append(section.items, to: node, row: number)
        }
    }
}
