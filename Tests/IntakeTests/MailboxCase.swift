import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Testing

/// One folder of the sample mailbox: mails in their order, and what must come of them.
struct MailboxCase: CustomTestStringConvertible, Sendable {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    /// What the ledger must hold after a mail.
    struct Expectation: Codable, Equatable {
        struct Workbook: Codable, Equatable {
            var form: String
            var version: String
            var outcome: String
            var standing: String
            var receipt: String
            var findings: [String]
        }

        var outcome: String
        var notice: String?
        /// Codes of what was not filed, or why nothing was; nil when there is nothing to say.
        var reason: String?
        var workbooks: [Workbook]
    }

    /// The repository, told by this file's own place.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let all: [MailboxCase] = {
        let mailbox = repository.appendingPathComponent("Mailbox")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: mailbox.path)) ?? []
        return names.sorted().map { MailboxCase(folder: mailbox.appendingPathComponent($0)) }
            .filter { FileManager.default.fileExists(atPath: $0.folder.appendingPathComponent("1.eml").path) }
    }()

    var mails: [URL] {
        (1...99).map { folder.appendingPathComponent("\($0).eml") }
            .prefix { FileManager.default.fileExists(atPath: $0.path) }
    }

    var expected: [Expectation] {
        get throws {
            try JSONDecoder().decode(
                [Expectation].self, from: try Data(contentsOf: folder.appendingPathComponent("expected.json")))
        }
    }

    /// The replies' subjects and texts, in the order of the mails.
    var reply: String {
        get throws { try String(contentsOf: folder.appendingPathComponent("reply.txt"), encoding: .utf8) }
    }

    func write(_ outcome: Outcome) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(outcome.mails) + Data("\n".utf8)).write(to: folder.appendingPathComponent("expected.json"))
        try Data(outcome.replies.utf8).write(to: folder.appendingPathComponent("reply.txt"))
    }

    struct Outcome {
        var mails: [Expectation] = []
        var replies = ""
    }

    /// Runs the mails through the whole line, in a ledger of their own.
    func run() throws -> Outcome {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: data) }
        let ledger = try Ledger.open(folder: data.path, mode: .work)
        let archive = try Archive(folder: data.path)
        let pipeline = try SampleOffice.pipeline()
        var outcome = Outcome()
        for (index, mail) in mails.enumerated() {
            let bytes = [UInt8](try Data(contentsOf: mail))
            guard let uidValidity = UIDValidity(1), let uid = UID(UInt32(index + 1)),
                let received = try MessageReader.read(bytes).date
            else { throw CocoaError(.fileReadCorruptFile) }
            let key = MessageKey(account: "mau", folder: "INBOX", uidValidity: uidValidity, uid: uid)
            let read = try pipeline.read(
                [ArrivedMail(key: key, received: received, bytes: bytes)], into: archive)
            let filed = try pipeline.file(read, into: ledger, logger: Logger(label: "test"))
            guard let id = filed.first?.id else { throw CocoaError(.fileReadUnknown) }
            try ledger.read { view in
                outcome.mails.append(try Self.expectation(id, view))
                outcome.replies += try Self.replies(to: id, view)
            }
        }
        try ledger.close()
        return outcome
    }

    private static func expectation(_ id: MessageRecord.ID, _ view: LedgerView) throws -> Expectation {
        let record = try view.message(id)
        let notice = try view.outbox().last { $0.inReplyTo == id }
        let revisions = try view.submissions().flatMap { submission in
            try view.revisions(of: submission.id).filter { $0.workbook.message == id }.map { (submission, $0) }
        }
        return Expectation(
            outcome: record?.message.outcome.rawValue ?? "none", notice: notice?.kind.rawValue,
            reason: record.flatMap { $0.message.reason.isEmpty ? nil : $0.message.reason },
            workbooks: revisions.map { submission, revision in
                let verdict = revision.workbook.verdict
                return Expectation.Workbook(
                    form: verdict.form.id, version: verdict.form.version, outcome: verdict.outcome.rawValue,
                    standing: revision.standing.rawValue, receipt: submission.receipt.description,
                    findings: verdict.findings.map { finding in
                        let cell = finding.cell.map { "\($0.sheet)!\($0.a1)" } ?? "–"
                        let rule = finding.rule.map { " \($0)" } ?? ""
                        return
                            "\(finding.severity.rawValue) \(finding.code.rawValue)\(rule) \(cell) \(finding.question ?? "–")"
                    })
            })
    }

    private static func replies(to id: MessageRecord.ID, _ view: LedgerView) throws -> String {
        try view.outbox().filter { $0.inReplyTo == id }.map { entry in
            let message = try MessageReader.read(try view.mime(of: entry.id) ?? [])
            let names = message.attachments.compactMap(\.filename)
            return "To: \(entry.recipient)\nSubject: \(message.subject)\n"
                + names.map { "Attachment: \($0)\n" }.joined() + "\n\(message.text)\n"
        }.joined()
    }
}
