package import Campaign
package import Foundation
package import Records
package import Sheets
import Vietnamese

/// The consolidated report of a year: results by target and unit (E3), movements of poor and near-poor households (E5),
/// who has reported (E4), what units propose (E9), and who sponsors what (E10).
package struct ConsolidatedReport: Sendable {
    package let year: Int
    /// In the official order, those that have not reported too.
    package let communes: [UnitReport]
    package let departments: [UnitReport]
    package let organisations: [UnitReport]
    package let matrix: ReportMatrix
    /// The communes' years up to this one, as the office knows them.
    package let history: [CommuneYear]
    package let sponsorships: SponsorshipBook
    /// Percent of poor households as the Labour office has it of every commune from its own document; nil while it has not.
    package let officialRate: Decimal?
    /// When the figures were put together, in the office's zone: `16:30 ngày 20/12/2019`.
    package let made: (day: CivilDate, minutes: Int)
    /// When they were frozen.
    package let frozen: CivilDate?

    package init(
        year: Int, communes: [UnitReport], departments: [UnitReport], organisations: [UnitReport], matrix: ReportMatrix,
        history: [CommuneYear] = [], officialRate: Decimal? = nil,
        sponsorships: SponsorshipBook = SponsorshipBook(years: [], entries: []),
        made: (day: CivilDate, minutes: Int), frozen: CivilDate?
    ) {
        self.year = year
        self.communes = communes
        self.departments = departments
        self.organisations = organisations
        self.matrix = matrix
        self.history = history
        self.sponsorships = sponsorships
        self.officialRate = officialRate
        self.made = made
        self.frozen = frozen
    }

    package var draft: WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = ExportWording.title(year)
        draft.sheets = sheets.map(\.draft)
        return draft
    }

    /// What is no unit's opinion of others: households and their movements, and how it was computed.
    package var figureSheets: [ExportSheet] {
        let words = ExportWording.self
        let shown = [words.notesSheet, words.communesSheet, words.poorSheet, words.nearPoorSheet]
        return shown.compactMap { name in sheets.first { $0.name == name } }
    }

    private var sheets: [ExportSheet] {
        let words = ExportWording.self
        return [
            sheet(words.communesSheet, words.title(year), CommuneColumns.households(communes), isSigned: true),
            sheet(
                words.resourcesSheet, words.resourcesTitle(year), CommuneColumns.resources(communes), isSigned: true),
            sheet(words.departmentsSheet, words.departmentsTitle(year), DepartmentColumns.table(departments)),
            sheet(words.organisationsSheet, words.organisationsTitle(year), OrganisationColumns.table(organisations)),
            sheet(words.poorSheet, words.poorTitle(year), MovementColumns.table(communes, .poor), isSigned: true),
            sheet(
                words.nearPoorSheet, words.nearPoorTitle(year), MovementColumns.table(communes, .nearPoor),
                isSigned: true),
            sheet(words.matrixSheet, words.matrixTitle(year), matrix.table),
            sheet(words.proposalsSheet, words.proposalsTitle(year), ProposalColumns.table(everybody)),
            sheet(words.sponsorsSheet, words.sponsorsTitle(year), sponsorships.sponsors),
            sheet(words.sponsoredSheet, words.sponsoredTitle(year), sponsorships.places),
            sheet(words.notesSheet, words.notesTitle(year), notes),
        ]
    }

    private var everybody: [UnitReport] { communes + departments + organisations }

    private func sheet(_ name: String, _ title: String, _ table: ExportTable, isSigned: Bool = false) -> ExportSheet {
        ExportSheet(name: name, title: title, remark: remark, table: table, isSigned: isSigned)
    }

    /// When, of how many units, and whether the figures are final.
    package var remark: String {
        let reported = communes.filter(\.isThere)
        let isOfficial = reported.count == communes.count && reported.allSatisfy(\.isOfficial)
        return ExportWording.remark(
            made: Self.moment(made), frozen: frozen.map(Self.day), reported: reported.count, of: communes.count,
            isOfficial: isOfficial)
    }

    static func day(_ day: CivilDate) -> String {
        let (year, month, day) = day.components
        return Vietnamese.formatDate(year: year, month: month, day: day)
    }

    private static func moment(_ made: (day: CivilDate, minutes: Int)) -> String {
        "\(Vietnamese.formatTime(hour: made.minutes / 60, minute: made.minutes % 60)), \(ExportWording.day) \(day(made.day))"
    }

    // MARK: Notes

    /// The district's rates as they can be stated today, and how everything was computed.
    package var notes: ExportTable {
        let reported = communes.filter(\.isThere)
        let missing = communes.filter { !$0.isThere }
        var lines: [(String, String)] = []
        for kind in Households.allCases {
            let name = kind == .poor ? ExportWording.poorRate : ExportWording.nearPoorRate
            let group = ReportGroup(reports: reported)
            if let rate = group.rate(kind.closing, of: "tong_cuoi") {
                let count = "\(reported.count)/\(communes.count)"
                lines.append((name, ExportWording.rate(rate, count: count)))
            }
            if !missing.isEmpty, let rate = Self.rateWithLastYears(kind, reported, missing) {
                lines.append((ExportWording.withLastYear(name), ExportWording.rate(rate, count: "")))
            }
            if let fall = group.fall(kind) { lines.append((ExportWording.fall(name), ExportWording.points(fall))) }
        }
        if !missing.isEmpty {
            lines.append((ExportWording.missing, missing.map(\.name).joined(separator: ", ")))
        }
        lines += ExportWording.notes
        return ExportTable(
            columns: [
                .init(ExportWording.noteHead, width: 44, .text), .init(ExportWording.noteText, width: 90, .text),
            ], rows: lines.map { ExportTable.Row([.text($0.0), .text($0.1)]) })
    }

    /// With the closing figures of the year before for those that have not reported; nil when even those are not known.
    static func rateWithLastYears(
        _ kind: Households, _ reported: [UnitReport], _ missing: [UnitReport]
    ) -> Decimal? {
        var (part, whole) = (Decimal(0), Decimal(0))
        for report in reported {
            guard let own = report.sum(kind.closing), let all = report.sum("tong_cuoi") else { return nil }
            part += own
            whole += all
        }
        for unit in missing {
            guard let before = unit.before else { return nil }
            part += kind == .poor ? before.poor : before.nearPoor
            whole += before.total
        }
        return whole > 0 ? (part * 100 / whole).rounded(2) : nil
    }
}
