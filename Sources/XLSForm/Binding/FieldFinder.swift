import Records
import Sheets

/// A cell that was found for a field, and by what.
struct FoundField {
    let sheet: Int
    let row: Int
    let column: Int
    /// Neither its name nor its tag was left: the label alone led here.
    let isByLabelOnly: Bool
}

/// Finds the cell of each field. Four carriers are asked; no single one survives all that happens to workbooks, so each
/// gives its weight to the cell that it points to, and the heaviest cell wins. Where the carriers that are left
/// contradict each other the field is not found: somebody is asked, nothing is guessed.
struct FieldFinder {
    let workbook: Workbook
    let marks: WorkbookMarks
    let labels: LabelIndex
    let anchors: FormAnchors
    /// Sheets that may hold answers of this form.
    let sheets: Set<Int>

    private let sheetIndexes: [String: Int]
    private let namesByText: [String: [(isLocal: Bool, target: DefinedName.Target)]]
    private let tagsByText: [String: [WorkbookMarks.Tag]]
    private let tagsByRow: [Line: [String]]
    /// For each sheet of the layout, the workbook's sheet that shows most of its labels.
    private let sectionSheets: [Int?]

    /// So many copies of a sheet are looked at.
    private static let mostCopies = 50
    /// So many columns before an answer are looked at for its label.
    private static let widestLabel = 20

    private enum Weight {
        static let name = 4
        static let tag = 3
        static let label = 2
        static let localName = 2
        static let coordinates = 1
    }

    private struct Position: Hashable {
        let sheet: Int
        let row: Int
        let column: Int
    }

    /// A row of a sheet.
    private struct Line: Hashable {
        let sheet: Int
        let row: Int
    }

    /// A column of answers of a sheet of the layout, in a sheet of the workbook; copied sheets make it several.
    private struct Part: Hashable {
        let plan: Int
        /// In the layout.
        let column: Int
        let sheet: Int

        init(_ field: FormAnchors.Field, sheet: Int) {
            plan = field.plan
            column = field.column
            self.sheet = sheet
        }
    }

    /// The names and tags of a field that are left in the workbook, each tag with the field's label beside it.
    private struct Remains {
        let names: [(isLocal: Bool, position: Position)]
        let tags: [(tag: WorkbookMarks.Tag, label: LabelIndex.Place?)]
    }

    /// A cell that a field's carriers point to, and what speaks for it.
    private struct Claim {
        /// Its index among the fields.
        let field: Int
        let position: Position
        var weight = 0
        var isNamed = false
        var isTagged = false

        var isMarked: Bool { isNamed || isTagged }
    }

