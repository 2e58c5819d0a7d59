import ArgumentParser
import Mail

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Prints what the mail reader sees of a message, as one JSON object.",
        discussion: """
            subject, from, replyTo, date, messageID, automatic (null, or why it is never answered) and parts: path, \
            contentType, filename, size, sha256 and kind, which is what the bytes are. Parts of a wrapper follow it \
            with a longer path. Ends with 65 when the file is no message.

            Example:
              formpost mail Mailbox/001-bao-cao-dat/1.eml
            """)

    @Argument(help: "The message (RFC 5322).", completion: .file())
    var file: String

    func run() throws {
        let bytes = try CommandFile.read(file)
        let message: Message
        do {
            message = try MessageReader.read(bytes)
        } catch {
            throw CommandFailure.unreadable(file, "\(error)")
        }
        try StandardOutput.line(try MailListing.json(of: message))
    }
}
