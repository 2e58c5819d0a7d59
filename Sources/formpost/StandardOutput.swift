import ArgumentParser
import Foundation

/// Standard output with a buffer of its own: a workbook may have a million cells. What is not flushed is not put out.
///
/// A reader that has seen enough (`| head`) ends the command quietly, as it ends any other tool; a full disk ends it with
/// a status, for results that are not all there must not look as if they were.
struct StandardOutput {
    private static let capacity = 1 << 16
    private var buffer: [UInt8] = []

    /// Puts out one line and all before it, at once.
    static func line(_ text: String) throws {
        var output = StandardOutput()
        try output.write(text)
        try output.flush()
    }

    /// - Throws: exit status 74, or 141 when nobody reads any more.
    mutating func write(_ line: String) throws {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > Self.capacity { try flush() }
    }

    /// - Throws: as `write`.
    mutating func flush() throws {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Foundation.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count >= 0 {
                done += count
            } else {
                try Self.overcome(errno)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Returns when the write is to be tried again.
    private static func overcome(_ error: Int32) throws {
        switch error {
        case EINTR: return
        case EAGAIN:
            // The other end of a pipe may have made it one that does not wait.
            var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            poll(&output, 1, -1)
        case EPIPE: throw ExitStatus.readerGone
        default:
            CommandFailure.say("standard output: cannot be written: \(String(cString: strerror(error)))")
            throw ExitStatus.output
        }
    }

    /// Puts something that cannot be written in the place of a standard stream that the parent has closed; the next file
    /// or connection that is opened would take its number, and remarks would end up in the ledger.
    static func holdStandardStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // Always the lowest free number, which is this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
