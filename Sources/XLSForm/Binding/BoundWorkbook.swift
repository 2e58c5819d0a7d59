package import Records

/// A filled workbook of a known form: which cell answers which question.
package struct BoundWorkbook: Sendable, Codable {
    /// The form and version that the workbook says it is.
    package let form: FormIdentity
    /// The receipt that a returned workbook carries.
    package let receipt: Receipt?
    /// The unit, and the period or stage, that were printed into the workbook.
    package let printed: PrintedContext
    /// One for each question that was found (blank cells too), in the form's order; rows of repeats by row.
    package let answers: [Answer]
    /// Per repeat: the sheet row of each of its answered rows, in order; row n of the answers stands in `rows[n - 1]`.
    package let tableRows: [String: [Int]]
    /// What was already found while reading the cells: not a number, not in the list, unbound, locked cell changed …
    package let findings: [Finding]
    /// What the sender wrote beside findings of an earlier round, on the returned workbook's last sheet.
    package let explanations: [Explanation]

    package init(
        form: FormIdentity, receipt: Receipt?, printed: PrintedContext, answers: [Answer], tableRows: [String: [Int]],
        findings: [Finding], explanations: [Explanation] = []
    ) {
        self.form = form
        self.receipt = receipt
        self.printed = printed
        self.answers = answers
        self.tableRows = tableRows
        self.findings = findings
        self.explanations = explanations
    }

    package func answer(_ question: String, row: Int? = nil) -> Answer? {
        answers.first { $0.question == question && $0.row == row }
    }
}

/// A sender's word on one finding of an earlier round: the figure is right, because …
package struct Explanation: Hashable, Sendable, Codable {
    package let code: FindingCode
    package let question: String?
    /// The row of the repeat, counted from 1; nil outside repeats.
    package let row: Int?
    /// The rule's number, where the finding came from a rule.
    package let rule: Int?
    package let text: String

    package init(code: FindingCode, question: String?, row: Int?, rule: Int?, text: String) {
        self.code = code
        self.question = question
        self.row = row
        self.rule = rule
        self.text = text
    }
}

/// What the office prints into a workbook before it goes out.
package struct PrintedContext: Hashable, Sendable, Codable {
    package var unit: UnitCode?
    package var period: String?
    package var stage: String?

    package init(unit: UnitCode? = nil, period: String? = nil, stage: String? = nil) {
        self.unit = unit
        self.period = period
        self.stage = stage
    }
}
