package import Records
package import Sheets
import Vietnamese

/// Reads an XLSForm workbook (sheets `survey`, `choices`, `settings`) into a definition.
package struct FormReader {
    /// - Parameters:
    ///   - file: name of the workbook, for the problems.
    ///   - sha256: of the workbook's bytes, in hexadecimal.
    ///   - tables: what `pulldata` and `select_one_from_file` read, by name without ending.
    /// - Returns: the definition, nil when one of the problems is an error; and everything found in reading. What can
    ///   only be told of the whole form is found by `FormCheck`.
    package static func read(
        _ workbook: Workbook, file: String, sha256: String, tables: [String: ReferenceTable] = [:]
    ) -> (form: FormDefinition?, problems: [FormProblem]) {
        let (draft, problems) = readAsFarAsPossible(workbook, file: file, sha256: sha256, tables: tables)
        return (problems.contains { $0.severity == .error } ? nil : draft, problems)
    }

    /// Goes on after errors, so that a check tells everything at once; nil without a survey.
    static func readAsFarAsPossible(
        _ workbook: Workbook, file: String, sha256: String, tables: [String: ReferenceTable]
    ) -> (draft: FormDefinition?, problems: [FormProblem]) {
        let sheets = FormSheets(workbook)
        var log = FormProblemLog(file: file)
        sheets.noteNames(in: &log)
        let settings = SettingsReader.read(sheets.settings, into: &log)
        guard let surveySheet = sheets.survey else {
            log.note(
                .sheetMissing, sheet: "survey", "There is no sheet “survey”.",
                remedy: "Give the sheet with the questions the name survey.")
            return (nil, log.problems)
        }
        let own = tables.merging(sheets.tables) { given, _ in given }
        let keepsSpaces = SettingsReader.keepsSpaces(sheets.settings)
        var survey = SurveyReader(surveySheet, tables: own, keepsSpaces: keepsSpaces, log: log)
        var items = survey.read()
        log = survey.log
        var choices: ChoicesReader?
        if let sheet = sheets.choices {
            var reader = ChoicesReader(
                sheet, settings: settings, multipleLists: survey.multipleLists, names: survey.allNames,
                keepsSpaces: keepsSpaces, log: log)
            reader.read()
            log = reader.log
            choices = reader
        }
        FormLanguages(survey.table, choices?.table).note(items, in: &log)
        var searched = SearchedChoices(
            lists: choices?.lists ?? [:], tables: survey.tables, settings: settings, survey: survey.table, log: log)
        items = searched.replaced(in: items)
        let draft = FormDefinition(
            settings: settings, items: items, choiceLists: searched.lists, tables: searched.tables, sha256: sha256)
        return (draft, searched.log.problems)
    }

    /// The id that a form's workbook gives itself, however much else is wrong with it; nil when it gives none.
    package static func id(of workbook: Workbook) -> String? {
        var log = FormProblemLog(file: "")
        let id = SettingsReader.read(FormSheets(workbook).settings, into: &log).id
        return id.isEmpty ? nil : id
    }

    /// Whether a workbook defines a form, well or badly, rather than being one that was filled in: it has the sheets
    /// `survey` and `settings`, which no filled workbook has.
    package static func isDefinition(_ workbook: Workbook) -> Bool {
        sheet("survey", of: workbook) != nil && sheet("settings", of: workbook) != nil
    }

    /// Sheets are found in any case.
    private static func sheet(_ name: String, of workbook: Workbook) -> Sheet? {
        workbook[sheet: name] ?? workbook.sheets.first { $0.name.trimmed.lowercased() == name }
    }
}
