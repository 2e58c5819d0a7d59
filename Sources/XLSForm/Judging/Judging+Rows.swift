import Foundation
import Records
import Vietnamese

/// Tables: rows that stand twice, rows begun and not finished, tables without rows.
extension Judging {
    mutating func judgeRows() {
        for index in form.sections.indices {
            let item = form.sections[index]
            guard let repeating = item.section.repeating else { continue }
            if isDropped(item.section.name) {
                noteIrrelevantTable(item)
                continue
            }
            judgeEmptiness(item, repeating, nodes: tree.sectionNodes[index])
            judgeRowCount(item, rows: tree.sectionNodes[index].count)
            judgeDuplicates(item.section, repeating)
            gatherIncompleteRows(item.section)
        }
    }

    /// An irrelevant table is told once, at its first filled cell.
    private mutating func noteIrrelevantTable(_ item: CompiledSection) {
        let filled = item.section.items.flatMap(\.questions).flatMap { question -> [CellReference] in
            guard let index = form.questionIndexes[question.name], !question.isReadOnly else { return [] }
            return (0..<(rows[item.section.name] ?? 0)).compactMap { row in
                let slot = Slot(question: index, row: row + 1)
                return isFilled(slot) ? answers[slot]?.cell : nil
            }
        }
        let cells = filled.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
        guard let first = cells.first else { return }
        findings.append(
            Finding(
                .cellIrrelevant, severity: .warning, cell: first, question: item.section.name,
                label: form.definition.settings.text(item.section.label).trimmed,
                related: Array(cells.dropFirst().prefix(20))))
    }

    private mutating func judgeEmptiness(
        _ item: CompiledSection, _ repeating: Section.Repeat, nodes: [Instance.Node]
    ) {
        guard nodes.isEmpty, let severity = repeating.requiredSeverity, let around = relevantPlace(of: item) else {
            return
        }
        if let required = item.required, truth(required, at: around) != .yes { return }
        findings.append(
            Finding(
                .tableEmpty, severity: severity, question: item.section.name,
                label: form.definition.settings.text(item.section.label).trimmed))
    }

    /// The node around a table, from which its conditions are looked at as long as it has no row; nil where the table is
    /// irrelevant or that is undecided.
    mutating func relevantPlace(of item: CompiledSection) -> Instance.Node? {
        var around = tree.instance.root
        if let name = item.section.path.last, let index = form.sectionIndexes[name],
            let node = tree.sectionNodes[index].first
        {
            around = node
            guard sectionRelevance[index].first == .yes else { return nil }
        }
        if let relevant = item.relevant, truth(relevant, at: around) != .yes { return nil }
        return around
    }

    /// `formpost::unique`: rows are compared by the values of these columns, texts folded.
    private mutating func judgeDuplicates(_ section: Section, _ repeating: Section.Repeat) {
        let columns = repeating.unique.compactMap { form.questionIndexes[$0] }
        guard !columns.isEmpty else { return }
        var first: [[String]: Int] = [:]
        for row in 0..<(rows[section.name] ?? 0) {
            let slots = columns.map { Slot(question: $0, row: row + 1) }
            let key = slots.map { uniqueText($0) }
            guard key.contains(where: { !$0.isEmpty }) else { continue }
            guard let earlier = first[key] else {
                first[key] = row
                continue
            }
            let own = slots.compactMap { answers[$0]?.cell }.first
            let other = columns.compactMap { answers[Slot(question: $0, row: earlier + 1)]?.cell }.first
            let question = form.questions[columns[0]].question
            findings.append(
                Finding(
                    .rowDuplicate, severity: .error, cell: own, question: question.name, label: label(question),
                    arguments: ["value": shown(slots[0]), "row": String(other?.row ?? earlier + 1)],
                    related: other.map { [$0] } ?? []))
        }
    }

    private func uniqueText(_ slot: Slot) -> String {
        switch value(of: slot) {
        case .text(let text): Vietnamese.folded(text)
        case .number(let number): number.description
        case .date(let date): date.description
        case .dateTime(let instant): String(instant.timeIntervalSince1970)
        case .time(let seconds): String(seconds)
        case nil: Vietnamese.folded(answers[slot]?.shown ?? "")
        }
    }

    /// A row with more blanks than answers among what it must have is told once instead of cell by cell.
    private mutating func gatherIncompleteRows(_ section: Section) {
        let names = Set(section.items.flatMap(\.questions).map(\.name))
        let rowNumbers = bound.tableRows[section.name] ?? []
        var blanks: [Int: [Finding]] = [:]
        for finding in findings where finding.code == .cellBlank && finding.severity == .error {
            guard let name = finding.question, names.contains(name), let cell = finding.cell else { continue }
            blanks[cell.row, default: []].append(finding)
        }
        var gathered: Set<Finding> = []
        var incomplete: [Finding] = []
        for (offset, number) in rowNumbers.enumerated() {
            guard let missing = blanks[number], missing.count > 1, let first = missing.first else { continue }
            let filled = section.items.flatMap(\.questions).filter { question in
                guard question.required != nil, let index = form.questionIndexes[question.name] else { return false }
                return isFilled(Slot(question: index, row: offset + 1))
            }
            guard missing.count > filled.count else { continue }
            gathered.formUnion(missing)
            incomplete.append(
                Finding(
                    .rowIncomplete, severity: .error, cell: first.cell, question: first.question, label: first.label,
                    arguments: ["missing": missing.map(\.label).joined(separator: "; ")],
                    related: missing.dropFirst().compactMap(\.cell)))
        }
        guard !incomplete.isEmpty else { return }
        findings.removeAll { gathered.contains($0) }
        findings += incomplete
    }
}
