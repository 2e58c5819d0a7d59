import Records

/// `dau_ky` and `so_lieu_nam`: opening figures and yearly results, from accepted reports or else from `so_lieu_goc`,
/// summed over predecessors.
struct YearTables: Sendable {
    private var reports: [UnitYear: YearFigures] = [:]
    private var reporters: [Receipt: UnitYear] = [:]
    private let baselines: [UnitYear: ClosingFigures]
    private let targets: [UnitYear: Plan.Target]
    /// For each unit and year of its being: whose closing figures of the year before are its opening figures. The
    /// ground is that of the year itself.
    private let openings: [TerritoryRow]
    /// For each unit of the day and each year: whose figures of that year are its own. The ground is today's.
    private let years: [TerritoryRow]

    init(campaign: CampaignBook, on day: CivilDate) {
        baselines = Dictionary(
            campaign.plan.baselines.map { (UnitYear(unit: $0.unit, year: $0.year), $0.figures) },
            uniquingKeysWith: { first, _ in first })
        targets = Dictionary(
            campaign.plan.targets.map { (UnitYear(unit: $0.unit, year: $0.year), $0) },
            uniquingKeysWith: { first, _ in first })
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
                let before = units.territory(of: unit, inYear: year - 1, asOf: end)
                openings.append(TerritoryRow(place: place, key: place.key, sources: before))
                let during = units.territory(of: unit, inYear: year, asOf: max(day, end))
                years.append(TerritoryRow(place: place, key: place.key, sources: during))
            }
        }
        self.openings = openings
        self.years = years
    }

    /// Takes up a report in the place of its earlier revision.
    mutating func set(_ figures: AcceptedFigures) {
        if let earlier = reporters[figures.receipt] { reports[earlier] = nil }
        guard let year = figures.key.period.flatMap({ Int($0) }) else { return }
        let place = UnitYear(unit: figures.key.unit, year: year)
        reporters[figures.receipt] = place
        reports[place] = YearFigures(report: figures.values)
    }

    // MARK: Looking up and summing

    private struct Known {
        var figures: ClosingFigures
        var isReported: Bool
    }

    private func closing(_ place: UnitYear) -> Known? {
        if let report = reports[place] { return Known(figures: report.closing, isReported: true) }
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
                sum.map { Known(figures: $0.figures + part.figures, isReported: $0.isReported && part.isReported) }
                ?? part
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
        let before = row.sources.map { UnitYear(unit: $0.unit, year: $0.year - 1) }
        return closing(before, of: UnitYear(unit: row.place.unit, year: row.place.year - 1))?.figures
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
        let rows: [[String]] = openings.compactMap { row in
            let whole = UnitYear(unit: row.place.unit, year: row.place.year - 1)
            guard let known = closing(row.sources, of: whole) else { return nil }
            return [
                row.key, row.place.unit.rawValue, String(row.place.year), String(known.figures.total),
                String(known.figures.poor), String(known.figures.nearPoor),
                known.isReported ? "bao_cao" : "so_lieu_goc",
            ]
        }
        return ReferenceTable(columns: ["khoa", "ma_don_vi", "nam", "tong", "ngheo", "can", "nguon"], rows: rows)
    }

    /// Closing figures, rates and reductions of a year, and whether both targets were reached: `co`, `khong`,
    /// `chua_co_chi_tieu`, or blank where the year before is not known.
    var yearTable: ReferenceTable {
        let rows: [[String]] = years.compactMap { row in
            guard let known = closing(row.sources, of: row.place) else { return nil }
            let year = YearFigures(opening: opening(of: row), closing: known.figures)
            func text(_ hundredths: Int?) -> String { hundredths.map(YearFigures.decimal) ?? "" }
            return [
                row.key, row.place.unit.rawValue, String(row.place.year), String(known.figures.total),
                String(known.figures.poor), String(known.figures.nearPoor),
                text(YearFigures.rate(known.figures.poor, of: known.figures.total)),
                text(YearFigures.rate(known.figures.nearPoor, of: known.figures.total)), text(year.reduction(\.poor)),
                text(year.reduction(\.nearPoor)), result(of: year, row), known.isReported ? "bao_cao" : "so_lieu_goc",
            ]
        }
        return ReferenceTable(
            columns: [
                "khoa", "ma_don_vi", "nam", "tong", "ngheo", "can", "tl_ngheo", "tl_can", "giam_ngheo", "giam_can",
                "dat_chi_tieu", "nguon",
            ], rows: rows)
    }

    private func result(of year: YearFigures, _ row: TerritoryRow) -> String {
        guard year.reduction(\.poor) != nil else { return "" }
        guard let poor = target(of: row, \.poor), let nearPoor = target(of: row, \.nearPoor),
            let reachesPoor = year.reaches(poor, \.poor), let reachesNearPoor = year.reaches(nearPoor, \.nearPoor)
        else { return "chua_co_chi_tieu" }
        return reachesPoor && reachesNearPoor ? "co" : "khong"
    }
}
