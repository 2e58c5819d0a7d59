import Foundation
import Glibc
import Mail
import Testing

/// What the doctor says of an office whose mailbox is a Maildir: a line each, `ok`, `note` or `FAIL`.
@Suite struct CommandDoctorTests {
    private static let good = [
        "ok settings", "ok forms", "ok data", "ok disk", "ok ledger", "ok reading", "ok mailbox thu",
        "note sender-trust, mailbox thu",
        "ok outgoing", "ok clock",
    ]

    @Test func aNewOfficeIsInOrder() throws {
        let office = try MaildirOffice()
        let run = try office.doctor()
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(Self.verdicts(run).filter { $0 != "note user" } == Self.good)
    }

    // MARK: Forms

    @Test func formsThatAreNotThere() throws {
        let office = try MaildirOffice(forms: "nowhere")
        try office.expect("FAIL forms", status: 78, naming: "nowhere", remedy: "forms:")
    }

    @Test func formsThatAreAFile() throws {
        let office = try MaildirOffice(forms: "file")
        _ = try office.scratch.write("file", "x".utf8)
        try office.expect("FAIL forms", status: 78, naming: "file", remedy: "forms:")
    }

    @Test func formsThatAreEmpty() throws {
        let office = try MaildirOffice(forms: "empty")
        try FileManager.default.createDirectory(atPath: office.scratch.path("empty"), withIntermediateDirectories: true)
        try office.expect("FAIL forms", status: 78, naming: "empty", remedy: "formpost init")
    }

