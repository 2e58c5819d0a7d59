import Records

/// `dau_ky` and `so_lieu_nam`: opening figures and yearly results, from accepted reports or else from `so_lieu_goc`,
/// summed over predecessors.
struct YearTables: Sendable {
    private var reports: [UnitYear: YearFigures] = [:]
    private var reporters: [Receipt: UnitYear] = [:]
    private let baselines: [UnitYear: ClosingFigures]
    private let targets: [UnitYear: Plan.Target]
    /// Whether a target has to be exceeded.
    private let isBeyond: Bool
    /// For each unit and year of its being: whose closing figures of the year before are its opening figures. The
    /// ground is that of the year itself.
    private let openings: [TerritoryRow]
    /// For each unit of the day and each year: whose figures of that year are its own. The ground is today's.
    private let years: [TerritoryRow]
    /// Which rows of either list read the figures of a unit and year.
    private let openingReaders: [UnitYear: [Int]]
    private let yearReaders: [UnitYear: [Int]]
    /// The rows as last computed; nil where nothing is known.
    private var openingRows: [[String]?]
    private var yearRows: [[String]?]

    init(campaign: CampaignBook, on day: CivilDate) {
        baselines = Dictionary(
            campaign.plan.baselines.map { (UnitYear(unit: $0.unit, year: $0.year), $0.figures) },
            uniquingKeysWith: { first, _ in first })
        targets = Dictionary(
            campaign.plan.targets.map { (UnitYear(unit: $0.unit, year: $0.year), $0) },
            uniquingKeysWith: { first, _ in first })
        isBeyond = campaign.plan.decision(.reachedAndExceeded)?.value == "lon_hon"
        let units = campaign.units
        let communes = units.codes.filter { code in units.rows.contains { $0.code == code && $0.kind == .commune } }
        // The year after the last one that the plan knows has opening figures as well.
        let range = campaign.plan.years.map { $0.lowerBound...($0.upperBound + 1) }
        var openings: [TerritoryRow] = []
        var years: [TerritoryRow] = []
        for year in range.map(Array.init) ?? [] {
            guard let end = CivilDate(year: year, month: 12, day: 31) else { continue }
            for unit in communes {
                let place = UnitYear(unit: unit, year: year)
                if units.exists(unit, in: year) {
                    let before = units.territory(of: unit, inYear: year - 1, asOf: end)
                    openings.append(TerritoryRow(place: place, key: place.key, sources: before))
                }
                let during = units.territory(of: unit, inYear: year, asOf: max(day, end))
                years.append(TerritoryRow(place: place, key: place.key, sources: during))
            }
        }
        self.openings = openings
        self.years = years
        openingReaders = Self.readers(of: openings) { $0.sources + [$0.place.yearBefore] }
        yearReaders = Self.readers(of: years) { row in
            let ground = row.sources + [row.place]
            return ground + ground.map(\.yearBefore)
        }
        openingRows = []
        yearRows = []
        openingRows = openings.map(openingRow)
        yearRows = years.map(yearRow)
    }

    private static func readers(
        of rows: [TerritoryRow], reading: (TerritoryRow) -> [UnitYear]
    ) -> [UnitYear: [Int]] {
        var readers: [UnitYear: [Int]] = [:]
        for (index, row) in rows.enumerated() {
            for place in Set(reading(row)) { readers[place, default: []].append(index) }
        }
        return readers
    }

    /// Takes up reports in the place of their earlier revisions, and computes again the rows that read them.
    mutating func set(_ figures: [AcceptedFigures]) {
        var changed = Set<UnitYear>()
        for figures in figures {
            if let earlier = reporters[figures.receipt] {
                reports[earlier] = nil
                changed.insert(earlier)
            }
            guard let year = figures.key.period.flatMap({ Int($0) }) else { continue }
            let place = UnitYear(unit: figures.key.unit, year: year)
            reporters[figures.receipt] = place
            reports[place] = YearFigures(report: figures.values)
            changed.insert(place)
        }
        for index in Set(changed.flatMap { openingReaders[$0] ?? [] }) {
            openingRows[index] = openingRow(openings[index])
        }
        for index in Set(changed.flatMap { yearReaders[$0] ?? [] }) { yearRows[index] = yearRow(years[index]) }
    }

    /// The rows of both tables that read the figures of a unit and year.
    func rowsFed(by place: UnitYear) -> [(table: String, key: String)] {
        (openingReaders[place] ?? []).map { ("dau_ky", openings[$0].key) }
            + (yearReaders[place] ?? []).map { ("so_lieu_nam", years[$0].key) }
    }

    // MARK: Looking up and summing

    private struct Known {
        var figures: ClosingFigures
        var isReported: Bool
        var isOfficial = true
    }

    private func closing(_ place: UnitYear) -> Known? {
        if let report = reports[place] {
            return Known(figures: report.closing, isReported: true, isOfficial: report.isOfficial)
        }
        return baselines[place].map { Known(figures: $0, isReported: false) }
    }

