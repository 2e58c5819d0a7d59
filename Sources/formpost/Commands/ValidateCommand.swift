import ArgumentParser
import Campaign
import Digest
import Foundation
import Intake
import Notices
import Records
import Sheets
import XLSForm

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Judges one filled workbook without any mail.",
        discussion: """
            Look-ups see plan.xlsx and units.xlsx, and no earlier reports. Papers that the form asks for are looked for \
            among what --with names, and not at all without it. Ends with 1 when there are findings.

            Example:
              formpost validate "BC 2019 Thien Loc.xlsx"
              formpost validate filled.xlsx --mark marked.xlsx --json
              formpost validate filled.xlsx --with scans/ "MC2 bien ban.pdf"
            """)

    @Argument(help: "The filled workbook.", completion: .file())
    var workbook: String

    @Option(help: "Judge it as this form; otherwise the workbook says what it is.")
    var form: String?

    @Option(help: "The unit that sends it; otherwise the workbook says so.")
    var unit: String?

    @Option(help: "When it was received, e.g. 2019-12-18 or 2019-12-18T16:55; now otherwise.")
    var received: String?

    @Option(
        parsing: .upToNextOption,
        help: .init("The papers that come along: files, and folders of files.", valueName: "file-or-folder"),
        completion: .file())
    var with: [String] = []

    @Option(help: "Write the workbook with the wrong cells marked.", completion: .file())
    var mark: String?

    @Option(help: "The forms folder; the settings name it otherwise.", completion: .directory)
    var forms: String?

    @OptionGroup var options: SettingsOption

    @Flag(help: "One JSON object; one a line where the workbook holds several forms.")
    var json = false

    func run() throws {
        let folder = try FormsOffice(FormsLocation(forms, options: options))
        let office = folder.office
        let unit = try unit.map { try folder.unit($0) }
        let instant = try receivedTime(office.zone)
        let bytes = try CommandFile.read(workbook)
        let papers = with.isEmpty ? nil : try with.flatMap { try PapersAlong.names(at: $0) }
        let bound = try bind(bytes, folder)
        if mark != nil, bound.count > 1 {
            CommandFailure.say("\(workbook): it holds \(bound.count) forms; the first alone is marked")
        }
        var hasFindings = false
        for (index, one) in bound.enumerated() {
            guard let compiled = office.forms[one.form] else { continue }
            let day = CivilDate(instant, in: office.zone)
            let judgement = Judge.judge(
                one, by: compiled,
                in: JudgingContext(
                    received: instant, zone: office.zone, seed: Digest.bytes(.sha256, of: bytes),
                    snapshot: office.campaign.snapshot(accepted: [], on: day), evidence: papers, unit: unit))
            hasFindings = hasFindings || !judgement.verdict.findings.isEmpty
            try show(judgement.verdict, office)
            if papers == nil, compiled.definition.questions.contains(where: { $0.kind == .attachment }) {
                CommandFailure.say(
                    "\(workbook): the papers that \(one.form) asks for were not looked for; name those that come along: "
                        + "--with FILE-OR-FOLDER …")
            }
            if let mark, index == 0 {
                let marked = try office.correctedWorkbook(
                    one, file: bytes, judgement: judgement, receipt: one.receipt)
                try CommandFile.write(marked.bytes, to: mark)
                tellOf(marked)
            }
        }
        if hasFindings { throw ExitStatus.findings }
    }

    private func tellOf(_ marked: CorrectedWorkbook) {
        if !marked.isSendersOwn {
            CommandFailure.say("\(workbook): it cannot be marked as it is; the copy is a new workbook with its values")
        }
        if !marked.removed.isEmpty {
            let removed = marked.removed.map(\.rawValue).joined(separator: ", ")
            CommandFailure.say("\(workbook): left out of the copy: \(removed)")
        }
    }

    private func bind(_ bytes: [UInt8], _ folder: FormsOffice) throws -> [BoundWorkbook] {
        let read: Workbook
        do {
            read = try WorkbookReader.read(bytes)
        } catch {
            throw CommandFailure.unreadable(workbook, "\(error)")
        }
        if FormReader.isDefinition(read) {
            throw CommandFailure.unreadable(
                workbook,
                "\(FindingCode.formUnknown.rawValue): it is the definition of a form, not a form filled in; "
                    + "`formpost check \(workbook)` checks it, `formpost template` makes the workbook to fill in")
        }
        var definitions = folder.forms.definitions
        if let form {
            let id = try folder.form(form, option: "--form ").definition.identity.id
            definitions = definitions.filter { $0.identity.id == id }
        }
        guard case .bound(let bound) = Binder.bind(read, forms: definitions, tables: folder.office.bindingTables) else {
            let sentence = form.map { "it is not the form \($0)" } ?? "it is none of the forms"
            throw CommandFailure.unreadable(
                workbook, "\(FindingCode.formUnknown.rawValue): \(sentence); is it the right file?")
        }
        return bound
    }

    private func show(_ verdict: Verdict, _ office: Office) throws {
        var output = StandardOutput()
        if json {
            try output.write(try JSONLine.text(Report(verdict, wording: office.wording)))
        } else {
            try output.write("\(verdict.form): \(verdict.outcome.rawValue)")
            for finding in verdict.findings {
                let place = finding.cell.map { "\($0.sheet)!\($0.a1)" } ?? "–"
                try output.write("\(finding.severity.rawValue)\t\(place)\t\(finding.label)")
                try output.write("\t\(office.wording.found(finding))\n\t→ \(office.wording.todo(finding))")
            }
        }
        try output.flush()
    }

    private func receivedTime(_ zone: OfficeZone) throws -> Date {
        guard let text = received else { return Date() }
        guard let instant = ReceivedTime.read(text, zone: zone) else {
            throw CommandFailure.usage("--received \(text): write it like 2019-12-18 or 2019-12-18T16:55")
        }
        return instant
    }

    private struct Report: Encodable {
        struct Line: Encodable {
            let code: String
            let severity: String
            let sheet: String?
            let ref: String?
            let name: String?
            let rule: Int?
            let message: String

            enum CodingKeys: String, CodingKey { case code, severity, sheet, ref, name, rule, message }

            /// Machines find every key on every line.
            func encode(to encoder: any Encoder) throws {
                var values = encoder.container(keyedBy: CodingKeys.self)
                try values.encode(code, forKey: .code)
                try values.encode(severity, forKey: .severity)
                try values.encode(sheet, forKey: .sheet)
                try values.encode(ref, forKey: .ref)
                try values.encode(name, forKey: .name)
                try values.encode(rule, forKey: .rule)
                try values.encode(message, forKey: .message)
            }
        }

        let form: String
        let version: String
        let outcome: String
        let findings: [Line]

        init(_ verdict: Verdict, wording: FindingWording) {
            form = verdict.form.id
            version = verdict.form.version
            outcome = verdict.outcome.rawValue
            findings = verdict.findings.map { finding in
                Line(
                    code: finding.code.rawValue, severity: finding.severity.rawValue, sheet: finding.cell?.sheet,
                    ref: finding.cell?.a1, name: finding.question, rule: finding.rule,
                    message: "\(wording.found(finding)); \(wording.todo(finding))")
            }
        }
    }
}