    @Test(.enabled(if: Unprivileged.isPossible))
    func formsThatMayNotBeRead() throws {
        let office = try MaildirOffice(forms: "locked")
        let folder = office.scratch.path("locked")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0)
        defer { chmod(folder, 0o755) }
        try office.expect("FAIL forms", status: 78, naming: "locked", remedy: "right to read", unprivileged: true)
    }

    @Test(.enabled(if: Unprivileged.isPossible))
    func oneFormThatMayNotBeRead() throws {
        let office = try MaildirOffice(copyingForms: true)
        chmod(office.scratch.path("Forms/units.xlsx"), 0)
        try office.expect(
            "FAIL forms", status: 78, naming: "units.xlsx cannot be read", remedy: "formpost check", unprivileged: true)
    }

    @Test func aFormThatIsWrong() throws {
        let office = try MaildirOffice(copyingForms: true)
        _ = try office.scratch.write("Forms/plan.xlsx", "x".utf8)
        try office.expect("FAIL forms", status: 78, naming: "plan.xlsx", remedy: "formpost check")
    }

    @Test func aFormThatHasChangedUnderItsVersion() throws {
        let office = try MaildirOffice(copyingForms: true)
        #expect(try office.run(["run", "--once"]).status == 0)
        #expect(try office.doctor().status == 0)
        try EditedWorkbook.replace(
            "A. Thông tin chung", with: "A. Thông tin", in: office.scratch.path("Forms/bao_cao_xa.xlsx"))
        try office.expect(
            "FAIL forms", status: 78, naming: "bao_cao_xa.xlsx, sheet settings, row 2", remedy: "formpost check")
    }

    // MARK: Data

    @Test func dataThatIsAFile() throws {
        let office = try MaildirOffice()
        _ = try office.scratch.write("data", "x".utf8)
        try office.expect("FAIL data", status: 78, naming: "data", remedy: "data:")
    }

    @Test(arguments: ["/proc/formpost", "/proc/version/formpost"])
    func dataThatCannotBeMade(path: String) throws {
        let office = try MaildirOffice(data: path)
        try office.expect("FAIL data", status: 78, naming: path, remedy: "data:")
    }

    @Test(.enabled(if: Unprivileged.isPossible))
    func dataThatMayNotBeWritten() throws {
        let office = try MaildirOffice()
        let folder = office.scratch.path("data")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o555)
        try office.expect("FAIL data", status: 78, naming: folder, remedy: "right to write", unprivileged: true)
    }

    @Test(.enabled(if: Unprivileged.isPossible))
    func aLedgerThatMayNotBeWritten() throws {
        let office = try MaildirOffice()
        #expect(try office.run(["run", "--once"]).status == 0)
        chmod(office.scratch.path("data/ledger.sqlite"), 0)
        try office.expect(
            "FAIL data", status: 78, naming: "ledger.sqlite", remedy: "right to write", unprivileged: true)
    }

    @Test func aLedgerThatIsNone() throws {
        let office = try MaildirOffice()
        try FileManager.default.createDirectory(atPath: office.scratch.path("data"), withIntermediateDirectories: true)
        _ = try office.scratch.write("data/ledger.sqlite", String(repeating: "no ledger ", count: 1000).utf8)
        try office.expect("FAIL ledger", status: 78, naming: "ledger.sqlite", remedy: "backup")
    }

    // MARK: Mailbox and outgoing server

    @Test func serversThatAreNotThereAre69() throws {
        let office = try MaildirOffice(
            account: "imap: {host: 127.0.0.1, port: 9, security: plain, user: u}",
            outgoing: "smtp: {host: 127.0.0.1, port: 9, security: plain}")
        let run = try office.doctor(environment: ["FORMPOST_PASSWORD_THU": "hush-hush"])
        #expect(run.status == 69)
        #expect(Self.verdicts(run).filter { $0.hasPrefix("FAIL") } == ["FAIL mailbox thu", "FAIL outgoing"])
        #expect(!run.output.contains("hush-hush"))
    }

    // MARK: Sender trust

    /// The mails of the sample mailbox bear results of `mx.canloc.example` above its own line.
    @Test(arguments: [
        ("authserv-id: mx.canloc.example", "ok", nil), ("authserv-id: MX.CanLoc.example", "ok", nil),
        ("authserv-id: mail.canloc.example", "FAIL", "`authserv-id: mx.canloc.example`"),
        ("authserv-id: mx.canloc.example, trusted-host: thu", "FAIL", "`authserv-id: mx.canloc.example`"),
        ("authserv-id: thu, trusted-host: mx.canloc.example", "FAIL", "`authserv-id: mx.canloc.example`"),
        ("trusted-server: true", "note", "`authserv-id: mx.canloc.example`"),
    ])
    func theNewestMailsTellOfTheServer(setting: String, grade: String, remedy: String?) throws {
        let office = try MaildirOffice(trust: setting)
        try office.deliver(["001-bao-cao-dat", "003-nhieu-cho-can-sua", "013-khong-tep"])
        let run = try office.doctor()
        #expect(run.status == (grade == "FAIL" ? 78 : 0))
        #expect(Self.verdicts(run).contains("\(grade) sender-trust, mailbox thu"))
        #expect(remedy.map { run.output.contains($0) } ?? !run.output.contains("authserv-id"))
        // What was dealt with is looked at as well.
        #expect(try office.run(["run", "--once", "--since", "1970-01-01"]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.scratch.path("mail/new")).isEmpty)
        #expect(Self.verdicts(try office.doctor()).contains("\(grade) sender-trust, mailbox thu"))
    }

    /// Whatever stands in a header, a line of the doctor's stays a line.
    @Test func headersDoNotCommandTheTerminal() throws {
        let office = try MaildirOffice()
        let name = "x\u{1B}[31m" + String(repeating: "y", count: 5000)
        let text = "Received: from a by \(name) with SMTP; now\r\nFrom: a@b.vn\r\n\r\n"
        try Maildir.deliver(Array(text.utf8), into: URL(filePath: office.scratch.path("mail")), at: Date())
        let run = try office.doctor()
        #expect(run.status == 78)
        #expect(Self.verdicts(run).contains("FAIL sender-trust, mailbox thu"))
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.lines.allSatisfy { $0.utf8.count < 1000 })
    }

    // MARK: -

    /// `grade what` of each line that is no remedy.
    fileprivate static func verdicts(_ run: ProgramRun) -> [String] {
        run.lines.filter { !$0.hasPrefix("      → ") }.map { line in
            let grade = line.prefix { $0 != " " }
            return "\(grade) " + line.dropFirst(grade.count).drop { $0 == " " }.prefix { $0 != ":" }
        }
    }
}

extension MaildirOffice {
    /// The doctor finds one thing bad, and says below it what to do.
    fileprivate func expect(
        _ verdict: String, status: Int32, naming name: String, remedy: String, unprivileged: Bool = false,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let run = try doctor(unprivileged: unprivileged)
        #expect(run.status == status, sourceLocation: location)
        let verdicts = CommandDoctorTests.verdicts(run)
        #expect(verdicts.filter { $0.hasPrefix("FAIL") } == [verdict], sourceLocation: location)
        let line = try #require(run.lines.firstIndex { $0.hasPrefix("FAIL") }, sourceLocation: location)
        #expect(run.lines[line].contains(name), sourceLocation: location)
        #expect(run.lines.dropFirst(line + 1).first?.contains(remedy) == true, sourceLocation: location)
    }
}
