import Records
import Sheets
import Vietnamese

/// Draws one sheet of an entry workbook from its plan.
struct SheetDrawing {
    let form: FormDefinition
    let plan: EntryLayout.SheetPlan
    let fill: EntryFill
    let title: TitleBlock
    let isFirst: Bool
    let isLast: Bool

    var sheet: SheetDraft
    private(set) var names: [NameDraft] = []
    var nextOrdinal = 1

    init(
        form: FormDefinition, plan: EntryLayout.SheetPlan, fill: EntryFill, title: TitleBlock, isFirst: Bool,
        isLast: Bool
    ) {
        self.form = form
        self.plan = plan
        self.fill = fill
        self.title = title
        self.isFirst = isFirst
        self.isLast = isLast
        sheet = SheetDraft(name: plan.name)
    }

    mutating func draw(drop drops: inout DropDowns) {
        sheet.isProtected = true
        sheet.isLandscape = plan.isLandscape
        sheet.pageHeader = title.pageHeader
        sheet.hiddenColumns = [EntryLayout.tagColumn]
        sheet.columnWidths[EntryLayout.tagColumn] = 3
        sheet.columnWidths[EntryLayout.ordinalColumn] = 5
        for (index, width) in plan.widths.enumerated() { sheet.columnWidths[EntryLayout.firstColumn + index] = width }
        drawHead()
        for element in plan.elements { draw(element, &drops) }
        if isLast { drawSignatures() }
        let tables = plan.tables
        if tables.count == 1, plan.elements.count == 1 {
            sheet.frozenAt = (tables[0].firstRow, EntryLayout.firstColumn)
        } else {
            sheet.frozenAt = (EntryLayout.firstRow - 1, 1)
        }
        sheet.repeatedRows = tables.count == 1 ? tables[0].headRow...tables[0].headRow : 2...2
    }

    // MARK: Parts

    private mutating func drawHead() {
        let last = plan.lastColumn
        tag(EntrySlots.formPrefix + form.identity.description, row: 1)
        let idColumns = min(max(plan.labelColumns.upperBound + 1, last - 1), last)
        put(title.unit, 1, EntryLayout.ordinalColumn...(idColumns - 1), EntryStyles.text(bold: true))
        put(form.identity.description, 1, idColumns...last, EntryStyles.text(italic: true, size: 11, alignment: .right))
        if isFirst { name(EntrySlots.formName, row: 1, columns: idColumns...idColumns, rows: 1) }
        let all = EntryLayout.ordinalColumn...last
        put(
            form.settings.title.uppercased(), 2, all,
            EntryStyles.text(bold: true, size: 14, alignment: .center, wraps: true))
        put(title.line, 3, all, EntryStyles.text(italic: true, alignment: .center, wraps: true))
        let heading =
            plan.hint.isEmpty || plan.tables.contains { form.text($0.section.label) == plan.heading }
            ? plan.heading : "\(plan.heading) (\(plan.hint))"
        put(heading, 4, all, EntryStyles.text(bold: true, wraps: true))
        drawLegend()
        sheet.rowHeights[1] = 20
        // The title's letters are bold capitals.
        sheet.rowHeights[2] = RowHeight.fitting([(form.settings.title, width(all) * 0.72)]) + 4
        sheet.rowHeights[3] = RowHeight.fitting([(title.line, width(all))])
        sheet.rowHeights[4] = RowHeight.fitting([(heading, width(all))]) + 4
        sheet.rowHeights[5] = 18
    }

    private mutating func drawLegend() {
        let label = plan.labelColumns
        let middle = label.upperBound
        put(
            EntryWording.legendFill + ". " + EntryWording.legendRequired + ".", 5,
            EntryLayout.ordinalColumn...middle, EntryStyles.legend(EntryStyles.open))
        put(
            EntryWording.legendComputed + ".", 5, (middle + 1)...plan.lastColumn, EntryStyles.legend(EntryStyles.closed)
        )
    }

    private mutating func draw(_ element: EntryLayout.Element, _ drops: inout DropDowns) {
        let all = EntryLayout.ordinalColumn...plan.lastColumn
        switch element {
        case .heading(let row, let text, let hint):
            tag(EntrySlots.otherTag, row: row)
            let whole = hint.isEmpty ? text : "\(text) (\(hint))"
            put(whole, row, all, EntryStyles.text(bold: true, wraps: true))
            sheet.rowHeights[row] = RowHeight.fitting([(whole, width(all))])
        case .note(let row, let text):
            tag(EntrySlots.otherTag, row: row)
            put(text, row, all, EntryStyles.text(italic: true, wraps: true))
            sheet.rowHeights[row] = RowHeight.fitting([(text, width(all))])
        case .choices(let row, let question):
            tag(EntrySlots.otherTag, row: row)
            drawOrdinal(row)
            let text = label(of: question)
            put(text, row, plan.labelColumns.lowerBound...plan.answerColumns.upperBound, EntryStyles.label)
            sheet.rowHeights[row] = RowHeight.fitting([(text, width(plan.labelColumns) + width(plan.answerColumns))])
        case .computed(let row, let question):
            tag(EntrySlots.otherTag + question.name, row: row)
            drawOrdinal(row)
            let text = form.text(question.label)
            put(text, row, plan.labelColumns, EntryStyles.label)
            put(EntryWording.computed, row, plan.answerColumns, EntryStyles.computed)
            sheet.rowHeights[row] = RowHeight.fitting([(text, width(plan.labelColumns))])
        case .field(let row, let slot): drawField(row, slot, &drops)
        case .table(let table): drawTable(table, &drops)
        case .grid(let grid): drawGrid(grid, &drops)
        }
    }

