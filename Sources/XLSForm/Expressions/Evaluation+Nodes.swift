extension EvaluationContext {
    /// The nodes that a plan leads to, in document order, each once.
    mutating func nodes(_ plan: Plan, _ focus: Focus) throws(EvaluationFailure) -> [Instance.Node] {
        switch plan.operation {
        case .context: return [focus.node]
        case .current: return [focus.current]
        case .reference(.all(let name)): return instance.nodes(named: name)
        case .reference: return (try soleNode(plan, focus) ?? nil).map { [$0] } ?? []
        case .path(let start, let steps):
            var nodes: [Instance.Node]
            switch start {
            // Always the answers, also from within a table: `/root/item[x = /data/y]`.
            case .document: nodes = [instance.document]
            case .context: nodes = [focus.node]
            case .nodes(let base): nodes = try self.nodes(base, focus)
            }
            for step in steps { nodes = try follow(step, from: nodes, focus, plan) }
            return nodes
        case .filter(let base, let predicates):
            var nodes = try self.nodes(base, focus)
            for predicate in predicates { nodes = try filter(nodes, predicate, focus, plan) }
            return nodes
        case .union(let left, let right):
            let (first, second) = (try nodes(left, focus), try nodes(right, focus))
            try spend(first.count + second.count, plan)
            return Set(first).union(second).sorted()
        case .indexedRepeat(let rows, let path, let index):
            return try indexedRepeat(rows, path, index, focus)
        default:
            guard case .nodes(let nodes) = try value(plan, focus) else {
                throw EvaluationFailure(.notNodes, column: plan.column)
            }
            return nodes
        }
    }

    private mutating func indexedRepeat(
        _ rows: NodeName, _ path: [NodeName], _ index: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> [Instance.Node] {
        guard let position = try number(index, focus)?.integer else { return [] }
        let all = instance.nodes(named: rows)
        guard all.indices.contains(position - 1) else { return [] }
        var node = all[position - 1]
        for name in path {
            guard let child = instance.child(name, of: node) else { return [] }
            node = child
        }
        return [node]
    }

    private mutating func follow(
        _ step: Plan.Step, from nodes: [Instance.Node], _ focus: Focus, _ plan: Plan
    ) throws(EvaluationFailure) -> [Instance.Node] {
        var found: [Instance.Node] = []
        for node in nodes {
            var candidates: [Instance.Node] = []
            let looked = instance.walk(step.axis, from: node) { record in
                step.test.accepts(record, on: step.axis)
            } found: {
                candidates.append($0)
            }
            try spend(looked, plan)
            for predicate in step.predicates { candidates = try filter(candidates, predicate, focus, plan) }
            if step.axis.isReverse { candidates.reverse() }
            found += candidates
        }
        let isOrdered = zip(found, found.dropFirst()).allSatisfy { $0 < $1 }
        return isOrdered ? found : Set(found).sorted()
    }

    /// Positions count in the order given, which is the axis's own.
    private mutating func filter(
        _ nodes: [Instance.Node], _ predicate: Plan.Predicate, _ focus: Focus, _ plan: Plan
    ) throws(EvaluationFailure) -> [Instance.Node] {
        var inner = focus
        switch predicate {
        case .position(let plan):
            guard let position = try number(plan, focus), position.truncated == position,
                let index = position.integer, nodes.indices.contains(index - 1)
            else { return [] }
            return [nodes[index - 1]]
        case .condition(let condition):
            inner.size = nodes.count
            var kept: [Instance.Node] = []
            for (index, node) in nodes.enumerated() {
                inner.node = node
                inner.position = index + 1
                if try isKept(condition, inner) { kept.append(node) }
            }
            return kept
        }
    }

    private mutating func isKept(_ condition: Plan, _ focus: Focus) throws(EvaluationFailure) -> Bool {
        guard condition.type == .number || condition.type == .any else { return try truth(condition, focus) == .yes }
        let value = try value(condition, focus)
        if case .number(let number) = value { return number.compared(to: Number(focus.position)) == .same }
        return truth(of: value) == .yes
    }
}

extension Plan.Test {
    /// The principal node type is the attribute on the attribute axis, the element elsewhere (XPath 1.0, section 2.3).
    func accepts(_ record: Instance.Record, on axis: Syntax.Axis) -> Bool {
        switch self {
        case .anyNode: true
        case .anyElement: record.kind == (axis == .attribute ? .attribute : .element)
        case .name(let name): record.name == name && record.kind == (axis == .attribute ? .attribute : .element)
        case .nothing: false
        }
    }
}
