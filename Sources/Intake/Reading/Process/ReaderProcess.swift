package import Foundation
package import Logging
import Mail
import Synchronization

/// Reads mail in a process of its own, which stays and is fed by a pipe: hostile bytes meet no secret, no file, no
/// network, and when they end or hold up their reader, only the mail at hand is touched.
package final class ReaderProcess: MailReader {
    /// The program that answers as `ReadingProgram` does.
    package struct Program: Sendable {
        let executable: URL
        let arguments: [String]

        package init(executable: URL, arguments: [String]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    private let program: Program
    private let rules: MailReading.Rules
    private let deadline: Duration
    private let logger: Logger
    /// The process at work; nil before the first mail, and after one that ended it.
    private let running = Mutex<RunningReader?>(nil)

    /// - Parameter deadline: for one mail.
    package init(
        _ program: Program, rules: MailReading.Rules, deadline: Duration = .seconds(120), logger: Logger
    ) {
        self.program = program
        self.rules = rules
        self.deadline = deadline
        self.logger = logger
    }

    /// A mail over which the process ends is given to a fresh one: the first may have had enough of earlier ones. Over
    /// the mail that ends this one too, it is not tried again.
    /// - Throws: `ReaderTrouble` when no process can be started.
    package func read(_ bytes: [UInt8]) throws -> Result<ReadMail, MailTrouble> {
        try running.withLock { running in
            var how = ""
            for isFresh in [running == nil, true] {
                let reader = try running ?? start()
                running = reader
                do {
                    return try reader.read(bytes, within: deadline)
                } catch let end as ReaderEnd {
                    running = nil
                    how = end.description
                    logger.error("the reading process ended over a mail", metadata: ["how": "\(how)"])
                    if isFresh { break }
                }
            }
            return .failure(.readerEnded(how))
        }
    }

    /// nil while none runs.
    package var processIdentifier: Int32? { running.withLock { $0?.processIdentifier } }

    /// Starts the process where none runs.
    /// - Returns: whether the kernel keeps it from files and the network.
    /// - Throws: `ReaderTrouble` when it does not start.
    package func check() throws -> Bool {
        try running.withLock { running in
            let reader = try running ?? start()
            running = reader
            return reader.isConfined
        }
    }

    private func start() throws -> RunningReader {
        do {
            let reader = try RunningReader(program, rules, within: deadline)
            if !reader.isConfined {
                logger.warning("the kernel lets the reading process open files: it is held to limits only")
            }
            return reader
        } catch let end as ReaderEnd {
            throw ReaderTrouble(description: "the reading process does not start: \(end)")
        }
    }
}

/// No mail can be read now, whatever it is.
package struct ReaderTrouble: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}

/// How a reading process ended while it was needed.
struct ReaderEnd: Error, CustomStringConvertible {
    let description: String
}

/// One reading process, from its start to its end.
private final class RunningReader {
    let isConfined: Bool
    var processIdentifier: Int32 { process.processIdentifier }

    private let process = Process()
    private let toReader: Int32
    private let fromReader: Int32
    private let pipes = (Pipe(), Pipe())

    /// - Throws: `ReaderEnd`; an error of Foundation when the program cannot be run.
    init(_ program: ReaderProcess.Program, _ rules: MailReading.Rules, within deadline: Duration) throws {
        process.executableURL = program.executable
        process.arguments = program.arguments
        // Nothing of the worker's environment, where passwords may stand.
        process.environment = ["SWIFT_BACKTRACE": "enable=no", "LANG": "C.UTF-8"]
        process.standardInput = pipes.0
        process.standardOutput = pipes.1
        process.standardError = FileHandle.nullDevice
        toReader = pipes.0.fileHandleForWriting.fileDescriptor
        fromReader = pipes.1.fileHandleForReading.fileDescriptor
        for descriptor in [toReader, fromReader] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        let request = [UInt8](try JSONEncoder().encode(rules))
        try process.run()
        do {
            let until = ContinuousClock.now + deadline
            try Frame.write(request, to: toReader, until: until)
            isConfined = try JSONDecoder().decode(
                ReadingProgram.Ready.self, from: Data(try Frame.read(from: fromReader, until: until))
            ).isConfined
        } catch {
            throw Self.end(process, error)
        }
    }

    /// The pipe's end tells the process that it is needed no more.
    deinit {
        try? pipes.0.fileHandleForWriting.close()
    }

    /// - Throws: `ReaderEnd`.
    func read(_ bytes: [UInt8], within deadline: Duration) throws -> Result<ReadMail, MailTrouble> {
        do {
            let until = ContinuousClock.now + deadline
            try Frame.write(bytes, to: toReader, until: until)
            let answer = Data(try Frame.read(from: fromReader, until: until))
            switch try JSONDecoder().decode(ReadingProgram.Answer.self, from: answer) {
            case .mail(let mail): return .success(mail)
            case .unreadable(let error): return .failure(.unreadable(error))
            }
        } catch {
            throw Self.end(process, error)
        }
    }

    private static func end(_ process: Process, _ error: any Error) -> ReaderEnd {
        let wasLate = (error as? Frame.Trouble) == .late
        // It may be about to end by itself, and then tells why.
        if (error as? Frame.Trouble) != .closed { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        if wasLate { return ReaderEnd(description: "it took too long") }
        let status = process.terminationStatus
        return ReaderEnd(description: process.terminationReason == .exit ? "exit status \(status)" : "signal \(status)")
    }
}
