import Foundation
import Testing

/// What waits for a person, and what becomes of it.
@Suite struct CommandQuarantineTests {
    private static let past = ["run", "--once", "--since", "1970-01-01", "--answer"]

    @Test func anAdmittedMailIsAnsweredOnceAndLeavesTheFolder() throws {
        let office = try MaildirOffice()
        try office.deliver(["026-chua-xac-minh"])
        #expect(try office.run(Self.past).status == 0)
        #expect(try Self.mails(office, "mail/.Quarantine") == 1)
        let told = try Self.mails(office, "replies")
        #expect(try office.run(["quarantine", "admit", "1"]).status == 0)
        #expect(try office.run(["quarantine", "admit", "1"]).status == 64)
        for _ in 0..<2 { #expect(try office.run(Self.past).status == 0) }
        #expect(try Self.mails(office, "mail/.Quarantine") == 0)
        #expect(try Self.mails(office, "mail/.Processed") == 1)
        #expect(try Self.mails(office, "mail") == 0)
        #expect(try Self.mails(office, "replies") == told + 1)
        #expect(try office.run(["quarantine", "list"]).lines == ["Nothing waits."])
    }

    /// How many messages lie in a Maildir.
    private static func mails(_ office: MaildirOffice, _ folder: String) throws -> Int {
        try ["new", "cur"].map { office.scratch.path("\(folder)/\($0)") }.reduce(0) { count, path in
            count + (try FileManager.default.contentsOfDirectory(atPath: path).count)
        }
    }
}
