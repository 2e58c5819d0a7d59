import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Notices
import Records
import Review

struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Moves a nomination, or notes something in its file, with who and why kept for ever.",
        discussion: """
            The moves: \(DossierMove.allCases.map(\.rawValue).joined(separator: ", ")). `formpost show` says which are possible \
            now. Return, decline and withdraw write a letter to the unit, which waits for a press where plan.xlsx, sheet thu, \
            says so. A file that is not ready is put forward only with a reason.

            What is noted: assess (--standard, --verdict, --reason as the note), original (--paper), opinion of the Labour \
            office (--agrees or --disagrees, --reason), assign (--to), use-new (the newest version), same and other (--with).

            Example:
              formpost decide KT-2020-0017 take
              formpost decide KT-2020-0017 assess --standard IV.2.6-1 --verdict met
              formpost decide KT-2020-0017 return --reason "Gửi bổ sung biên bản họp xét."
              formpost decide KT-2020-0017 award-district --reason "Quyết định số 215/QĐ-UBND ngày 20/05/2020"
            """)

    @Argument(help: "The receipt, in any spelling.")
    var receipt: String

    @Argument(help: "The move, or what is noted.")
    var move: String

    @Option(help: "Why; letters quote it, a line a point.")
    var reason = ""

    @OptionGroup var entry: FileEntry
    @OptionGroup var options: SettingsOption

    func run() throws {
        let (move, note) = (DossierMove(rawValue: move), FileEntry.Kind(rawValue: move))
        guard move != nil || note != nil else {
            let known = DossierMove.allCases.map(\.rawValue) + FileEntry.Kind.allCases.map(\.rawValue)
            throw CommandFailure.usage("\(self.move): no such move; there are \(known.joined(separator: ", "))")
        }
        let campaign = try CampaignOffice(options, mode: .edit)
        do {
            let words = try campaign.ledger.write { transaction in
                let submission = try ReceiptArgument.submission(receipt, transaction.stored)
                if let note { return try entry.keep(note, reason, of: submission, campaign, transaction) }
                return try make(move, of: submission, campaign, transaction)
            }
            var output = StandardOutput()
            try output.write(words.joined(separator: "\t"))
            try output.flush()
        } catch let refusal as Reviewing.Refusal {
            throw CommandFailure.usage("\(receipt): \(Self.words(refusal, self.move))")
        } catch let refusal as Assessing.Refusal {
            throw CommandFailure.usage("\(receipt): \(Self.words(refusal))")
        }
    }

    private func make(
        _ move: DossierMove?, of submission: SubmissionRecord, _ campaign: CampaignOffice,
        _ transaction: LedgerTransaction
    ) throws -> [String] {
        guard let move else { return [] }
        let reviewing = Reviewing(
            office: campaign.office, transaction: transaction, now: campaign.now, who: CampaignOffice.who)
        let letter = try reviewing.make(move, of: submission, reason: reason, isOverruled: true)
        return [submission.receipt.description, move.to.rawValue, letter?.words].compactMap(\.self)
    }

    private static func words(_ refusal: Reviewing.Refusal, _ move: String) -> String {
        switch refusal {
        case .noDossier: "it is no nomination; there is nothing to decide"
        case .noReason: "\(move) needs --reason TEXT"
        case .nothingNewer: "there is no newer version"
        case .listed(let list): "list \(list.rawValue) has its cover letter; the result is entered there"
        case .notReady(let reasons):
            "it is not ready: " + reasons.map(DossierLines.words).joined(separator: "; ")
                + "; with --reason TEXT it is put forward all the same"
        case .state(let state):
            "it is \(state.rawValue) now, from where \(move) is not possible; possible are "
                + (DossierMove.possible(from: state).map(\.rawValue).joined(separator: ", "))
        }
    }

    private static func words(_ refusal: Assessing.Refusal) -> String {
        switch refusal {
        case .state(let state): "it is \(state.rawValue) now; standards are assessed while it is in-review"
        case .changed(let other): "\(other.who) has given a verdict meanwhile"
        case .noStandard(let id): "its form serves no standard \(id); `formpost show` lists them"
        }
    }
}

