import Foundation
import Ledger
import Records
import Testing

/// A copy of everything that the office has received, and the office that begins again from it.
@Suite struct CommandBackupTests {
    private static func deliver(_ name: String, to office: MaildirOffice) throws {
        try office.deliver([name])
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
    }

    private static func mails(_ folder: String) throws -> [MessageRecord] {
        try Ledger.open(folder: folder, mode: .work).read { try $0.messages() }
    }

    @Test func aRestoredOfficeHasEveryMailAndGoesOn() throws {
        let office = try MaildirOffice()
        try Self.deliver("001-bao-cao-dat", to: office)
        let backup = office.scratch.path("backup")
        #expect(try office.run(["backup", backup]).errors.contains(" 1 new files"))
        try Self.deliver("003-nhieu-cho-can-sua", to: office)
        // Only what has come since.
        #expect(try office.run(["backup", backup]).errors.contains(" 1 new files"))
        #expect(try office.run(["backup", backup]).errors.contains(" 0 new files"))

        let again = try MaildirOffice()
        #expect(try again.run(["restore", backup]).status == 0)
        let before = try Self.mails(office.scratch.path("data"))
        #expect(try Self.mails(again.scratch.path("data")) == before)
        #expect(before.count == 2)
        let archive = try Archive(folder: again.scratch.path("data"))
        for mail in before { #expect(!(try archive.read(mail.message.rawSHA256)).isEmpty) }
        let status = try again.run(["status", "--period", "2019", "--json"]).objects()
        #expect(status.contains { $0["receipt"] as? String == "BC-2019-0001" && $0["state"] as? String == "filed" })
        // Never over what is there.
        #expect(try again.run(["restore", backup]).status == 64)
        #expect(try again.run(["restore", again.scratch.path("nothing")]).status == 65)
    }

    @Test func withoutALedgerThereIsNothingToBackUp() throws {
        let office = try MaildirOffice()
        #expect(try office.run(["backup", office.scratch.path("backup")]).status == 75)
        #expect(!FileManager.default.fileExists(atPath: office.scratch.path("backup")))
    }
}
