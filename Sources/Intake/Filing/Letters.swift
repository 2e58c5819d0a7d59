import Campaign
import Foundation
import Ledger
import Mail
import Notices
import Records
import Sheets
import XLSForm

/// Turns what came of a mail into the sections of one letter.
struct Letters {
    let filing: Filing
    let units: [UnitCode]

    private var office: Office { filing.office }
    private var stored: LedgerView { filing.stored }

    func section(_ result: FilingResult) throws -> ReplySection? {
        switch result {
        case .judged(let judged): return try section(judged)
        case .repeated(let workbook, let submission, let revision):
            return .alreadyReceived(
                AlreadyReceived(
                    title: title(workbook, submission: submission),
                    firstReceived: CivilDate(revision.workbook.received, in: office.zone),
                    state: office.letters.word("standing.\(revision.standing.rawValue)"),
                    awaitsCorrection: revision.standing == .failed))
        case .contradicting(let workbooks):
            return workbooks.first.map { first in
                let names = workbooks.compactMap(\.file.part.filename).joined(separator: ", ")
                return .correction(
                    Correction(
                        title: title(first, submission: nil),
                        findings: [Finding(.formTwice, severity: .error, arguments: ["value": names])]))
            }
        case .ambiguous(let workbook, let candidates):
            let names = candidates.map { "\($0.receipt)" }.joined(separator: ", ")
            return .correction(
                Correction(
                    title: title(workbook, submission: nil),
                    findings: [Finding(.keyAmbiguous, severity: .error, arguments: ["candidates": names])]))
        case .unitDisagreement(let workbook, let stated):
            return .unitDisagreement(
                UnitDisagreement(
                    title: title(workbook, submission: nil), senderUnit: units.first.map(unitName) ?? "",
                    workbookUnit: unitName(stated)))
        case .unreadable(let file, let reason):
            return .unreadable(try unreadable(file, reason))
        case .onlyPapers(let file):
            return .unreadable(
                UnreadableFile(
                    filename: file.part.filename ?? "", code: .fileNotWorkbook,
                    arguments: ["kind": file.part.kind.rawValue], blanks: try blanks()))
        case .evidence(let submission, let attached): return try evidence(submission, attached)
        case .noWorkbook: return .noWorkbook
        case .blanksWanted: return try blankForms().map { .blankForms($0) } ?? .noWorkbook
        }
    }

    // MARK: - Judged workbooks

    private func section(_ judged: JudgedSubmission) throws -> ReplySection {
        let title = title(judged.workbook, submission: judged.submission)
        let verdict = judged.judgement.verdict
        if let stage = judged.closed, let last = stage.open.last {
            return .stageClosed(StageClosed(title: title, stage: stage.label, closed: last))
        }
        switch verdict.outcome {
        case .needsCorrection: return .correction(try correction(judged, title))
        case .standardNotMet:
            var section = StandardNotMet(title: title, findings: verdict.findings.map { Self.withFigures($0, verdict) })
            section.waitsUntil = judged.judgement.identity.stage
                .flatMap { office.campaign.plan.stage($0)?.open.last }
            let standards = Set(verdict.findings.filter { $0.code == .standardUnmet }.flatMap(\.clauses))
            section.thresholds = standards.reduce(into: [:]) { $0[$1] = office.campaign.plan.shownThreshold($1) }
            section.convention =
                verdict.lookups.lazy.filter { $0.table == "quy_uoc" }
                .compactMap { office.campaign.plan.decision($0.key)?.document }.first
            section.workbook = try returnedWorkbook(judged, title)
            return .standardNotMet(section)
        case .accepted:
            return judged.workbook.form.definition.settings.kind == .nomination
                ? .nominationReceived(try nominationReceived(judged, title))
                : .reportReceived(reportReceived(judged, title))
        }
    }

