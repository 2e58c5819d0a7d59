import ArgumentParser
import Foundation

/// Exit status from sysexits(3), as other tools expect them of Formpost.
enum ExitStatus {
    /// Done, and there are findings.
    static let findings = ExitCode(1)
    /// EX_USAGE
    static let usage = ExitCode(64)
    /// EX_DATAERR: the input cannot be read.
    static let unreadable = ExitCode(65)
    /// EX_UNAVAILABLE: a server is not there.
    static let unavailable = ExitCode(69)
    /// EX_TEMPFAIL: try again.
    static let tryAgain = ExitCode(75)
    /// EX_CONFIG: wrong settings.
    static let settings = ExitCode(78)
}

/// Says on stderr what went wrong; the caller throws the status.
enum CommandFailure {
    static func unreadable(_ file: String, _ sentence: String) -> ExitCode {
        say("\(file): \(sentence)")
        return ExitStatus.unreadable
    }

    static func settings(_ error: any Error) -> ExitCode {
        say("\(error)")
        return ExitStatus.settings
    }

    static func usage(_ sentence: String) -> ExitCode {
        say(sentence)
        return ExitStatus.usage
    }

    static func say(_ sentence: String) {
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
    }
}

/// A file named on the command line.
enum InputFile {
    /// - Throws: exit status 65 when there is no such file.
    static func read(_ path: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw CommandFailure.unreadable(path, "cannot be read; is the path right?")
        }
    }
}

/// Standard output with a buffer of its own: a workbook may have a million cells.
struct StandardOutput {
    private var buffer: [UInt8] = []

    mutating func write(_ line: String) {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 1 << 16 { flush() }
    }

    mutating func flush() {
        FileHandle.standardOutput.write(Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}
