import Campaign
import Foundation
import Ledger
import Mail
import Records
import XLSForm

/// Files a mail of a listed sender whose address may be believed: its workbooks, its papers, its questions.
struct MailFiling {
    let filing: Filing
    let read: ReadMail
    let sender: MailAddress
    /// The units that the sender may speak for.
    let units: [UnitCode]
    /// Submissions that the subject names.
    let mentioned: [Receipt]
    /// Each is looked up for each workbook; a subject of thousands was not typed.
    private static let mostMentioned = 20

    init(_ filing: Filing, _ read: ReadMail, sender: MailAddress, units: [UnitCode]) {
        self.filing = filing
        self.read = read
        self.sender = sender
        self.units = units
        mentioned = Array(Receipt.mentioned(in: read.message.subject).prefix(Self.mostMentioned))
    }

    private var stored: LedgerView { filing.stored }

    func file() throws -> FiledMail {
        let workbooks = try novelWorkbooks()
        let outcome = try expectedOutcome(workbooks)
        let unit = workbooks.lazy.compactMap(\.unit).first { units.contains($0) } ?? units.onlyElement
        let id = try filing.record(filing.message(outcome, read, sender: sender, unit: unit))
        var results: [FilingResult] = []
        if read.isTooLarge {
            results.append(.unreadable(nil, .tooLarge))
        }
        results += try fileWorkbooks(workbooks, of: id)
        results += read.files.compactMap { file in
            guard case .unreadable(let reason) = file.content, !file.isForwarded else { return nil }
            return .unreadable(file, reason)
        }
        if workbooks.isEmpty, !read.isTooLarge {
            results += try fileWithoutWorkbook(id, outcome, hasResults: !results.isEmpty)
        }
        try note(results, of: id, outcome, unit)
        try filing.answer(id, read, to: sender, unit: unit, units: units, results: results)
        return FiledMail(id: id, key: filing.mail.arrived.key, destination: outcome.destination)
    }

    /// What was not filed has no findings of its own: the mail keeps their codes.
    private func note(
        _ results: [FilingResult], of message: MessageRecord.ID, _ outcome: MessageOutcome, _ unit: UnitCode?
    ) throws {
        var seen = Set<FindingCode>()
        let codes = results.compactMap(\.code).filter { seen.insert($0).inserted }
        guard !codes.isEmpty, filing.mail.admitted == nil else { return }
        try filing.transaction.change(
            message, outcome: outcome, unit: unit, reason: codes.map(\.rawValue).joined(separator: ", "))
    }

    private func expectedOutcome(_ workbooks: [IncomingWorkbook]) throws -> MessageOutcome {
        if !workbooks.isEmpty { return .workbooks }
        let broughtWorkbooks = read.files.contains {
            if case .workbook = $0.content { true } else { false }
        }
        if broughtWorkbooks { return .repeated }
        if !evidenceFiles.isEmpty { return .evidence }
        let broughtUnreadable = read.files.contains {
            if case .unreadable = $0.content { true } else { false }
        }
        return broughtUnreadable || read.isTooLarge ? .unreadable : .question
    }

    // MARK: - Workbooks

    /// The workbooks that are not old attachments of a forwarded thread.
    private func novelWorkbooks() throws -> [IncomingWorkbook] {
        try read.files.flatMap { file -> [IncomingWorkbook] in
            guard case .workbook(let bound) = file.content else { return [] }
            if file.isForwarded, try stored.knowsFile(sha256: file.part.sha256) { return [] }
            return try bound.map { try IncomingWorkbook($0, file: file, filing: filing, names: evidenceNames) }
        }
    }

    private func fileWorkbooks(
        _ workbooks: [IncomingWorkbook], of message: MessageRecord.ID
    ) throws -> [FilingResult] {
        var results: [FilingResult] = []
        // What a rule of a later one looks up, an earlier one may bring.
        let ordered = workbooks.enumerated().sorted { ($0.element.turn, $0.offset) < ($1.element.turn, $1.offset) }
        for group in Self.grouped(try ordered.map { try located($0.element) }) {
            switch group {
            case .one(let located):
                results.append(
                    try WorkbookFiling(self, located, of: message, isOnly: workbooks.count == 1).file())
            case .contradicting(let located):
                results.append(.contradicting(located.map(\.workbook)))
            }
        }
        return results
    }