    private mutating func drawField(_ row: Int, _ slot: EntrySlot, _ drops: inout DropDowns) {
        tag(slot.name, row: row)
        if slot.choice == nil { drawOrdinal(row) }
        let labelText = slot.choice == nil ? label(of: slot.question) : "   " + form.label(of: slot)
        put(labelText, row, plan.labelColumns, EntryStyles.label)
        drawAnswer(to: slot, label: labelText, row: row, plan.answerColumns, &drops)
        let text = AnswerWriter.text(fill.cells[slot.name] ?? .blank)
        sheet.rowHeights[row] = max(
            RowHeight.fitting([(labelText, width(plan.labelColumns)), (text, width(plan.answerColumns))]),
            slot.question.expectsLongText ? 90 : 0)
    }

    /// The cell for an answer, with its name and its check.
    mutating func drawAnswer(
        to slot: EntrySlot, label: String, row: Int, _ columns: ClosedRange<Int>, _ drops: inout DropDowns
    ) {
        let style = EntryStyles.answer(to: slot.question, label: label, locked: fill.isLocked(slot.question.name))
        let value = fill.cells[slot.name] ?? .blank
        let first = columns.lowerBound
        let help = CellHelp(form: form, question: slot.question)
        merge(
            CellDraft(row: row, column: first, value: value, style: style, comment: help.comment),
            over: columns)
        name(slot.name, row: row, columns: first...first, rows: 1)
        let range = CellRange(firstRow: row, firstColumn: first, lastRow: row, lastColumn: first)
        drops.place(sheet: sheet.name, question: slot.question.name, row: row, column: first)
        if let validation = drops.validation(for: slot, range: range, help: help) {
            sheet.validations.append(validation)
        }
    }

    private mutating func drawTable(_ table: EntryLayout.TablePlan, _ drops: inout DropDowns) {
        let columns = table.slots.indices.map(table.column(of:))
        tag(table.tag, row: table.titleRow)
        let hint = form.text(table.section.hint)
        let label = form.text(table.section.label)
        // On a sheet of its own the section's label is the heading already.
        let text = [label == plan.heading ? "" : label, hint.isEmpty ? "" : "(\(hint))"].filter { !$0.isEmpty }
        let all = EntryLayout.ordinalColumn...plan.lastColumn
        put(text.joined(separator: " "), table.titleRow, all, EntryStyles.text(bold: true, wraps: true))
        sheet.rowHeights[table.titleRow] = RowHeight.fitting([(text.joined(separator: " "), width(all))]) + 6
        sheet.hiddenRows.insert(table.tagRow)
        cell(.text(EntryWording.ordinal), table.headRow, EntryLayout.ordinalColumn, EntryStyles.tableHead)
        var heads: [(String, Double)] = []
        for (slot, column) in zip(table.slots, columns) {
            cell(.text(slot.name), table.tagRow, column, .plain)
            drawColumn(slot, column, table, &drops, heads: &heads)
        }
        sheet.rowHeights[table.headRow] = RowHeight.fitting(heads)
        for index in 0..<table.count {
            let row = table.firstRow + index
            var style = EntryStyles.ordinal
            style.isLocked = false
            cell(.number(Double(index + 1)), row, EntryLayout.ordinalColumn, style)
            sheet.rowHeights[row] = rowHeight(table, index)
        }
        sheet.unlockedRows.append(table.firstRow...table.lastRow)
        tag(EntrySlots.endTag(of: table.tag), row: table.endRow)
    }

