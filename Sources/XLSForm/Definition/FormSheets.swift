package import Records
package import Sheets
import Vietnamese

/// The sheets of a form, found in any case; those that are no part of the standard are tables for looking up.
struct FormSheets {
    let survey: Sheet?
    let choices: Sheet?
    let settings: Sheet?
    /// What else there is, in the workbook's order.
    let others: [Sheet]
    /// False when everything stands on one sheet, as in a csv file.
    private let hasNames: Bool

    init(_ workbook: Workbook) {
        var sheets = workbook.sheets
        if sheets.count == 1, let only = sheets.first, !Self.names.contains(Self.key(only)) {
            sheets = Self.parts(of: only)
            hasNames = false
        } else {
            hasNames = true
        }
        func first(_ name: String) -> Sheet? {
            sheets.first { $0.name == name } ?? sheets.first { Self.key($0) == name }
        }
        survey = first("survey")
        choices = first("choices")
        settings = first("settings")
        others = sheets.filter { !Self.names.contains(Self.key($0)) }
    }

    /// Sheets with a row of heads are tables that `pulldata` and `select_one_from_file` read; `_meta` and the like are
    /// notes of other programs.
    var tables: [String: ReferenceTable] {
        guard hasNames else { return [:] }
        let tables = others.compactMap { sheet -> (String, ReferenceTable)? in
            guard !sheet.name.hasPrefix("_"), !Self.ofOtherPrograms.contains(Self.key(sheet)) else { return nil }
            return ReferenceTable(sheet).map { (sheet.name.trimmed, $0) }
        }
        return Dictionary(tables) { first, _ in first }
    }

    /// Says which sheets of the standard mean nothing here, and which names are most likely slips.
    func noteNames(in log: inout FormProblemLog) {
        guard hasNames else { return }
        let missing = [("survey", survey), ("choices", choices), ("settings", settings)].filter { $0.1 == nil }
        for sheet in others where !sheet.name.hasPrefix("_") {
            if Self.ofOtherPrograms.contains(Self.key(sheet)) {
                log.note(
                    .sheetUnknown, .warning, sheet: sheet.name, "The sheet “\(sheet.name)” has no effect here.",
                    remedy: "Leave it out, unless the form is used elsewhere too.")
            } else if let meant = missing.first(where: { Self.distance(Self.key(sheet), $0.0) <= 2 }) {
                log.note(
                    .sheetUnknown, .warning, sheet: sheet.name,
                    "The sheet “\(sheet.name)” is none of the form's; there is no sheet “\(meant.0)”.",
                    remedy: "If it holds the \(meant.0), give it that name.")
            }
        }
    }

    private static let names: Set<String> = ["survey", "choices", "settings"]
    private static let ofOtherPrograms: Set<String> = ["entities", "external_choices", "osm", "cascades"]

    private static func key(_ sheet: Sheet) -> String { sheet.name.trimmed.lowercased() }

    /// A csv file holds all sheets below each other, each begun by its name in the first column; where no name is found,
    /// one sheet with types is the survey. Row numbers stay those of the file.
    private static func parts(of sheet: Sheet) -> [Sheet] {
        func name(_ cell: Cell) -> String? {
            guard cell.column == 1, case .text(let text) = cell.value else { return nil }
            return text.trimmed.lowercased()
        }
        guard sheet.cells.contains(where: { name($0) == "survey" }) else {
            let hasTypes = SheetTable(sheet, columns: .survey).index("type") != nil
            return hasTypes ? [Sheet(name: "survey", cells: sheet.cells)] : [sheet]
        }
        var parts: [(name: String, cells: [Cell])] = []
        for cell in sheet.cells {
            if let name = name(cell), !name.isEmpty {
                if !parts.contains(where: { $0.name == name }) { parts.append((name, [])) }
            } else if cell.column > 1, !parts.isEmpty {
                parts[parts.count - 1].cells.append(cell)
            }
        }
        return parts.map { Sheet(name: $0.name, cells: $0.cells) }
    }

    /// How many letters must be changed, added or left out (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (other, wanted) in right.enumerated() {
                let changed = diagonal + (letter == wanted ? 0 : 1)
                diagonal = row[other + 1]
                row[other + 1] = min(changed, row[other] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

extension ReferenceTable {
    /// A sheet as a table: the first row that is not blank holds the heads; nil where there is none. Rows are found fast by
    /// `khoa`, `name` and the first column.
    package init?(_ sheet: Sheet) {
        guard let headRow = sheet.cells.first(where: { !SheetTable.text($0.value).trimmed.isEmpty })?.row else {
            return nil
        }
        var columns: [String] = []
        var places: [Int: Int] = [:]
        for cell in sheet.cells where cell.row == headRow {
            let head = SheetTable.text(cell.value).trimmed
            guard !head.isEmpty, !columns.contains(head) else { continue }
            places[cell.column] = columns.count
            columns.append(head)
        }
        var rows: [[String]] = []
        var last = headRow
        for cell in sheet.cells where cell.row > headRow {
            guard let place = places[cell.column] else { continue }
            if cell.row != last { rows.append(Array(repeating: "", count: columns.count)) }
            last = cell.row
            rows[rows.count - 1][place] = SheetTable.text(cell.value).trimmed
        }
        self.init(columns: columns, rows: rows, keys: ["khoa", "name"] + columns.prefix(1))
    }

    /// The table with copies of some columns under other names, for which columns of those names make way.
    func renaming(_ names: KeyValuePairs<String, String>) -> ReferenceTable {
        let taken = Set(names.map(\.value))
        let kept = columns.indices.filter { index in
            !taken.contains(columns[index]) || names.contains { $0.key == columns[index] && $0.value == $0.key }
        }
        let copies = names.filter { $0.key != $0.value }
        let sources = kept + copies.compactMap { copy in columns.firstIndex(of: copy.key) }
        return ReferenceTable(
            columns: kept.map { columns[$0] } + copies.map(\.value),
            rows: rows.map { row in sources.map { row[$0] } }, keys: ["khoa", "name"])
    }
}
