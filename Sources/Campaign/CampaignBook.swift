package import Records

/// Plan and units as they were read together, with the digests by which verdicts remember them.
package struct CampaignBook: Sendable {
    package let units: Units
    package let plan: Plan
    /// SHA-256 of the two workbooks' bytes, in hexadecimal.
    package let unitsSHA256: String
    package let planSHA256: String
    package let zone: OfficeZone

    package init(
        units: Units, plan: Plan, unitsSHA256: String, planSHA256: String, zone: OfficeZone = .indochina
    ) {
        self.units = units
        self.plan = plan
        self.unitsSHA256 = unitsSHA256
        self.planSHA256 = planSHA256
        self.zone = zone
    }

    /// Everything wrong with either workbook, and between them and the forms.
    /// - Parameter forms: ids of the forms that exist.
    package func problems(forms: Set<String>, planFile: String = "plan.xlsx") -> [CampaignProblem] {
        var log = ProblemLog(file: planFile)
        PlanCheck(plan: plan, units: units, forms: forms).note(in: &log)
        return units.problems + ProblemLog.inOrder(plan.problems + log.problems, sheets: plan.sheets)
    }

    /// The columns of every table that a snapshot can hold, for checking what forms look up.
    /// - Parameter forms: names of the questions outside repeats, by form; none for a form that is there and broken.
    /// - Returns: no columns where they cannot be known.
    package func knownTables(forms: [String: [String]], on day: CivilDate) -> [String: [String]] {
        var tables = snapshot(accepted: [], on: day).tables.mapValues(\.columns)
        for (form, questions) in forms { tables[form] = questions.isEmpty ? [] : FormTable.columns(questions) }
        if let questions = forms[FigureBook.report] {
            tables["bao_cao_xa_cong"] = questions.isEmpty ? [] : (tables["bao_cao_xa_cong"] ?? []) + questions
        }
        return tables
    }

    /// What rules may look up on that day: the tables of both workbooks, and what follows from the accepted figures.
    ///
    /// For a batch of messages keep a `FigureBook` and tell it of each submission as it is accepted.
    /// - Parameter names: the tables made of submissions that will be read; nil: all.
    package func snapshot(
        accepted: [AcceptedFigures], on day: CivilDate, reading names: Set<String>? = nil
    ) -> ReferenceSnapshot {
        var book = FigureBook(campaign: self, accepted: accepted, on: day)
        return book.snapshot(reading: names)
    }

    /// The rows of a snapshot's tables that follow from one submission's answers: its own, and for a report the opening
    /// figures of the year after, the results of both years, and the sums, of its unit and of whatever that became.
    package func rowsFed(by key: SubmissionKey, on day: CivilDate) -> [(table: String, key: String)] {
        let own = [(table: key.form, key: FormTable.khoa(of: key))]
        guard key.form == FigureBook.report, let year = key.period.flatMap({ Int($0) }) else { return own }
        let sums = ([key.unit] + units.successors(of: key.unit, on: day)).map {
            (table: "bao_cao_xa_cong", key: $0.rawValue)
        }
        return own + YearTables(campaign: self, on: day).rowsFed(by: UnitYear(unit: key.unit, year: year)) + sums
    }

    /// What drop-downs of a blank workbook offer: the units and hamlets of that day, and the figures to fill in.
    /// - Parameter names: the tables that the workbook is made from. Those that follow from reports take their time, and
    ///   come only where one of them is named.
    package func entryTables(
        accepted: [AcceptedFigures], on day: CivilDate, reading names: Set<String>
    ) -> ReferenceSnapshot {
        let isWritten = names.subtracting(plan.tables.keys).subtracting(["don_vi", "thon"]).isEmpty
        var snapshot =
            isWritten ? ReferenceSnapshot(tables: plan.tables) : snapshot(accepted: accepted, on: day)
        snapshot["don_vi"] = units.table(on: day, withFormer: false)
        snapshot["thon"] = units.hamletTable(on: day, withFormer: false)
        return snapshot
    }
}
