import Sheets

/// Reads the `choices` sheet.
enum ChoicesReader {
    /// - Parameter multipleLists: lists of which several may be chosen; their names are joined by spaces.
    static func read(
        _ sheet: Sheet?, settings: FormSettings, multipleLists: Set<String>, into log: inout FormProblemLog
    ) -> [String: ChoiceList] {
        guard let sheet else { return [:] }
        let table = SheetTable(sheet) { known.contains($0) }
        table.noteDuplicates(in: &log)
        guard table.index("list_name") != nil, table.index("name") != nil else {
            if !table.rows.isEmpty {
                log.note(
                    .columnMissing, sheet: table.name, "The choices need the columns list_name and name.",
                    remedy: "Write both heads in the first row.")
            }
            return [:]
        }
        let attributes = table.heads.enumerated().filter { !known.contains($0.element.name) && !$0.element.isOurs }
        var lists: [String: ChoiceList] = [:]
        var seen: Set<[String]> = []
        for row in table.rows {
            guard let list = table.text("list_name", in: row)?.trimmed else { continue }
            let label = table.localized("label", in: row)
            guard let name = table.text("name", in: row)?.trimmed else {
                log.note(
                    .choiceUnnamed, sheet: table.name, row: row.number, column: table.head("name"),
                    "A choice of the list “\(list)” has no name.", remedy: "Give it a short name without spaces.")
                continue
            }
            if name.contains(where: \.isWhitespace) {
                log.note(
                    .choiceSpaces, multipleLists.contains(list) ? .error : .warning, sheet: table.name,
                    row: row.number, column: table.head("name"), "The choice name “\(name)” holds spaces.",
                    remedy: "Use _ for the spaces: several choices are stored side by side, parted by spaces.")
            }
            if settings.lacks(label) {
                log.note(
                    .labelMissing, sheet: table.name, row: row.number, column: "label",
                    "The choice “\(name)” of the list “\(list)” has no label in the default language.",
                    remedy: "Write what people choose by.")
            }
            if !seen.insert([list, name]).inserted, !settings.allowsChoiceDuplicates {
                log.note(
                    .choiceDuplicate, sheet: table.name, row: row.number, column: table.head("name"),
                    "The list “\(list)” has the choice “\(name)” twice.",
                    remedy: "Rename one, or set allow_choice_duplicates to yes.")
            }
            let values = attributes.compactMap { index, head in row.cells[index].map { (head.text, $0) } }
            lists[list, default: ChoiceList(name: list, choices: [])].choices.append(
                .init(name: name, label: label, attributes: Dictionary(values) { first, _ in first }))
        }
        return lists
    }

    private static let known: Set<String> = ["list_name", "name", "label", "image", "audio", "video", "big-image"]
}