    /// A standard that is not met is told by the unit's own figures, where the form has lines for them.
    private static func withFigures(_ finding: Finding, _ verdict: Verdict) -> Finding {
        guard finding.code == .standardUnmet, !verdict.receiptLines.isEmpty else { return finding }
        var arguments = finding.arguments
        arguments["message"] = verdict.receiptLines.joined(separator: "; ")
        return Finding(
            finding.code, severity: finding.severity, cell: finding.cell, question: finding.question,
            label: finding.label, rule: finding.rule, arguments: arguments, clauses: finding.clauses,
            related: finding.related)
    }

    private func correction(_ judged: JudgedSubmission, _ title: SubmissionTitle) throws -> Correction {
        var section = Correction(title: title, findings: judged.judgement.verdict.findings)
        section.round = judged.revision
        section.accepted = judged.before.map { CivilDate($0.workbook.received, in: office.zone) }
        section.isOldExcel = judged.workbook.file.part.kind == .xls
        if section.waitsForOfficer {
            section.officer = judged.judgement.identity.unit
                .flatMap { office.campaign.units.nearest($0, to: filing.day)?.contacts.officer }
        }
        guard let corrected = try correctedWorkbook(judged) else { return section }
        section.marked = NoticeAttachment(
            filename: Correction.markedName(of: judged.workbook.file.part.filename ?? title.formTitle),
            contentType: NoticeAttachment.xlsx, bytes: Data(corrected.bytes))
        section.isSendersOwn = corrected.isSendersOwn
        // The letter says to mend the attached workbook, so it names that one's cells.
        section.findings = corrected.findings
        section.removed = corrected.removed.map { office.letters.word("removed.\($0.rawValue)") }
        return section
    }

    /// The workbook as it was sent; of an xlsx that holds more than figures, a copy that does not.
    private func returnedWorkbook(_ judged: JudgedSubmission, _ title: SubmissionTitle) throws -> NoticeAttachment? {
        let part = judged.workbook.file.part
        let copy = [.xlsx, .xlsm].contains(part.kind) ? try correctedWorkbook(judged) : nil
        let isClean = part.kind == .xlsx && copy?.isSendersOwn == true && copy?.removed.isEmpty == true
        if isClean || ![.xlsx, .xlsm].contains(part.kind) {
            return NoticeAttachment(
                filename: part.filename ?? "", contentType: part.contentType, bytes: Data(part.bytes))
        }
        return copy.map { copy in
            NoticeAttachment(
                filename: Correction.markedName(of: part.filename ?? title.formTitle),
                contentType: NoticeAttachment.xlsx, bytes: Data(copy.bytes))
        }
    }

    /// nil when the sender's values cannot stand in a workbook: the letter goes out without it.
    private func correctedWorkbook(_ judged: JudgedSubmission) throws -> CorrectedWorkbook? {
        let file = judged.workbook.file
        // A file of several forms cannot be sent back for one of them.
        let isAlone = if case .workbook(let bound) = file.content { bound.count == 1 } else { false }
        do {
            return try office.correctedWorkbook(
                judged.workbook.bound, file: isAlone ? file.part.bytes : nil, judgement: judged.judgement,
                receipt: judged.submission?.receipt)
        } catch let error as WorkbookWriterError where error.code == .content {
            return nil
        }
    }

    private func reportReceived(_ judged: JudgedSubmission, _ title: SubmissionTitle) -> ReportReceived {
        var section = ReportReceived(title: title)
        let verdict = judged.judgement.verdict
        let identity = judged.judgement.identity
        if let unit = identity.unit, let year = identity.period.flatMap({ Int($0) }),
            let kind = office.campaign.units.nearest(unit, to: filing.day)?.kind,
            let obligation = office.campaign.plan.obligation(verdict.form.id, kind, year: year)
        {
            section.deadline = obligation.due.map { Deadline(day: $0.day, document: $0.document) }
            section.isPassedToLabour = !obligation.copies.isEmpty
        }
        section.replaces = judged.before.map { CivilDate($0.workbook.received, in: office.zone) }
        section.figures = verdict.receiptLines
        section.findings = verdict.findings
        section.missing = Self.missing(verdict)
        return section
    }

