package import Records
package import Sheets

/// The workbook that a unit fills in, made from its form's definition.
package struct EntryWorkbook {
    /// The workbook as it goes out: labels, drop-downs, open answers, and what the office knows already.
    package static func blank(_ form: FormDefinition, _ context: EntryContext) -> WorkbookDraft {
        draft(form, context, fill: EntryFill(form, context))
    }

    /// The same workbook with the sender's own values, wrong cells marked, and a last sheet that lists what to do.
    /// For senders whose own file cannot be patched (ods, xls).
    ///
    /// Cells are marked for findings of severity `error` only; the list holds all that are given but missing papers, which
    /// no cell of the workbook can mend. Its cells need not be the sender's: `placed` tells where they are.
    package static func corrected(
        _ form: FormDefinition, bound: BoundWorkbook, findings: [MarkedFinding], context: EntryContext
    ) -> WorkbookDraft {
        var context = context
        context.receipt = context.receipt ?? bound.receipt
        var fill = EntryFill(form, context)
        fill.take(bound.answers, form, context.tables)
        let places = FindingPlaces(bound: bound)
        for marked in findings where marked.finding.severity == .error {
            // A cell's comment holds 32,767 characters, and fewer are read.
            guard let place = places.place(of: marked.finding), fill.marks[place]?.utf16.count ?? 0 < 2_000 else {
                continue
            }
            let comment = marked.found.isEmpty ? marked.todo : "\(marked.found)\n\(marked.todo)"
            fill.marks[place] = fill.marks[place].map { "\($0)\n\(comment)" } ?? comment
        }
        var draft = draft(form, context, fill: fill)
        let layout = EntryLayout(form, filledRows: fill.rows.mapValues(\.count))
        let listed = findings.filter { $0.finding.code != .evidenceMissing }
        let sheet = CorrectionSheet(form: form, layout: layout, places: places, findings: listed)
        // Last, so that the order of what was there does not change; in front of the eyes all the same.
        draft.sheets.append(sheet.draft(title: TitleBlock(form, context)))
        draft.activeSheet = draft.sheets.count - 1
        return draft
    }

    /// The same findings at the cells that they have in the corrected workbook: the letter that brings it must name these.
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

/// A finding with its wording, ready to be written beside a cell.
package struct MarkedFinding: Sendable, Hashable {
    package let finding: Finding
    /// What stands there, in the sender's language.
    package let found: String
    /// What to do about it.
    package let todo: String

    package init(_ finding: Finding, found: String, todo: String) {
        self.finding = finding
        self.found = found
        self.todo = todo
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
