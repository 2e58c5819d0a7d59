package import Campaign
package import Records
package import Sheets
package import XLSForm

/// Makes the workbook of a form for one unit and its period or stage, with what the office knows already.
package struct BlankWorkbook: Sendable {
    package let form: FormDefinition
    package let unit: UnitCode?
    /// The year of a report.
    package let period: String?
    /// The stage of a nomination.
    package let stage: String?
    package let receipt: Receipt?
    /// Rows filled in beforehand, by repeat.
    package var prefilledRows: [String: [[String: AnswerValue]]] = [:]

    package init(
        form: FormDefinition, unit: UnitCode? = nil, period: String? = nil, stage: String? = nil,
        receipt: Receipt? = nil
    ) {
        self.form = form
        self.unit = unit
        self.period = period
        self.stage = stage
        self.receipt = receipt
    }

    /// What is printed into the workbook.
    package func context(_ campaign: CampaignBook, accepted: [AcceptedFigures] = []) -> EntryContext {
        let day = day(campaign)
        var context = EntryContext()
        context.unit = unit.map {
            EntryContext.Labelled(code: $0.rawValue, label: campaign.units.label(of: $0, on: day))
        }
        context.period = period
        context.stage = stage.map { code in
            EntryContext.Labelled(code: code, label: campaign.plan.stage(code)?.label ?? code)
        }
        context.receipt = receipt
        context.prefilledRows = prefilledRows
        let chosenFrom = form.questions.compactMap(\.choiceTable).filter { form.tables[$0] == nil }
        context.tables = campaign.entryTables(
            accepted: accepted, on: day,
            reading: Set(chosenFrom + (period == nil ? [] : [OpeningFigures.table])))
        return context
    }

    package func bytes(_ campaign: CampaignBook, accepted: [AcceptedFigures] = []) throws(WorkbookWriterError)
        -> [UInt8]
    {
        var context = context(campaign, accepted: accepted)
        if let unit, let period {
            context.prefilled = OpeningFigures(of: form, unit, period: period, in: context.tables).answers
        }
        return try WorkbookWriter.write(EntryWorkbook.blank(form, context))
    }

    /// The last day of the period or the stage: the units and hamlets of that day are offered.
    func day(_ campaign: CampaignBook) -> CivilDate {
        let stageYear = stage.flatMap { campaign.plan.stageYear($0) }
        let year = period.flatMap { Int($0) } ?? stageYear
        return year.flatMap { CivilDate(year: $0, month: 12, day: 31) } ?? CivilDate(daysSince1970: 0)
    }
}

extension Plan {
    /// The year in which a stage's decisions are taken: of its closing day, else its opening day, else its last year.
    package func stageYear(_ code: String) -> Int? {
        guard let stage = stage(code) else { return nil }
        return stage.open.last?.year ?? stage.open.first?.year ?? stage.years?.upperBound
    }
}
