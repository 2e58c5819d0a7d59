import Foundation
import Testing

/// Workbooks and mails that come by another way than the mailbox.
@Suite struct CommandSubmitTests {
    @Test func whatComesByHandIsFiledAtItsOwnTimeAndAnswered() throws {
        let office = try MaildirOffice()
        let blank = ["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019", "-o", "b.xlsx"]
        #expect(try office.run(blank).status == 0)
        let submit = ["submit", "b.xlsx", "--unit", "thienloc", "--received", "2019-12-18T16:55", "--note", "USB"]
        let run = try office.run(submit)
        #expect(run.status == 0)
        let columns = try #require(run.lines.last).split(separator: " ").map(String.init)
        #expect(columns.prefix(2) == ["2019-12-18", "16:55"])
        #expect(columns.contains("BC-2019-0001") && columns.contains("can_sua"))
        #expect(try office.run(["run", "--once"]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.scratch.path("replies/new")).count == 1)
        let status = try office.run(["status", "--period", "2019", "--json"]).objects()
        let own = try #require(status.first { $0["unit"] as? String == "thienloc" })
        #expect(own["state"] as? String == "correction")
        #expect(own["received"] as? String == "2019-12-18")
    }

    @Test func whatIsNotTheUnitsOwnIsAskedAbout() throws {
        let office = try MaildirOffice()
        let blank = ["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019", "-o", "b.xlsx"]
        #expect(try office.run(blank).status == 0)
        let submit = ["submit", "b.xlsx", "--unit", "nghen", "--received", "2019-12-18", "--note", "USB"]
        #expect(try #require(try office.run(submit).lines.last).contains("khac_don_vi"))
    }

    @Test(arguments: [
        ["--unit", "nonsense", "--received", "2019-12-18", "--note", "x"],
        ["--unit", "thienloc", "--received", "2099-12-18", "--note", "x"],
        ["--unit", "thienloc", "--received", "yesterday", "--note", "x"],
        // Nobody's address was in force then.
        ["--unit", "thienloc", "--received", "2015-12-18", "--note", "x"],
        ["--unit", "thienloc", "--received", "2019-12-18"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        let office = try MaildirOffice()
        _ = try office.scratch.write("b.xlsx", [])
        let run = try office.run(["submit", "b.xlsx"] + arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(try office.run(["submit", "no.xlsx"] + arguments).status != 0)
    }

    @Test func aFolderOfMailsIsTakenInOnceAndSilently() throws {
        let office = try MaildirOffice()
        let mails = Repository.path("Mailbox")
        let first = try office.run(["import", mails])
        #expect(first.status == 0)
        let status = try office.run(["status", "--period", "2019", "--json"]).objects()
        #expect(status.contains { $0["receipt"] as? String == "BC-2019-0001" })
        #expect(try office.run(["outbox", "list", "--all"]).lines == ["Nothing waits."])
        #expect(try office.run(["import", mails]).lines == ["Nothing new."])
        // By their own times of receipt, the oldest first.
        let times = first.lines.dropFirst().map { $0.prefix(16) }
        #expect(times.count > 30)
        #expect(times == times.sorted())
    }

    @Test func aFolderIsAnsweredOnDemand() throws {
        let office = try MaildirOffice()
        #expect(try office.run(["import", Repository.path("Mailbox/001-bao-cao-dat"), "--answer"]).status == 0)
        let waiting = try office.run(["outbox", "list", "--all", "--json"]).objects()
        #expect(waiting.map { $0["kind"] as? String } == ["bien_nhan"])
        #expect(try office.run(["import", "nowhere"]).status == 65)
        #expect(try office.run(["import", Repository.path("Forms")]).status == 65)
    }
}
