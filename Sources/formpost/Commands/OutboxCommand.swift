import ArgumentParser
import Foundation
import Intake
import Ledger
import Records

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Notices that wait for a press, or failed.",
        discussion: """
            Example:
              formpost outbox list
              formpost outbox approve 17 18
              formpost outbox approve --kind nhac
              formpost outbox drop 19
            """,
        subcommands: [List.self, Approve.self, Drop.self])

    /// Those that a person must decide about.
    static let waiting: Set<NoticeState> = [.held, .unknown, .failed]

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Number, day, state, kind, recipient, subject and the server's last answer; the oldest first.",
            discussion: """
                Example:
                  formpost outbox list
                  formpost outbox list --all --json
                """)

        @Flag(help: "Also those that have left, will leave by themselves, or were dropped.")
        var all = false

        @Flag(help: "One JSON object a line.")
        var json = false

        @OptionGroup var options: SettingsOption

        func run() throws {
            let settings = try options.settings()
            let ledger = try LedgerFile.open(settings, .read)
            let states = all ? Set(NoticeState.allCases) : OutboxCommand.waiting
            let entries = try ledger.read { try $0.outbox(states) }
            var output = StandardOutput()
            if entries.isEmpty, !json { try output.write("Nothing waits.") }
            for entry in entries {
                let line = Line(entry, in: settings.zone)
                try output.write(json ? JSONLine.text(line) : line.text)
            }
            try output.flush()
        }

        private struct Line: Encodable {
            let number: Int64
            let created: String
            let state: String
            let kind: String
            let recipient: String
            let copies: [String]
            let subject: String
            let response: String

            init(_ entry: OutboxEntry, in zone: OfficeZone) {
                number = entry.id.rawValue
                created = CivilDate(entry.created, in: zone).description
                state = entry.state.rawValue
                kind = entry.kind.rawValue
                // A subject may quote a unit's words, a response is the server's.
                recipient = LogText(entry.recipient).description
                copies = entry.copies.map { LogText($0).description }
                subject = LogText(entry.subject).description
                response = LogText(entry.response).description
            }

            var text: String {
                let copied = copies.map { " (cc \($0))" }.joined()
                return ["\(number)", created, state, kind, recipient + copied, subject, response].filter { !$0.isEmpty }
                    .joined(separator: "\t")
            }
        }
    }

    /// Which notices are meant.
    struct Choice: ParsableArguments {
        @Argument(help: "The numbers that `outbox list` shows.")
        var numbers: [Int64] = []

        @Option(help: "All that are held of a kind: the name of its template, e.g. nhac.")
        var kind: String?

        /// - Throws: exit status 64 when nothing is named, or there is no such kind.
        func entries(_ ledger: Ledger) throws -> [OutboxEntry] {
            guard !numbers.isEmpty || kind != nil else {
                throw CommandFailure.usage("name numbers of `formpost outbox list`, or --kind NAME")
            }
            let kind = try kind.map { name in
                guard let kind = NoticeKind(rawValue: name) else {
                    let known = NoticeKind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure.usage("--kind \(name): no such notice; there are \(known)")
                }
                return kind
            }
            let all = try ledger.read { try $0.outbox() }
            let known = Set(all.map(\.id.rawValue))
            if let number = numbers.first(where: { !known.contains($0) }) {
                throw CommandFailure.usage("\(number): no such notice; see `formpost outbox list`")
            }
            return all.filter { entry in
                numbers.contains(entry.id.rawValue) || (kind == entry.kind && entry.state == .held)
            }
        }
    }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets notices go; a running worker sends them, in the hours that plan.xlsx gives them.",
            discussion: """
                A notice whose fate is unknown, or that failed, is tried again under the same Message-ID.

                Example:
                  formpost outbox approve 17 18
                  formpost outbox approve --kind gui_bieu
                """)

        @OptionGroup var choice: Choice
        @OptionGroup var options: SettingsOption

        func run() throws {
            let campaign = try CampaignOffice(options, mode: .edit)
            try OutboxCommand.decide(try choice.entries(campaign.ledger), in: campaign.ledger, "approved") {
                transaction, entry in
                try transaction.release(
                    entry.id, by: CampaignOffice.who, at: campaign.now,
                    due: campaign.office.departure(of: entry.kind, at: campaign.now))
            }
        }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decides that notices do not go out.",
            discussion: """
                Example:
                  formpost outbox drop 19
                """)

        @OptionGroup var choice: Choice
        @OptionGroup var options: SettingsOption

        func run() throws {
            let ledger = try LedgerFile.open(try options.settings(), .edit)
            try OutboxCommand.decide(try choice.entries(ledger), in: ledger, "dropped") { transaction, entry in
                try transaction.drop(entry.id, by: CampaignOffice.who, at: Date())
            }
        }
    }

    private static func decide(
        _ entries: [OutboxEntry], in ledger: Ledger, _ word: String,
        _ press: (LedgerTransaction, OutboxEntry) throws -> Void
    ) throws {
        var output = StandardOutput()
        for entry in entries {
            do {
                try ledger.write { try press($0, entry) }
                try output.write("\(entry.id.rawValue)\t\(word)")
            } catch let error as LedgerError where error.code == .conflict {
                try output.write("\(entry.id.rawValue)\tnot waiting: \(entry.state.rawValue)")
            }
        }
        try output.flush()
    }
}
