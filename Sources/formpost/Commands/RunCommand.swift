import ArgumentParser
import Foundation
import Intake
import Ledger
import Mail
import Records
import ServiceLifecycle
import UnixSignals

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Takes mail in and sends notices, until stopped.",
        discussion: """
            SIGTERM finishes the messages at hand. At the first contact with a mailbox the mail that lies there already \
            is left alone, unless --since is given, then or later. What arrives after the first contact is always \
            answered.

            Example:
              formpost run --config /etc/formpost/formpost.yaml
              formpost run --once --since 2019-12-01 --answer
            """)

    @OptionGroup var options: SettingsOption

    @Flag(help: "End when the mailbox is empty and the outbox sent; print a table of what came in.")
    var once = false

    @Option(
        help: "Take the mail as well that lay there before the first contact, from this day on (2019-12-01), silently.")
    var since: String?

    @Flag(help: "With --since: answer that mail too.")
    var answer = false

    @Flag(help: "Also serve the console; see `formpost serve`.")
    var serve = false

    @OptionGroup var address: ConsoleAddress

    func run() async throws {
        if once, serve { throw CommandFailure.usage("--once ends by itself, --serve does not: give one of them") }
        var past: PastMail?
        if let since {
            guard let day = CivilDate(iso8601: since) else {
                throw CommandFailure.usage("--since \(since): no day; write it like 2019-12-01")
            }
            past = PastMail(since: day, isAnswered: answer)
        } else if answer {
            throw CommandFailure.usage("--answer goes with --since DAY: new mail is answered anyway")
        }
        let settings = try options.settings()
        let composition = Composition(settings: settings)
        let ledger = try LedgerFile.open(settings, .work)
        let contents = FormsContents(of: FormsFolder(settings.forms))
        let office = try options.office(composition, ledger)
        let archive = try Archive(folder: settings.data)
        try office.recordDefinitions(in: ledger, at: Date())
        let before = try ledger.read { try $0.messages(limit: 1).first?.id }
        let worker = composition.worker(books: Books(ledger: ledger, archive: archive), office: office)
        let marks = DataMarks(data: settings.data)
        if once {
            try await runOnce(worker, past: past)
            for intake in worker.intakes { await marks.leaveGood(intake) }
            try report(ledger, since: before, settings)
        } else {
            let shelf = composition.shelf(office, contents: contents)
            let service = WorkerService(worker: worker, past: past, shelf: shelf, marks: marks)
            let console =
                serve
                ? [try composition.console(ledger, archive, office: office, address: address)]
                : []
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: service)] + console.map { .init(service: $0) },
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: composition.logger))
            try await group.run()
        }
        try ledger.close()
    }

    private func runOnce(_ worker: Worker, past: PastMail?) async throws {
        do {
            try await worker.runOnce(past: past)
        } catch let error as MailboxError {
            CommandFailure.say("the mailbox cannot be used: \(error)")
            CommandFailure.say("`formpost doctor` says which, and what to do")
            throw ExitStatus.unavailable
        } catch {
            CommandFailure.say("the worker stopped: \(error); `formpost doctor` looks at the disk and the data folder")
            throw ExitStatus.tryAgain
        }
    }

    private func report(_ ledger: Ledger, since before: MessageRecord.ID?, _ settings: Settings) throws {
        let lines = try ledger.read { try $0.intake(after: before) }
        var output = StandardOutput()
        if lines.isEmpty {
            try output.write("Nothing new.")
        } else {
            for line in IntakeTable(lines, zone: settings.zone).lines { try output.write(line) }
            if case .maildir(let folder) = settings.outgoing.route { try output.write("Replies lie in \(folder)/new") }
        }
        try output.flush()
    }
}
