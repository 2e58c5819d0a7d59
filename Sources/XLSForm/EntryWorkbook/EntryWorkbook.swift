package import Records
package import Sheets

/// The workbook that a unit fills in, made from its form's definition.
package struct EntryWorkbook {
    /// The workbook as it goes out: labels, drop-downs, open answers, and what the office knows already.
    package static func blank(_ form: FormDefinition, _ context: EntryContext) -> WorkbookDraft {
        draft(form, context, fill: EntryFill(form, context))
    }

    /// The same workbook with the sender's own values: for senders whose own file cannot be marked (ods, xls).
    package static func filled(_ form: FormDefinition, bound: BoundWorkbook, context: EntryContext) -> WorkbookDraft {
        var context = context
        context.receipt = context.receipt ?? bound.receipt
        var fill = EntryFill(form, context)
        fill.take(bound.answers, form, context.tables)
        return draft(form, context, fill: fill)
    }

    /// The same findings at the cells that they have in the filled workbook: the letter that brings it must name these.
    ///
    /// A finding about no question keeps its cell.
    package static func placed(
        _ findings: [Finding], _ form: FormDefinition, bound: BoundWorkbook, context: EntryContext
    ) -> [Finding] {
        var fill = EntryFill(form, context)
        fill.take(bound.answers, form, context.tables)
        let layout = EntryLayout(form, filledRows: fill.rows.mapValues(\.count))
        let places = FindingPlaces(bound: bound)
        return findings.map { finding in
            guard let cell = finding.cell, let place = places.place(of: finding),
                let moved = layout.cell(of: place), moved != cell
            else { return finding }
            return Finding(
                finding.code, severity: finding.severity, cell: moved, question: finding.question,
                label: finding.label, rule: finding.rule, arguments: finding.arguments, clauses: finding.clauses,
                related: finding.related)
        }
    }

    private static func draft(_ form: FormDefinition, _ context: EntryContext, fill: EntryFill) -> WorkbookDraft {
        let layout = EntryLayout(form, filledRows: fill.rows.mapValues(\.count))
        let title = TitleBlock(form, context)
        var drops = DropDowns(form: form, tables: context.tables, printed: fill.printed)
        var draft = WorkbookDraft()
        draft.title = form.settings.title
        draft.properties = [("xform_id", form.identity.id), ("xform_version", form.identity.version)]
        for (index, plan) in layout.sheets.enumerated() {
            var drawing = SheetDrawing(
                form: form, plan: plan, fill: fill, title: title, isFirst: index == 0,
                isLast: index == layout.sheets.count - 1)
            drawing.draw(drop: &drops)
            draft.sheets.append(drawing.sheet)
            draft.names += drawing.names
        }
        draft.sheets.append(drops.choices.draft)
        draft.names += drops.choices.names
        var meta = MetaSheet()
        meta.form = form.identity
        meta.receipt = context.receipt
        meta.context = PrintedContext(
            unit: context.unit.flatMap { UnitCode($0.code) }, period: context.period, stage: context.stage?.code)
        meta.printed = fill.printed
        draft.sheets.append(meta.draft)
        return draft
    }
}

extension EntryFill {
    /// Puts a sender's answers in the place of what was known before, rows closed up in their order.
    mutating func take(_ answers: [Answer], _ form: FormDefinition, _ tables: ReferenceSnapshot) {
        let writer = AnswerWriter(form: form, tables: tables)
        let slots = EntrySlots(form)
        let byName = Dictionary(form.questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for name in form.sections.filter({ $0.repeating != nil }).map(\.name) { rows[name] = nil }
        for answer in answers {
            guard let question = byName[answer.question], question.kind.takesAnswer else { continue }
            let written =
                answer.value.map { writer.cells(for: question, value: $0) }
                ?? writer.cells(for: question, shown: answer.shown)
            if let row = answer.row, let table = question.repeatName, row >= 1 {
                // In place: a copy of the rows for each answer would make a long table take the square of its length.
                let missing = row - (rows[table]?.count ?? 0)
                if missing > 0 { rows[table, default: []] += Array(repeating: [:], count: missing) }
                rows[table]?[row - 1].merge(written) { _, new in new }
            } else {
                cells.merge(written) { _, new in new }
                if written.isEmpty, !isLocked(question.name) {
                    for slot in slots.byQuestion[question.name] ?? [] { cells[slot.name] = nil }
                }
            }
        }
    }
}
