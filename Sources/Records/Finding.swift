/// Something to say about one place of a submission. The wording is made from it elsewhere; tests assert code and cell.
package struct Finding: Hashable, Sendable, Codable {
    package let code: FindingCode
    package let severity: Severity
    /// The cell that must change; nil when the finding is about the whole workbook or file.
    package let cell: CellReference?
    /// Name of the question, where there is one.
    package let question: String?
    /// The question's label as printed.
    package let label: String
    /// The number of the form's rule (1, 2, 3 …) for `rule`, `standardUnmet` and `standardUndecided`.
    package let rule: Int?
    /// What the wording fills in: `value` (what stands there), `need`, `message` (the form's own words) and the like.
    package let arguments: [String: String]
    /// Clauses of the plan that the question serves.
    package let clauses: [String]
    /// The other cells that the rule read.
    package let related: [CellReference]

    package init(
        _ code: FindingCode, severity: Severity, cell: CellReference? = nil, question: String? = nil,
        label: String = "",
        rule: Int? = nil, arguments: [String: String] = [:], clauses: [String] = [], related: [CellReference] = []
    ) {
        self.code = code
        self.severity = severity
        self.cell = cell
        self.question = question
        self.label = label
        self.rule = rule
        self.arguments = arguments
        self.clauses = clauses
        self.related = related
    }
}

/// How much a finding weighs.
package enum Severity: String, Sendable, Codable, CaseIterable {
    /// A mistake in the workbook: it must be corrected, and is marked.
    case error
    /// The figures are in order and do not meet a standard of the plan: told, never marked as a cell to change.
    case standard
    /// Told, does not stop.
    case warning
    /// Shown to the reviewer only.
    case review
    /// Told for information.
    case note
}

/// The catalogue of everything that can be wrong with a submission. The raw value is what tools read.
package enum FindingCode: String, Sendable, Codable, CaseIterable {
    case cellBlank = "cell.blank"
    case cellNotNumber = "cell.notNumber"
    case cellNotInteger = "cell.notInteger"
    case cellNotDate = "cell.notDate"
    case cellDateSwapped = "cell.dateSwapped"
    case cellNotInList = "cell.notInList"
    case cellListGuessed = "cell.listGuessed"
    case cellNumberAsText = "cell.numberAsText"
    case cellSeparator = "cell.separator"
    case cellFormulaNoValue = "cell.formulaNoValue"
    case cellErrorValue = "cell.errorValue"
    case cellTooLong = "cell.tooLong"
    case cellOutOfRange = "cell.outOfRange"
    case cellOffStep = "cell.offStep"
    case cellLocked = "cell.locked"
    case cellIrrelevant = "cell.irrelevant"
    case textLegacy = "text.legacy"
    case textLegacyUnknown = "text.legacyUnknown"
    case rowDuplicate = "row.duplicate"
    case rowIncomplete = "row.incomplete"
    case tableEmpty = "table.empty"
    case tableRowCount = "table.rowCount"
    case rule = "rule"
    case unitMismatch = "unit.mismatch"
    case unitNotInForce = "unit.notInForce"
    case hamletUnknown = "hamlet.unknown"
    case periodMismatch = "period.mismatch"
    case stageClosed = "stage.closed"
    case formUnknown = "form.unknown"
    case formOld = "form.old"
    case formTwice = "form.twice"
    case fieldUnbound = "field.unbound"
    case keyAmbiguous = "key.ambiguous"
    case submissionSame = "submission.same"
    case submissionFrozen = "submission.frozen"
    case nomineeDuplicate = "nominee.duplicate"
    case nomineeBefore = "nominee.before"
    case quotaOver = "quota.over"
    case coverMismatch = "cover.mismatch"
    case standardUnmet = "standard.unmet"
    case standardUndecided = "standard.undecided"
    case targetMissing = "target.missing"
    case evidenceMissing = "evidence.missing"
    case evidenceUnreadable = "evidence.unreadable"
    case evidenceLoose = "evidence.loose"
    case filePassword = "file.password"
    case fileArchive = "file.archive"
    case fileEncryptedZip = "file.encryptedZip"
    case fileDamaged = "file.damaged"
    case fileTooLarge = "file.tooLarge"
    case fileLimits = "file.limits"
    case fileNotWorkbook = "file.notWorkbook"
    case fileMacro = "file.macro"
    case fileOther = "file.other"
}
