import Records

/// The question and row that a finding is about, worked out from its cell in the sender's workbook.
struct FindingPlaces {
    private let byCell: [CellReference: EntryFill.Place]

    init(bound: BoundWorkbook) {
        let pairs = bound.answers.compactMap { answer in
            answer.cell.map { ($0, EntryFill.Place(question: answer.question, row: answer.row)) }
        }
        byCell = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// nil for findings about a whole workbook or file.
    func place(of finding: Finding) -> EntryFill.Place? {
        if let cell = finding.cell, let place = byCell[cell] { return place }
        return finding.question.map { EntryFill.Place(question: $0, row: nil) }
    }
}

extension EntryLayout {
    /// Where a question stands in this workbook, which need not be where it stood in the sender's.
    func cell(of place: EntryFill.Place) -> CellReference? {
        for sheet in sheets {
            for element in sheet.elements {
                switch element {
                case .field(let row, let slot) where slot.question.name == place.question:
                    return CellReference(sheet: sheet.name, row: row, column: sheet.answerColumns.lowerBound)
                case .grid(let grid):
                    for line in grid.lines {
                        guard let index = line.cells.firstIndex(where: { $0.slot?.question.name == place.question })
                        else { continue }
                        return CellReference(
                            sheet: sheet.name, row: line.row, column: sheet.answerColumns.lowerBound + index)
                    }
                case .table(let table):
                    guard let index = table.slots.firstIndex(where: { $0.question.name == place.question }) else {
                        continue
                    }
                    let row = table.firstRow + (place.row ?? 1) - 1
                    return CellReference(sheet: sheet.name, row: row, column: table.column(of: index))
                default: continue
                }
            }
        }
        return nil
    }
}