    private func nominationReceived(
        _ judged: JudgedSubmission, _ title: SubmissionTitle
    ) throws -> NominationReceived {
        var section = NominationReceived(title: title)
        let form = judged.workbook.form.definition
        let answers = judged.judgement.answers
        let identity = judged.judgement.identity
        section.nomineeKind = form.shown(SharedQuestion.nomineeKind, in: answers)
        section.content = form.shown(SharedQuestion.content, in: answers)
        section.stage = identity.stage.map { office.campaign.plan.stage($0)?.label ?? $0 } ?? ""
        section.reward = form.settings.rewardQuestion.map { form.shown($0, in: answers) } ?? ""
        section.checks = judged.judgement.verdict.receiptLines
        section.findings = judged.judgement.verdict.findings
        section.missing = Self.missing(judged.judgement.verdict)
        if let unit = identity.unit, let stage = identity.stage {
            section.list = try list(of: unit, stage: stage)
            section.unlisted = try stored.nominationCount(of: unit, stage: stage) - section.list.count
            let kind = judged.judgement.answers.first { $0.question == SharedQuestion.nomineeKind }?.value
            section.quota = try quota(of: unit, stage: stage, kind: kind)
            section.coverLetter = try coverLetter(of: unit, stage: stage)
        }
        return section
    }

    /// How many of such nominees the unit may nominate in the stage, and how many it has; nil where the office allots none.
    private func quota(
        of unit: UnitCode, stage: String, kind: AnswerValue?
    ) throws -> NominationReceived.Quota? {
        guard let quota = office.campaign.plan.quota(unit, stage: stage), case .text(let name)? = kind,
            let allotted = quota[NomineeClass(name)]
        else { return nil }
        let sent = try stored.nominations(of: unit, stage: stage, last: Self.mostNominations).count {
            $0.figures[SharedQuestion.nomineeKind].map { NomineeClass($0) } == NomineeClass(name)
        }
        return NominationReceived.Quota(allotted: allotted, sent: sent)
    }

    /// The unit's cover letter with everything that it has nominated in the stage, ready to sign.
    private func coverLetter(of unit: UnitCode, stage: String) throws -> NoticeAttachment? {
        guard let stage = office.campaign.plan.stage(stage) else { return nil }
        let nominations = try stored.nominations(of: unit, stage: stage.code, last: Self.mostNominations)
        return try UnitWorkbooks(office).coverLetter(
            for: unit, stage: stage, nominations: nominations.filter { $0.state != .withdrawn })
    }

    /// No unit is expected to nominate more in a stage.
    static let mostNominations = 200

    /// The unit's last nominations in this stage.
    private func list(of unit: UnitCode, stage: String) throws -> [NominationReceived.Listed] {
        try stored.nominations(of: unit, stage: stage, last: NominationReceived.longestList).map { nomination in
            NominationReceived.Listed(
                name: nomination.submission.name, content: shortContent(of: nomination),
                state: office.letters.word("dossier.\(nomination.state?.rawValue ?? "")"))
        }
    }

    /// What the award is for, in a word: `III.6`, the number that the content's label begins with; where the form asks no
    /// such thing, what the form is called.
    private func shortContent(of nomination: NominationLine) -> String {
        guard let form = office.forms.current(nomination.submission.key.form)?.definition else { return "" }
        let content =
            nomination.figures[SharedQuestion.content].map { form.shown($0, of: SharedQuestion.content) } ?? ""
        guard let first = content.split(separator: " ").first else { return shortTitle(form) }
        return first.contains(".") && first.last?.isNumber == true ? String(first) : content
    }

    private static func missing(_ verdict: Verdict) -> [Paper] {
        verdict.findings.filter { $0.code == .evidenceMissing }
            .map { Paper(code: $0.arguments["code"] ?? "", name: $0.arguments["name"] ?? $0.label) }
    }

    // MARK: - Files and papers

