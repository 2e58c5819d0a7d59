import Records
import Sheets

/// A table that was found: its columns, and the rows that hold something.
struct FoundTable {
    let sheet: Int
    /// By slot name; a column that was not found is missing.
    let columns: [String: Int]
    /// Rows of the sheet with at least one answer, in order.
    let rows: [Int]
    let isByLabelOnly: Bool
}

/// Finds the columns of a repeat and the rows that it has grown to.
struct TableFinder {
    let workbook: Workbook
    let marks: WorkbookMarks
    let labels: LabelIndex
    let sheets: Set<Int>
    /// Rows of fields already found, by sheet: a table never runs into them.
    let fieldRows: [Int: Set<Int>]
    /// What the form prints beside and between its tables: below its prepared rows a table ends there.
    let printed: Set<LabelKey>

    /// Below its prepared end a table goes on until this many rows are empty.
    static let blankRun = 3

    private struct Votes {
        var columns: [String: [Int: Int]] = [:]
        var firstRows: [Int] = []
        var headRow: Int?
        var tagRow: Int?
        var lastRow = 0
        var total = 0
        var isMarked = false

        mutating func add(_ weight: Int, _ name: String, column: Int) {
            columns[name, default: [:]][column, default: 0] += weight
            total += weight
        }
    }

    /// nil when nothing of the table is left.
    func find(_ table: FormAnchors.Table) -> FoundTable? {
        var votes: [Int: Votes] = [:]
        vote(byName: table, &votes)
        vote(byTag: table, &votes)
        for sheet in sheets { vote(byHead: table, in: sheet, &votes) }
        guard let (sheet, vote) = votes.max(by: { ($0.value.total, -$0.key) < ($1.value.total, -$1.key) }) else {
            return nil
        }
        let columns = resolve(vote, table)
        let first = vote.headRow.map { $0 + 1 } ?? vote.tagRow.map { $0 + 2 } ?? vote.firstRows.min()
        guard !columns.isEmpty, let first else { return nil }
        return FoundTable(
            sheet: sheet, columns: columns,
            rows: rows(of: table, in: sheet, columns: Set(columns.values), from: first, preparedTo: vote.lastRow),
            isByLabelOnly: !vote.isMarked)
    }

