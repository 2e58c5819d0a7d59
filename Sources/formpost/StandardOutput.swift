import Foundation

/// Standard output with a buffer of its own: a workbook may have a million cells. What is not flushed is not put out.
///
/// A reader that has seen enough (`| head`) ends the command by SIGPIPE, as it ends any other tool; a full disk ends it
/// with a status, for results that are not all there must not look as if they were.
struct StandardOutput {
    private static let capacity = 1 << 16
    private var buffer: [UInt8] = []

    /// Puts out one line and all before it, at once.
    static func line(_ text: String) throws {
        var output = StandardOutput()
        try output.write(text)
        try output.flush()
    }

    /// - Throws: exit status 74.
    mutating func write(_ line: String) throws {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > Self.capacity { try flush() }
    }

    /// - Throws: exit status 74.
    mutating func flush() throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(buffer))
        } catch {
            CommandFailure.say("standard output: cannot be written; is the disk full?")
            throw ExitStatus.output
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
