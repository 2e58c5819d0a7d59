/// What the rules of a form say of one workbook.
package struct Verdict: Hashable, Sendable, Codable {
    package let form: FormIdentity
    package let outcome: Outcome
    /// All at once, in the order of sheet and row, errors first.
    package let findings: [Finding]
    /// What the rules looked up, and what they found.
    package let lookups: [Lookup]
    /// Key figures that the receipt repeats, each a finished line.
    package let receiptLines: [String]
    /// SHA-256 of the form's definition as it was used, in hexadecimal.
    package let definition: String

    package init(
        form: FormIdentity, outcome: Outcome, findings: [Finding], lookups: [Lookup], receiptLines: [String],
        definition: String
    ) {
        self.form = form
        self.outcome = outcome
        self.findings = findings
        self.lookups = lookups
        self.receiptLines = receiptLines
        self.definition = definition
    }
}

/// How a workbook fared. The raw value is what tools read.
package enum Outcome: String, Sendable, Codable, CaseIterable {
    /// No errors and no unmet standards.
    case accepted
    /// At least one error: the sender is asked to correct it.
    case needsCorrection = "needs-correction"
    /// No errors, but a standard of the plan is not met by the figures given.
    case standardNotMet = "standard-not-met"
}

/// One look-up in a reference table: what was asked, and what was there (empty when the table had no such row).
package struct Lookup: Hashable, Sendable, Codable {
    package let table: String
    package let column: String
    package let keyColumn: String
    package let key: String
    package let found: String?

    package init(table: String, column: String, keyColumn: String, key: String, found: String?) {
        self.table = table
        self.column = column
        self.keyColumn = keyColumn
        self.key = key
        self.found = found
    }
}