/// What may be noted in a file beside its moves.
struct FileEntry: ParsableArguments {
    enum Kind: String, CaseIterable {
        case assess, original, opinion, assign
        case useNew = "use-new"
        case same, other
    }

    @Option(help: "With assess: the standard's id in plan.xlsx, or all.")
    var standard: String?

    @Option(help: "With assess: met, unmet, not-applicable or incomplete.")
    var verdict: String?

    @Option(help: "With original: the paper that has come by post, TT or a code such as MC1.")
    var paper: String?

    @Flag(help: "With opinion: the Labour office agrees.")
    var agrees = false

    @Flag(help: "With opinion: it does not; --reason says why.")
    var disagrees = false

    @Option(help: "With assign: the account's name.")
    var to: String?

    @Option(name: .customLong("with"), help: "With same and other: the other file's receipt.")
    var with: String?

    /// - Returns: what is printed.
    func keep(
        _ kind: Kind, _ words: String, of file: SubmissionRecord, _ campaign: CampaignOffice,
        _ transaction: LedgerTransaction
    ) throws -> [String] {
        let (who, now) = (CampaignOffice.who, campaign.now)
        let receipt = file.receipt.description
        guard try transaction.stored.dossier(of: file.id) != nil else { throw Reviewing.Refusal.noDossier }
        switch kind {
        case .assess: return [receipt] + (try assess(words, file, campaign, transaction))
        case .original:
            guard let paper else { throw CommandFailure.usage("original needs --paper, e.g. --paper MC1") }
            try transaction.noteOriginal(paper, isThere: true, of: file, by: who, at: now)
            return [receipt, paper]
        case .opinion:
            guard agrees != disagrees else { throw CommandFailure.usage("opinion needs --agrees or --disagrees") }
            if disagrees, words.isEmpty { throw Reviewing.Refusal.noReason }
            try transaction.add(Opinion(agrees: agrees, words: words, who: who, at: now), on: file)
            return [receipt, agrees ? "agrees" : "disagrees"]
        case .assign:
            guard let to, let account = try transaction.stored.account(to), [.interior, .head].contains(account.role)
            else { throw CommandFailure.usage("assign needs --to NAME, an account that reviews") }
            try transaction.assign(file, to: to, by: who, at: now)
            return [receipt, to]
        case .useNew:
            let result = try Reviewing(office: campaign.office, transaction: transaction, now: now, who: who).adopt(
                file)
            return [receipt, "kept \(result.kept)", "open \(result.open)"]
        case .same, .other:
            guard let with else { throw CommandFailure.usage("\(kind.rawValue) needs --with RECEIPT") }
            let other = try ReceiptArgument.submission(with, transaction.stored)
            try transaction.pair(file, other, isSame: kind == .same, by: who, at: now)
            return [receipt, kind.rawValue, other.receipt.description]
        }
    }

    private func assess(
        _ note: String, _ file: SubmissionRecord, _ campaign: CampaignOffice, _ transaction: LedgerTransaction
    ) throws -> [String] {
        guard let standard, let verdict = verdict.flatMap(Assessment.Verdict.init(rawValue:)) else {
            let known = Assessment.Verdict.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("assess needs --standard ID and --verdict, one of \(known)")
        }
        let ids = standard == "all" ? campaign.office.standards(of: file).map(\.id) : [standard]
        let assessing = Assessing(
            office: campaign.office, transaction: transaction, now: campaign.now, who: CampaignOffice.who)
        try assessing.keep(
            ids.map { Assessing.Entry(standard: $0, verdict: verdict, note: note, over: nil) }, of: file)
        return ["\(ids.count) \(verdict.rawValue)"]
    }
}
