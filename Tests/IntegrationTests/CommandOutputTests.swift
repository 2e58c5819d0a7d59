import Foundation
import Testing

/// Results that are not all there must not look as if they were; a reader that has seen enough ends a command quietly.
@Suite struct CommandOutputTests {
    /// Every command that puts something out.
    static let commands = [
        ["init", "new", "--forms", Repository.path("Forms")], ["doctor"], ["run", "--once"], ["quarantine", "list"],
        ["quarantine", "admit", "1"], ["check"], ["check", "--json", "--forms", "nowhere"],
        ["cells", Repository.path(Repository.sheets + "inline.xlsx")],
        ["mail", Repository.path("Mailbox/001-bao-cao-dat/1.eml")], ["evaluate"], ["validate", "blank.xlsx"],
        ["validate", "blank.xlsx", "--json"],
    ]

    @Test(arguments: commands)
    func aFullDiskIs74(arguments: [String]) throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let run = try Self.run(arguments, sink: full)
        #expect(run.status == 74)
        #expect(!run.isSignalled)
        #expect(run.errors.contains("standard output: "))
    }

    /// `formpost cells big.xlsx | head -1`, where head has gone already.
    @Test(arguments: commands)
    func aReaderThatHasGoneEndsTheCommandQuietly(arguments: [String]) throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let run = try Self.run(arguments, sink: pipe.fileHandleForWriting)
        #expect(run.isSignalled ? run.status == SIGPIPE : run.status == 128 + SIGPIPE)
        #expect(!run.errors.contains("standard output"))
    }

    /// Whatever is opened next must not take the place of a stream that is closed: the ledger is no place for results.
    @Test(arguments: commands)
    func aClosedOutputIs74(arguments: [String]) throws {
        let run = try Self.run(arguments, under: ["/bin/sh", "-c", "exec \"$0\" \"$@\" >&-"])
        #expect(run.status == 74)
        #expect(run.errors.contains("standard output: "))
    }

    @Test func closedStreamsSpoilNothing() throws {
        let office = try MaildirOffice()
        try office.deliver(["026-chua-xac-minh", "026-chua-xac-minh"])
        let run = try ProgramRun(
            ["run", "--once", "--since", "1970-01-01"], in: office.scratch,
            under: ["/bin/sh", "-c", "exec \"$0\" \"$@\" <&- >&- 2>&-"])
        #expect(run.status == 74)
        #expect(try office.run(["quarantine", "list"]).lines.count == 2)
        #expect(try office.run(["doctor"]).output.contains("ok    ledger: "))
    }

    @Test func aFileThatCannotBeWrittenIs73() throws {
        let run = try Self.run(
            ["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019", "-o", "/dev/full"])
        #expect(run.status == 73)
        #expect(run.errors.hasPrefix("/dev/full: "))
    }

    /// Runs a command in an office that has what it asks for: a mail in quarantine, a workbook.
    private static func run(
        _ arguments: [String], sink: FileHandle? = nil, under wrapper: [String] = []
    ) throws -> ProgramRun {
        let office = try MaildirOffice()
        if arguments[0] == "quarantine" {
            try office.deliver(["026-chua-xac-minh"])
            _ = try office.run(["run", "--once", "--since", "1970-01-01"])
        }
        if arguments[0] == "validate" {
            _ = try office.run(["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019", "-o", arguments[1]])
        }
        return try ProgramRun(arguments, input: "1 + 1\n", in: office.scratch, sink: sink, under: wrapper)
    }
}
