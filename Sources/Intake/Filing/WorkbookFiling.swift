import Campaign
import Foundation
import Ledger
import Mail
import Records
import XLSForm

/// Files one workbook: its submission, its revision, its papers, the nominee's dossier.
struct WorkbookFiling {
    let mail: MailFiling
    let located: MailFiling.Located
    let message: MessageRecord.ID
    /// The mail's papers belong to its only workbook; among several a paper must say where it belongs.
    let isOnly: Bool

    init(_ mail: MailFiling, _ located: MailFiling.Located, of message: MessageRecord.ID, isOnly: Bool) {
        self.mail = mail
        self.located = located
        self.message = message
        self.isOnly = isOnly
    }

    private var filing: Filing { mail.filing }
    private var stored: LedgerView { filing.stored }
    private var transaction: LedgerTransaction { filing.transaction }
    private var workbook: IncomingWorkbook { located.workbook }

    func file() throws -> FilingResult {
        if let unit = workbook.unit, !mail.units.contains(unit) {
            return .unitDisagreement(workbook, stated: unit)
        }
        guard let key = workbook.key, let identification = located.identification else {
            // Without what identifies it there is no number; the findings say what is missing.
            return .judged(JudgedSubmission(workbook, judgement: workbook.judgement))
        }
        switch identification {
        case .ambiguous(let candidates): return .ambiguous(workbook, candidates)
        case .continues(let submission):
            if let same = located.sameAs { return try repeated(submission, same) }
            return try revise(submission, key: key)
        case .opens(let key):
            let submission = try transaction.open(
                key, kind: workbook.form.definition.settings.kind ?? .report, year: year,
                name: workbook.judgement.identity.nominee ?? "", at: filing.mail.arrived.received)
            return try add(try judgedAmongOthers(), to: submission, before: nil, closed: closedStage)
        }
    }

    /// The period's year, else the stage's, else the arrival's. A period that the plan does not know is a slip of the
    /// hand: the next revision mends it, but the number stays for life, so that it must not bear it.
    private var year: Int {
        let identity = workbook.judgement.identity
        let plan = filing.office.campaign.plan
        let known = plan.years ?? Receipt.years
        let period = identity.period.flatMap { Int($0) }.flatMap { known.contains($0) ? $0 : nil }
        let year = period ?? identity.stage.flatMap { plan.stageYear($0) } ?? filing.day.year
        return Receipt.years.contains(year) ? year : filing.day.year
    }

    /// The stage of a nomination that comes after its last day. One that is there already may still be mended.
    private var closedStage: Plan.Stage? {
        guard let stage = workbook.judgement.identity.stage.flatMap({ filing.office.campaign.plan.stage($0) }),
            let last = stage.open.last, filing.day > last
        else { return nil }
        return stage
    }

    // MARK: - The same again

    private func repeated(_ submission: SubmissionRecord, _ same: RevisionRecord) throws -> FilingResult {
        let papers = isOnly ? mail.evidenceFiles : []
        if !papers.isEmpty {
            let attached = try EvidenceFiling(filing).attach(
                papers, of: message, to: submission, form: workbook.form.definition)
            return .evidence(submission, attached)
        }
        return .repeated(workbook, submission, same)
    }

    // MARK: - The next revision

    /// Judged again where other workbooks of the mail may have been filed since it was read.
    private func judgedAmongOthers() throws -> Judgement {
        if isOnly || workbook.form.tablesRead?.isEmpty == true { return workbook.judgement }
        return Judge.judge(
            workbook.bound, by: workbook.form,
            in: try filing.judgingContext(workbook.form, evidence: mail.evidenceNames))
    }

    private func revise(_ submission: SubmissionRecord, key: SubmissionKey) throws -> FilingResult {
        let earlier = try stored.evidence(of: submission.id)
        var judgement = try judgedAmongOthers()
        if !earlier.isEmpty || submission.kind == .nomination {
            // Papers that came with an earlier revision count, its figures do not.
            let names =
                mail.evidenceNames + earlier.map { EvidenceName(filename: $0.file.filename, code: $0.code) }
            judgement = Judge.judge(
                workbook.bound, by: workbook.form,
                in: try filing.judgingContext(workbook.form, evidence: names, of: submission))
        }
        var continued = submission
        if submission.key != key, try stored.submission(key: key) == nil {
            try transaction.rekey(submission.id, to: key, name: judgement.identity.nominee ?? "")
            continued = try stored.submission(submission.id) ?? submission
        }
        let newest = try stored.newestRevision(of: submission.id)
        let result = try add(judgement, to: continued, before: try stored.filedRevision(of: submission.id))
        if let newest { try flagCrossing(of: submission, from: newest.workbook.verdict, to: judgement.verdict) }
        return result
    }

