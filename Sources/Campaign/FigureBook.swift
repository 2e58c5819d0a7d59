package import Records

/// The campaign's tables on one day, kept up as submissions are accepted, so that the second message of a batch sees
/// what the first brought. A table is written out again only when somebody reads it.
package struct FigureBook: Sendable {
    private let campaign: CampaignBook
    private let day: CivilDate
    private var forms: [String: FormTable] = [:]
    private var nominations = NominationCounts()
    private var years: YearTables
    private var sums: ReportSums
    /// As last written out.
    private var written: ReferenceSnapshot
    /// Tables that have changed since.
    private var stale: Set<String>

    /// The form whose figures opening balances, reductions and sums are made from.
    static let report = "bao_cao_xa"
    /// The forms whose answers the tables made here are computed from, whether or not a form looks them up by name.
    package static let formsRead: Set<String> = [report, NominationCounts.hamletNomination]
    private static let followingReports: Set<String> = ["dau_ky", "so_lieu_nam", "bao_cao_xa_cong"]
    private static let followingNominations: Set<String> = [NominationCounts.unitTable, NominationCounts.hamletTable]

    package init(campaign: CampaignBook, accepted: [AcceptedFigures], on day: CivilDate) {
        self.campaign = campaign
        self.day = day
        years = YearTables(campaign: campaign, on: day)
        sums = ReportSums(units: campaign.units, on: day)
        var tables = campaign.plan.tables
        tables["don_vi"] = campaign.units.table(on: day, withFormer: true)
        tables["thon"] = campaign.units.hamletTable(on: day, withFormer: true)
        written = ReferenceSnapshot(tables: tables)
        forms = Dictionary(grouping: accepted, by: \.key.form).mapValues {
            FormTable(figures: $0, zone: campaign.zone)
        }
        let reports = accepted.filter { $0.key.form == Self.report }
        years.set(reports)
        for report in reports { sums.set(report) }
        for figures in accepted { nominations.add(figures) }
        stale = Self.followingReports.union(Self.followingNominations).union(forms.keys)
    }

    /// Puts an accepted submission in the place of its earlier revision, if there was one.
    package mutating func accept(_ figures: AcceptedFigures) {
        let form = figures.key.form
        let earlier = forms[form, default: FormTable(figures: [], zone: campaign.zone)].set(figures)
        stale.insert(form)
        if form == Self.report {
            years.set([figures])
            sums.set(figures)
            stale.formUnion(Self.followingReports)
        }
        if figures.receipt.kind == .nomination {
            if let earlier { nominations.remove(earlier) }
            nominations.add(figures)
            stale.formUnion(Self.followingNominations)
        }
    }

    /// Takes a submission out again: withdrawn, or decided against.
    package mutating func withdraw(_ receipt: Receipt) {
        let rest = forms.values.flatMap(\.figures.values).filter { $0.receipt != receipt }
        self = FigureBook(campaign: campaign, accepted: rest, on: day)
    }

    /// What rules may look up now.
    /// - Parameters:
    ///   - names: the tables that will be read; others may be older. nil: all.
    ///   - receipt: the submission whose next revision is judged: a file at hand does not count as another of its unit
    ///     or hamlet.
    package mutating func snapshot(
        reading names: Set<String>? = nil, without receipt: Receipt? = nil
    ) -> ReferenceSnapshot {
        for name in names.map(stale.intersection) ?? stale { written[name] = table(name) }
        stale.subtract(names ?? stale)
        guard let receipt, receipt.kind == .nomination,
            let own = forms.values.lazy.compactMap({ $0.figures[receipt] }).first
        else { return written }
        var others = nominations
        others.remove(own)
        var snapshot = written
        snapshot[NominationCounts.unitTable] = others.unitTable
        snapshot[NominationCounts.hamletTable] = others.hamletTable
        return snapshot
    }

    private func table(_ name: String) -> ReferenceTable? {
        switch name {
        case "dau_ky": years.openingTable
        case "so_lieu_nam": years.yearTable
        case "bao_cao_xa_cong": sums.table
        case NominationCounts.unitTable: nominations.unitTable
        case NominationCounts.hamletTable: nominations.hamletTable
        default: forms[name]?.table
        }
    }
}
