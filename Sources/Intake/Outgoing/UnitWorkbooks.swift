package import Campaign
import Foundation
package import Ledger
package import Notices
package import Records
import XLSForm

/// Makes a unit's own workbooks: with its name, its year or stage, its hamlets, and the figures that the office has already.
package struct UnitWorkbooks: Sendable {
    let office: Office
    package let accepted: [AcceptedFigures]
    private let sponsored: SponsorLines

    /// - Parameter stored: holds the figures that opening balances are filled in from.
    package init(_ office: Office, _ stored: LedgerView) throws {
        self.office = office
        accepted = try stored.acceptedFigures(forms: office.formsRead)
        sponsored = SponsorLines(office: office, registrations: try SponsorRegistration.all(stored))
    }

    /// For workbooks without figures of earlier reports.
    init(_ office: Office) {
        self.office = office
        accepted = []
        sponsored = SponsorLines(office: office, registrations: [])
    }

    private var plan: Plan { office.campaign.plan }

    /// The workbook of a duty; nil when there is no such form.
    package func form(_ duty: Duty) throws -> BlankForms.Form? {
        guard let form = office.forms.current(duty.obligation.form)?.definition else { return nil }
        let year = String(duty.obligation.year)
        return BlankForms.Form(
            purpose: .report(title: form.settings.title, year: year, duty.obligation.deadline),
            workbook: try workbook(form, duty.unit, period: year, name: year))
    }

    /// What a unit may nominate with in a stage.
    package func forms(_ stage: Plan.Stage, for unit: UnitCode) throws -> [BlankForms.Form] {
        try stage.forms.compactMap { id in
            guard let form = office.forms.current(id)?.definition else { return nil }
            return BlankForms.Form(
                purpose: .nomination(title: form.settings.title, stage: stage.label, until: stage.open.last),
                workbook: try workbook(form, unit, stage: stage.code, name: plan.stageYear(stage.code).map(String.init))
            )
        }
    }

    /// What a unit needs on a day: its reports, and the nominations of the stages that are open.
    package func forms(for unit: UnitCode, on day: CivilDate) throws -> [BlankForms.Form] {
        let isThere = office.campaign.units.unit(unit, on: day) != nil
        let nominations = isThere ? try plan.openStages(on: day).flatMap { try forms($0, for: unit) } : []
        return try reports(for: unit, on: day) + nominations
    }

    /// The reports of the year, and until March those of the year before.
    package func reports(for unit: UnitCode, on day: CivilDate) throws -> [BlankForms.Form] {
        let years = day.components.month <= Self.lastMonthOfReports ? [day.year - 1, day.year] : [day.year]
        return try years.flatMap { office.campaign.duties(year: $0) }.filter { $0.unit == unit }
            .compactMap { try form($0) }
    }

    private static let lastMonthOfReports = 3

    /// The cover letter of a unit's nominations in a stage, with their list filled in; nil when the stage asks for none.
    package func coverLetter(
        for unit: UnitCode, stage: Plan.Stage, nominations: [NominationLine]
    ) throws -> NoticeAttachment? {
        let forms = stage.forms.lazy.compactMap { office.forms.current($0)?.definition }
        guard let form = forms.first(where: { $0.settings.kind == .cover }),
            let table = form.question(named: CoverLetter.name)?.repeatName
        else { return nil }
        let rows = nominations.map(coverLine)
        return try workbook(
            form, unit, stage: stage.code, name: plan.stageYear(stage.code).map(String.init), rows: [table: rows])
    }

    private func coverLine(_ nomination: NominationLine) -> [String: AnswerValue] {
        let reward = office.forms.current(nomination.submission.key.form)?.definition.settings.rewardQuestion
        var line: [String: AnswerValue] = [
            CoverLetter.receipt: .text(nomination.submission.receipt.description),
            CoverLetter.name: .text(nomination.submission.name),
        ]
        line[CoverLetter.content] = nomination.figures[SharedQuestion.content].map { .text($0) }
        line[CoverLetter.reward] = reward.flatMap { nomination.figures[$0] }.map { .text($0) }
        return line
    }

    /// The questions of the cover letter's list, a row a nomination.
    private enum CoverLetter {
        static let receipt = "ds_ma"
        static let name = "ds_ten"
        static let content = "ds_noi_dung"
        static let reward = "ds_hinh_thuc"
    }

    private func workbook(
        _ form: FormDefinition, _ unit: UnitCode, period: String? = nil, stage: String? = nil, name: String?,
        rows: [String: [[String: AnswerValue]]] = [:]
    ) throws -> NoticeAttachment {
        var blank = BlankWorkbook(form: form, unit: unit, period: period, stage: stage)
        let day = blank.day(office.campaign)
        blank.prefilledRows = rows.merging(
            sponsored.rows(of: form, unit, year: day.year, isReport: period != nil, on: day)
        ) { given, _ in given }
        let label = office.campaign.units.label(of: unit, on: day)
        let words = [form.settings.fileTitle, name].compactMap(\.self)
        return NoticeAttachment(
            filename: "\(words.joined(separator: " ")) - \(label).xlsx", contentType: NoticeAttachment.xlsx,
            bytes: Data(try blank.bytes(office.campaign, accepted: accepted)))
    }
}

extension FormSettings {
    /// What its file is called. All nominations have the same short title, so that theirs is the title up to the first
    /// comma, semicolon or bracket.
    fileprivate var fileTitle: String {
        guard kind == .nomination else { return shortTitle ?? title }
        return String(title.prefix { !",;(".contains($0) }).trimmingCharacters(in: .whitespaces)
    }
}

extension NoticeAttachment {
    /// Media type of an Excel workbook.
    static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

extension Plan.Obligation {
    /// As letters name it: a day without a document is not named.
    var deadline: Deadline? {
        due.flatMap { $0.document.isEmpty ? nil : Deadline(day: $0.day, document: $0.document) }
    }
}

extension LedgerView {
    /// What counts of some forms, as rules and papers look it up.
    package func acceptedFigures(forms: Set<String>) throws -> [AcceptedFigures] {
        try acceptedAnswers(forms: forms).map {
            AcceptedFigures(receipt: $0.receipt, key: $0.key, received: $0.received, values: $0.figures)
        }
    }
}
