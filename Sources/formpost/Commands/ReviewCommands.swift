import ArgumentParser
import Campaign
import Exports
import Foundation
import Intake
import Ledger
import Notices
import Records
import Review
import Sheets

struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Nominations that wait for the office.",
        discussion: """
            Receipt, state, since when, unit, nominee, how many papers are missing and why somebody should look again; \
            complete files first, and of those the longest waiting. With --export the list for the district's council (E1): collectives, individuals, households, sponsors.

            Example:
              formpost queue
              formpost queue --stage tong_ket_2020 --export trich-ngang.xlsx
            """)

    @Option(help: "Only this stage: its code in plan.xlsx.")
    var stage: String?

    @Option(help: "Only nominations of this unit: its code in units.xlsx.")
    var unit: String?

    @Option(help: "Only what this account reviews.")
    var officer: String?

    @Flag(help: "Also what waits for the unit, and what is closed.")
    var all = false

    @Option(help: "Write the nominations that may be put forward as a workbook.", completion: .file())
    var export: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var options: SettingsOption

    /// What is the office's turn.
    private static let waiting: Set<DossierState> = [
        .queued, .inReview, .proposedToDistrict, .awardedByDistrict, .proposedToProvince,
    ]

    func run() throws {
        let campaign = try CampaignOffice(options, mode: .read)
        if let stage, campaign.office.campaign.plan.stage(stage) == nil {
            let known = campaign.office.campaign.plan.stages.map(\.code).joined(separator: ", ")
            throw CommandFailure.usage("--stage \(stage): no such stage; plan.xlsx has \(known)")
        }
        if let export { return try write(export, campaign) }
        let unit = try unit.map { try campaign.unit($0) }
        let lines = try campaign.ledger.read { stored in
            try stored.dossiers().filter { all || Self.waiting.contains($0.state) || !$0.flag.isEmpty }
                .sorted { ($0.missing, $0.changed) < ($1.missing, $1.changed) }
                .compactMap { dossier -> Line? in
                    guard let submission = try stored.submission(dossier.submission),
                        unit == nil || submission.key.unit == unit
                    else { return nil }
                    let line = Line(
                        dossier, submission, officer: try stored.officer(of: submission.id), in: campaign.office)
                    return officer == nil || line.officer == officer ? line : nil
                }.filter { stage == nil || $0.stage == stage }
        }
        var output = StandardOutput()
        if lines.isEmpty, !json { try output.write("Nothing waits.") }
        for line in lines { try output.write(json ? JSONLine.text(line) : line.text) }
        try output.flush()
    }

    private func write(_ path: String, _ campaign: CampaignOffice) throws {
        let list = try campaign.ledger.read {
            try NominationList(stage: stage, campaign.office, $0, at: campaign.now)
        }
        try CommandFile.write(try WorkbookWriter.write(list.draft), to: path)
    }

    private struct Line: Encodable {
        let receipt: String
        let state: String
        let since: String
        let unit: String
        let nominee: String
        let stage: String?
        let officer: String
        let missingPapers: Int
        let flag: String

        init(_ dossier: DossierRecord, _ submission: SubmissionRecord, officer: String, in office: Office) {
            self.officer = officer
            missingPapers = dossier.missing
            receipt = submission.receipt.description
            state = dossier.state.rawValue
            since = CivilDate(dossier.changed, in: office.zone).description
            unit = office.campaign.units.label(
                of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone))
            // Names are what units wrote.
            nominee = LogText(submission.name).description
            stage = submission.key.stage
            flag = dossier.flag
        }

        var text: String {
            [
                receipt, state, since, unit, nominee, missingPapers > 0 ? "missing papers: \(missingPapers)" : "", flag,
            ].filter { !$0.isEmpty }.joined(separator: "\t")
        }
    }
}

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Everything about one submission.",
        discussion: """
            Its unit, state and versions, what the newest version was found to be, its papers, and who did what.

            Example:
              formpost show KT-2020-0017
            """)

    @Argument(help: "The receipt, in any spelling.")
    var receipt: String

    @OptionGroup var options: SettingsOption

    func run() throws {
        let campaign = try CampaignOffice(options, mode: .read)
        let lines: [String] = try campaign.ledger.read { stored in
            try self.lines(of: try ReceiptArgument.submission(receipt, stored), stored, campaign.office, campaign.now)
        }
        var output = StandardOutput()
        for line in lines { try output.write(LogText(line).description) }
        try output.flush()
    }

    private func lines(
        of submission: SubmissionRecord, _ stored: LedgerView, _ office: Office, _ now: Date
    ) throws -> [String] {
        func day(_ instant: Date) -> String { CivilDate(instant, in: office.zone).description }
        let key = submission.key
        let unit = office.campaign.units.label(of: key.unit, on: CivilDate(submission.opened, in: office.zone))
        var lines = [
            [submission.receipt.description, key.form, unit, key.period ?? key.stage ?? "", submission.name]
                .filter { !$0.isEmpty }.joined(separator: " · ")
        ]
        lines += try DossierLines(submission: submission, stored: stored, office: office, now: now).lines
        let revisions = try stored.revisions(of: submission.id)
        for revision in revisions {
            let workbook = revision.workbook
            lines.append(
                "version \(revision.number): \(day(workbook.received)) \(workbook.verdict.outcome.rawValue), "
                    + "\(revision.standing.rawValue), \(workbook.filename)")
        }
        for line in revisions.last?.workbook.verdict.receiptLines ?? [] { lines.append("  \(line)") }
        for finding in revisions.last?.workbook.verdict.findings ?? [] {
            let place = finding.cell.map { "\($0.sheet)!\($0.a1)" } ?? "–"
            lines.append("  \(finding.severity.rawValue) \(place) \(finding.label): \(office.wording.found(finding))")
        }
        for paper in try stored.evidence(of: submission.id) {
            lines.append("paper: \(paper.code ?? "–") \(paper.file.filename), \(day(paper.attached))")
        }
        for entry in try stored.audit(subject: submission.receipt.description) {
            lines.append("\(day(entry.at)) \(entry.who): \(entry.action) \(entry.detail)")
        }
        return lines
    }
}

/// A receipt as people write it.
enum ReceiptArgument {
    /// - Throws: exit status 64 when it is none, or the ledger has no such submission.
    static func submission(_ text: String, _ stored: LedgerView) throws -> SubmissionRecord {
        guard let receipt = Receipt.mentioned(in: text).first else {
            throw CommandFailure.usage("\(text): no receipt; write it like KT-2020-0017")
        }
        guard let submission = try stored.submission(receipt: receipt) else {
            throw CommandFailure.usage("\(receipt): there is no such submission")
        }
        return submission
    }
}
