import Sheets

/// How the columns of a form are called in its workbook: what is told of a definition names the standard's columns.
struct FormHeads {
    private let survey: SheetTable?
    private let choices: SheetTable?
    private let settings: SheetTable?
    private let defaultLanguage: String?

    init(_ workbook: Workbook, defaultLanguage: String?) {
        let sheets = FormSheets(workbook)
        survey = sheets.survey.map { SheetTable($0, columns: .survey) }
        choices = sheets.choices.map { SheetTable($0, columns: .choices) }
        settings = sheets.settings.map { SheetTable($0, columns: .settings) }
        self.defaultLanguage = defaultLanguage
    }

    /// The same problem with the sheet and the head as they stand in the workbook.
    func standing(_ problem: FormProblem) -> FormProblem {
        let table =
            switch problem.sheet {
            case "survey": survey
            case "choices": choices
            case "settings": settings
            default: nil as SheetTable?
            }
        guard let table else { return problem }
        return FormProblem(
            file: problem.file, sheet: table.name, row: problem.row, column: problem.column.map { head($0, in: table) },
            code: problem.code, severity: problem.severity, message: problem.message, remedy: problem.remedy)
    }

    private func head(_ column: String, in table: SheetTable) -> String {
        if table.heads.contains(where: { $0.text == column }) { return column }
        let wanted = ColumnHead(column, singleColon: false, columns: .survey)
        let same = table.heads.filter {
            $0.name == wanted.name && $0.isOurs == wanted.isOurs && $0.number == wanted.number
        }
        let language = wanted.language.isEmpty ? defaultLanguage ?? "" : wanted.language
        return (same.first { $0.language == language } ?? same.first { $0.language == wanted.language } ?? same.first)?
            .text ?? column
    }
}
