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
    /// EX_SOFTWARE: what nobody foresaw; never 1, which means findings.
    static let unforeseen = ExitCode(70)
    /// EX_CANTCREAT: the file to be written cannot be.
    static let unwritable = ExitCode(73)
    /// EX_IOERR: the results cannot be put out.
    static let output = ExitCode(74)
    /// Whoever read the results has closed the pipe: 128 and SIGPIPE, as a shell tells it of any other tool.
    static let readerGone = ExitCode(141)
    /// EX_TEMPFAIL: try again.
    static let tryAgain = ExitCode(75)
    /// EX_CONFIG: wrong settings.
    static let settings = ExitCode(78)
}

/// Says on stderr what went wrong; the caller throws the status.
enum CommandFailure {
    /// - Parameter reason: the code and the sentence: `file.password: encrypted with a password`.
    static func unreadable(_ file: String, _ reason: String) -> ExitCode {
        say("\(file): \(reason)")
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

    /// Whoever has closed stderr does not want to hear it.
    static func say(_ sentence: String) {
        try? FileHandle.standardError.write(contentsOf: Data((sentence + "\n").utf8))
    }
}