    private func add(
        _ judgement: Judgement, to submission: SubmissionRecord, before: RevisionRecord?, closed: Plan.Stage? = nil
    ) throws -> FilingResult {
        let circumstances = Circumstances(
            filing: filing, workbook: workbook, judgement: judgement, submission: submission, before: before,
            closed: closed, isNamed: located.isNamed, papers: isOnly ? mail.evidenceFiles : [])
        let judgement = try circumstances.judged()
        let isFrozen =
            try submission.key.period.map {
                try stored.isFrozen(form: submission.key.form, period: $0)
            } ?? false
        let standing = RevisionStanding(judgement.verdict.outcome, waits: isFrozen || closed != nil)
        let added = try transaction.add(
            JudgedWorkbook(
                message: message, filename: workbook.file.part.filename ?? "",
                fileSHA256: workbook.file.part.sha256, contentHash: workbook.contentHash,
                plan: filing.office.campaign.planSHA256, units: filing.office.campaign.unitsSHA256,
                received: filing.mail.arrived.received, verdict: judgement.verdict, answers: judgement.answers),
            to: submission.id, standing: standing)
        for note in circumstances.explanationNotes {
            try transaction.remark(
                note, on: submission.receipt.description, by: mail.sender.address, at: filing.mail.arrived.received)
        }
        if isOnly {
            try EvidenceFiling(filing).attach(
                mail.evidenceFiles, of: message, to: submission, form: workbook.form.definition)
        } else {
            try EvidenceFiling(filing).attachNamed(
                mail.evidenceFiles, by: judgement.evidence, of: message, to: submission,
                form: workbook.form.definition)
        }
        if submission.kind == .nomination {
            try moveDossier(of: submission, judgement.verdict.outcome, hasFiled: before != nil)
            if let closed {
                try transaction.flagDossier(of: submission.id, "it came after the stage \(closed.code) had closed")
            }
        }
        if standing == .filed {
            filing.figures.accept(
                AcceptedFigures(
                    receipt: submission.receipt, key: submission.key, received: filing.mail.arrived.received,
                    values: AcceptedAnswers.figures(of: judgement.answers)))
        }
        if added.superseded != nil { try flagReaders(of: submission) }
        return .judged(
            JudgedSubmission(
                workbook, judgement: judgement, submission: submission, revision: added.number,
                standing: standing, before: before, closed: closed))
    }

    /// A new revision during review does not restart it: the reviewer is told that there is one.
    private func moveDossier(of submission: SubmissionRecord, _ outcome: Outcome, hasFiled: Bool) throws {
        let state: DossierState =
            switch outcome {
            case .accepted: .queued
            case .needsCorrection: .needsCorrection
            case .standardNotMet: .standardNotMet
            }
        let current = try stored.dossier(of: submission.id)
        switch current?.state {
        case nil, .needsCorrection, .standardNotMet, .returned:
            try transaction.moveDossier(of: submission, to: state, by: "formpost", at: filing.now)
        case .queued where outcome == .accepted:
            break
        default:
            try transaction.flagDossier(of: submission.id, "a new revision has arrived: \(outcome.rawValue)")
        }
    }

    /// A figure that passes a threshold after the unit was told of the unmet standard may be mended, or made to fit: the
    /// reviewer sees both values.
    private func flagCrossing(of submission: SubmissionRecord, from old: Verdict, to new: Verdict) throws {
        guard submission.kind == .nomination, old.outcome == .standardNotMet, new.outcome == .accepted else { return }
        let moved = zip(old.receiptLines, new.receiptLines).filter { $0 != $1 }.map { "\($0) → \($1)" }
        try transaction.flagDossier(
            of: submission.id,
            "figures moved after the notice of an unmet standard: " + moved.joined(separator: "; "))
    }

    /// Nominations whose verdict read a figure of this report are looked at again.
    private func flagReaders(of submission: SubmissionRecord) throws {
        for row in filing.office.campaign.rowsFed(by: submission.key, on: filing.day) {
            for reader in try stored.readers(ofTable: row.table, key: row.key) where reader != submission.id {
                try transaction.flagDossier(of: reader, "\(submission.receipt), which its verdict read, has changed")
            }
        }
    }
}

extension RevisionStanding {
    /// What becomes of a revision with this outcome.
    /// - Parameter waits: it came when the figures were frozen or the stage was closed.
    init(_ outcome: Outcome, waits: Bool) {
        self =
            switch outcome {
            case .accepted: waits ? .waiting : .filed
            case .needsCorrection: .failed
            case .standardNotMet: .waiting
            }
    }
}
