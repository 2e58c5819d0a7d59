import Records
import Vietnamese

/// Single cells of a survey row, each with what is wrong with it.
extension SurveyReader {
    mutating func note(
        _ code: FormProblem.Code, _ severity: FormProblem.Severity = .error, row: Int, column: String,
        _ message: String, remedy: String
    ) {
        log.note(
            code, severity, sheet: table.name, row: row, column: table.head(column), message, remedy: remedy)
    }

    mutating func noteValue(
        _ column: String, number: Int = 1, _ value: String, _ row: SheetTable.Row, allowed: [String]
    ) {
        log.note(
            .valueUnknown, sheet: table.name, row: row.number, column: table.head(column, ours: true, number: number),
            "“\(value)” is not understood.", remedy: "Write one of: \(allowed.joined(separator: ", ")).")
    }

    /// `yes` and `no`, and what a boolean cell shows, stand for `true()` and `false()`, except where they are answers.
    func expression(
        _ column: String, ours: Bool = false, number: Int = 1, _ row: SheetTable.Row
    ) -> ExpressionSource? {
        guard var text = table.text(column, ours: ours, number: number, in: row)?.trimmed, !text.isEmpty else {
            return nil
        }
        if Self.logical.contains(column) {
            switch text.lowercased() {
            case "yes", "true": text = "true()"
            case "no", "false": text = "false()"
            default: break
            }
        }
        let head = table.head(column, ours: ours, number: number)
        return ExpressionSource(text, sheet: table.name, row: row.number, column: head)
    }

    private static let logical: Set<String> = [
        "relevant", "constraint", "calculation", "required", "read_only", "disabled",
    ]

    /// Never true is nil.
    func flagOrExpression(_ column: String, _ row: SheetTable.Row) -> ExpressionSource? {
        guard let source = expression(column, row), source.text != "false()" else { return nil }
        return source
    }

    mutating func readFlag(_ column: String, _ row: SheetTable.Row) -> Bool {
        guard let source = flagOrExpression(column, row) else { return false }
        if source.text == "true()" { return true }
        log.note(
            .valueUnknown, sheet: table.name, row: row.number, column: table.head(column),
            "“\(source.text)” is not understood: a printed cell is locked or it is not.", remedy: "Write yes or no.")
        return false
    }

    mutating func readBlank(_ row: SheetTable.Row) -> Bool {
        guard let text = table.text("blank", ours: true, in: row)?.trimmed else { return false }
        if text.lowercased() == "zero" { return true }
        noteValue("blank", text, row, allowed: ["zero"])
        return false
    }

    mutating func readLayout(_ row: SheetTable.Row) -> String {
        guard let text = table.text("layout", ours: true, in: row)?.trimmed else { return "" }
        let allowed = [YearGrid.layout, "two-columns"]
        if !allowed.contains(text.lowercased()) { noteValue("layout", text, row, allowed: allowed) }
        return text.lowercased()
    }

    mutating func severity(_ number: Int, _ row: SheetTable.Row) -> Severity {
        guard let text = table.text("severity", ours: true, number: number, in: row)?.trimmed else { return .error }
        if let severity = Severity(rawValue: text.lowercased()), severity != .note { return severity }
        noteValue("severity", number: number, text, row, allowed: ["error", "standard", "warning", "review"])
        return .error
    }

    mutating func requiredSeverity(_ row: SheetTable.Row, isRequired: Bool) -> Severity? {
        guard let text = table.text("required_severity", ours: true, in: row)?.trimmed else {
            return isRequired ? .error : nil
        }
        if let severity = Severity(rawValue: text.lowercased()), severity == .error || severity == .warning {
            return severity
        }
        noteValue("required_severity", text, row, allowed: ["error", "warning"])
        return isRequired ? .error : nil
    }

    /// `start=1 end=5 step=1`, parted by blanks, commas or semicolons; blanks around the sign do no harm.
    mutating func readParameters(_ row: SheetTable.Row) -> [String: String] {
        guard let text = table.text("parameters", in: row) else { return [:] }
        guard let parameters = QuestionParameters.parse(text) else {
            note(
                .valueUnknown, row: row.number, column: "parameters", "“\(text.trimmed)” is no list of parameters.",
                remedy: "Write key=value, several parted by spaces.")
            return [:]
        }
        return parameters
    }
}
