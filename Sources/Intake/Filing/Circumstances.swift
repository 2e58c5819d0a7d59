import Campaign
import Foundation
import Ledger
import Mail
import Records
import Vietnamese
import XLSForm

/// What is to be said of a workbook beyond its form's rules: what only the plan, the units, the ledger and the mail around
/// it tell.
struct Circumstances {
    let filing: Filing
    let workbook: IncomingWorkbook
    let judgement: Judgement
    let submission: SubmissionRecord
    /// The revision that counted until now.
    let before: RevisionRecord?
    /// The stage that it came too late for.
    let closed: Plan.Stage?
    /// Whether its sender has named the submission: by its number, or by answering a letter about it.
    let isNamed: Bool
    /// The mail's papers, where they belong to this workbook alone.
    let papers: [ReadFile]

    var campaign: CampaignBook { filing.office.campaign }
    var identity: SubmissionIdentity { judgement.identity }
    var form: FormDefinition { workbook.form.definition }

    /// The judgement with these findings among its own.
    func judged() throws -> Judgement {
        let findings = try findings()
        // What the form counts is told by name.
        let isToldByName = findings.contains { $0.code == .coverMismatch }
        let judgement = isToldByName ? judgement.without(question: CoverQuestion.count) : judgement
        return explained(judgement.adding(findings))
    }

    private func findings() throws -> [Finding] {
        let one = [
            wrongPeriod(), unitNotInForce(), closedStage(), try frozenFigures(), try overQuota(), try coverMismatch(),
            macros(),
        ]
        return one.compactMap(\.self) + swappedDays() + missingTargets() + (try namesakes()) + loosePapers()
    }

    /// A finding at the cell of a question.
    func finding(
        _ code: FindingCode, _ severity: Severity, at question: String? = nil, row: Int? = nil,
        _ arguments: [String: String]
    ) -> Finding {
        let found = question.flatMap { form.question(named: $0) }
        return Finding(
            code, severity: severity, cell: question.flatMap { workbook.bound.answer($0, row: row)?.cell },
            question: found?.name, label: found.map { form.text($0.label) } ?? "", arguments: arguments)
    }

    static func shown(_ day: CivilDate) -> String {
        let (year, month, day) = day.components
        return Vietnamese.formatDate(year: year, month: month, day: day)
    }

    // MARK: - Year and stage

    /// Last year's workbook with this year's figures would take the place of last year's report: it must be asked about.
    /// Where no report of that year counts yet it is only late, and the receipt says which year was read.
    private func wrongPeriod() -> Finding? {
        guard !isNamed, let unit = identity.unit, let year = identity.period.flatMap({ Int($0) }),
            let kind = campaign.units.nearest(unit, to: filing.day)?.kind,
            campaign.plan.obligation(form.identity.id, kind, year: year) != nil
        else { return nil }
        let taken = Plan.yearsTaken(on: filing.day)
        guard !taken.contains(year), let expected = taken.first else { return nil }
        return finding(
            .periodMismatch, before == nil ? .warning : .error, at: form.settings.periodQuestion,
            ["value": String(year), "expected": String(expected)])
    }

    private func closedStage() -> Finding? {
        closed.map { finding(.stageClosed, .review, at: form.settings.stageQuestion, ["value": $0.label]) }
    }

    private func frozenFigures() throws -> Finding? {
        guard let period = submission.key.period,
            let freeze = try filing.stored.freeze(form: submission.key.form, period: period)
        else { return nil }
        let day = CivilDate(freeze.frozen, in: filing.office.zone)
        return finding(.submissionFrozen, .review, ["value": period, "date": Self.shown(day)])
    }

    // MARK: - Unit