    init(
        _ workbook: Workbook, marks: WorkbookMarks, labels: LabelIndex, anchors: FormAnchors, sheets: Set<Int>
    ) {
        self.workbook = workbook
        self.marks = marks
        self.labels = labels
        self.anchors = anchors
        self.sheets = sheets
        sheetIndexes = Dictionary(
            workbook.sheets.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        namesByText = Dictionary(grouping: marks.names, by: \.name).mapValues { $0.map { ($0.isLocal, $0.target) } }
        tagsByText = Dictionary(grouping: marks.tags, by: \.text)
        tagsByRow = marks.tags.reduce(into: [:]) { $0[Line(sheet: $1.sheet, row: $1.row), default: []].append($1.text) }
        sectionSheets = anchors.keysByPlan.map { keys in
            let counts = sheets.sorted().map { (sheet: $0, count: labels.count(of: keys, in: $0)) }
            guard let best = counts.max(by: { ($0.count, -$0.sheet) < ($1.count, -$1.sheet) }), best.count > 0 else {
                return nil
            }
            return best.sheet
        }
    }

    /// The cell of each field by its slot's name; a field is missing when no carrier points anywhere, or the carriers
    /// contradict each other.
    ///
    /// No cell answers two questions. Where several fields point to one, it is the heaviest one's, and the others fall
    /// back on their next candidates: a name that was dragged onto another field's cell takes nothing from it.
    ///
    /// - Returns: also the rows, by sheet, that belong to fields whether or not their answers could be told.
    func find(_ fields: [FormAnchors.Field]) -> (fields: [String: FoundField], rows: [Int: Set<Int>]) {
        let left = fields.map { remains(of: $0) }
        let columns = answerColumns(fields, left)
        let all = fields.indices.flatMap { claims(of: fields[$0], $0, left[$0], columns) }
        let marked = all.filter(\.isMarked)
        let markedFields = Set(marked.map(\.field))
        let markedPositions = Set(marked.map(\.position))
        // Of equal weight: the form's order, then the first sheet, the first row.
        func order(_ claim: Claim) -> (Int, Int, Int, Int, Int) {
            (-claim.weight, claim.field, claim.position.sheet, claim.position.row, claim.position.column)
        }
        var found: [String: FoundField] = [:]
        var rows: [Int: Set<Int>] = [:]
        var taken: Set<Position> = []
        for claim in all.sorted(by: { order($0) < order($1) }) {
            let field = fields[claim.field]
            let position = claim.position
            guard found[field.slot.name] == nil, !taken.contains(position) else { continue }
            // A name alone that was dragged into a table.
            if claim.isNamed, !claim.isTagged, isInTable(position) { continue }
            rows[position.sheet, default: []].insert(position.row)
            // By its label alone a field is found only where no mark says otherwise, neither its own nor another's.
            let isMisled =
                !claim.isMarked && (markedFields.contains(claim.field) || markedPositions.contains(position))
            if isMisled || isContradicted(claim, field) { continue }
            taken.insert(position)
            found[field.slot.name] = FoundField(
                sheet: position.sheet, row: position.row, column: position.column,
                isByLabelOnly: !claim.isMarked)
        }
        return (found, rows)
    }

    /// Whether as many of the row's marks say that the cell is another field's as say that it is this one's: sorted rows
    /// take tags and labels along but no names.
    private func isContradicted(_ claim: Claim, _ field: FormAnchors.Field) -> Bool {
        let position = claim.position
        let cell = workbook.sheets[position.sheet][row: position.row, column: position.column]
        let tags = tagsByRow[Line(sheet: position.sheet, row: position.row)] ?? []
        let before = stride(from: position.column - 1, through: 1, by: -1).lazy.prefix(Self.widestLabel)
        let label = before.compactMap { labels.label(inSheet: position.sheet, row: position.row, column: $0) }.first
        let isLabelled = label.map { field.bears($0) }
        let isTagged = tags.isEmpty ? nil : tags.contains(field.slot.key)
        let witnesses = [claim.isNamed ? true : nil, isTagged, isLabelled].compactMap(\.self)
        let agreeing = witnesses.filter(\.self).count
        if agreeing <= 1, let cell, cell.isSignature || cell.isComputedMark { return true }
        if let grid = field.grid, let head = head(over: position, of: grid), head != grid.head { return true }
        let contradicting = witnesses.count - agreeing
        return contradicting > 0 && contradicting >= agreeing
    }

    /// Whether the cell stands in a column of a table, as the column's own name tells.
    private func isInTable(_ position: Position) -> Bool {
        let slots = anchors.tables.lazy.flatMap(\.plan.slots)
        return slots.contains { slot in
            (namesByText[slot.key] ?? []).contains { _, target in
                let range = target.range
                return sheetIndexes[target.sheet] == position.sheet && range.firstRow <= position.row
                    && position.row <= range.lastRow && range.firstColumn <= position.column
                    && position.column <= range.lastColumn
            }
        }
    }

    /// Every cell that a carrier points to.
    private func claims(
        of field: FormAnchors.Field, _ index: Int, _ remains: Remains, _ columns: [Part: Int]
    ) -> [Claim] {
        var claims: [Claim] = []
        func add(_ weight: Int, _ position: Position) -> Int {
            let known = claims.firstIndex { $0.position == position }
            if known == nil { claims.append(Claim(field: index, position: position)) }
            let place = known ?? claims.count - 1
            claims[place].weight += weight
            return place
        }
        for (isLocal, position) in remains.names {
            claims[add(isLocal ? Weight.localName : Weight.name, position)].isNamed = true
        }
        for (tag, label) in remains.tags {
            guard let position = answer(taggedBy: tag, label, field, columns) else { continue }
            claims[add(Weight.tag, position)].isTagged = true
        }
        for position in labelled(field) { _ = add(Weight.label, position) }
        if let position = original(field) { _ = add(Weight.coordinates, position) }
        return claims
    }

    private func named(_ field: FormAnchors.Field) -> [(isLocal: Bool, position: Position)] {
        (namesByText[field.slot.key] ?? []).prefix(Self.mostCopies).compactMap { isLocal, target in
            guard let sheet = sheetIndexes[target.sheet], sheets.contains(sheet) else { return nil }
            return (isLocal, Position(sheet: sheet, row: target.range.firstRow, column: target.range.firstColumn))
        }
    }

    private func remains(of field: FormAnchors.Field) -> Remains {
        let tags = (tagsByText[field.slot.key] ?? []).prefix(Self.mostCopies).filter { sheets.contains($0.sheet) }
        return Remains(names: named(field), tags: tags.map { ($0, label(besideTag: $0, field)) })
    }

    /// The column in which the names and labels of a sheet's fields, taken together, say that the answers stand: columns
    /// are inserted and deleted.
    private func answerColumns(_ fields: [FormAnchors.Field], _ remains: [Remains]) -> [Part: Int] {
        var votes: [Part: [Int: Int]] = [:]
        for (field, remains) in zip(fields, remains) {
            for (isLocal, position) in remains.names {
                let weight = isLocal ? Weight.localName : Weight.name
                votes[Part(field, sheet: position.sheet), default: [:]][position.column, default: 0] +=
                    weight
            }
            for case (let tag, let label?) in remains.tags {
                let part = Part(field, sheet: tag.sheet)
                votes[part, default: [:]][label.lastColumn + 1, default: 0] += Weight.label
            }
        }
        return votes.compactMapValues { $0.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key }
    }

    private func label(besideTag tag: WorkbookMarks.Tag, _ field: FormAnchors.Field) -> LabelIndex.Place? {
        let inRow = places(of: field, in: tag.sheet).filter { $0.row == tag.row }
        return inRow.count == 1 ? inRow[0] : nil
    }

    private func places(of field: FormAnchors.Field, in sheet: Int) -> [LabelIndex.Place] {
        field.keys.count == 1
            ? labels.places(of: field.keys[0], in: sheet) : field.keys.flatMap { labels.places(of: $0, in: sheet) }
    }

    /// In the tag's row, beside the label where it stands there, else where the sheet's other answers are, else as far
    /// from the tag as it was if something still stands where the label was.
    private func answer(
        taggedBy tag: WorkbookMarks.Tag, _ label: LabelIndex.Place?, _ field: FormAnchors.Field,
        _ columns: [Part: Int]
    ) -> Position? {
        let plan = anchors.layout.sheets[field.plan]
        func column(_ original: Int) -> Int { tag.column + original - EntryLayout.tagColumn }
        if let label {
            return Position(sheet: tag.sheet, row: tag.row, column: label.lastColumn + 1)
        }
        if let grid = field.grid, let head = headPlace(of: grid, above: tag.row, in: tag.sheet) {
            return Position(sheet: tag.sheet, row: tag.row, column: head.column)
        }
        if let known = columns[Part(field, sheet: tag.sheet)] {
            return Position(sheet: tag.sheet, row: tag.row, column: known)
        }
        let label = column(plan.labelColumns.lowerBound)
        guard workbook.sheets[tag.sheet][row: tag.row, column: label] != nil else { return nil }
        return Position(sheet: tag.sheet, row: tag.row, column: column(field.column))
    }

    /// Beside the label, where the section's sheet has it once.
    private func labelled(_ field: FormAnchors.Field) -> [Position] {
        guard !field.isLabelShared, let sheet = sectionSheets[field.plan] else { return [] }
        if let grid = field.grid {
            let lines = grid.line.flatMap { labels.places(of: $0, in: sheet) }
            if lines.count == 1, let head = headPlace(of: grid, above: lines[0].row, in: sheet) {
                return [Position(sheet: sheet, row: lines[0].row, column: head.column)]
            }
        }
        let places = places(of: field, in: sheet)
        guard places.count == 1, let place = places.first else { return [] }
        let column = answerColumn(right: place, in: sheet)
        // A question about who made the report shares its label with the signatures: beside one stands the next.
        if workbook.sheets[sheet][row: place.row, column: column]?.isSignature == true { return [] }
        return [Position(sheet: sheet, row: place.row, column: column)]
    }

    /// The next column; or, when that is empty, the first filled one of the following three that is no label itself.
    private func answerColumn(right place: LabelIndex.Place, in sheet: Int) -> Int {
        let next = place.lastColumn + 1
        for column in next...(next + 3) {
            guard workbook.sheets[sheet][row: place.row, column: column] != nil else { continue }
            return labels.label(inSheet: sheet, row: place.row, column: column) == nil ? column : next
        }
        return next
    }

    /// Where the blank workbook had it, if the label there is still the same.
    private func original(_ field: FormAnchors.Field) -> Position? {
        let plan = anchors.layout.sheets[field.plan]
        guard let sheet = sheetIndexes[plan.name] ?? sectionSheets[field.plan], sheets.contains(sheet),
            let label = labels.label(inSheet: sheet, row: field.row, column: plan.labelColumns.lowerBound),
            field.bears(label)
        else { return nil }
        return Position(sheet: sheet, row: field.row, column: field.column)
    }

    // MARK: Years in columns

    /// The year's head nearest above a row, where the row of heads shows it once.
    private func headPlace(
        of grid: FormAnchors.GridLabel, above row: Int, in sheet: Int
    ) -> LabelIndex.Place? {
        guard let headRow = headRow(of: grid, above: row, in: sheet) else { return nil }
        let places = labels.places(of: grid.head, in: sheet).filter { $0.row == headRow }
        return places.count == 1 ? places[0] : nil
    }

    /// The year that stands over a cell.
    private func head(over position: Position, of grid: FormAnchors.GridLabel) -> LabelKey? {
        headRow(of: grid, above: position.row, in: position.sheet).flatMap {
            labels.label(inSheet: position.sheet, row: $0, column: position.column)
        }
    }

    private func headRow(of grid: FormAnchors.GridLabel, above row: Int, in sheet: Int) -> Int? {
        grid.heads.lazy.flatMap { labels.places(of: $0, in: sheet) }.map(\.row).filter { $0 < row }.max()
    }
}
