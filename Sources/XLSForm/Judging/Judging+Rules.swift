import Records

/// Questions one by one: what is blank, what is irrelevant, which rules do not hold.
extension Judging {
    /// No finding lists more other cells than somebody would look at.
    private static let relatedLimit = 20

    mutating func judgeQuestions() {
        for (index, item) in form.questions.enumerated() {
            for (position, node) in tree.questionNodes[index].enumerated() {
                judge(item, Slot(question: index, row: item.isRepeated ? position + 1 : nil), node)
            }
        }
    }

    private mutating func judge(_ item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node) {
        let relevance = relevance(of: slot)
        if relevance == .no {
            if isFilled(slot), !item.isComputed, !item.question.isReadOnly { noteIrrelevant(item, slot, node) }
            return
        }
        if item.isAttachment {
            judgeEvidence(item, slot, node, isRelevant: relevance == .yes)
            return
        }
        if item.isAsked, !isFilled(slot) {
            if relevance == .yes { judgeBlank(item, slot, node) }
            return
        }
        if !item.isComputed, unreadable.contains(slot) { return }
        if let filter = item.filter { judgeChoice(filter, of: item, slot, node) }
        if let range = item.range { judge(range, of: item.question, slot) }
        for index in item.rules.indices { apply(index, of: item, slot, node) }
    }

    private mutating func noteIrrelevant(_ item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node) {
        var governing: [Instance.Node] = []
        if let relevant = item.relevant {
            _ = truth(relevant, at: node)
            governing = evaluation.nodesRead
        } else {
            for name in item.question.path.reversed() {
                guard let index = form.sectionIndexes[name], let relevant = form.sections[index].relevant,
                    let sectionNode = tree.sectionNodes[index].first
                else { continue }
                _ = truth(relevant, at: sectionNode)
                governing = evaluation.nodesRead
                break
            }
        }
        let related = cells(behind: governing, but: answers[slot]?.cell)
        var arguments = ["value": shown(slot)]
        arguments["cell"] = related.first.map(\.a1)
        findings.append(
            Finding(
                .cellIrrelevant, severity: .warning, cell: answers[slot]?.cell, question: item.question.name,
                label: label(item.question), arguments: arguments, related: related))
    }

    // MARK: Blanks

    /// Whether a blank in this slot is something to speak of, and how much it weighs.
    mutating func blankSeverity(_ item: CompiledQuestion, _ node: Instance.Node) -> Severity? {
        guard let severity = item.question.requiredSeverity else { return nil }
        if let required = item.required, truth(required, at: node) != .yes { return nil }
        return severity
    }

    private mutating func judgeBlank(_ item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node) {
        // What could not be found at all has been told already.
        let isUnbound =
            answers[slot] == nil
            && bound.findings.contains {
                $0.code == .fieldUnbound && $0.question == item.question.name
            }
        guard !isUnbound, let severity = blankSeverity(item, node) else { return }
        findings.append(
            Finding(
                .cellBlank, severity: severity, cell: answers[slot]?.cell, question: item.question.name,
                label: label(item.question), arguments: blankArguments(item.question, slot),
                clauses: item.question.clauses))
    }

    func blankArguments(_ question: Question, _ slot: Slot) -> [String: String] {
        var arguments = ["need": question.kind.need]
        let message = fill(form.definition.settings.text(question.requiredMessage), at: slot)
        if !message.isEmpty { arguments["message"] = message }
        return arguments
    }

    // MARK: Rules

    /// - Parameter index: which of the question's rules.
    private mutating func apply(_ index: Int, of item: CompiledQuestion, _ slot: Slot, _ node: Instance.Node) {
        let truth: Truth
        do {
            truth = try item.rules[index].truth(at: node, in: &evaluation)
        } catch {
            // A rule must not fall silent because a workbook makes it too dear: a person looks.
            let rule = item.question.rules[index]
            note(rule, .standardUndecided, .review, of: item, slot, [], need: error.code.rawValue)
            return
        }
        guard truth != .yes else { return }
        let rule = item.question.rules[index]
        let nodes = nodesRead(by: slot)
        let isJudgedByPeople = rule.severity == .standard || rule.severity == .review
        // A rule that reads a cell which could not be read would blame the wrong figure.
        if truth == .undecided || isUnreadable(nodes) {
            guard isJudgedByPeople else { return }
            let missing = missing(among: nodes, item.rules[index])
            note(rule, .standardUndecided, .review, of: item, slot, nodes, need: missing)
        } else {
            note(rule, rule.severity == .standard ? .standardUnmet : .rule, rule.severity, of: item, slot, nodes)
        }
    }

