import Campaign
import Foundation
import Intake
import Ledger
import Records
import Review
import XLSForm

/// One nominee's file: papers left, the plan's standards right, opinions, and the buttons that move it.
struct DossierPage: Page {
    let receipt: String
    let heading: String
    let facts: String
    let state: String
    let officer: String?
    let flag: String?
    let awards: [String]
    let same: [SameNominee]
    let namesakes: [SameNominee]
    let crossings: [CrossingLine]
    let newer: NewerVersion?
    /// A later version with mistakes has come.
    let failed: String?
    let papers: [PaperLine]
    let papersThere: Int
    let papersAsked: Int
    /// Ids of the papers shown, and of those whose originals were there: what a form brings back is told from it.
    let paperIDs: String
    let originalIDs: String
    let loose: [LoosePaper]
    let standards: [StandardLine]
    let general: [String]
    let blocks: [SubmissionPage.Block]
    let pictures: [ShownPicture]
    let versions: [SubmissionPage.Version]
    let opinions: [String]
    let requests: [RequestLine]
    /// Where the Labour office's opinion stands; nil once it is there.
    let labour: String?
    let buttons: [DossierButton]
    let officers: [Choice]
    let remarks: [String]
    let letters: [LetterLine]
    let trail: [String]
    let due: String
    let mayReview: Bool
    let mayAssess: Bool
    let mayAsk: Bool
    let mayOpine: Bool
    let mayRemark: Bool
    let mayRevoke: Bool
    let decides: String?

    var title: String { "\(receipt) \(heading)" }
    static let place: Place? = .dossiers

    /// - Throws: `Turned.notFound`, also for what is no nomination.
    init(_ receipt: Receipt, _ stored: LedgerView, _ office: Office, _ visitor: Visitor, _ now: Date) throws {
        guard let submission = try stored.submission(receipt: receipt), submission.kind == .nomination,
            let dossier = try stored.dossier(of: submission.id)
        else { throw Turned.notFound }
        let today = CivilDate(now, in: office.zone)
        let file = try ReviewedFile(submission, stored)
        let form = office.definition(of: file.reviewed, submission)
        let view = DossierView(submission, file, form, stored, office)
        self.receipt = receipt.description
        heading = submission.name
        facts = view.facts
        state = "\(Wording.state(dossier.state)), từ \(Wording.day(dossier.changed, office.zone))"
        let name = try stored.officer(of: submission.id)
        officer = name.isEmpty ? nil : try stored.account(name)?.display ?? name
        flag = dossier.flag.isEmpty ? nil : Wording.flag(dossier.flag)
        awards = try view.awards()
        same = try stored.filesOfSameNominee(as: submission.id).map { try view.same($0) }
        namesakes = try stored.namesakes(of: submission).map { try view.same($0) }
        crossings = try view.crossings()
        newer = view.newer
        failed = file.failed.map { "Bản \($0.number) (\(Wording.day($0.workbook.received, office.zone)))" }

        let kept = try form.map { try DossierPapers(of: submission, form: $0, stored) }
        papers = kept.map(view.papers) ?? []
        papersThere = kept?.countThere ?? 0
        papersAsked = kept?.countAsked ?? 0
        paperIDs = papers.map(\.id).joined(separator: ",")
        originalIDs = papers.filter(\.hasOriginal).map(\.id).joined(separator: ",")
        loose = kept.map(view.loose) ?? []
        let held = try stored.assessments(of: submission.id)
        standards = office.standards(of: submission).map { view.standard($0, held[$0.id], kept) }
        general = view.findings.filter { $0.question == nil }.map(view.words)
        blocks = view.blocks
        pictures = NominationPictures.shown(submission.key.form, file.reviewed?.workbook.answers ?? []) { code in
            UnitCode(code).map { office.campaign.units.label(of: $0, on: today) } ?? code
        }
        versions = view.versions

        let said = try stored.opinions(of: submission.id)
        let asked = try stored.opinionRequests(of: submission.id)
        opinions = said.map {
            "\(Wording.day($0.at, office.zone)) \($0.who): \($0.agrees ? "đồng ý" : "có ý kiến"). \($0.words)"
        }
        requests = asked.filter { $0.office != nil }.map { view.request($0, today) }
        labour = view.labour(asked.last { $0.office == nil }, said.last, today)
        let readiness = try ProposalReadiness(of: submission, stored, office, on: today)
        let list = try stored.batches(of: submission.id).last { !$0.batch.isTold || $0.batch.decision == nil }
        buttons = view.buttons(dossier.state, visitor.role, readiness, list?.batch)
        decides = view.decider(dossier.state, visitor.role)
        officers = try stored.accounts().filter { [.interior, .head].contains($0.role) && !$0.isDisabled }.map {
            Choice(value: $0.name, label: $0.display, isHere: $0.name == name)
        }
        remarks = try stored.remarks(on: receipt.description).map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \($0.words)"
        }
        letters = try stored.notices(about: submission.id).map {
            LetterLine(
                path: [.interior, .head].contains(visitor.role) ? "/thu/\($0.id.rawValue)" : nil,
                words: "\(Wording.day($0.created, office.zone)): \($0.subject) (\(Wording.notice($0.state)))")
        }
        trail = try stored.audit(subject: receipt.description).reversed().map {
            "\(Wording.moment($0.at, office.zone)) \($0.who): \(Wording.action($0.action)) \(Wording.detail($0))"
        }
        due = Wording.day(CivilDate(daysSince1970: today.daysSince1970 + Self.daysForOpinion))
        mayReview = visitor.role.reviews
        mayAssess = mayReview && dossier.state == .inReview
        mayAsk = mayReview && ProposalReadiness.open.contains(dossier.state)
        mayOpine = visitor.role == .labour && ProposalReadiness.open.contains(dossier.state)
        mayRemark = visitor.role != .reader
        mayRevoke = mayReview && DossierMove.revoke.from.contains(dossier.state)
    }

    /// Days that an office has to answer, unless the form says otherwise.
    private static let daysForOpinion = 7
}

