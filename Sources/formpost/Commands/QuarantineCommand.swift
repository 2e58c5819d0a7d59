import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Records

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "What stopped: lists it, admits it.",
        discussion: """
            Example:
              formpost quarantine list
              formpost quarantine admit 17
            """,
        subcommands: [List.self, Admit.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mails that wait for a person, the newest first.",
            discussion: """
                Example:
                  formpost quarantine list
                """)

        @OptionGroup var options: SettingsOption

        func run() throws {
            let settings = try options.settings()
            let ledger = try LedgerFile.open(settings, .read)
            let waiting = try ledger.read { view in
                try view.messages().filter { $0.message.outcome.destination == .quarantine }
            }
            var output = StandardOutput()
            if waiting.isEmpty { try output.write("Nothing waits.") }
            for record in waiting { try output.write(Self.line(record, settings.zone)) }
            try output.flush()
        }

        /// Number, day, why it waits, sender, subject: whatever strangers wrote must not command the terminal.
        private static func line(_ record: MessageRecord, _ zone: OfficeZone) -> String {
            let message = record.message
            let words = [message.sender, message.subject, message.reason].map { LogText($0).description }
            let day = CivilDate(message.received, in: zone)
            return "\(record.id.rawValue)\t\(day)\t\(message.outcome.rawValue)\t\(words[0])\t\(words[1])"
                + (words[2].isEmpty ? "" : "\t(\(words[2]))")
        }
    }

    struct Admit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs a mail as if it came now, with its own time of receipt; the sender must be listed.",
            discussion: """
                The worker must not be running on the same data folder. When it runs again, it sends the answers and moves \
                the mail out of the mailbox's Quarantine folder.

                Example:
                  formpost quarantine admit 17
                """)

        @Argument(help: "The number that `quarantine list` shows.")
        var number: Int64

        @OptionGroup var options: SettingsOption

        func run() throws {
            let settings = try options.settings()
            let composition = Composition(settings: settings)
            let ledger = try LedgerFile.open(settings, .work)
            let office = try options.office(composition, ledger)
            let record = try ledger.read { try $0.message(MessageRecord.ID(rawValue: number)) }
            guard let record, record.message.outcome.destination == .quarantine else {
                throw CommandFailure.usage("\(number): no such mail waits; see `formpost quarantine list`")
            }
            let archive = try Archive(folder: settings.data)
            let pipeline = composition.pipeline(office)
            guard
                office.campaign.units.isListed(
                    record.message.sender, on: CivilDate(record.message.received, in: settings.zone))
            else {
                throw CommandFailure.usage(
                    "\(record.message.sender) is in no row of units.xlsx, sheet dia_chi_thu, for that day; add it first"
                )
            }
            try office.recordDefinitions(in: ledger, at: Date())
            _ = try pipeline.admit(record, bytes: try archive.read(record.message.rawSHA256), ledger: ledger)
            let after = MessageRecord.ID(rawValue: number - 1)
            let lines = try ledger.read { try $0.intake(after: after) }.filter { $0.message == record.id }
            try ledger.close()
            var output = StandardOutput()
            for line in IntakeTable(lines, zone: settings.zone).lines { try output.write(line) }
            try output.flush()
            CommandFailure.say("answers leave, and the mail goes to its folder, with the next `formpost run`")
        }
    }
}

/// Opens the ledger of the data folder.
enum LedgerFile {
    /// - Throws: exit status 75 when another worker has it open or it cannot be used now.
    static func open(_ settings: Settings, _ mode: Ledger.Mode) throws -> Ledger {
        do {
            try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
            return try Ledger.open(folder: settings.data, mode: mode)
        } catch let error as LedgerError where error.code == .inUse {
            CommandFailure.say("\(settings.data): another worker is at work on this folder; there can be only one")
            throw ExitStatus.tryAgain
        } catch {
            CommandFailure.say("\(settings.data): \(error)")
            throw ExitStatus.tryAgain
        }
    }
}
