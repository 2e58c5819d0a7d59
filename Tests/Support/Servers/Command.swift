import Foundation
import Glibc

/// A program of the system, run to its end.
enum Command {
    struct Failure: Error {
        let program: String
        let status: Int32
        let output: String
    }

    /// Where the programs of the system and its servers lie.
    private static let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    static func path(of program: String) -> String? {
        folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    static func run(_ program: String, _ arguments: [String], in folder: URL) throws {
        guard let path = path(of: program) else { throw Failure(program: program, status: -1, output: "not found") }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let words = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let text = String(decoding: words, as: UTF8.self)
            throw Failure(program: program, status: process.terminationStatus, output: text)
        }
    }
}
