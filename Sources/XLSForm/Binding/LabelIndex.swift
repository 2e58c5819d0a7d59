import Records
import Sheets

/// Where the labels of a form stand in a workbook.
struct LabelIndex {
    struct Place: Hashable {
        let row: Int
        let column: Int
        /// The last column of the label's own merged range.
        let lastColumn: Int
    }

    /// A label that stands in more places tells nothing.
    private static let mostPlaces = 50

    private struct Position: Hashable {
        let sheet: Int
        let row: Int
        let column: Int
    }

    /// By sheet index and label.
    private var places: [Int: [LabelKey: [Place]]] = [:]
    /// The label that stands in a cell.
    private var labels: [Position: LabelKey] = [:]

    /// - Parameter wanted: the labels to look for; other texts are passed over.
    init(_ workbook: Workbook, wanted: Set<LabelKey>, without excluded: Set<Int>) {
        for (index, sheet) in workbook.sheets.enumerated() where !excluded.contains(index) {
            var merged: [Int: Int] = [:]
            for range in sheet.merged { merged[range.firstRow &* 16_384 &+ range.firstColumn] = range.lastColumn }
            var found: [LabelKey: [Place]] = [:]
            for cell in sheet.cells {
                guard case .text(let text) = cell.value, !EntrySlots.isTag(text), let key = LabelKey(text),
                    wanted.contains(key),
                    found[key]?.count ?? 0 < Self.mostPlaces
                else { continue }
                let last = merged[cell.row &* 16_384 &+ cell.column] ?? cell.column
                found[key, default: []].append(Place(row: cell.row, column: cell.column, lastColumn: last))
                labels[Position(sheet: index, row: cell.row, column: cell.column)] = key
            }
            if !found.isEmpty { places[index] = found }
        }
    }

    func places(of key: LabelKey, in sheet: Int) -> [Place] { places[sheet]?[key] ?? [] }

    func count(of keys: Set<LabelKey>, in sheet: Int) -> Int {
        guard let found = places[sheet] else { return 0 }
        return keys.reduce(0) { $0 + (found[$1] == nil ? 0 : 1) }
    }

    /// The label in a cell; nil when none of the form's stands there.
    func label(inSheet sheet: Int, row: Int, column: Int) -> LabelKey? {
        labels[Position(sheet: sheet, row: row, column: column)]
    }

    var sheets: [Int] { places.keys.sorted() }
}
