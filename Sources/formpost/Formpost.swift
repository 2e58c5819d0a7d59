import ArgumentParser
import Foundation

@main
struct Formpost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formpost",
        abstract: "A form office that lives in a mailbox.",
        discussion: """
            Units mail filled-in spreadsheets; Formpost reads them, checks every answer against the form's rules and \
            the plan's standards, files them in SQLite, and answers each mail by itself.

            Example:
              formpost init /etc/formpost
              formpost doctor --config /etc/formpost/formpost.yaml
              formpost run --config /etc/formpost/formpost.yaml
            """,
        subcommands: [
            InitCommand.self, DoctorCommand.self, RunCommand.self, CheckCommand.self, TemplateCommand.self,
            ValidateCommand.self, CellsCommand.self, MailCommand.self, EvaluateCommand.self, QuarantineCommand.self,
            StatusCommand.self, InviteCommand.self, RemindCommand.self, OutboxCommand.self, FreezeCommand.self,
            SubmitCommand.self, ImportCommand.self, SummaryCommand.self, QueueCommand.self, ShowCommand.self,
            AskCommand.self, DecideCommand.self, BackupCommand.self, RestoreCommand.self, ServeCommand.self,
            AccountCommand.self, ReadCommand.self,
        ])

    static func main() async {
        StandardOutput.holdStandardStreams()
        if let name = CommandLine.arguments.dropFirst().first, !name.hasPrefix("-"), !Self.commands.contains(name) {
            let known = Self.shownCommands.joined(separator: ", ")
            exit(withError: CommandFailure.usage("\(name): no such command; there are \(known)"))
        }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                // A server that hangs up must end in an error of the session, not in the end of the process.
                signal(SIGPIPE, SIG_IGN)
                try await command.run()
            } else {
                // A command that only prints ends with its reader, whatever its parent has set.
                signal(SIGPIPE, SIG_DFL)
                try command.run()
            }
        } catch  where isUnforeseen(error) {
            CommandFailure.say("\(error)")
            exit(withError: ExitStatus.unforeseen)
        } catch {
            exit(withError: error)
        }
    }

    private static var commands: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    }

    private static var shownCommands: [String] {
        configuration.subcommands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
            + ["help"]
    }

    /// Neither a status of ours nor one of the argument parser's: it would end in 1, which means findings.
    private static func isUnforeseen(_ error: any Error) -> Bool {
        !(error is ExitCode) && exitCode(for: error) == .failure
    }
}
