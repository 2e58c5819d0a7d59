package import Records

/// The campaign's tables on one day, kept up as submissions are accepted: telling it of one touches only the tables
/// that depend on it, so that the second message of a batch sees what the first brought.
package struct FigureBook: Sendable {
    /// What rules may look up now.
    package private(set) var snapshot: ReferenceSnapshot

    private let campaign: CampaignBook
    private let day: CivilDate
    private var formTables: [String: FormTable] = [:]
    private var years: YearTables
    private var sums: ReportSums

    package init(campaign: CampaignBook, accepted: [AcceptedFigures], on day: CivilDate) {
        self.campaign = campaign
        self.day = day
        years = YearTables(campaign: campaign, on: day)
        sums = ReportSums(units: campaign.units, on: day)
        var tables = campaign.plan.tables
        tables["don_vi"] = campaign.units.table(on: day, withFormer: true)
        tables["thon"] = campaign.units.hamletTable(on: day, withFormer: true)
        snapshot = ReferenceSnapshot(tables: tables)
        for (form, figures) in Dictionary(grouping: accepted, by: \.key.form) {
            let table = FormTable(figures: figures, zone: campaign.zone)
            formTables[form] = table
            snapshot[form] = table.table
        }
        let reports = accepted.filter { $0.key.form == Self.report }
        years.set(reports)
        for report in reports { sums.set(report) }
        snapshot["dau_ky"] = years.openingTable
        snapshot["so_lieu_nam"] = years.yearTable
        snapshot["bao_cao_xa_cong"] = sums.table
        refreshNominations(without: nil, in: &snapshot)
    }

    /// The form whose figures opening balances, reductions and sums are made from.
    static let report = "bao_cao_xa"
    /// The form that names a hamlet which may be nominated once in a stage.
    private static let hamletNomination = "dn_thon"

    /// Puts an accepted submission in the place of its earlier revision, if there was one.
    package mutating func accept(_ figures: AcceptedFigures) {
        let form = figures.key.form
        formTables[form, default: FormTable(figures: [], zone: campaign.zone)].set(figures)
        snapshot[form] = formTables[form]?.table
        if form == Self.report {
            years.set([figures])
            sums.set(figures)
            snapshot["dau_ky"] = years.openingTable
            snapshot["so_lieu_nam"] = years.yearTable
            snapshot["bao_cao_xa_cong"] = sums.table
        }
        if figures.receipt.kind == .nomination { refreshNominations(without: nil, in: &snapshot) }
    }

    /// Takes a submission out again: withdrawn, or decided against.
    package mutating func withdraw(_ receipt: Receipt) {
        let rest = formTables.values.flatMap { Array($0.figures) }.filter { $0.receipt != receipt }
        self = FigureBook(campaign: campaign, accepted: rest, on: day)
    }

    /// What rules of a revision of that submission may look up: a file at hand does not count as another of its unit
    /// or hamlet.
    package func snapshot(without receipt: Receipt) -> ReferenceSnapshot {
        guard receipt.kind == .nomination else { return snapshot }
        var snapshot = snapshot
        refreshNominations(without: receipt, in: &snapshot)
        return snapshot
    }

    /// `ho_so_da_nhan`: how many nominations of a unit a stage holds; `thon_da_nop`: the same of a hamlet.
    private func refreshNominations(without receipt: Receipt?, in snapshot: inout ReferenceSnapshot) {
        var byUnit: [String: Int] = [:]
        var byHamlet: [String: Int] = [:]
        for (form, table) in formTables {
            for figures in table.figures where figures.receipt.kind == .nomination && figures.receipt != receipt {
                guard let stage = figures.key.stage else { continue }
                byUnit["\(figures.key.unit)-\(stage)", default: 0] += 1
                if form == Self.hamletNomination, let hamlet = figures.values["thon"] {
                    byHamlet["\(stage)-\(hamlet)", default: 0] += 1
                }
            }
        }
        func table(_ counts: [String: Int]) -> ReferenceTable {
            ReferenceTable(
                columns: ["khoa", "so_ho_so"],
                rows: counts.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
        }
        snapshot["ho_so_da_nhan"] = table(byUnit)
        snapshot["thon_da_nop"] = table(byHamlet)
    }
}
