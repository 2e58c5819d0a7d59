import Sheets
import Vietnamese

/// Reads the `choices` sheet.
struct ChoicesReader {
    private(set) var lists: [String: ChoiceList] = [:]
    private(set) var log: FormProblemLog
    let table: SheetTable
    private let settings: FormSettings
    private let multipleLists: Set<String>
    private let names: Set<String>
    private let attributes: [(index: Int, head: String)]
    private var seen: Set<[String]> = []

    /// - Parameters:
    ///   - multipleLists: lists of which several may be chosen; their names are joined by spaces.
    ///   - names: what `${name}` in a label may name.
    init(
        _ sheet: Sheet, settings: FormSettings, multipleLists: Set<String>, names: Set<String>, keepsSpaces: Bool,
        log: FormProblemLog
    ) {
        table = SheetTable(sheet, columns: .choices, keepsSpaces: keepsSpaces)
        self.settings = settings
        self.multipleLists = multipleLists
        self.names = names
        self.log = log
        attributes = table.heads.enumerated().compactMap { index, head in
            SheetColumns.choices.knows(head.name) || head.isOurs ? nil : (index, head.text)
        }
    }

    mutating func read() {
        table.noteDuplicates(in: &log)
        noteHeads()
        guard table.index("list_name") != nil, table.index("name") != nil else {
            if !table.rows.isEmpty {
                log.note(
                    .columnMissing, sheet: table.name, row: table.headRow,
                    column: table.index("list_name") == nil ? "list_name" : "name",
                    "The choices need the columns list_name and name.",
                    remedy: "Write both heads in the first row.")
            }
            return
        }
        for row in table.rows { read(row) }
    }

    /// Filters name a choice's other columns, so these must be names.
    private mutating func noteHeads() {
        for head in table.heads where SheetColumns.choices.ignored.contains(head.name) && !head.isOurs {
            log.note(
                .columnUnknown, .warning, sheet: table.name, row: table.headRow, column: head.text,
                "The column “\(head.text)” has no effect here.", remedy: "Leave it out.")
        }
        for (_, head) in attributes where head.contains(where: \.isWhitespace) {
            log.note(
                .columnUnknown, .warning, sheet: table.name, row: table.headRow, column: head,
                "No choice_filter can name the column “\(head)”: it holds spaces.", remedy: "Write _ for the spaces.")
        }
    }

    private mutating func read(_ row: SheetTable.Row) {
        guard let name = table.text("name", in: row)?.trimmed else {
            if let list = table.text("list_name", in: row)?.trimmed {
                open(list, at: row)
                note(
                    .choiceUnnamed, at: row, "name", "A choice of the list “\(list)” has no name.",
                    remedy: "Give it a short name without spaces.")
            }
            return
        }
        guard let list = table.text("list_name", in: row)?.trimmed else {
            note(
                .choiceUnnamed, .warning, at: row, "list_name", "The choice “\(name)” belongs to no list.",
                remedy: "Write its list's name, or clear the row.")
            return
        }
        if name.contains(where: \.isWhitespace) {
            note(
                .choiceSpaces, multipleLists.contains(list) ? .error : .warning, at: row, "name",
                "The choice name “\(name)” holds spaces.",
                remedy: "Use _ for the spaces: several choices are stored side by side, parted by spaces.")
        }
        if !seen.insert([list, name]).inserted, !settings.allowsChoiceDuplicates {
            note(
                .choiceDuplicate, at: row, "name", "The list “\(list)” has the choice “\(name)” twice.",
                remedy: "Rename one, or set allow_choice_duplicates to yes.")
        }
        let values = attributes.compactMap { index, head in row.cells[index].map { (head, $0) } }
        let choice = ChoiceList.Choice(
            name: name, label: label(of: name, in: list, row),
            attributes: Dictionary(values) { first, _ in first })
        open(list, at: row)
        lists[list]?.choices.append(choice)
    }

    private mutating func open(_ list: String, at row: SheetTable.Row) {
        guard lists[list] == nil else { return }
        lists[list] = ChoiceList(name: list, choices: [])
        lists[list]?.row = row.number
    }

    /// A choice without a label is shown by its name.
    private mutating func label(of name: String, in list: String, _ row: SheetTable.Row) -> LocalizedText {
        let label = table.localized("label", in: row)
        if settings.lacks(label) {
            note(
                .labelMissing, .warning, at: row, "label",
                "The choice “\(name)” of the list “\(list)” has no label in the default language.",
                remedy: "Write what people choose by.")
        }
        for (language, text) in label.sorted(by: { $0.key < $1.key }) {
            noteReferences(in: text, row, column: table.head("label", language: language))
        }
        // Nobody plays them here, but the form is used elsewhere too.
        for (index, head) in table.heads.enumerated() where SheetColumns.choices.ignored.contains(head.name) {
            if let text = row.cells[index] { noteReferences(in: text, row, column: head.text) }
        }
        return label.isEmpty ? ["": name] : label
    }

    private mutating func noteReferences(in text: String, _ row: SheetTable.Row, column: String) {
        for missing in FormName.references(in: text) where !names.contains(missing) {
            log.note(
                .expressionName, sheet: table.name, row: row.number, column: column,
                "The text names “\(missing)”, which is no question.",
                remedy: "Write the name as it stands in the column name of the survey.")
        }
    }

    private mutating func note(
        _ code: FormProblem.Code, _ severity: FormProblem.Severity = .error, at row: SheetTable.Row, _ column: String,
        _ message: String, remedy: String
    ) {
        log.note(
            code, severity, sheet: table.name, row: row.number, column: table.head(column), message, remedy: remedy)
    }
}