    /// The sum over all sources; nil when one is missing, unless the sum itself was entered by hand.
    private func closing(_ sources: [UnitYear], of whole: UnitYear) -> Known? {
        var sum: Known?
        for source in sources {
            guard let part = closing(source) else {
                sum = nil
                break
            }
            sum =
                sum.map {
                    Known(
                        figures: $0.figures + part.figures, isReported: $0.isReported && part.isReported,
                        isOfficial: $0.isOfficial && part.isOfficial)
                } ?? part
        }
        if sum == nil, !sources.contains(whole) { return closing(whole) }
        return sum
    }

    /// Opening figures of the year: as every report of it states them, else the closing figures of the year before.
    private func opening(of row: TerritoryRow) -> ClosingFigures? {
        let stated = row.sources.compactMap { reports[$0]?.opening }
        if !stated.isEmpty, stated.count == row.sources.count {
            return stated.dropFirst().reduce(stated[0], +)
        }
        return closing(row.sources.map(\.yearBefore), of: row.place.yearBefore)?.figures
    }

    /// The target of the year; that of several units is their mean weighted by households.
    private func target(of row: TerritoryRow, _ kind: KeyPath<Plan.Target, Int?>) -> YearFigures.Fraction? {
        if row.sources.count <= 1 {
            let target = targets[row.sources.first ?? row.place] ?? targets[row.place]
            return target?[keyPath: kind].map { YearFigures.Fraction(above: Int128($0), below: 1) }
        }
        var sum = YearFigures.Fraction(above: 0, below: 0)
        for source in row.sources {
            guard let target = targets[source]?[keyPath: kind] else { return nil }
            guard let weight = reports[source]?.opening?.total ?? closing(source)?.figures.total else { return nil }
            sum.above += Int128(target) * Int128(weight)
            sum.below += Int128(weight)
        }
        return sum.below > 0 ? sum : nil
    }

    // MARK: The tables

    /// `tong`, `ngheo`, `can` at the beginning of the year; `nguon` says from what.
    var openingTable: ReferenceTable {
        ReferenceTable(
            columns: ["khoa", "ma_don_vi", "nam", "tong", "ngheo", "can", "nguon"], rows: openingRows.compactMap { $0 })
    }

    private func openingRow(_ row: TerritoryRow) -> [String]? {
        guard let known = closing(row.sources, of: row.place.yearBefore) else { return nil }
        return [
            row.key, row.place.unit.rawValue, String(row.place.year), String(known.figures.total),
            String(known.figures.poor), String(known.figures.nearPoor), known.isReported ? "bao_cao" : "so_lieu_goc",
        ]
    }

    /// Closing figures, rates and reductions of a year, and whether both targets were reached: `co`, `khong`,
    /// `chua_co_chi_tieu`, or blank where the year before is not known.
    var yearTable: ReferenceTable {
        ReferenceTable(
            columns: [
                "khoa", "ma_don_vi", "nam", "tong", "ngheo", "can", "tl_ngheo", "tl_can", "giam_ngheo", "giam_can",
                "dat_chi_tieu", "nguon",
            ], rows: yearRows.compactMap { $0 })
    }

    private func yearRow(_ row: TerritoryRow) -> [String]? {
        guard let known = closing(row.sources, of: row.place) else { return nil }
        let figures = known.figures
        let year = YearFigures(opening: opening(of: row), closing: figures)
        func text(_ hundredths: Int?) -> String { hundredths.map(YearFigures.decimal) ?? "" }
        return [
            row.key, row.place.unit.rawValue, String(row.place.year), String(figures.total), String(figures.poor),
            String(figures.nearPoor), text(YearFigures.rate(figures.poor, of: figures.total)),
            text(YearFigures.rate(figures.nearPoor, of: figures.total)), text(year.reduction(\.poor)),
            text(year.reduction(\.nearPoor)), result(of: year, row), known.isReported ? "bao_cao" : "so_lieu_goc",
        ]
    }

    private func result(of year: YearFigures, _ row: TerritoryRow) -> String {
        guard year.reduction(\.poor) != nil else { return "" }
        guard let poor = target(of: row, \.poor), let nearPoor = target(of: row, \.nearPoor),
            let reachesPoor = year.reaches(poor, \.poor, beyond: isBeyond),
            let reachesNearPoor = year.reaches(nearPoor, \.nearPoor, beyond: isBeyond)
        else { return "chua_co_chi_tieu" }
        return reachesPoor && reachesNearPoor ? "co" : "khong"
    }

    // MARK: For people

    /// The rows of `so_lieu_nam` as values.
    var communeYears: [CommuneYear] { years.compactMap(communeYear) }

    private func communeYear(_ row: TerritoryRow) -> CommuneYear? {
        guard let known = closing(row.sources, of: row.place) else { return nil }
        func hundredths(_ kind: KeyPath<Plan.Target, Int?>) -> Int? {
            target(of: row, kind).map { Int(clamping: ($0.above * 2 + $0.below) / ($0.below * 2)) }
        }
        return CommuneYear(
            unit: row.place.unit, year: row.place.year, opening: opening(of: row), closing: known.figures,
            source: !known.isOfficial ? .provisional : known.isReported ? .official : .baseline,
            target: .init(poor: hundredths(\.poor), nearPoor: hundredths(\.nearPoor)))
    }
}
