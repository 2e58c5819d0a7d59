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
        let manager = FileManager.default
        let settings = folder + "/formpost.yaml"
        let copy = folder + "/Forms"
        guard manager.fileExists(atPath: forms + "/units.xlsx") else {
            throw CommandFailure.usage("\(forms): no units.xlsx there; name the forms to copy with --forms")
        }
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if manager.fileExists(atPath: settings) {
            CommandFailure.say("\(settings) is there already: left as it is")
        } else {
            try Data(SettingsExample.text.utf8).write(to: URL(fileURLWithPath: settings))
            print("\(settings) written: fill in the mailbox and the outgoing server")
        }
        if manager.fileExists(atPath: copy) {
            CommandFailure.say("\(copy) is there already: left as it is")
        } else {
            try manager.copyItem(atPath: forms, toPath: copy)
            print("\(copy) copied from \(forms)")
        }
        print("Next: formpost doctor --config \(settings)")
    }
}
