import Foundation
import Glibc
import Intake
import Logging
import Mail
import Records
import Testing

/// Reading mail in a process of its own.
@Suite struct ReaderProcessTests {
    private static let rules = Result {
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        let folder = FormsFolder(Repository.path("Forms"))
        let office = try OfficeReader(folder: folder, zone: .indochina).office(contact: contact)
        return MailReading.Rules(
            trust: SenderTrust(settings: .authservID("mx.canloc.example", trustedHost: "mx.canloc.example")),
            automaticMail: AutomaticMail(ownAddresses: ["noivu@canloc.example"]), forms: office.forms.definitions,
            tables: office.bindingTables, maximumBytes: 35 << 20)
    }

    private static let program = ReaderProcess.Program(executable: Installation.program, arguments: ["read"])
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private static func mail(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(name)/1.eml"))))
    }

    /// Few rules: they fit into a pipe that nobody reads.
    private static func scripted(_ script: String, deadline: Duration = .seconds(30)) throws -> ReaderProcess {
        let all = try rules.get()
        let few = MailReading.Rules(
            trust: all.trust, automaticMail: AutomaticMail(), forms: [], tables: ReferenceSnapshot(),
            maximumBytes: 1_000)
        return ReaderProcess(
            ReaderProcess.Program(executable: URL(filePath: "/bin/sh"), arguments: ["-c", script]), rules: few,
            deadline: deadline, logger: logger)
    }

    /// As JSON, keys in order: what both ways of reading give, and how alike it is.
    private static func text(_ reading: Result<ReadMail, MailTrouble>) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        switch reading {
        case .success(let mail): return String(decoding: try encoder.encode(mail), as: UTF8.self)
        case .failure(let trouble): return trouble.reason
        }
    }

    @Test func readsEveryMailOfTheSampleMailboxAsTheWorkerItselfWould() throws {
        let rules = try Self.rules.get()
        let reader = ReaderProcess(Self.program, rules: rules, logger: Self.logger)
        let own = MailReading(rules)
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Mailbox")).filter {
            FileManager.default.fileExists(atPath: Repository.path("Mailbox/\($0)/1.eml"))
        }
        #expect(names.count > 80)
        for name in names.sorted() {
            let bytes = try Self.mail(name)
            #expect(try Self.text(reader.read(bytes)) == Self.text(own.read(bytes)), "\(name)")
        }
        #expect(try Self.text(reader.read([])) == Self.text(own.read([])))
    }

    /// What the kernel says of the process: a filter over its system calls, no privileges to be had, no
    /// descriptor of the worker's, limits, and nothing of the worker's environment.
    @Test func theProcessIsConfined() throws {
        let reader = ReaderProcess(Self.program, rules: try Self.rules.get(), logger: Self.logger)
        #expect(try reader.check())
        let child = try #require(reader.processIdentifier)
        func proc(_ file: String) throws -> String {
            let data = FileManager.default.contents(atPath: "/proc/\(child)/\(file)")
            return String(decoding: try #require(data), as: UTF8.self)
        }
        let status = try proc("status")
        #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n"))
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd").map { descriptor in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child)/fd/\(descriptor)")) ?? ""
        }
        // The pipes, nothing for remarks, and the socket by which Foundation sees a process end.
        #expect(descriptors.count == 4, "\(descriptors)")
        #expect(descriptors.filter { $0.hasPrefix("pipe:") }.count == 2)
        let names = try proc("environ").split(separator: "\0").compactMap { $0.split(separator: "=").first }
        #expect(names.sorted() == ["LANG", "SWIFT_BACKTRACE"])
        let limits = try proc("limits").split(separator: "\n")
        let bounded = limits.filter { $0.hasPrefix("Max address space") || $0.hasPrefix("Max file size") }
        #expect(bounded.count == 2 && !bounded.contains { $0.contains("unlimited") })
    }

    /// Charsets whose converters the C library loads from the disk, in a process that opens no file.
    @Test func readsCharsetsThatNeedFiles() throws {
        let reader = ReaderProcess(Self.program, rules: try Self.rules.get(), logger: Self.logger)
        let subjects = ["=?windows-1258?Q?S=F4_li=EA=F2u?=": "Sô liệu", "=?koi8-r?Q?=D0=D2=C9=D7=C5=D4?=": "привет"]
        for (written, meant) in subjects {
            let mail = "From: a@example.test\r\nSubject: \(written)\r\n\r\nText\r\n"
            #expect(try reader.read(Array(mail.utf8)).get().message.subject == meant)
        }
    }

    /// It ended between two mails, whatever the reason: the next mail is not to blame.
    @Test func aFreshProcessReadsOn() throws {
        let reader = ReaderProcess(Self.program, rules: try Self.rules.get(), logger: Self.logger)
        let bytes = try Self.mail("001-bao-cao-dat")
        let before = try Self.text(reader.read(bytes))
        let child = try #require(reader.processIdentifier)
        kill(child, SIGKILL)
        #expect(try Self.text(reader.read(bytes)) == before)
        #expect(reader.processIdentifier != child)
    }

    private static let ready = #"{"isConfined":true}"#
    private static var announcesItself: String { "printf '\\023\\0\\0\\0\\0\\0\\0\\0\(ready)'" }

    @Test func aMailOverWhichItEndsTwiceIsGivenUp() throws {
        // A line of rules and the mail: an empty line.
        let reader = try Self.scripted("\(Self.announcesItself); head -n 1 > /dev/null; exit 3")
        guard case .failure(.readerEnded(let how)) = try reader.read(Array("\n".utf8)) else {
            Issue.record("it was read")
            return
        }
        #expect(how == "exit status 3")
    }

    @Test func aMailThatHoldsItUpIsGivenUp() throws {
        let reader = try Self.scripted("\(Self.announcesItself); exec sleep 60", deadline: .milliseconds(300))
        guard case .failure(.readerEnded(let how)) = try reader.read([1]) else {
            Issue.record("it was read")
            return
        }
        #expect(how == "it took too long")
        #expect(reader.processIdentifier == nil)
    }

    /// The answer of a process that was taken over is taken for nothing else than an answer.
    @Test func nonsenseEndsIt() throws {
        let reader = try Self.scripted("\(Self.announcesItself); printf '\\002\\0\\0\\0\\0\\0\\0\\0[]'; exec sleep 60")
        guard case .failure(.readerEnded(let how)) = try reader.read([1]) else {
            Issue.record("it was read")
            return
        }
        #expect(how == "signal \(SIGKILL)")
        let endless = try Self.scripted("\(Self.announcesItself); printf '\\0\\0\\0\\0\\0\\0\\0\\001'; exec sleep 60")
        guard case .failure(.readerEnded) = try endless.read([1]) else {
            Issue.record("it was read")
            return
        }
    }

    /// That is no mail's fault.
    @Test func aProcessThatDoesNotStartIsTroubleWithTheSurroundings() throws {
        #expect(throws: ReaderTrouble.self) { try Self.scripted("exit 1").read([1]) }
    }
}
