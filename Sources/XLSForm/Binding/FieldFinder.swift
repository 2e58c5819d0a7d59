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
/// gives its weight to the cell that it points to, and the heaviest cell wins.
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
    /// For each sheet of the layout, the workbook's sheet that shows most of its labels.
    private let sectionSheets: [Int?]

    /// So many copies of a sheet are looked at.
    private static let mostCopies = 50

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

    /// A cell that a field's carriers point to, and how much they weigh together.
    private struct Claim {
        /// Its index among the fields.
        let field: Int
        let position: Position
        let weight: Int
        let isMarked: Bool
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
        sectionSheets = anchors.keysByPlan.map { keys in
            let counts = sheets.sorted().map { (sheet: $0, count: labels.count(of: keys, in: $0)) }
            guard let best = counts.max(by: { ($0.count, -$0.sheet) < ($1.count, -$1.sheet) }), best.count > 0 else {
                return nil
            }
            return best.sheet
        }
    }

    /// The cell of each field by its slot's name; a field is missing when no carrier points anywhere.
    ///
    /// No cell answers two questions. Where several fields point to one, it is the heaviest one's, and the others fall
    /// back on their next candidates: a name that was dragged onto another field's cell takes nothing from it.
    func find(_ fields: [FormAnchors.Field]) -> [String: FoundField] {
        let all = fields.enumerated().flatMap { index, field in claims(of: field, index) }
        // Of equal weight: the form's order, then the first sheet, the first row.
        func order(_ claim: Claim) -> (Int, Int, Int, Int, Int) {
            (-claim.weight, claim.field, claim.position.sheet, claim.position.row, claim.position.column)
        }
        var found: [String: FoundField] = [:]
        var taken: Set<Position> = []
        for claim in all.sorted(by: { order($0) < order($1) }) {
            let name = fields[claim.field].slot.name
            guard found[name] == nil, taken.insert(claim.position).inserted else { continue }
            found[name] = FoundField(
                sheet: claim.position.sheet, row: claim.position.row, column: claim.position.column,
                isByLabelOnly: !claim.isMarked)
        }
        return found
    }

    /// Every cell that a carrier points to.
    private func claims(of field: FormAnchors.Field, _ index: Int) -> [Claim] {
        var weights: [Position: Int] = [:]
        var isMarked: Set<Position> = []
        let name = field.slot.name.lowercased()
        for (isLocal, target) in namesByText[name] ?? [] {
            guard let sheet = sheetIndexes[target.sheet], sheets.contains(sheet) else { continue }
            let position = Position(sheet: sheet, row: target.range.firstRow, column: target.range.firstColumn)
            weights[position, default: 0] += isLocal ? Weight.localName : Weight.name
            isMarked.insert(position)
        }
        for tag in (tagsByText[name] ?? []).prefix(Self.mostCopies) where sheets.contains(tag.sheet) {
            let position = answer(taggedBy: tag, field)
            weights[position, default: 0] += Weight.tag
            isMarked.insert(position)
        }
        for position in labelled(field) { weights[position, default: 0] += Weight.label }
        if let position = original(field) { weights[position, default: 0] += Weight.coordinates }
        return weights.map {
            Claim(field: index, position: $0.key, weight: $0.value, isMarked: isMarked.contains($0.key))
        }
    }

    /// In the tag's row, beside the label where it stands there, else as far from the tag as it was.
    private func answer(taggedBy tag: WorkbookMarks.Tag, _ field: FormAnchors.Field) -> Position {
        let inRow = field.keys.flatMap { labels.places(of: $0, in: tag.sheet) }.filter { $0.row == tag.row }
        let distance = anchors.layout.sheets[field.plan].answerColumns.lowerBound - EntryLayout.tagColumn
        let column = inRow.count == 1 ? inRow[0].lastColumn + 1 : tag.column + distance
        return Position(sheet: tag.sheet, row: tag.row, column: column)
    }

    /// Beside the label, where the section's sheet has it once.
    private func labelled(_ field: FormAnchors.Field) -> [Position] {
        guard !field.isLabelShared, let sheet = sectionSheets[field.plan] else { return [] }
        let places = field.keys.flatMap { labels.places(of: $0, in: sheet) }
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
            field.keys.contains(label)
        else { return nil }
        return Position(sheet: sheet, row: field.row, column: plan.answerColumns.lowerBound)
    }
}
