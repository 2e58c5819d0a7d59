extension ExpressionCompiler {
    // MARK: ${name}

    /// - Parameter absolute: reaches every row even from inside the same repeat (arguments of `indexed-repeat`).
    mutating func reference(_ name: String, absolute: Bool, column: Int) throws(ExpressionError) -> Plan {
        let entry = try entry(name, column: column)
        guard let entry, let scope else {
            // Without a form a name means whichever nodes bear it.
            return Plan(.reference(.all(NodeName(name))), .nodes(.untyped, many: false), column: column)
        }
        dependencies.insert(name)
        if !absolute, let way = RelativePath(to: segments(entry.fullPath, scope), from: segments(home, scope)) {
            let path = way.names.map { NodeName($0) }
            return Plan(
                .reference(.relative(steps: way.steps, path: path)), .nodes(entry.type, many: false), column: column)
        }
        let isMany = entry.isRepeat || entry.repeatDepth != nil
        // The root bears that name too, and comes first.
        if name == scope.root { return absolutePath(to: entry, scope, isMany: isMany, column: column) }
        let node = NodeName(name)
        return Plan(
            .reference(isMany ? .all(node) : .single(node)), .nodes(entry.type, many: isMany), column: column)
    }

    private func absolutePath(
        to entry: ExpressionScope.Entry, _ scope: ExpressionScope, isMany: Bool, column: Int
    ) -> Plan {
        let steps = ([scope.root] + entry.fullPath).map {
            Plan.Step(axis: .child, test: .name(NodeName($0)), predicates: [])
        }
        return Plan(.path(.document, steps), .nodes(entry.type, many: isMany), column: column)
    }

    /// The form's entry; nil when no form is known.
    func entry(_ name: String, column: Int) throws(ExpressionError) -> ExpressionScope.Entry? {
        guard let scope else { return nil }
        let entries = scope.entries(named: name)
        guard let entry = entries.first else {
            throw ExpressionError(.unknownName, column: column, "the form has no question or section '\(name)'")
        }
        guard entries.count == 1 else {
            throw ExpressionError(
                .ambiguousName, column: column, "\(entries.count) rows of the form are named '\(name)'")
        }
        return entry
    }

    private func segments(_ path: [String], _ scope: ExpressionScope) -> [RelativePath.Segment] {
        [.init(scope.root)]
            + path.indices.map { index in
                .init(path[index], isRepeat: scope.entry(at: Array(path[...index]))?.isRepeat ?? false)
            }
    }

    // MARK: Paths

    mutating func path(
        _ start: Syntax.Start, _ steps: [Syntax.Step], at location: Location?, column: Int
    ) throws(ExpressionError) -> Plan {
        var place: Location?
        var planStart: Plan.Start
        switch start {
        case .document:
            planStart = .document
            place = scope == nil ? nil : Location(path: nil)
        case .context:
            planStart = .context
            place = location
            if steps.count == 1, steps[0].isSelf { return Plan(.context, type(at: location), column: column) }
        case .expression(let base):
            let base = try plan(base, at: location)
            try requireNodes(base)
            planStart = .nodes(base)
            place = self.location(of: base)
        }
        var planSteps: [Plan.Step] = []
        for step in steps {
            place = try self.place(after: step, from: place)
            let predicates = try predicates(step.predicates, at: place.map { Location(path: $0.path) })
            if !predicates.isEmpty { place?.isMany = false }
            planSteps.append(Plan.Step(axis: step.axis, test: try test(step), predicates: predicates))
        }
        if let path = place?.path, let name = path.last, scope?.entry(at: path) != nil { dependencies.insert(name) }
        if scope != nil, place == nil { noteNames(in: steps, from: start) }
        return Plan(.path(planStart, planSteps), type(at: place), column: column)
    }

    /// Where the nodes of a reference stand, so that a path may go on from there.
    private func location(of plan: Plan) -> Location? {
        guard let scope else { return nil }
        switch plan.operation {
        case .current: return Location(path: home)
        case .reference(.all(let name)), .reference(.single(let name)):
            return scope.entries(named: name.description).first.map {
                Location(path: $0.fullPath, isMany: plan.type.isMany)
            }
        case .reference(.relative(_, let path)):
            return path.last.flatMap { scope.entries(named: $0.description).first }.map { Location(path: $0.fullPath) }
        case .filter(let base, _): return location(of: base).map { Location(path: $0.path) }
        default: return nil
        }
    }

    /// Follows one step through the form; nil where the form cannot tell.
    private func place(after step: Syntax.Step, from place: Location?) throws(ExpressionError) -> Location? {
        guard let scope, let place else { return nil }
        switch (step.axis, step.test) {
        case (.self, .anyNode): return place
        case (.parent, .anyNode):
            guard let path = place.path, !path.isEmpty else { return nil }
            return Location(path: path.dropLast(), isMany: place.isMany)
        case (.child, .name(let name)):
            guard let path = place.path else {
                guard name == scope.root else {
                    throw ExpressionError(.unknownName, column: step.column, "the root is called '\(scope.root)'")
                }
                return Location(path: [])
            }
            let below = path + [name]
            guard scope.knows(below) else {
                throw ExpressionError(
                    .unknownName, column: step.column,
                    "the form has no '\(name)' in /\(([scope.root] + path).joined(separator: "/"))")
            }
            return Location(path: below, isMany: place.isMany || scope.entry(at: below)?.isRepeat == true)
        default: return nil
        }
    }

    private func test(_ step: Syntax.Step) throws(ExpressionError) -> Plan.Test {
        switch step.test {
        case .name(let name): return .name(NodeName(name))
        case .anyName: return .anyElement
        case .anyNode: return .anyNode
        case .kind("text"):
            throw ExpressionError(
                .unsupported, column: step.column, "text() is not needed: a question's path is its value")
        case .kind: return .nothing
        }
    }

    private func type(at location: Location?) -> StaticType {
        guard let scope, let location, let path = location.path else { return .nodes(.untyped, many: false) }
        let type = scope.entry(at: path)?.type ?? (path.isEmpty || scope.knows(path) ? .container : .untyped)
        return .nodes(type, many: location.isMany)
    }

    /// What a path may read that the form cannot follow: every entry that its last step may name.
    private mutating func noteNames(in steps: [Syntax.Step], from start: Syntax.Start) {
        if case .expression(let base) = start, case .call = base.form { return }
        guard let scope, let last = steps.last, last.axis != .attribute else { return }
        switch last.test {
        case .name(let name): dependencies.formUnion(scope.entries(named: name).map(\.name))
        case .anyName, .anyNode: dependencies.formUnion(scope.entries.map(\.name))
        case .kind: break
        }
    }
}

extension Syntax.Step {
    fileprivate var isSelf: Bool { axis == .self && test == .anyNode && predicates.isEmpty }
}