    private mutating func note(
        _ rule: Rule, _ code: FindingCode, _ severity: Severity, of item: CompiledQuestion, _ slot: Slot,
        _ nodes: [Instance.Node], need: String? = nil
    ) {
        let question = item.question
        let place = place(of: question, slot)
        let cell = answers[place]?.cell
        // Who is asked to change a cell is told what stands in it, not what was computed from it.
        let isAsked = cell != nil && (severity == .error || severity == .warning)
        var arguments = ["value": shown(isAsked ? place : slot)]
        arguments["message"] = fill(form.definition.settings.text(rule.message), at: slot)
        arguments["need"] = need
        let placeLabel = label(form.questions[place.question].question)
        let ownLabel = label(question)
        let label = isAsked || ownLabel.isEmpty ? placeLabel : ownLabel
        findings.append(
            Finding(
                code, severity: severity, cell: cell, question: question.name, label: label, rule: rule.number,
                arguments: arguments, clauses: question.clauses, related: cells(behind: nodes, but: cell)))
    }

    /// Whose cell a finding names: its own, else that of the question it points at, of the same row or the first row that
    /// has one.
    private func place(of question: Question, _ slot: Slot) -> Slot {
        guard let name = question.pointsAt, let index = form.questionIndexes[name] else { return slot }
        let target = form.questions[index].question
        guard let repeatName = target.repeatName else { return Slot(question: index, row: nil) }
        if repeatName == question.repeatName { return Slot(question: index, row: slot.row) }
        let slots = (0..<(rows[repeatName] ?? 0)).lazy.map { Slot(question: index, row: $0 + 1) }
        return slots.first { self.answers[$0]?.cell != nil } ?? Slot(question: index, row: 1)
    }

    /// What the last evaluation read; for a computed question its own calculation's reads count too.
    private func nodesRead(by slot: Slot) -> [Instance.Node] {
        evaluation.nodesRead + (reads[slot] ?? [])
    }

    // MARK: Behind the figures

    /// The workbook's cells behind some nodes, calculations opened, each once, the nearest first.
    func cells(behind nodes: [Instance.Node], but own: CellReference?) -> [CellReference] {
        slots(behind: nodes, but: own).compactMap { answers[$0]?.cell }
    }

    /// The slots of those cells.
    func slots(behind nodes: [Instance.Node], but own: CellReference? = nil) -> [Slot] {
        var found: [Slot] = []
        var seenCells: Set<CellReference> = []
        var seenSlots: Set<Slot> = []
        var waiting = nodes[...]
        while let node = waiting.popFirst(), found.count < Self.relatedLimit {
            guard let slot = tree.slot(of: node), seenSlots.insert(slot).inserted else { continue }
            if let cell = answers[slot]?.cell, cell != own, seenCells.insert(cell).inserted { found.append(slot) }
            waiting.append(contentsOf: reads[slot] ?? [])
        }
        return found
    }

    /// Why nothing could be decided: the labels of what is blank, and the look-ups that found no row.
    private func missing(among nodes: [Instance.Node], _ expression: CompiledExpression) -> String {
        var missing: [String] = []
        var tables = expression.tableNames
        var seen: Set<Slot> = []
        var waiting = nodes[...]
        while let node = waiting.popFirst(), missing.count < Self.relatedLimit {
            guard let slot = tree.slot(of: node), seen.insert(slot).inserted else { continue }
            let item = form.questions[slot.question]
            tables.formUnion(item.calculation?.tableNames ?? [])
            if let read = reads[slot], !read.isEmpty {
                waiting.append(contentsOf: read)
            } else if value(of: slot) == nil, item.calculation == nil {
                let label = label(item.question)
                if !missing.contains(label) { missing.append(label) }
            }
        }
        for lookup in evaluation.lookups where lookup.found == nil && tables.contains(lookup.table) {
            let absent = "\(lookup.table): \(lookup.key)"
            if !missing.contains(absent), missing.count < Self.relatedLimit { missing.append(absent) }
        }
        return missing.joined(separator: "; ")
    }
}

extension QuestionKind {
    /// What a blank cell wants, as a word that the notices turn into a phrase.
    var need: String {
        switch self {
        case .integer: "integer"
        case .decimal, .range: "decimal"
        case .date: "date"
        case .time: "time"
        case .dateTime: "dateTime"
        case .selectOne, .selectOneFromFile: "choice"
        case .selectMultiple: "choices"
        case .acknowledge: "acknowledgement"
        case .attachment: "file"
        case .text, .note, .calculate, .hidden, .metadata: "text"
        }
    }
}