    /// A report is of a unit that was there in its year, a nomination of one that was there when it first came: what was
    /// sent under an old name keeps it.
    private func unitNotInForce() -> Finding? {
        guard let code = identity.unit else { return nil }
        let units = campaign.units
        let day: CivilDate
        if let year = identity.period.flatMap({ Int($0) }), let first = CivilDate(year: year, month: 1, day: 1) {
            if units.exists(code, in: year) { return nil }
            day = first
        } else {
            day = CivilDate(submission.opened, in: filing.office.zone)
            if units.unit(code, on: day) != nil { return nil }
        }
        var arguments = ["value": units.label(of: code, on: day), "date": Self.shown(day)]
        func names(_ codes: [UnitCode]) -> String {
            codes.map { units.label(of: $0, on: day) }.joined(separator: ", ")
        }
        let isToCome = units.predecessors(of: code, on: day).isEmpty && units.successors(of: code, on: day).isEmpty
        if isToCome {
            arguments["predecessors"] = names(units.predecessors(of: code, on: filing.day))
        } else {
            arguments["successor"] = names(units.successors(of: code, on: day))
        }
        return finding(.unitNotInForce, .error, at: form.settings.unitQuestion, arguments)
    }

    // MARK: - Figures

    /// The reviewer is told why a reduction could not be compared.
    private func missingTargets() -> [Finding] {
        let missing = judgement.verdict.lookups.filter { $0.table == "chi_tieu" && $0.found == nil }.map(\.key)
        var seen = Set<String>()
        return missing.filter { seen.insert($0).inserted }.map { key in
            let year = key.split(separator: "-").last.map(String.init) ?? ""
            return finding(.targetMissing, .review, at: form.settings.periodQuestion, ["value": year])
        }
    }

    /// A day to come that a rule objects to, and that were over if day and month changed places.
    private func swappedDays() -> [Finding] {
        let objected = Set(
            judgement.verdict.findings.filter { $0.severity == .error || $0.severity == .warning }.compactMap(\.cell))
        return judgement.answers.compactMap { answer in
            guard case .date(let day)? = answer.value, day > filing.day, let cell = answer.cell,
                objected.contains(cell)
            else { return nil }
            let parts = day.components
            guard let swapped = CivilDate(year: parts.year, month: parts.day, day: parts.month),
                swapped <= filing.day
            else { return nil }
            return finding(
                .cellDateSwapped, .warning, at: answer.question, row: answer.row, ["value": Self.shown(day)])
        }
    }

    // MARK: - Files

    /// Papers beside the workbook that nobody can tell the place of.
    private func loosePapers() -> [Finding] {
        papers.filter { EvidenceFiling.question(for: $0, of: form, answers: judgement.answers) == nil }.map {
            finding(.evidenceLoose, .note, ["value": $0.part.filename ?? ""])
        }
    }

    /// Its cells were read; its macros were not looked at.
    private func macros() -> Finding? {
        guard workbook.file.part.kind == .xlsm else { return nil }
        return finding(.fileMacro, .note, ["value": workbook.file.part.filename ?? ""])
    }
}

extension Plan {
    /// The years whose reports are taken on a day: this one's, and until March first of all that of the year before.
    static func yearsTaken(on day: CivilDate) -> [Int] {
        let lastMonthOfReports = 3
        return day.components.month <= lastMonthOfReports ? [day.year - 1, day.year] : [day.year]
    }
}

extension Judgement {
    /// The same without what a question's rules found; these are remarks, which change no outcome.
    func without(question: String) -> Judgement {
        let rest = verdict.findings.filter { $0.question != question || $0.severity != .warning }
        return Judgement(
            verdict: Verdict(
                form: verdict.form, outcome: verdict.outcome, findings: rest, lookups: verdict.lookups,
                receiptLines: verdict.receiptLines, definition: verdict.definition),
            answers: answers, identity: identity, evidence: evidence)
    }

    /// The same with further findings; at the same weight those come first.
    func adding(_ findings: [Finding]) -> Judgement {
        guard !findings.isEmpty else { return self }
        var all = findings + verdict.findings
        var outcome = verdict.outcome
        if findings.contains(where: { $0.severity == .error }) {
            // Standards are not told before the figures are in order.
            all.removeAll { $0.code == .standardUnmet || $0.code == .standardUndecided }
            outcome = .needsCorrection
        }
        let ordered = Severity.allCases.flatMap { severity in all.filter { $0.severity == severity } }
        return Judgement(
            verdict: Verdict(
                form: verdict.form, outcome: outcome, findings: ordered, lookups: verdict.lookups,
                receiptLines: verdict.receiptLines, definition: verdict.definition),
            answers: answers, identity: identity, evidence: evidence)
    }
}