extension Role {
    /// Whoever judges nominees' files.
    var reviews: Bool { self == .interior || self == .head }
}

// MARK: - What stands on the page

/// Another file that is, or may be, of the same nominee.
struct SameNominee: Sendable {
    let receipt: String
    let words: String
}

struct CrossingLine: Sendable {
    let words: String
    let path: String
}

struct NewerVersion: Sendable {
    let number: Int
    let day: String
    let path: String
}

struct PaperLine: Sendable {
    struct Scan: Sendable {
        let name: String
        let path: String
    }

    let id: String
    let label: String
    let scans: [Scan]
    /// The unit's letter, as a submission of its own; nil of other papers, and while it has not come.
    let letter: String?
    let lacksScan: Bool
    let hasOriginal: Bool
    /// It is not there, and without it the file goes on no list.
    let blocks: Bool
}

struct LoosePaper: Sendable {
    let name: String
    let path: String
    let sha256: String
    let places: [Choice]
}

/// Something to choose from.
struct Choice: Sendable {
    let value: String
    let label: String
    var isHere = false
}

struct StandardLine: Sendable {
    struct Cell: Sendable {
        let label: String
        let words: String
    }

    let id: String
    let clause: String
    let name: String
    let nature: String
    let findings: [String]
    let cells: [Cell]
    let scans: [PaperLine.Scan]
    let choices: [Choice]
    let note: String
    let who: String
    /// It was judged on an earlier version, and what serves it has changed.
    let isOutdated: Bool
    /// Which verdict the reviewer sees.
    let mark: String
}

struct RequestLine: Sendable {
    let id: Int64
    let words: String
    let isOpen: Bool
}

struct LetterLine: Sendable {
    let path: String?
    let words: String
}

struct DossierButton: Sendable {
    let label: String
    let effect: String
    /// Where the letter is written first; nil where the press is enough.
    let draft: String?
    let move: String
    let needsReason: Bool
    /// Why it is closed; nil when it is open.
    let closed: String?
}
