/// Something wrong with a form definition: where it stands, what was found, and what to do. Written for the office,
/// which edits the workbook; `formpost check` prints one a line.
package struct FormProblem: Hashable, Sendable, Codable {
    /// An error keeps the form from being used; a warning is told.
    package enum Severity: String, Sendable, Codable { case error, warning }

    package let file: String
    package let sheet: String?
    /// Counted from 1.
    package let row: Int?
    /// The column's head as it stands in the workbook.
    package let column: String?
    package let code: Code
    package let severity: Severity
    /// What was found. Problems inside an expression name the character they stand at, counted from 1.
    package let message: String
    /// What to do about it.
    package let remedy: String

    package init(
        file: String, sheet: String? = nil, row: Int? = nil, column: String? = nil, code: Code,
        severity: Severity = .error, message: String, remedy: String
    ) {
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.code = code
        self.severity = severity
        self.message = message
        self.remedy = remedy
    }

    /// The catalogue. The raw value is what tools read.
    package enum Code: String, Sendable, Codable, CaseIterable {
        case sheetMissing = "sheet.missing"
        case sheetUnknown = "sheet.unknown"
        case columnMissing = "column.missing"
        case columnUnknown = "column.unknown"
        case columnDuplicate = "column.duplicate"
        case settingMissing = "setting.missing"
        case versionUnchanged = "version.unchanged"
        case typeMissing = "type.missing"
        case typeUnknown = "type.unknown"
        case typeRefused = "type.refused"
        case sectionUnmatched = "section.unmatched"
        case repeatNested = "repeat.nested"
        case nameMissing = "name.missing"
        case nameIllegal = "name.illegal"
        case nameReserved = "name.reserved"
        case nameDuplicate = "name.duplicate"
        case nameConfusable = "name.confusable"
        case labelMissing = "label.missing"
        case translationMissing = "translation.missing"
        case languageUnclear = "language.unclear"
        case messageMissing = "message.missing"
        case listMissing = "list.missing"
        case listUnused = "list.unused"
        case choiceUnnamed = "choice.unnamed"
        case choiceSpaces = "choice.spaces"
        case choiceDuplicate = "choice.duplicate"
        case calculationMissing = "calculation.missing"
        case valueUnknown = "value.unknown"
        case referenceUnknown = "reference.unknown"
        case tableMissing = "table.missing"
        case tableColumn = "table.column"
        case expressionSyntax = "expression.syntax"
        case expressionName = "expression.name"
        case expressionFunction = "expression.function"
        case expressionArity = "expression.arity"
        case expressionType = "expression.type"
        case expressionSeveral = "expression.several"
        case expressionRefused = "expression.refused"
        case expressionCycle = "expression.cycle"
        case defaultBroken = "default.broken"
    }
}

/// The errors for which a definition cannot be used.
package struct FormProblems: Error, Hashable, Sendable {
    package let problems: [FormProblem]

    package init(_ problems: [FormProblem]) {
        self.problems = problems
    }
}

/// Where a problem is noted while a workbook is read; it keeps the file's name so that nobody has to pass it on.
struct FormProblemLog {
    let file: String
    private(set) var problems: [FormProblem] = []

    init(file: String) {
        self.file = file
    }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    mutating func note(
        _ code: FormProblem.Code, _ severity: FormProblem.Severity = .error, sheet: String? = nil, row: Int? = nil,
        column: String? = nil, _ message: String, remedy: String
    ) {
        problems.append(
            FormProblem(
                file: file, sheet: sheet, row: row, column: column, code: code, severity: severity, message: message,
                remedy: remedy))
    }

    mutating func append(_ others: [FormProblem]) {
        problems += others
    }
}
