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

    /// A tree without any node of the form.
    init() {
        questionNodes = []
        sectionNodes = []
    }

    /// - Parameters:
    ///   - rows: how many rows each repeat has.
    ///   - value: what a slot holds at the beginning.
    init(_ form: CompiledForm, rows: [String: Int], value: (Slot) -> AnswerValue?) {
        questionNodes = Array(repeating: [], count: form.questions.count)
        sectionNodes = Array(repeating: [], count: form.sections.count)
        append(form.items, to: instance.root, row: nil, form, rows, value)
    }

    func slot(of node: Instance.Node) -> Slot? {
        slots.indices.contains(Int(node.index)) ? slots[Int(node.index)] : nil
    }

    func node(_ slot: Slot) -> Instance.Node? {
        let index = (slot.row ?? 1) - 1
        return questionNodes[slot.question].indices.contains(index) ? questionNodes[slot.question][index] : nil
    }

    private mutating func append(
        _ items: [CompiledItem], to parent: Instance.Node, row: Int?, _ form: CompiledForm, _ rows: [String: Int],
        _ value: (Slot) -> AnswerValue?
    ) {
        for item in items {
            switch item {
            case .question(let index):
                let slot = Slot(question: index, row: row)
                append(form.questions[index], slot, to: parent, ExpressionValue(value(slot)))
            case .section(let index, let inner):
                let section = form.sections[index]
                let numbers: [Int?] =
                    section.section.repeating == nil ? [row] : Array(1..<((rows[section.section.name] ?? 0) + 1))
                for number in numbers {
                    let node = instance.append(section.node, to: parent, type: .container, value: .blank)
                    sectionNodes[index].append(node)
                    append(inner, to: node, row: number, form, rows, value)
                }
            }
        }
    }

    private mutating func append(
        _ item: CompiledQuestion, _ slot: Slot, to parent: Instance.Node, _ value: ExpressionValue
    ) {
        let node = instance.append(
            item.node, to: parent, type: item.nodeType, value: value, blankIsZero: item.question.blankIsZero)
        questionNodes[slot.question].append(node)
        while slots.count < Int(node.index) { slots.append(nil) }
        slots.append(slot)
    }
}
