import Records

/// Choices that the form narrows by other answers.
extension Judging {
    /// Finds a choice that stands in the list but not among those that its filter leaves.
    mutating func judgeChoice(
        _ filter: CompiledExpression, of item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node
    ) {
        guard case .text(let text) = value(of: slot) else { return }
        let isMultiple = if case .selectMultiple = item.question.kind { true } else { false }
        let chosen = isMultiple ? text.split(separator: " ").map(String.init) : [text]
        let labels = ChoiceLabels(form, context.snapshot)
        // What is in no list at all was judged when it was read.
        let known = chosen.filter { labels.label(of: $0, question: item.question.name) != nil }
        guard !known.isEmpty, let allowed = allowed(by: filter, slot, node) else { return }
        guard known.contains(where: { !allowed.contains($0) }) else { return }
        let cell = answers[slot]?.cell
        let narrowing = narrowingSlots(filter, slot).compactMap { tree.node($0) }
        findings.append(
            Finding(
                .cellNotInList, severity: .error, cell: cell, question: item.question.name,
                label: label(item.question), arguments: ["value": shown(slot)], clauses: item.question.clauses,
                related: cells(behind: narrowing, but: cell)))
    }

    /// The answers that a filter reads: of the same row where they stand in a repeat.
    private func narrowingSlots(_ filter: CompiledExpression, _ slot: Slot) -> [Slot] {
        filter.dependencies.sorted().compactMap { name in
            form.questionIndexes[name].map { index in
                Slot(question: index, row: form.questions[index].question.repeatName == nil ? nil : slot.row)
            }
        }
    }

    /// nil while an answer that narrows the list is blank: that one has to be given first.
    private mutating func allowed(
        by filter: CompiledExpression, _ slot: Slot, _ node: Instance.Node
    ) -> Set<String>? {
        let narrowing = narrowingSlots(filter, slot).map { value(of: $0) }
        guard !narrowing.contains(nil) else { return nil }
        let key = [String(slot.question)] + narrowing.map { Self.shown($0, in: context.zone) }
        if let known = allowedChoices[key] { return known }
        guard case .nodes(let items) = try? filter.evaluate(at: node, in: &evaluation) else { return nil }
        let names = items.compactMap { item -> String? in
            guard let name = evaluation.instance.child("name", of: item),
                case .text(let text) = evaluation.instance.value(of: name)
            else { return nil }
            return text
        }
        allowedChoices[key] = Set(names)
        return Set(names)
    }
}