    private mutating func drawColumn(
        _ slot: EntrySlot, _ column: Int, _ table: EntryLayout.TablePlan, _ drops: inout DropDowns,
        heads: inout [(String, Double)]
    ) {
        let label = form.label(of: slot)
        let head = slot.question.isAlwaysRequired && slot.choice == nil ? "\(label) \(EntryWording.required)" : label
        let help = CellHelp(form: form, question: slot.question)
        sheet.cells.append(
            CellDraft(
                row: table.headRow, column: column, value: .text(head), style: EntryStyles.tableHead,
                comment: help.comment))
        heads.append((head, width(column...column)))
        let rows = fill.rows[table.section.name] ?? []
        let style = EntryStyles.answer(to: slot.question, label: label, locked: false)
        for index in 0..<table.count {
            let value = index < rows.count ? rows[index][slot.name] ?? .blank : .blank
            sheet.cells.append(
                CellDraft(row: table.firstRow + index, column: column, value: value, style: style))
        }
        name(slot.name, row: table.firstRow, columns: column...column, rows: table.count)
        let range = CellRange(
            firstRow: table.firstRow, firstColumn: column, lastRow: table.lastRow, lastColumn: column)
        drops.place(
            sheet: sheet.name, question: slot.question.name, row: table.firstRow, column: column,
            table: table.section.name)
        if let validation = drops.validation(for: slot, range: range, help: help) {
            sheet.validations.append(validation)
        }
    }

    private mutating func drawSignatures() {
        let row = plan.nextRow + 1
        let middle = plan.labelColumns.upperBound
        let left = EntryLayout.ordinalColumn...middle
        let right = (middle + 1)...max(middle + 1, plan.answerColumns.upperBound)
        for offset in -1...2 { tag(EntrySlots.otherTag, row: row + offset) }
        put(EntryWording.dateLine, row, right, EntryStyles.text(italic: true, alignment: .center))
        put(EntryWording.preparedBy, row + 1, left, EntryStyles.text(bold: true, alignment: .center))
        put(EntryWording.headOfUnit, row + 1, right, EntryStyles.text(bold: true, alignment: .center))
        put(EntryWording.preparedByNote, row + 2, left, EntryStyles.text(italic: true, alignment: .center))
        put(EntryWording.headOfUnitNote, row + 2, right, EntryStyles.text(italic: true, alignment: .center))
        // Room for signature and stamp.
        sheet.rowHeights[row + 3] = 80
        cell(.text(EntrySlots.otherTag), row + 3, EntryLayout.tagColumn, .plain)
    }
}

extension SheetDrawing {
    private func label(of question: Question) -> String {
        let text = form.text(question.label)
        let label = text.isEmpty ? question.name : text
        return question.isAlwaysRequired ? "\(label) \(EntryWording.required)" : label
    }

    mutating func drawOrdinal(_ row: Int) {
        cell(.number(Double(nextOrdinal)), row, EntryLayout.ordinalColumn, EntryStyles.ordinal)
        nextOrdinal += 1
    }

    mutating func tag(_ text: String, row: Int) {
        cell(.text(text), row, EntryLayout.tagColumn, .plain)
    }

    mutating func cell(_ value: CellDraft.Value, _ row: Int, _ column: Int, _ style: CellStyle) {
        sheet.cells.append(CellDraft(row: row, column: column, value: value, style: style))
    }

    mutating func put(_ text: String, _ row: Int, _ columns: ClosedRange<Int>, _ style: CellStyle) {
        merge(CellDraft(row: row, column: columns.lowerBound, value: .text(text), style: style), over: columns)
    }

    private mutating func merge(_ cell: CellDraft, over columns: ClosedRange<Int>) {
        guard columns.count > 1 else {
            sheet.cells.append(cell)
            return
        }
        let range = CellRange(
            firstRow: cell.row, firstColumn: columns.lowerBound, lastRow: cell.row, lastColumn: columns.upperBound)
        sheet.merged.append((range, cell))
    }

    private mutating func name(_ name: String, row: Int, columns: ClosedRange<Int>, rows: Int) {
        let range = CellRange(
            firstRow: row, firstColumn: columns.lowerBound, lastRow: row + rows - 1, lastColumn: columns.upperBound)
        names.append(NameDraft(name: name, sheet: sheet.name, range: range))
    }

    func width(_ columns: ClosedRange<Int>) -> Double {
        columns.reduce(0) { $0 + (sheet.columnWidths[$1] ?? 8) }
    }

    private func rowHeight(_ table: EntryLayout.TablePlan, _ index: Int) -> Double {
        guard let rows = fill.rows[table.section.name], index < rows.count else { return 20 }
        let texts = table.slots.enumerated().map { position, slot in
            let column = table.column(of: position)
            return (AnswerWriter.text(rows[index][slot.name] ?? .blank), width(column...column))
        }
        return RowHeight.fitting(texts)
    }
}

extension Question {
    /// Required whatever the other answers are.
    var isAlwaysRequired: Bool {
        guard let required else { return false }
        return ["yes", "true", "true()", "1"].contains(required.text.trimmed.lowercased())
    }

    /// A text of several lines: its form says so, or its rules allow for more than a line or two.
    var expectsLongText: Bool {
        guard kind == .text, repeatName == nil else { return false }
        if appearance.contains("multiline") { return true }
        return rules.contains { rule in
            rule.expression.text.contains("string-length(.)")
                && rule.expression.text.split(whereSeparator: { !$0.isNumber }).contains { (Int($0) ?? 0) >= 100 }
        }
    }
}
