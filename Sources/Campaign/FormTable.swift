import Records

/// The accepted submissions of one form as a table: `khoa`, which unit, when received, and every answer outside repeats.
/// The latest received stands first, and so is the one found where several have one key.
struct FormTable: Sendable {
    private(set) var table: ReferenceTable
    private var entries: [Entry]
    private var questions: [String]
    private let zone: OfficeZone

    private struct Entry: Sendable {
        let figures: AcceptedFigures
        var row: [String]
    }

    private static let fixed = ["khoa", "ma_don_vi", "ky", "dot", "ma_tiep_nhan", "ngay_nhan"]

    /// - Parameter questions: sorted; those that bear the name of a fixed column are left out.
    static func columns(_ questions: [String]) -> [String] { fixed + questions.filter { !fixed.contains($0) } }

    init(figures: [AcceptedFigures], zone: OfficeZone) {
        self.zone = zone
        questions = Set(figures.flatMap(\.values.keys)).subtracting(Self.fixed).sorted()
        entries = figures.sorted(by: Self.isLater).map { Entry(figures: $0, row: []) }
        table = ReferenceTable(columns: [], rows: [])
        writeRows()
        writeTable()
    }

    var figures: some Sequence<AcceptedFigures> { entries.lazy.map(\.figures) }

    /// Puts a submission in the place of its earlier revision.
    mutating func set(_ figures: AcceptedFigures) {
        entries.removeAll { $0.figures.receipt == figures.receipt }
        let place = entries.firstIndex { !Self.isLater($0.figures, figures) } ?? entries.count
        entries.insert(Entry(figures: figures, row: []), at: place)
        let added = Set(figures.values.keys).subtracting(questions).subtracting(Self.fixed)
        if added.isEmpty {
            entries[place].row = row(of: figures)
        } else {
            questions = (questions + added).sorted()
            writeRows()
        }
        writeTable()
    }

    private mutating func writeRows() {
        for index in entries.indices { entries[index].row = row(of: entries[index].figures) }
    }

    private mutating func writeTable() {
        table = ReferenceTable(columns: Self.columns(questions), rows: entries.map(\.row))
    }

    private func row(of figures: AcceptedFigures) -> [String] {
        let key = figures.key
        return [
            Self.khoa(of: key), key.unit.rawValue, key.period ?? "", key.stage ?? "", figures.receipt.description,
            CivilDate(figures.received, in: zone).description,
        ] + questions.map { figures.values[$0] ?? "" }
    }

    /// The unit, with the year or else the stage where there is one.
    static func khoa(of key: SubmissionKey) -> String {
        [key.unit.rawValue, key.period ?? key.stage].compactMap { $0 }.joined(separator: "-")
    }

    private static func isLater(_ left: AcceptedFigures, _ right: AcceptedFigures) -> Bool {
        if left.received != right.received { return left.received > right.received }
        return (left.receipt.year, left.receipt.number) > (right.receipt.year, right.receipt.number)
    }
}
