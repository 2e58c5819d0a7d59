import ArgumentParser
import Foundation
import Intake

/// The worker's reading process. Nobody calls it by hand.
struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads mail for the worker, in a process of its own.",
        discussion: """
            Started by `formpost run`, which gives it the rules and then mail after mail over a pipe. It opens no file \
            and no connection, and ends when the pipe is closed.

            Example:
              formpost run
            """,
        shouldDisplay: false)

    func run() throws {
        guard isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure.usage("read: the worker starts it; see `formpost run`")
        }
        try ReadingProgram.run()
    }
}
