import Foundation
import Records
import Sheets
import Vietnamese

/// One row that differs between two states of a workbook.
package struct WorkbookChange: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case added, removed, changed
    }

    package struct Cell: Hashable, Sendable {
        /// The column's head.
        package let head: String
        /// Empty where the row was not there.
        package let before: String
        package let after: String
    }

    package let kind: Kind
    package let sheet: String
    /// Of the newer workbook, counted from 1; of the older one where the row is gone.
    package let row: Int
    /// What the row is about: its first cells.
    package let name: String
    /// Those that differ.
    package let cells: [Cell]
}

/// What differs between two states of a workbook that holds records: a head in each sheet's first row, a record in each
/// row below. Rows that only moved have not changed.
enum WorkbookChanges {
    /// In the order of the newer workbook's sheets, then its rows.
    static func between(_ old: Workbook, _ new: Workbook) -> [WorkbookChange] {
        let names = new.sheets.map(\.name) + old.sheets.map(\.name).filter { new[sheet: $0] == nil }
        return names.flatMap { name in
            changes(in: name, rows(old[sheet: name]), rows(new[sheet: name]))
        }
    }

    private struct Row: Hashable {
        let number: Int
        let heads: [String]
        let texts: [String]

        /// The same record under the same heads.
        var content: [String: String] {
            Dictionary(zip(heads, texts).filter { !$1.isEmpty }, uniquingKeysWith: { one, _ in one })
        }

        var name: String { texts.filter { !$0.isEmpty }.prefix(2).joined(separator: ", ") }
    }

    private static func rows(_ sheet: Sheet?) -> [Row] {
        guard let sheet else { return [] }
        let byRow = Dictionary(grouping: sheet.cells, by: \.row)
        let width = sheet.cells.map(\.column).max() ?? 0
        func texts(_ row: Int) -> [String] {
            let cells = Dictionary(
                (byRow[row] ?? []).map { ($0.column, $0.value) }, uniquingKeysWith: { one, _ in one })
            return (1...max(width, 1)).map { cells[$0].map(text) ?? "" }
        }
        let heads = texts(1).enumerated().map { $1.isEmpty ? "cột \($0 + 1)" : $1 }
        return byRow.keys.sorted().filter { $0 > 1 }.map { Row(number: $0, heads: heads, texts: texts($0)) }
            .filter { !$0.content.isEmpty }
    }

    private static func changes(in sheet: String, _ old: [Row], _ new: [Row]) -> [WorkbookChange] {
        var left = old
        // Equal ones first, wherever they stand.
        var counts: [[String: String]: Int] = [:]
        for row in old { counts[row.content, default: 0] += 1 }
        let fresh = new.filter { row in
            guard let count = counts[row.content], count > 0 else { return true }
            counts[row.content] = count - 1
            return false
        }
        var kept: [[String: String]: Int] = [:]
        for row in new { kept[row.content, default: 0] += 1 }
        left = old.filter { row in
            guard let count = kept[row.content], count > 0 else { return true }
            kept[row.content] = count - 1
            return false
        }
        var changes: [WorkbookChange] = []
        for row in fresh {
            // The record of the same name; else, of the same row where only its name is another.
            let index =
                left.firstIndex { $0.name == row.name }
                ?? left.firstIndex { $0.texts.first == row.texts.first && $0.number == row.number }
            let before = index.map { left.remove(at: $0) }
            changes.append(change(before == nil ? .added : .changed, sheet, row, before?.content ?? [:], row.content))
        }
        return (left.map { change(.removed, sheet, $0, $0.content, [:]) } + changes).sorted { $0.row < $1.row }
    }

    private static func change(
        _ kind: WorkbookChange.Kind, _ sheet: String, _ row: Row, _ before: [String: String], _ after: [String: String]
    ) -> WorkbookChange {
        let known = row.heads + before.keys.filter { !row.heads.contains($0) }.sorted()
        let cells = known.compactMap { head -> WorkbookChange.Cell? in
            let (old, new) = (before[head] ?? "", after[head] ?? "")
            return old == new ? nil : WorkbookChange.Cell(head: head, before: old, after: new)
        }
        return WorkbookChange(kind: kind, sheet: sheet, row: row.number, name: row.name, cells: cells)
    }

    private static func text(_ value: CellValue) -> String {
        switch value {
        case .text(let text): Vietnamese.nfc(text).trimmed
        case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
        case .date(let milliseconds):
            CivilDate(daysSince1970: Int((Double(milliseconds) / 86_400_000).rounded(.down))).description
        case .boolean(let flag): flag ? "true" : "false"
        case .error(let error): error
        case .time, .duration, .formulaWithoutValue: "?"
        }
    }
}
