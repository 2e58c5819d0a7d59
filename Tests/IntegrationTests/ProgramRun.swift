import Foundation
import Sheets
import Support
import Testing

/// One run of the program to its end, with nothing from outside: no settings in the environment, an empty folder to
/// stand in.
struct ProgramRun {
    /// Exit status, or the number of the signal that ended it.
    let status: Int32
    let isSignalled: Bool
    let output: String
    let errors: String

    /// What was printed, line by line.
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast() }

    /// - Parameters:
    ///   - input: what stands on stdin.
    ///   - environment: added to that of the test.
    ///   - folder: where the program stands.
    ///   - sink: takes stdout instead of `output`.
    ///   - wrapper: a command that runs the program.
    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], in folder: Scratch,
        sink: FileHandle? = nil, under wrapper: [String] = []
    ) throws {
        let streams = folder.url.appending(path: ".streams-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
        let names = ["input", "output", "errors"].map { streams.appending(path: $0) }
        try Data(input.utf8).write(to: names[0])
        for name in names.dropFirst() { try Data().write(to: name) }
        let process = Process()
        let command = wrapper + [Installation.program.path] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("FORMPOST_") }
            .merging(environment) { $1 }
        process.currentDirectoryURL = folder.url
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try sink ?? FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        isSignalled = process.terminationReason == .uncaughtSignal
        output = try String(contentsOf: names[1], encoding: .utf8)
        errors = try String(contentsOf: names[2], encoding: .utf8)
    }

    /// Each line as the JSON object that it must be.
    func objects() throws -> [NSDictionary] {
        try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary, "\(line)")
        }
    }
}

/// A folder of one test's own, gone with it.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// - Returns: the path of the new file.
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }

    /// A workbook of texts, by sheet and row.
    func write(_ name: String, sheets: [(name: String, rows: [[String]])]) throws -> String {
        try write(name, WorkbookWriter.write(WorkbookDraft(sheets: sheets)))
    }

    /// The repository's forms, to be changed.
    /// - Returns: the folder's path.
    func copyForms() throws -> String {
        let source = URL(filePath: Repository.path("Forms")).resolvingSymlinksInPath()
        try FileManager.default.copyItem(at: source, to: url.appending(path: "Forms"))
        return path("Forms")
    }
}

/// The files that tests read where they lie.
enum Repository {
    static func path(_ name: String) -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appending(path: name).path
    }

    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// The forms in `Forms/`, in alphabetical order: every workbook there but the two reference sheets.
    static let forms =
        ((try? FileManager.default.contentsOfDirectory(atPath: path("Forms"))) ?? [])
        .filter { $0.hasSuffix(".xlsx") && $0 != "plan.xlsx" && $0 != "units.xlsx" }.map { String($0.dropLast(5)) }
        .sorted()

    static let sheets = "Tests/SheetsTests/Fixtures/"
    static let xpath = "Tests/XLSFormTests/Fixtures/xpath/"
}
