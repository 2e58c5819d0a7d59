import Records

/// `bao_cao_xa_cong`: whole numbers of the accepted reports summed over the years, for each unit with what became part
/// of it. Rates have decimals and are left out, as they do not add up.
struct ReportSums: Sendable {
    private var numbers: [Receipt: (unit: UnitCode, values: [String: Int])] = [:]
    private var sums: [UnitCode: [String: Int]] = [:]
    private var rows: [UnitCode: [String]] = [:]
    private var questions: [String] = []
    /// The units in whose sums a unit's reports count: itself and its successors.
    private let holders: [UnitCode: [UnitCode]]
    private let order: [UnitCode]

    init(units: Units, on day: CivilDate) {
        order = units.codes
        holders = Dictionary(
            uniqueKeysWithValues: order.map { ($0, [$0] + units.successors(of: $0, on: day)) })
    }

    mutating func set(_ figures: AcceptedFigures) {
        if let earlier = numbers[figures.receipt] { add(earlier.values, of: earlier.unit, times: -1) }
        let values = figures.values.compactMapValues { text in
            Int(text).flatMap { abs($0) < 1_000_000_000_000_000 ? $0 : nil }
        }
        numbers[figures.receipt] = (figures.key.unit, values)
        add(values, of: figures.key.unit, times: 1)
    }

    private mutating func add(_ values: [String: Int], of unit: UnitCode, times: Int) {
        let added = Set(values.keys).subtracting(questions)
        if !added.isEmpty {
            questions = (questions + added).sorted()
            rows = [:]
        }
        for holder in holders[unit] ?? [unit] {
            sums[holder, default: [:]].merge(values.mapValues { $0 * times }, uniquingKeysWith: +)
            rows[holder] = nil
        }
        for holder in order where rows[holder] == nil {
            guard let sum = sums[holder] else { continue }
            rows[holder] = [holder.rawValue, holder.rawValue] + questions.map { sum[$0].map { String($0) } ?? "" }
        }
    }

    var table: ReferenceTable {
        ReferenceTable(columns: ["khoa", "ma_don_vi"] + questions, rows: order.compactMap { rows[$0] })
    }
}
