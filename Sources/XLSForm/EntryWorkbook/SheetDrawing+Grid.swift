import Records
import Sheets

/// Questions of several years, a line for each question and a column for each year.
extension SheetDrawing {
    mutating func drawGrid(_ grid: YearGrid, _ drops: inout DropDowns) {
        let first = plan.answerColumns.lowerBound
        tag(EntrySlots.otherTag, row: grid.headRow)
        cell(.blank, grid.headRow, EntryLayout.ordinalColumn, EntryStyles.tableHead)
        put("", grid.headRow, plan.labelColumns, EntryStyles.tableHead)
        for (index, head) in grid.heads.enumerated() {
            cell(.text(head), grid.headRow, first + index, EntryStyles.tableHead)
        }
        sheet.rowHeights[grid.headRow] = RowHeight.fitting(
            grid.heads.enumerated().map { ($0.element, width((first + $0.offset)...(first + $0.offset))) })
        for line in grid.lines { drawLine(line, &drops) }
    }

    private mutating func drawLine(_ line: YearGrid.Line, _ drops: inout DropDowns) {
        tag(line.tag, row: line.row)
        drawOrdinal(line.row)
        let label = form.shownLabel(of: line)
        put(label, line.row, plan.labelColumns, EntryStyles.label)
        var texts = [(label, width(plan.labelColumns))]
        for (index, content) in line.cells.enumerated() {
            let column = plan.answerColumns.lowerBound + index
            switch content {
            case .field(let slot):
                drawAnswer(to: slot, label: form.label(of: slot), row: line.row, column...column, &drops)
                texts.append((AnswerWriter.text(fill.cells[slot.name] ?? .blank), width(column...column)))
            case .computed: cell(.text(EntryWording.computed), line.row, column, EntryStyles.computed)
            case .none: cell(.blank, line.row, column, EntryStyles.computed)
            }
        }
        sheet.rowHeights[line.row] = RowHeight.fitting(texts)
    }
}

extension FormDefinition {
    /// The line's label with the mark of what is required; where that is so for some years only, with these years.
    func shownLabel(of line: YearGrid.Line) -> String {
        let slots = line.cells.compactMap(\.slot)
        let required = slots.filter(\.question.isAlwaysRequired)
        let label = text(line.label)
        if required.isEmpty { return label }
        if required.count == slots.count { return "\(label) \(EntryWording.required)" }
        let years = required.map { String($0.question.name.suffix(4)) }
        return "\(label) (\(EntryWording.required) \(years.joined(separator: ", ")))"
    }
}
