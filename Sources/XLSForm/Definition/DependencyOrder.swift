/// The order in which relevance and calculations are worked out, so that each finds what it reads already there.
struct DependencyOrder {
    /// Every question and section, each after all that it reads.
    private(set) var names: [String] = []
    /// Names that read each other in a circle, each circle once.
    private(set) var cycles: [[String]] = []

    private enum Mark { case open, done }

    private let needs: [String: [String]]
    private var marks: [String: Mark] = [:]
    private var trail: [String] = []

    init(_ questions: [CompiledQuestion], _ sections: [CompiledSection]) {
        let contents = Dictionary(
            sections.map { section in
                let inside = questions.filter { $0.question.path.contains(section.section.name) }
                return (section.section.name, inside.map(\.question.name))
            }, uniquingKeysWith: { first, _ in first })
        var needs: [String: [String]] = [:]
        for item in sections {
            needs[item.section.name] = Self.needs(
                of: item.section.name, path: item.section.path, [item.relevant], contents)
        }
        for item in questions {
            needs[item.question.name] = Self.needs(
                of: item.question.name, path: item.question.path, [item.relevant, item.calculation], contents)
        }
        self.needs = needs
        // The form's own order decides between those that do not depend on each other.
        for item in sections { visit(item.section.name) }
        for item in questions { visit(item.question.name) }
    }

    /// What is inside a section that is read comes before, except for readers inside the same section.
    private static func needs(
        of name: String, path: [String], _ expressions: [CompiledExpression?], _ contents: [String: [String]]
    ) -> [String] {
        let read = Set(expressions.compactMap { $0?.dependencies }.joined())
        var needs = Set(path.suffix(1))
        for dependency in read {
            // Inside a section its own name stands for the row at hand.
            if path.contains(dependency) { continue }
            needs.insert(dependency)
            if dependency != name { needs.formUnion(contents[dependency] ?? []) }
        }
        return needs.sorted()
    }

    private mutating func visit(_ name: String) {
        switch marks[name] {
        case .done: return
        case .open:
            guard let start = trail.firstIndex(of: name) else { return }
            cycles.append(Array(trail[start...]))
            return
        case nil: break
        }
        marks[name] = .open
        trail.append(name)
        for need in needs[name] ?? [] { visit(need) }
        trail.removeLast()
        marks[name] = .done
        names.append(name)
    }
}
