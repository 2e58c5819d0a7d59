import ArgumentParser
import Mail

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Prints what the mail reader sees of a message, as one JSON object.",
        discussion: """
            Example:
              formpost mail Mailbox/001-bao-cao-dat/1.eml
            """)

    @Argument(help: "The message (RFC 5322).", completion: .file())
    var file: String

    func run() throws {
        let bytes = try InputFile.read(file)
        do {
            print(try MailListing.json(of: try MessageReader.read(bytes)))
        } catch {
            throw CommandFailure.unreadable(file, "\(error)")
        }
    }
}
