import Records

/// The accepted submissions of one form, and the table that they make: `khoa`, which unit, when received, and every
/// answer outside repeats. The latest received stands first, and so is the one found where several have one key.
struct FormTable: Sendable {
    private(set) var figures: [Receipt: AcceptedFigures]
    private var questions: Set<String>
    private let zone: OfficeZone

    private static let fixed = ["khoa", "ma_don_vi", "ky", "dot", "ma_tiep_nhan", "ngay_nhan"]

    /// - Parameter questions: sorted; those that bear the name of a fixed column are left out.
    static func columns(_ questions: [String]) -> [String] { fixed + questions.filter { !fixed.contains($0) } }

    init(figures: [AcceptedFigures], zone: OfficeZone) {
        self.zone = zone
        self.figures = Dictionary(figures.map { ($0.receipt, $0) }, uniquingKeysWith: { _, later in later })
        questions = Set(figures.flatMap(\.values.keys))
    }

    /// Puts a submission in the place of its earlier revision.
    /// - Returns: the earlier one.
    mutating func set(_ figures: AcceptedFigures) -> AcceptedFigures? {
        questions.formUnion(figures.values.keys)
        return self.figures.updateValue(figures, forKey: figures.receipt)
    }

    /// Written out whole: for those who look something up in it.
    var table: ReferenceTable {
        let columns = Self.columns(questions.sorted())
        let rows = figures.values.sorted(by: Self.isLater).map { row(of: $0, columns.dropFirst(Self.fixed.count)) }
        return ReferenceTable(columns: columns, rows: rows)
    }

    private func row(of figures: AcceptedFigures, _ questions: ArraySlice<String>) -> [String] {
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
