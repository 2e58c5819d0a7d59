import Foundation

/// Starts servers that put themselves in the background, and ends them by their process ids and removes their folder: when
/// asked to, and also when the test process dies, whatever it dies of.
///
/// A shell holds the reading end of a pipe; the writing end is ours, so that it closes with us.
final class ServerKeeper: Sendable {
    private let keeper: Process
    private let lifeline: Pipe

    /// Returns when the servers accept connections.
    /// - Parameters:
    ///   - start: a shell command that returns once they listen.
    ///   - pidFiles: where they write their process ids.
    ///   - folder: where all this happens; it is removed in the end.
    init(start: String, pidFiles: [String], in folder: URL) throws {
        // The whole group is told, since a Dovecot whose master has gone serves on for seconds. A process that nobody waits
        // for stays behind as a zombie: it is as good as gone.
        let script = """
            { \(start); } >start.out 2>&1 </dev/null && echo ready || tr '\\n' ' ' <start.out
            cat >/dev/null
            for file in \(pidFiles.joined(separator: " ")); do
              pid=$(tr -dc 0-9 <$file) && { kill -- "-$pid" || kill "$pid"; } || continue
              while grep -qs '^State:.[^Z]' /proc/$pid/status; do sleep 0.05; done
            done
            rm -rf '\(folder.path)'
            """
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        keeper = process
        lifeline = input
        let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard answer.hasPrefix("ready") else {
            stop()
            throw Command.Failure(program: start, status: 1, output: answer)
        }
    }

    deinit {
        stop()
    }

    /// Ends the servers and waits until they are gone.
    func stop() {
        try? lifeline.fileHandleForWriting.close()
        keeper.waitUntilExit()
    }
}