    private func vote(byName table: FormAnchors.Table, _ votes: inout [Int: Votes]) {
        let wanted = Dictionary(
            table.plan.slots.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        for (name, isLocal, target) in marks.names {
            guard let slot = wanted[name], let sheet = workbook.sheets.firstIndex(where: { $0.name == target.sheet }),
                sheets.contains(sheet)
            else { continue }
            votes[sheet, default: Votes()].add(isLocal ? 2 : 4, slot, column: target.range.firstColumn)
            votes[sheet, default: Votes()].firstRows.append(target.range.firstRow)
            votes[sheet, default: Votes()].lastRow = max(votes[sheet]?.lastRow ?? 0, target.range.lastRow)
            votes[sheet, default: Votes()].isMarked = true
        }
    }

    private func vote(byTag table: FormAnchors.Table, _ votes: inout [Int: Votes]) {
        let wanted = Dictionary(
            table.plan.slots.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        var rows: [Int: [Int: Int]] = [:]
        for tag in marks.tags where sheets.contains(tag.sheet) && wanted[tag.text] != nil {
            rows[tag.sheet, default: [:]][tag.row, default: 0] += 1
        }
        for (sheet, counts) in rows {
            guard let row = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { continue }
            for tag in marks.tags where tag.sheet == sheet && tag.row == row {
                guard let slot = wanted[tag.text] else { continue }
                votes[sheet, default: Votes()].add(3, slot, column: tag.column)
            }
            votes[sheet, default: Votes()].tagRow = row
            votes[sheet, default: Votes()].isMarked = true
            let end = EntrySlots.endTag(of: table.plan.tag).lowercased()
            let ends = marks.tags.filter { $0.sheet == sheet && $0.text == end && $0.row > row }
            if let last = ends.map(\.row).min() {
                votes[sheet, default: Votes()].lastRow = max(votes[sheet]?.lastRow ?? 0, last - 1)
            }
        }
    }

    /// The row that shows most of the table's heads, if it shows at least half of them.
    private func vote(byHead table: FormAnchors.Table, in sheet: Int, _ votes: inout [Int: Votes]) {
        var rows: [Int: [String: Int]] = [:]
        for (slot, keys) in zip(table.plan.slots, table.keys) {
            for key in keys {
                let places = Dictionary(grouping: labels.places(of: key, in: sheet), by: \.row)
                for (row, found) in places where found.count == 1 {
                    rows[row, default: [:]][slot.name] = found[0].column
                }
            }
        }
        let known = votes[sheet]
        func fits(_ row: Int) -> Bool {
            guard let tagRow = known?.tagRow else { return true }
            return (tagRow + 1...tagRow + 3).contains(row)
        }
        let best = rows.filter { fits($0.key) }.max { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }
        guard let best, best.value.count * 2 >= table.plan.slots.count,
            best.value.count >= min(2, table.plan.slots.count)
        else { return }
        for (slot, column) in best.value { votes[sheet, default: Votes()].add(2, slot, column: column) }
        votes[sheet, default: Votes()].headRow = best.key
    }

    /// One column for each slot, the heaviest first; no column twice.
    private func resolve(_ votes: Votes, _ table: FormAnchors.Table) -> [String: Int] {
        let all = votes.columns.flatMap { name, columns in
            columns.map { (name: name, column: $0.key, weight: $0.value) }
        }
        var result: [String: Int] = [:]
        var taken: Set<Int> = []
        for vote in all.sorted(by: { ($1.weight, $0.column, $0.name) < ($0.weight, $1.column, $1.name) })
        where result[vote.name] == nil && !taken.contains(vote.column) {
            result[vote.name] = vote.column
            taken.insert(vote.column)
        }
        return result
    }

    private func rows(
        of table: FormAnchors.Table, in index: Int, columns: Set<Int>, from first: Int, preparedTo last: Int
    ) -> [Int] {
        let own = [table.plan.tag, EntrySlots.endTag(of: table.plan.tag)].map { $0.lowercased() }
        let tagStops = marks.tags.lazy.filter { $0.sheet == index && $0.row >= first && !own.contains($0.text) }
        let fieldStops = (fieldRows[index] ?? []).lazy.filter { $0 >= first }
        let computed = workbook.sheets[index].cells.first { $0.row >= first && $0.isComputedMark }?.row
        let words = printed.lazy.flatMap { labels.places(of: $0, in: index) }.map(\.row)
        let printedStop = words.filter { $0 >= first && $0 > last }.min()
        let stop =
            [tagStops.map(\.row).min(), fieldStops.min(), computed, printedStop].compactMap(\.self).min() ?? .max
        let heads = Self.headRows(labels, table, in: index)
        var rows: [Int] = []
        var ended = false
        for cell in workbook.sheets[index].cells where cell.row >= first && cell.row < stop && !ended {
            guard columns.contains(cell.column), rows.last != cell.row, Self.holdsSomething(cell),
                !heads.contains(cell.row)
            else { continue }
            let reach = max(last, rows.last ?? first - 1)
            ended = cell.row > reach + Self.blankRun || cell.row > last && cell.isSignature
            if !ended { rows.append(cell.row) }
        }
        return rows
    }

    /// Rows that show the table's heads, however often: people double and repeat them.
    private static func headRows(_ labels: LabelIndex, _ table: FormAnchors.Table, in sheet: Int) -> Set<Int> {
        var counts: [Int: Int] = [:]
        for keys in table.keys {
            for row in Set(keys.flatMap { labels.places(of: $0, in: sheet) }.map(\.row)) {
                counts[row, default: 0] += 1
            }
        }
        return Set(counts.filter { $0.value >= 2 && $0.value * 2 >= table.keys.count }.keys)
    }

    private static func holdsSomething(_ cell: Cell) -> Bool {
        cell.value == .formulaWithoutValue || CellText.plain(cell.value) != nil
    }
}
