import Campaign
package import Foundation
package import Intake
package import Ledger
package import Records
import XLSForm

/// What a commune reports of its households, held against last year, its own list and the official figure.
package struct Reconciliation: Sendable {
    /// Poor or near-poor households.
    package struct Figures: Sendable {
        /// At the end of the year before, as the office knows it.
        package let lastClosing: Decimal?
        package let opening: Decimal?
        package let closing: Decimal?
        /// Rows of the list of households that stand so at the end of the year.
        package let listed: Decimal?
        /// As the Labour office has it from its own document: the plan's sheet `so_lieu_goc`.
        package let official: Decimal?

        package var openingGap: Decimal? { Self.gap(opening, lastClosing) }
        package var listGap: Decimal? { Self.gap(listed, closing) }
        package var officialGap: Decimal? { Self.gap(closing, official) }

        private static func gap(_ one: Decimal?, _ other: Decimal?) -> Decimal? {
            one.flatMap { one in other.map { one - $0 } }
        }

        fileprivate var hasGap: Bool { [openingGap, listGap, officialGap].contains { $0.map { $0 != 0 } ?? false } }
    }

    package struct Line: Sendable {
        package let unit: UnitCode
        package let name: String
        package let receipt: Receipt?
        package let poor: Figures
        package let nearPoor: Figures

        package var hasGap: Bool { poor.hasGap || nearPoor.hasGap }
    }

    /// Differences on top, then whoever has reported nothing, each in the official order.
    package let lines: [Line]

    package init(_ report: ConsolidatedReport, _ office: Office, _ stored: LedgerView) throws {
        let year = report.year
        let lists = try stored.acceptedFigures(forms: ["danh_sach_ho"]).filter { $0.key.period == String(year) }
        let byUnit = Dictionary(lists.map { ($0.key.unit, $0.values) }, uniquingKeysWith: { one, _ in one })
        let all = report.communes.compactMap { commune -> Line? in
            guard let unit = commune.unit else { return nil }
            let own = ReportGroup(reports: [commune])
            let list = byUnit[unit] ?? [:]
            let official = office.campaign.plan.baseline(unit, year)?.figures
            func figures(_ kind: Households, _ last: Decimal?, _ sum: String, _ official: Int?) -> Figures {
                Figures(
                    lastClosing: last, opening: own.sum(kind.opening), closing: own.sum(kind.closing),
                    listed: list[sum].flatMap { Decimal(string: $0) }, official: official.map { Decimal($0) })
            }
            return Line(
                unit: unit, name: commune.name, receipt: commune.receipt,
                poor: figures(.poor, commune.before?.poor, "c_ng_cuoi", official?.poor),
                nearPoor: figures(.nearPoor, commune.before?.nearPoor, "c_cn_cuoi", official?.nearPoor))
        }
        lines =
            all.filter(\.hasGap) + all.filter { !$0.hasGap && $0.receipt == nil }
            + all.filter { !$0.hasGap && $0.receipt != nil }
    }
}
