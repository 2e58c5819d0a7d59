import Records

/// The accepted submissions of one form as a table: `khoa`, which unit, when received, and every answer outside repeats.
struct FormTable: Sendable {
    private(set) var table: ReferenceTable
    private let zone: OfficeZone
    private var rows: [Receipt: (figures: AcceptedFigures, row: [String])] = [:]
    private var questions: [String]

    private static let fixed = ["khoa", "ma_don_vi", "ky", "dot", "ma_tiep_nhan", "ngay_nhan"]

    /// - Parameter figures: the latest received first; of several with one key the first is found.
    init(figures: [AcceptedFigures], zone: OfficeZone) {
        self.zone = zone
        questions = []
        table = ReferenceTable(columns: Self.fixed, rows: [])
        update(to: figures)
    }

    mutating func update(to all: [AcceptedFigures]) {
        let fresh = all.filter { rows[$0.receipt]?.figures != $0 }
        let added = Set(fresh.flatMap(\.values.keys)).subtracting(questions).subtracting(Self.fixed)
        if !added.isEmpty {
            questions = (questions + added).sorted()
            rows = [:]
        }
        var texts: [[String]] = []
        texts.reserveCapacity(all.count)
        for figures in all {
            if let row = rows[figures.receipt], row.figures == figures {
                texts.append(row.row)
            } else {
                let row = row(of: figures)
                rows[figures.receipt] = (figures, row)
                texts.append(row)
            }
        }
        table = ReferenceTable(columns: Self.fixed + questions, rows: texts)
    }

    private func row(of figures: AcceptedFigures) -> [String] {
        let key = figures.key
        let khoa = [key.unit.rawValue, key.period ?? key.stage].compactMap { $0 }.joined(separator: "-")
        return [
            khoa, key.unit.rawValue, key.period ?? "", key.stage ?? "", figures.receipt.description,
            CivilDate(figures.received, in: zone).description,
        ] + questions.map { figures.values[$0] ?? "" }
    }
}
