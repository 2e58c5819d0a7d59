package import Records
package import Sheets

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

extension EntryWorkbook {
    /// Which workbook is marked: the sender's own, whose cells the findings name, or the one that `filled` makes.
    package enum MarkedCopy: Sendable { case sendersOwn, filled }

    /// The longest comment that is written, in UTF-16 units; nobody reads more beside a cell.
    private static let longestComment = 2_000

    /// What is to be marked in the workbook that goes back to its sender.
    ///
    /// Cells are marked for findings of severity `error` only; the list holds all that are given but missing papers, which
    /// no cell of the workbook can mend.
    package static func marking(
        _ form: FormDefinition, bound: BoundWorkbook, findings: [MarkedFinding], context: EntryContext,
        in copy: MarkedCopy
    ) -> WorkbookMarking {
        var context = context
        context.receipt = context.receipt ?? bound.receipt
        let places = FindingPlaces(bound: bound)
        let cell = cells(form, bound, context, places, in: copy)
        var texts: [CellReference: String] = [:]
        for marked in findings where marked.finding.severity == .error {
            guard let place = cell(marked.finding), texts[place]?.utf16.count ?? 0 < longestComment else { continue }
            let comment = [marked.found, marked.todo].filter { !$0.isEmpty }.joined(separator: "\n")
            texts[place] = texts[place].map { "\($0)\n\(comment)" } ?? comment
        }
        let sheet = CorrectionSheet(
            form: form, receipt: context.receipt, places: places,
            findings: findings.filter { $0.finding.code != .evidenceMissing }, cell: cell)
        return WorkbookMarking(
            cells: texts.sorted { $0.key < $1.key }.map { cell, text in
                WorkbookMarking.Mark(sheet: cell.sheet, row: cell.row, column: cell.column, text: text)
            },
            list: sheet.draft(title: TitleBlock(form, context)), tag: CorrectionSheet.tagPrefix,
            color: EntryStyles.wrong, heading: EntryWording.correctionHeading, author: EntryWording.office)
    }

    /// Where the cell of a finding stands in the copy.
    private static func cells(
        _ form: FormDefinition, _ bound: BoundWorkbook, _ context: EntryContext, _ places: FindingPlaces,
        in copy: MarkedCopy
    ) -> (Finding) -> CellReference? {
        switch copy {
        case .sendersOwn:
            return { finding in
                finding.cell ?? finding.question.flatMap { bound.answer($0)?.cell }
            }
        case .filled:
            var fill = EntryFill(form, context)
            fill.take(bound.answers, form, context.tables)
            let layout = EntryLayout(form, filledRows: fill.rows.mapValues(\.count))
            return { places.place(of: $0).flatMap(layout.cell(of:)) }
        }
    }
}