    /// A workbook, and the submission that it continues.
    struct Located {
        let workbook: IncomingWorkbook
        let identification: Identification?
        /// Set when the same answers have come before as the newest revision.
        let sameAs: RevisionRecord?
        /// Whether the mail names the submission, rather than its key alone.
        var isNamed = false
    }

    private func located(_ workbook: IncomingWorkbook) throws -> Located {
        guard let key = workbook.key, units.contains(key.unit) else {
            return Located(workbook: workbook, identification: nil, sameAs: nil)
        }
        let (identification, isNamed) = try Identification.find(
            key: key, printed: workbook.bound.receipt, mentioned: mentioned,
            repliesTo: read.message.inReplyTo, in: stored)
        guard case .continues(let submission) = identification,
            let newest = try stored.newestRevision(of: submission.id),
            newest.workbook.contentHash == workbook.contentHash
        else { return Located(workbook: workbook, identification: identification, sameAs: nil, isNamed: isNamed) }
        return Located(workbook: workbook, identification: identification, sameAs: newest)
    }

    private enum Group {
        case one(Located)
        /// Same key, other figures: both are named, neither is filed.
        case contradicting([Located])
    }

    /// Two workbooks of one key in one mail: the same answers are one, and a copy of what is filed already does not count
    /// beside a new version.
    private static func grouped(_ all: [Located]) -> [Group] {
        var groups: [Group] = []
        var taken = Set<Int>()
        for (index, located) in all.enumerated() where !taken.contains(index) {
            guard let key = located.workbook.key else {
                groups.append(.one(located))
                continue
            }
            let alike = all.indices.filter { all[$0].workbook.key == key }
            taken.formUnion(alike)
            let fresh = alike.map { all[$0] }.filter { $0.sameAs == nil }
            let contents = Set(fresh.map(\.workbook.contentHash))
            if contents.count > 1 {
                groups.append(.contradicting(fresh))
            } else {
                groups.append(.one(fresh.first ?? located))
            }
        }
        return groups
    }

    // MARK: - Papers and questions

    var evidenceFiles: [ReadFile] {
        read.files.filter { if case .evidence = $0.content { !$0.isForwarded } else { false } }
    }

    var evidenceNames: [EvidenceName] {
        evidenceFiles.compactMap { $0.part.filename.map { EvidenceName(filename: $0) } }
    }

    private func fileWithoutWorkbook(
        _ message: MessageRecord.ID, _ outcome: MessageOutcome, hasResults: Bool
    ) throws -> [FilingResult] {
        let papers = evidenceFiles
        if papers.isEmpty {
            switch SubjectRequest(read.message.subject) {
            case .blankForms: return [.blanksWanted]
            case .withdrawal: try flagForWithdrawal()
            case nil: break
            }
            let thread = filing.message(.question, read).thread
            // Old attachments of a forwarded thread were answered when they came. Mails without any identifier share no
            // thread.
            guard !hasResults, outcome != .repeated,
                try thread.isEmpty || stored.noticeCount(kind: .noWorkbook, inThread: thread) == 0
            else { return [] }
            return [.noWorkbook]
        }
        guard let submission = try submissionOfPapers() else {
            return papers.prefix(1).map { .onlyPapers($0) }
        }
        let form = filing.office.forms.current(submission.key.form)
        let attached = try EvidenceFiling(filing).attach(papers, of: message, to: submission, form: form?.definition)
        return [.evidence(submission, attached)]
    }

    /// A wish to withdraw is a person's to grant: the mail may be a mistake. The reviewer sees it on the nomination.
    private func flagForWithdrawal() throws {
        for receipt in mentioned {
            guard let submission = try stored.submission(receipt: receipt), submission.kind == .nomination,
                units.contains(submission.key.unit)
            else { continue }
            try filing.transaction.flagDossier(of: submission.id, "the unit asks to withdraw it")
        }
    }

    /// The submission that papers without a workbook belong to: named in the subject, or spoken of in the notice that the
    /// mail replies to. It must be one of the sender's units.
    private func submissionOfPapers() throws -> SubmissionRecord? {
        let named = try mentioned.compactMap { try stored.submission(receipt: $0) }
        let answered = try read.message.inReplyTo.flatMap { try stored.submissions(answering: $0) }
        return (named.isEmpty ? answered : named).filter { units.contains($0.key.unit) }.onlyElement
    }
}
