import ArgumentParser
import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented formpost.yaml and copies of the forms to start from.",
        discussion: """
            What is there already is left as it is.

            Example:
              formpost init /etc/formpost --forms /usr/share/formpost/Forms
            """)

    @Argument(help: "The folder to write into; made when it is not there.", completion: .directory)
    var folder: String

    @Option(help: "The forms to copy.", completion: .directory)
    var forms = "Forms"

    func run() throws {
        guard FileManager.default.fileExists(atPath: forms + "/units.xlsx") else {
            throw CommandFailure.usage(
                "\(forms)/units.xlsx is not there; name the folder of the forms that came with Formpost: --forms FOLDER"
            )
        }
        let settings = folder + "/formpost.yaml"
        try make(settings, "written: fill in the mailbox and the outgoing server") { manager in
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(SettingsExample.text.utf8).write(to: URL(fileURLWithPath: settings), options: .atomic)
        }
        try make(folder + "/Forms", "copied from \(forms)") { manager in
            // Under another name first: half a copy must not look like one that is there already.
            let draft = folder + "/.Forms-\(UUID().uuidString)"
            defer { try? manager.removeItem(atPath: draft) }
            try manager.copyItem(atPath: URL(fileURLWithPath: forms).resolvingSymlinksInPath().path, toPath: draft)
            try manager.moveItem(atPath: draft, toPath: folder + "/Forms")
        }
        try StandardOutput.line("Next: formpost doctor --config \(settings)")
    }

    /// - Throws: exit status 73.
    private func make(_ path: String, _ done: String, _ work: (FileManager) throws -> Void) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            return CommandFailure.say("\(path) is there already: left as it is")
        }
        do {
            try work(.default)
        } catch {
            CommandFailure.say("\(path): cannot be written; may you write there, and is there room on the disk?")
            throw ExitStatus.unwritable
        }
        try StandardOutput.line("\(path) \(done)")
    }
}
