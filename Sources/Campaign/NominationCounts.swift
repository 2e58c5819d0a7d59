import Records

/// `ho_so_da_nhan`: how many nominations of a unit a stage holds; `thon_da_nop`: the same of a hamlet.
struct NominationCounts: Sendable {
    private var byUnit: [String: Int] = [:]
    private var byHamlet: [String: Int] = [:]

    static let unitTable = "ho_so_da_nhan"
    static let hamletTable = "thon_da_nop"
    /// The form that names a hamlet which may be nominated once in a stage.
    static let hamletNomination = "dn_thon"

    mutating func add(_ figures: AcceptedFigures) { count(figures, 1) }

    mutating func remove(_ figures: AcceptedFigures) { count(figures, -1) }

    private mutating func count(_ figures: AcceptedFigures, _ step: Int) {
        guard figures.receipt.kind == .nomination, let stage = figures.key.stage else { return }
        byUnit["\(figures.key.unit)-\(stage)", default: 0] += step
        if figures.key.form == Self.hamletNomination, let hamlet = figures.values["thon"] {
            byHamlet["\(stage)-\(hamlet)", default: 0] += step
        }
    }

    var unitTable: ReferenceTable { Self.table(byUnit) }
    var hamletTable: ReferenceTable { Self.table(byHamlet) }

    private static func table(_ counts: [String: Int]) -> ReferenceTable {
        ReferenceTable(
            columns: ["khoa", "so_ho_so"],
            rows: counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
    }
}
