import Foundation
import Records
import Vietnamese

/// One judgement in the making: the tree of answers, what is relevant, and what was found.
struct Judging {
    typealias Slot = FormInstance.Slot

    let bound: BoundWorkbook
    let form: CompiledForm
    let context: JudgingContext
    var findings: [Finding] = []
    var evidence: [EvidenceMatch] = []

    /// The workbook's answer in each slot.
    let answers: SlotAnswers
    /// Rows of each repeat as the workbook has them.
    let rows: [String: Int]
    private(set) var tree: FormInstance
    var evaluation: EvaluationContext
    /// By question and by section, one for each of its nodes. Undecided relevance asks nothing and blames nothing.
    private(set) var questionRelevance: [[Truth]]
    private(set) var sectionRelevance: [[Truth]]
    /// The workbook's cells behind each computed node.
    private(set) var reads: [Slot: [Instance.Node]] = [:]
    /// Filled, but not readable as the question's type: what reads it cannot be judged.
    private(set) var unreadable: Set<Slot> = []
    /// By question and the values that its choice filter reads: the choices that remain.
    var allowedChoices: [[String]: Set<String>] = [:]
    /// Repeats that are irrelevant as a whole: their rows do not count.
    private var droppedRepeats: Set<String> = []

    init(_ bound: BoundWorkbook, by form: CompiledForm, in context: JudgingContext) {
        self.bound = bound
        self.form = form
        self.context = context
        answers = SlotAnswers(bound, of: form)
        var rows = bound.tableRows.mapValues(\.count)
        for (index, item) in form.questions.enumerated() where answers.rowCount(index) > 0 {
            guard let repeatName = item.question.repeatName else { continue }
            rows[repeatName] = max(rows[repeatName] ?? 0, answers.rowCount(index))
        }
        self.rows = rows
        tree = FormInstance()
        evaluation = EvaluationContext(instance: Instance(), received: context.received)
        questionRelevance = []
        sectionRelevance = []
    }

    mutating func judgement() -> Judgement {
        workOut()
        carryOver()
        judgeQuestions()
        judgeRows()
        return conclude()
    }

    // MARK: Relevance and calculations

    /// An irrelevant repeat loses its rows, and then everything is worked out once more without them.
    private mutating func workOut() {
        for _ in 0...form.sections.count {
            buildTree()
            for name in form.calculationOrder {
                if let index = form.sectionIndexes[name] {
                    workOutSection(index)
                } else if let index = form.questionIndexes[name] {
                    workOutQuestion(index)
                }
            }
            let irrelevant = form.sections.indices.filter { index in
                let section = form.sections[index].section
                return section.repeating != nil && !droppedRepeats.contains(section.name)
                    && !sectionRelevance[index].isEmpty && sectionRelevance[index].allSatisfy { $0 == .no }
            }
            guard !irrelevant.isEmpty else { return }
            droppedRepeats.formUnion(irrelevant.map { form.sections[$0].section.name })
        }
    }

    private mutating func buildTree() {
        let kept = rows.filter { !droppedRepeats.contains($0.key) }
        tree = FormInstance(form, rows: kept) { [form, answers, context] slot in
            let item = form.questions[slot.question]
            let answer = answers.value(slot)
            return item.isComputed ? Self.initialValue(of: item, answer, context) : answer
        }
        evaluation = form.evaluationContext(
            of: tree.instance, snapshot: context.snapshot, received: context.received, zone: context.zone,
            seed: context.seed)
        questionRelevance = tree.questionNodes.map { Array(repeating: .yes, count: $0.count) }
        sectionRelevance = tree.sectionNodes.map { Array(repeating: .yes, count: $0.count) }
        reads = [:]
        unreadable = answers.unreadable
    }

    /// What a computed question holds before anything is computed.
    private static func initialValue(
        of item: CompiledQuestion, _ answer: AnswerValue?, _ context: JudgingContext
    ) -> AnswerValue? {
        switch item.question.kind {
        case .metadata("today"): .date(CivilDate(context.received, in: context.zone))
        case .metadata("start"), .metadata("end"): .dateTime(context.received)
        case .metadata: context.sender.isEmpty ? nil : .text(context.sender)
        case .hidden, .calculate: item.staticDefault
        default: answer
        }
    }

    private mutating func workOutSection(_ index: Int) {
        let item = form.sections[index]
        for (position, node) in tree.sectionNodes[index].enumerated() {
            let outer = relevance(ofSection: form.sectionsAroundSections[index], position)
            sectionRelevance[index][position] = and(outer, item.relevant.map { truth($0, at: node) } ?? .yes)
        }
    }

    private mutating func workOutQuestion(_ index: Int) {
        let item = form.questions[index]
        for (position, node) in tree.questionNodes[index].enumerated() {
            let outer = relevance(ofSection: form.sectionsAroundQuestions[index], position)
            let relevance = and(outer, item.relevant.map { truth($0, at: node) } ?? .yes)
            questionRelevance[index][position] = relevance
            if relevance == .no {
                evaluation.setValue(nil, of: node)
            } else if let calculation = item.calculation {
                let value = try? calculation.evaluate(at: node, in: &evaluation)
                evaluation.setValue(value.flatMap { single($0)?.answer }, of: node)
                let slot = Slot(question: index, row: item.isRepeated ? position + 1 : nil)
                reads[slot] = evaluation.nodesRead
                if isUnreadable(evaluation.nodesRead) { unreadable.insert(slot) }
            }
        }
    }

    /// A calculation that comes to a path has the value of its one node.
    private func single(_ value: ExpressionValue) -> ExpressionValue? {
        guard case .nodes(let nodes) = value else { return value }
        return nodes.first.map { evaluation.instance.value(of: $0) }
    }

    /// The relevance of a section around, whose own already counts those around it; outside every section all is relevant.
    private func relevance(ofSection index: Int?, _ position: Int) -> Truth {
        guard let index else { return .yes }
        let all = sectionRelevance[index]
        return all.indices.contains(position) ? all[position] : all.first ?? .yes
    }

    private func and(_ left: Truth, _ right: Truth) -> Truth {
        if left == .no || right == .no { return .no }
        return left == .undecided || right == .undecided ? .undecided : .yes
    }

    /// A failure to evaluate (the step budget, mostly) decides nothing.
    mutating func truth(_ expression: CompiledExpression, at node: Instance.Node) -> Truth {
        (try? expression.truth(at: node, in: &evaluation)) ?? .undecided
    }

    func isUnreadable(_ nodes: [Instance.Node]) -> Bool {
        guard !unreadable.isEmpty else { return false }
        return nodes.contains { tree.slot(of: $0).map(unreadable.contains) ?? false }
    }

    // MARK: Looking at slots

    func relevance(of slot: Slot) -> Truth {
        let all = questionRelevance[slot.question]
        let position = (slot.row ?? 1) - 1
        // Rows of a dropped repeat have no nodes any more.
        return all.indices.contains(position) ? all[position] : .no
    }

    /// What is irrelevant has no value.
    func value(of slot: Slot) -> AnswerValue? {
        guard form.questions[slot.question].isComputed else {
            return relevance(of: slot) == .no ? nil : answers.value(slot)
        }
        guard let node = tree.node(slot) else { return nil }
        return evaluation.instance.value(of: node).answer
    }

    func isFilled(_ slot: Slot) -> Bool { answers.isFilled(slot) }

    func isDropped(_ repeatName: String) -> Bool { droppedRepeats.contains(repeatName) }
}
