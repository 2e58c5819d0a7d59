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
        ])

    static func main() async {
        // A server that hangs up must end in an error of the session, not in the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
