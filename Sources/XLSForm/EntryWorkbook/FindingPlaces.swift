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
