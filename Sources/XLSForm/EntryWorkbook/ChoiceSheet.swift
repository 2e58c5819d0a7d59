import Records
import Sheets

/// The hidden sheet that the drop-downs read: labels in columns, each under a defined name. Names rather than references,
/// because Excel 2007 knows no list on another sheet otherwise.
struct ChoiceSheet {
    static let sheetName = "_choices"

    private(set) var names: [NameDraft] = []
    private var cells: [CellDraft] = []
    private var nextColumn = 1
    /// Names by what they list, so that equal lists are written once.
    private var known: [[ChoiceSource.Item]: String] = [:]
    private var knownCascades: [String: String] = [:]

    var draft: SheetDraft {
        var sheet = SheetDraft(name: Self.sheetName)
        sheet.visibility = .hidden
        sheet.cells = cells
        sheet.isProtected = true
        return sheet
    }

    /// The formula of a drop-down of these items; nil when there are none.
    mutating func formula(listing items: [ChoiceSource.Item]) -> String? {
        guard !items.isEmpty else { return nil }
        if let name = known[items] { return "=" + name }
        let name = "xl_\(nextColumn)"
        write(items.map(\.label), name: name)
        known[items] = name
        return "=" + name
    }

    /// The formula of a drop-down that follows what another cell shows.
    /// - Parameters:
    ///   - cell: the other cell, relative to the first cell of the validated range where it moves along.
    ///   - parent: the other question's choices, whose labels stand in that cell.
    mutating func formula(cascading source: ChoiceSource, key: String, parent: ChoiceSource, cell: String) -> String? {
        guard let cascade = source.cascade else { return nil }
        let name: String
        if let written = knownCascades[key] {
            name = written
        } else {
            let groups = parent.items.map { ($0.label, cascade.itemsByValue[$0.name] ?? []) }
            let pairs = groups.flatMap { label, items in items.map { (label, $0.label) } }
            guard !pairs.isEmpty else { return nil }
            name = "xl_\(nextColumn)"
            write(pairs.map(\.0), name: name + "_of")
            write(pairs.map(\.1), name: name)
            knownCascades[key] = name
        }
        return "=OFFSET(\(name),MATCH(\(cell),\(name)_of,0)-1,0,COUNTIF(\(name)_of,\(cell)),1)"
    }

    private mutating func write(_ labels: [String], name: String) {
        for (index, label) in labels.enumerated() {
            cells.append(CellDraft(row: index + 1, column: nextColumn, value: .text(label)))
        }
        let range = CellRange(
            firstRow: 1, firstColumn: nextColumn, lastRow: labels.count, lastColumn: nextColumn)
        names.append(NameDraft(name: name, sheet: Self.sheetName, range: range))
        nextColumn += 1
    }
}
