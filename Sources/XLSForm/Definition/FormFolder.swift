package import Records
package import Sheets

/// A form as a folder: one workbook with tables beside it, or the sheets themselves as files `survey.csv`, `choices.csv`
/// and `settings.csv`.
package struct FormFolder: Sendable {
    /// The form's workbook; nil when the folder holds neither a workbook nor a survey.
    package let workbook: Workbook?
    /// Tables that `pulldata` and `select_one_from_file` read, by file name without ending.
    package let tables: [String: ReferenceTable]

    /// - Parameter files: what the folder holds, read, by file name (`survey.csv`). A csv file has one sheet.
    package init(files: [String: Workbook]) {
        var sheets: [Sheet] = []
        var tables: [String: ReferenceTable] = [:]
        var workbook: Workbook?
        for (file, content) in files.sorted(by: { $0.key < $1.key }) {
            let name = SurveyType.tableName(file)
            guard content.format == .csv, let sheet = content.sheets.first else {
                workbook = workbook ?? content
                continue
            }
            if Self.sheets.contains(name.lowercased()) {
                sheets.append(Sheet(name: name.lowercased(), cells: sheet.cells))
            } else {
                tables[name] = ReferenceTable(sheet)
            }
        }
        let hasSurvey = sheets.contains { $0.name == "survey" }
        self.workbook = workbook ?? (hasSurvey ? Workbook(format: .csv, sheets: sheets) : nil)
        self.tables = tables
    }

    private static let sheets: Set<String> = ["survey", "choices", "settings"]
}
