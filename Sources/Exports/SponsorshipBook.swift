package import Foundation
import Records

/// Who helps which place, and what came of it, year by year (E10).
package struct SponsorshipBook: Sendable {
    /// What one sponsor does for one place.
    package struct Entry: Hashable, Sendable {
        package var sponsor: String
        /// What the sponsor is, as people say it.
        package var kind: String
        /// Commune and hamlet.
        package var place: String
        /// Number and day of the paper; empty where nothing was registered.
        package var registration = ""
        package var years: [Int: Help] = [:]
        /// Receipts of the nominations of the sponsor.
        package var nominations: [String] = []
        /// Firms, organisations and persons outside the district's own offices.
        package var isSponsor: Bool
    }

    /// What was given in a year.
    package struct Help: Hashable, Sendable {
        /// đồng.
        package var value: Decimal?
        package var households: Decimal?
        package var escaped: Decimal?

        static func + (left: Help, right: Help) -> Help {
            func sum(_ one: Decimal?, _ other: Decimal?) -> Decimal? { one.map { $0 + (other ?? 0) } ?? other }
            return Help(
                value: sum(left.value, right.value), households: sum(left.households, right.households),
                escaped: sum(left.escaped, right.escaped))
        }
    }

    package let years: [Int]
    /// In the order in which they are listed.
    package let entries: [Entry]

    package init(years: [Int], entries: [Entry]) {
        self.years = years
        self.entries = entries
    }

    var sponsors: ExportTable { table(entries.filter(\.isSponsor)) }
    var places: ExportTable { table(entries.filter { !$0.isSponsor }) }

    private func table(_ entries: [Entry]) -> ExportTable {
        let words = ExportWording.self
        let columns: [ExportTable.Column] =
            [
                .init(words.number, width: 5, .whole), .init(words.sponsor, width: 28, .text),
                .init(words.sponsorKind, width: 18, .text), .init(words.place, width: 24, .text),
                .init(words.registration, width: 20, .text),
            ]
            + years.flatMap { year -> [ExportTable.Column] in
                [
                    .init(words.value, group: String(year), width: 14, .whole),
                    .init(words.helped, group: String(year), width: 6, .whole),
                    .init(words.helpedEscaped, group: String(year), width: 6, .whole),
                ]
            } + [.init(words.nominated, width: 16, .text)]
        let rows = entries.enumerated().map { index, entry in
            ExportTable.Row(
                [
                    .number(Decimal(index + 1)), .text(entry.sponsor), .init(entry.kind), .init(entry.place),
                    .init(entry.registration),
                ] + values(entry.years) + [.init(entry.nominations.joined(separator: ", "))])
        }
        guard !rows.isEmpty else { return ExportTable(columns: columns, rows: []) }
        let all = entries.reduce(into: [Int: Help]()) { $0.merge($1.years, uniquingKeysWith: +) }
        let total = ExportTable.Row(
            [.blank, .text(words.total), .blank, .blank, .blank] + values(all) + [.blank], isTotal: true)
        return ExportTable(columns: columns, rows: rows + [total])
    }

    private func values(_ help: [Int: Help]) -> [ExportTable.Value] {
        years.flatMap { year -> [ExportTable.Value] in
            let help = help[year]
            return [.init(help?.value), .init(help?.households), .init(help?.escaped)]
        }
    }
}
