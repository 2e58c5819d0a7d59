import Campaign
import Foundation
import Intake
import Ledger
import Notices
import Records
import Review
import XLSForm

/// What `formpost show` prints of a nominee's file, beside what it prints of every submission.
struct DossierLines {
    let submission: SubmissionRecord
    let stored: LedgerView
    let office: Office
    let now: Date

    var lines: [String] {
        get throws {
            guard let dossier = try stored.dossier(of: submission.id) else { return [] }
            var lines = ["state: \(dossier.state.rawValue) since \(day(dossier.changed))"]
            if !dossier.flag.isEmpty { lines.append("look again: \(dossier.flag)") }
            let officer = try stored.officer(of: submission.id)
            if !officer.isEmpty { lines.append("reviewed by: \(officer)") }
            let moves = DossierMove.possible(from: dossier.state).map(\.rawValue).joined(separator: ", ")
            if !moves.isEmpty { lines.append("may be decided: \(moves)") }
            return try lines + same + versions + papers + standards + opinions + readiness(dossier)
        }
    }

    private func day(_ instant: Date) -> String { CivilDate(instant, in: office.zone).description }

    private var same: [String] {
        get throws {
            let linked = try stored.filesOfSameNominee(as: submission.id).map { "same nominee: \($0.receipt)" }
            let awards = try Award.earlier(than: submission, stored).map { award in
                let document = award.document.map { "\($0.number), \($0.day)" } ?? award.words
                return "awarded before: \(award.level.rawValue) \(document) (\(award.file.receipt))"
            }
            return try linked + awards + stored.namesakes(of: submission).map { "same name: \($0.receipt)" }
        }
    }

    private var versions: [String] {
        get throws {
            let file = try ReviewedFile(submission, stored)
            let newer = file.newer.map { "newer version: \($0.number), not taken up" }
            let crossings = office.definition(of: file.reviewed, submission).map { form in
                ThresholdCrossing.all(in: file.revisions, form: form).flatMap(\.lines).map {
                    "moved after the notice: \($0.label): \($0.before) → \($0.after)"
                }
            }
            return [newer].compactMap(\.self) + (crossings ?? [])
        }
    }

    private var papers: [String] {
        get throws {
            let file = try ReviewedFile(submission, stored)
            guard let form = office.definition(of: file.reviewed, submission) else { return [] }
            return try DossierPapers(of: submission, form: form, stored).papers.map { paper in
                let there = [
                    paper.scans.isEmpty && paper.letter == nil ? nil : "scan", paper.hasOriginal ? "original" : nil,
                ].compactMap(\.self)
                return "paper \(paper.id): \(there.isEmpty ? "missing" : there.joined(separator: ", "))"
                    + (paper.isBlocking && !paper.isThere ? " (keeps it from the list)" : "")
            }
        }
    }

    private var standards: [String] {
        get throws {
            let held = try stored.assessments(of: submission.id)
            let reviewed = try ReviewedFile(submission, stored).reviewed?.id
            return office.standards(of: submission).map { standard in
                guard let own = held[standard.id] else { return "standard \(standard.id): –" }
                let old = own.revision == reviewed ? "" : " (on an earlier version)"
                let note = own.note.isEmpty ? "" : ": \(own.note)"
                return "standard \(standard.id): \(own.verdict.rawValue)\(old), \(own.who)\(note)"
            }
        }
    }

    private var opinions: [String] {
        get throws {
            let labour = try stored.opinions(of: submission.id).map {
                "labour: \(day($0.at)) \($0.who) \($0.agrees ? "agrees" : "disagrees")"
                    + ($0.words.isEmpty ? "" : ": \($0.words)")
            }
            let asked = try stored.opinionRequests(of: submission.id).filter { $0.answered == nil }.map {
                "asked: \($0.office ?? "labour") on \(day($0.asked)), due \($0.due)"
            }
            return labour + asked
        }
    }

    private func readiness(_ dossier: DossierRecord) throws -> [String] {
        guard DossierMove.proposeToDistrict.from.contains(dossier.state) else { return [] }
        let today = CivilDate(now, in: office.zone)
        let reasons = try ProposalReadiness(of: submission, stored, office, on: today).reasons
        return reasons.isEmpty
            ? ["ready for the list"] : ["not ready: " + reasons.map(Self.words).joined(separator: "; ")]
    }

    static func words(_ reason: ProposalReadiness.Reason) -> String {
        switch reason {
        case .unassessed(let count): "\(count) standards without a verdict"
        case .open(let count): "\(count) standards not met, or open"
        case .outdated(let count): "\(count) verdicts on an earlier version"
        case .newer: "a newer version has come"
        case .papers(let ids): "missing papers: \(ids.joined(separator: ", "))"
        case .noOpinion: "no opinion of the Labour office"
        }
    }
}