    private func unreadable(_ file: ReadFile?, _ reason: Unreadable) throws -> UnreadableFile {
        let limit = "\(office.facts.mailLimit >> 20) MB"
        let filename = file?.part.filename ?? ""
        let code = reason.code(of: file)
        let arguments: [String: String] =
            switch code {
            case .fileNotWorkbook: ["kind": file?.part.kind.rawValue ?? ""]
            case .fileTooLarge: ["limit": limit]
            case .evidenceUnreadable: ["value": filename]
            default: [:]
            }
        let needsBlank = code == .formUnknown || code == .fileNotWorkbook
        return UnreadableFile(
            filename: filename, code: code, arguments: arguments,
            blanks: needsBlank ? try blanks() : [])
    }

    private func evidence(_ submission: SubmissionRecord, _ attached: AttachedEvidence) throws -> ReplySection {
        let form = office.forms.current(submission.key.form)?.definition
        var section = EvidenceAdded(
            title: SubmissionTitle(
                kind: submission.kind, formTitle: form?.settings.title ?? submission.key.form,
                shortTitle: form.map(shortTitle) ?? submission.key.form, year: submission.key.period,
                nominee: submission.name.isEmpty ? nil : submission.name, receipt: submission.receipt, filename: ""))
        section.placed = attached.placed.map { filename, question in
            EvidenceAdded.Placed(filename: filename, paper: paper(question, form))
        }
        section.loose = attached.loose
        let there = Set(try stored.evidence(of: submission.id).compactMap(\.code))
        let asked = try stored.newestRevision(of: submission.id)?.workbook.verdict
        section.missing = (asked.map(Self.missing) ?? []).filter { !there.contains($0.code) }
        return .evidenceAdded(section)
    }

    private func paper(_ question: Question, _ form: FormDefinition?) -> Paper {
        let label = form?.text(question.label) ?? question.name
        let code = EvidenceFiling.code(of: question) ?? ""
        // The label begins with the code: "MC1. …".
        let name = label.hasPrefix(code + ". ") ? String(label.dropFirst(code.count + 2)) : label
        return Paper(code: code, name: name)
    }

    /// The reports that the sender's own unit owes, to be filled in.
    private func blanks() throws -> [NoticeAttachment] {
        guard let unit = units.onlyElement else { return [] }
        return try UnitWorkbooks(office, stored).reports(for: unit, on: filing.day).map(\.workbook)
    }

    /// Everything that the sender's units may fill in now; a sender who speaks for many units must be asked which.
    private func blankForms() throws -> BlankForms? {
        guard units.count <= Self.mostUnits else { return nil }
        let workbooks = try UnitWorkbooks(office, stored)
        let forms = try units.flatMap { try workbooks.forms(for: $0, on: filing.day) }
        return forms.isEmpty ? nil : BlankForms(forms: forms)
    }

    /// A merged unit and its predecessors.
    private static let mostUnits = 5

    // MARK: - Names

    private func title(_ workbook: IncomingWorkbook, submission: SubmissionRecord?) -> SubmissionTitle {
        let settings = workbook.form.definition.settings
        let identity = workbook.judgement.identity
        return SubmissionTitle(
            kind: settings.kind ?? .report, formTitle: settings.title, shortTitle: shortTitle(workbook.form.definition),
            year: identity.period, nominee: identity.nominee, receipt: submission?.receipt,
            filename: workbook.file.part.filename ?? "")
    }

    private func shortTitle(_ form: FormDefinition) -> String { form.settings.shortTitle ?? form.settings.title }

    func unitName(_ unit: UnitCode) -> String { office.campaign.units.officialName(of: unit, on: filing.day) }
}

/// Questions that the office's forms share by name (blocks B-A and N-A), and that letters speak of.
enum SharedQuestion {
    /// Who filled in the form.
    static let preparer = "nguoi_lap"
    /// What the nominee is.
    static let nomineeKind = "doi_tuong"
    /// What the award is for.
    static let content = "noi_dung"
}
