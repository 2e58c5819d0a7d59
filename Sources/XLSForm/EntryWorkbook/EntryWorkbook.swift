package import Records
package import Sheets

/// The workbook that a unit fills in, made from its form's definition.
package struct EntryWorkbook {
    /// The workbook as it goes out: labels, drop-downs, open answers, and what the office knows already.
    package static func blank(_ form: FormDefinition, _ context: EntryContext) -> WorkbookDraft { WorkbookDraft() }

    /// The same workbook with the sender's own values, wrong cells marked, and a last sheet that lists what to do.
    /// For senders whose own file cannot be patched (ods, xls).
    package static func corrected(
        _ form: FormDefinition, bound: BoundWorkbook, findings: [MarkedFinding], context: EntryContext
    ) -> WorkbookDraft { WorkbookDraft() }
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
