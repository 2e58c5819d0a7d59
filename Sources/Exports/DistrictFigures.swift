import Campaign
package import Foundation
package import Records

/// The year's figures of the district and of each commune, as the office and its chairman look at them. No household is
/// named in them.
package struct DistrictFigures: Sendable {
    /// What the district's plan aims at (section II of the plan).
    package enum Aim {
        /// Percent of poor households, to be fallen below by the end of `year`.
        package static let rate = Decimal(5)
        package static let year = 2020
        /// Percentage points a year.
        package static let fall: ClosedRange<Decimal> = 1...2
    }

    /// The district at the end of a year. A commune of which nothing is known yet stands with its figures of the year
    /// before, so that a rate made of few communes is not held against one of all.
    package struct Year: Sendable {
        package let year: Int
        package let households: Int
        package let poor: Int
        package let nearPoor: Int
        /// Communes whose figures of this very year are known, and all of them.
        package let known: Int
        package let of: Int
        /// All communes, and all of it final.
        package let isOfficial: Bool

        /// Percent: sums over sums, never a mean of rates.
        package var rate: Decimal? {
            households > 0 ? (Decimal(poor) * 100 / Decimal(households)).rounded(2) : nil
        }
    }

    /// How households moved in the year, in the communes that have reported all of it.
    package struct Movement: Sendable {
        package let opening: Decimal
        package let escaped: Decimal
        package let otherLoss: Decimal
        package let again: Decimal
        package let new: Decimal
        package let otherGain: Decimal
        package let closing: Decimal
    }

    package let report: ConsolidatedReport
    package let years: [Year]
    /// The mean yearly fall since the first year that is known, in percentage points, over the communes known in both.
    package let meanFall: (points: Decimal, since: Int)?

    package init(_ report: ConsolidatedReport) {
        self.report = report
        let byYear = Dictionary(grouping: report.history, by: \.year)
        let count = report.communes.count
        years = byYear.keys.sorted().map { year in
            Self.year(year, byYear[year] ?? [], before: byYear[year - 1] ?? [], of: count)
        }
        meanFall = Self.meanFall(byYear, until: report.year)
    }

    private static func year(
        _ year: Int, _ communes: [CommuneYear], before: [CommuneYear], of count: Int
    ) -> Year {
        let known = Set(communes.map(\.unit))
        let closings = (communes + before.filter { !known.contains($0.unit) }).map(\.closing)
        return Year(
            year: year, households: closings.reduce(0) { $0 + $1.total }, poor: closings.reduce(0) { $0 + $1.poor },
            nearPoor: closings.reduce(0) { $0 + $1.nearPoor }, known: communes.count, of: count,
            isOfficial: communes.count == count && communes.allSatisfy { $0.source != .provisional })
    }

    private static func meanFall(_ byYear: [Int: [CommuneYear]], until year: Int) -> (Decimal, Int)? {
        guard let first = byYear.keys.min(), first < year else { return nil }
        let ends = Dictionary((byYear[year] ?? []).map { ($0.unit, $0.closing) }, uniquingKeysWith: { one, _ in one })
        let both = (byYear[first] ?? []).compactMap { start in ends[start.unit].map { (start.closing, $0) } }
        let totals = both.reduce((0, 0)) { ($0.0 + $1.0.total, $0.1 + $1.1.total) }
        guard totals.0 > 0, totals.1 > 0 else { return nil }
        let poor = both.reduce((0, 0)) { ($0.0 + $1.0.poor, $0.1 + $1.1.poor) }
        let before = Decimal(poor.0) * 100 / Decimal(totals.0)
        let after = Decimal(poor.1) * 100 / Decimal(totals.1)
        return (((before - after) / Decimal(year - first)).rounded(2), first)
    }

    // MARK: The four figures

    private var reported: ReportGroup { ReportGroup(reports: report.communes.filter(\.isThere)) }

    /// How many communes have a report that counts, and how many owe one.
    package var count: (reported: Int, of: Int) { (report.communes.count(where: \.isThere), report.communes.count) }

    /// Percent of poor households in the communes that have reported.
    package var rate: Decimal? { reported.rate(Households.poor.closing, of: "tong_cuoi") }

    /// By how many points it fell in the year, in the same communes.
    package var fall: Decimal? { reported.fall(.poor) }

    /// With the closing figures of the year before for those that have not reported; nil when all have, or those are not
    /// known.
    package var rateWithLastYears: Decimal? {
        let missing = report.communes.filter { !$0.isThere }
        return missing.isEmpty
            ? nil : ConsolidatedReport.rateWithLastYears(.poor, report.communes.filter(\.isThere), missing)
    }

    package var escaped: Decimal? { reported.sum(Households.poor.escaped) }

    /// Đồng, as the communes report what they raised.
    package var resources: Decimal? { reported.sum("nl_gia_tri") }

    package var missing: [String] { report.communes.filter { !$0.isThere }.map(\.name) }

    package var isOfficial: Bool {
        missing.isEmpty && report.communes.allSatisfy(\.isOfficial)
    }

    // MARK: Movements

    /// Of poor or near-poor households; of one commune, or of all that have reported.
    package func movement(isNearPoor: Bool = false, of unit: UnitCode? = nil) -> Movement? {
        let kind = isNearPoor ? Households.nearPoor : .poor
        let group = unit.map { unit in ReportGroup(reports: report.communes.filter { $0.unit == unit }) } ?? reported
        guard let opening = group.sum(kind.opening), let closing = group.sum(kind.closing) else { return nil }
        return Movement(
            opening: opening, escaped: group.sum(kind.escaped) ?? 0, otherLoss: group.sum(kind.otherLoss) ?? 0,
            again: group.sum(kind.again) ?? 0, new: group.sum(kind.new) ?? 0,
            otherGain: group.sum(kind.otherGain) ?? 0, closing: closing)
    }
}

extension UnitReport {
    /// The unit says that its figures are final.
    package var isOfficial: Bool { value("tinh_chat") == "chinh_thuc" }

    /// Percent of poor households at the beginning and the end of the year, as reported, and at its end as planned.
    package var poorRates: (start: Decimal?, end: Decimal?, planned: Decimal?) {
        let own = ReportGroup(reports: [self])
        let start = own.rate(Households.poor.opening, of: "tong_dau")
        let planned = start.flatMap { start in target.poor.map { start - $0 } }
        return (start, own.rate(Households.poor.closing, of: "tong_cuoi"), planned)
    }
}
