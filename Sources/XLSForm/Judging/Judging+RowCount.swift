import Foundation
import Records
import Vietnamese

/// `repeat_count`: a table has as many rows as another answer, or the form itself, says.
extension Judging {
    /// - Parameter rows: how many the table has; blank rows are none.
    mutating func judgeRowCount(_ item: CompiledSection, rows: Int) {
        let name = item.section.name
        guard let count = item.count, !findings.contains(where: { $0.code == .tableEmpty && $0.question == name }),
            let around = relevantPlace(of: item), let wanted = wantedRows(count, at: around)
        else { return }
        let read = evaluation.nodesRead
        guard !isUnreadable(read), wanted != rows else { return }
        let behind = slots(behind: read)
        let table = form.definition.settings.text(item.section.label).trimmed
        var arguments = ["rows": String(rows), "need": String(wanted), "table": table]
        let first = firstCell(of: item.section, row: 1)
        if behind.count == 1, let slot = behind.first, let cell = answers[slot]?.cell {
            let question = form.questions[slot.question].question
            arguments["value"] = shown(slot)
            findings.append(
                Finding(
                    .tableRowCount, severity: .error, cell: cell, question: question.name, label: label(question),
                    arguments: arguments, related: first.map { [$0] } ?? []))
        } else {
            // A row too many is shown where it stands.
            let cell = rows > wanted ? firstCell(of: item.section, row: wanted + 1) : first
            findings.append(
                Finding(
                    .tableRowCount, severity: .error, cell: cell, question: name, label: table, arguments: arguments,
                    related: behind.compactMap { answers[$0]?.cell }))
        }
    }

    /// nil while the count is blank or otherwise undecided. As in ODK a fraction is cut off, and below zero is zero.
    private mutating func wantedRows(_ count: CompiledExpression, at node: Instance.Node) -> Int? {
        guard case .number(let value) = try? count.singleValue(at: node, in: &evaluation), let number = value.decimal,
            number <= Decimal(CellReference.maximumRow)
        else { return nil }
        return number < 0 ? 0 : NSDecimalNumber(decimal: number).intValue
    }

    private func firstCell(of section: Section, row: Int) -> CellReference? {
        section.items.flatMap(\.questions).lazy.compactMap { question in
            self.form.questionIndexes[question.name].flatMap { self.answers[Slot(question: $0, row: row)]?.cell }
        }.first
    }
}
