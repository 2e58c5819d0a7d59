import Foundation
import Testing

/// What the office does of its own accord, from a terminal: who owes what, invitations, reminders, the outbox, the freeze.
@Suite struct CommandCampaignTests {
    private static let past = ["run", "--once", "--since", "1970-01-01", "--answer"]

    /// An office that has received a report that is accepted and one that must be corrected.
    private static func office() throws -> MaildirOffice {
        let office = try MaildirOffice()
        try office.deliver(["001-bao-cao-dat", "003-nhieu-cho-can-sua"])
        #expect(try office.run(past).status == 0)
        return office
    }

    @Test func statusTellsWhoHasSentWhat() throws {
        let office = try Self.office()
        let run = try office.run(["status", "--period", "2019", "--json"])
        #expect(run.status == 0)
        let lines = try run.objects()
        // Until the end of 2019 there were 23 communes.
        #expect(lines.filter { $0["form"] as? String == "bao_cao_xa" }.count == 23)
        let states = Dictionary(grouping: lines) { $0["state"] as? String ?? "" }.mapValues(\.count)
        #expect(states["filed"] == 1)
        #expect(states["correction"] == 1)
        let filed = try #require(lines.first { $0["state"] as? String == "filed" })
        #expect(filed["receipt"] as? String == "BC-2019-0001")
        #expect(filed["due"] as? String == "2019-12-20")
        #expect(run.errors.contains("bao_cao_xa 2019: 1 of 23 filed"))
        #expect(try office.run(["status", "--period", "1999"]).status == 64)
    }

    @Test func aUnitIsInvitedOnceAndTheLetterWaitsForAPress() throws {
        let office = try Self.office()
        let invite = ["invite", "--period", "2019", "--unit", "nghen"]
        #expect(try office.run(invite).lines == ["nghen\theld\tnghen@canloc.example"])
        #expect(try office.run(invite).lines == ["nghen\twritten before"])
        #expect(try office.run(invite + ["--again"]).lines == ["nghen\theld\tnghen@canloc.example"])
        let held = try office.run(["outbox", "list", "--json"]).objects()
        #expect(held.map { $0["kind"] as? String } == ["gui_bieu", "gui_bieu"])
        let numbers = held.compactMap { ($0["number"] as? Int).map(String.init) }
        #expect(try office.run(["outbox", "drop", numbers[0]]).lines == ["\(numbers[0])\tdropped"])
        #expect(try office.run(["outbox", "approve", numbers[0]]).lines == ["\(numbers[0])\tnot waiting: dropped"])
        #expect(try office.run(["outbox", "approve", "--kind", "gui_bieu"]).lines == ["\(numbers[1])\tapproved"])
        #expect(try office.run(["outbox", "list"]).lines == ["Nothing waits."])
        let all = try office.run(["outbox", "list", "--all", "--json"]).objects()
        #expect(all.last?["state"] as? String == "pending")
    }

    @Test(arguments: [
        ["invite"], ["invite", "--period", "2019", "--stage", "tong_ket_2020"], ["invite", "--stage", "nonsense"],
        ["invite", "--period", "2019", "--unit", "nonsense"], ["remind", "--on", "tomorrow"], ["outbox", "approve"],
        ["outbox", "drop", "4711"], ["outbox", "approve", "--kind", "nonsense"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        let office = try MaildirOffice()
        #expect(try office.run(Self.past).status == 0)
        let run = try office.run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(try office.run(["outbox", "list", "--all"]).lines == ["Nothing waits."])
    }

    @Test func whoHasSentIsNotReminded() throws {
        let office = try Self.office()
        let dry = try office.run(["remind", "--on", "2019-12-13T09:00", "--dry-run"])
        #expect(dry.lines.count { $0.contains("bao_cao_xa 2019") } == 22)
        // It has sent its report, and still owes its list of households.
        #expect(dry.lines.contains("thienloc\tdanh_sach_ho 2019"))
        #expect(try office.run(["outbox", "list"]).lines == ["Nothing waits."])
        let written = try office.run(["remind", "--on", "2019-12-13T09:00"])
        #expect(written.lines.map { $0.split(separator: "\t")[0] } == dry.lines.map { $0.split(separator: "\t")[0] })
        #expect(written.lines.allSatisfy { $0.contains("\theld\t") })
        // The same step reminds nobody again; the next one does.
        #expect(try office.run(["remind", "--on", "2019-12-17T09:00"]).lines == ["No reminder is due."])
        let late = try office.run(["remind", "--on", "2019-12-24T09:00", "--dry-run"]).lines
        #expect(late == dry.lines)
    }

    @Test func afterTheFreezeANewVersionWaits() throws {
        let office = try Self.office()
        let freeze = ["freeze", "--period", "2019", "--document", "Báo cáo số 12/BC-NV"]
        let first = try office.run(freeze)
        let line = try #require(first.lines.firstIndex(of: "bao_cao_xa 2019\tfrozen: 1 reports"))
        #expect(first.lines[line + 1].hasSuffix("@canloc.example"))
        #expect(try office.run(freeze).lines.allSatisfy { $0.hasSuffix("\tfrozen before") })
        let held = try office.run(["outbox", "list", "--all", "--json"]).objects()
        #expect(held.last?["kind"] as? String == "chot_so_lieu")
    }

    @Test func inARehearsalEveryLetterWaits() throws {
        let office = try MaildirOffice()
        try office.deliver(["001-bao-cao-dat", "015-nguoi-la"])
        #expect(try office.run(Self.past, environment: ["FORMPOST_REHEARSAL": "perhaps"]).status == 78)
        #expect(try office.run(Self.past, environment: ["FORMPOST_REHEARSAL": "true"]).status == 0)
        let held = try office.run(["outbox", "list", "--json"]).objects()
        #expect(Set(held.compactMap { $0["kind"] as? String }) == ["bien_nhan", "nguoi_la"])
        #expect(held.allSatisfy { $0["state"] as? String == "held" })
    }

    @Test func whoAsksForBlankFormsGetsThem() throws {
        let office = try MaildirOffice()
        // A mail without a workbook, with another subject.
        let mail = try Repository.text("Mailbox/013-khong-tep/1.eml").replacing(
            "=?utf-8?b?SOG7j2kgduG7gSBiw6FvIGPDoW8=?=", with: "Re: Xin =?UTF-8?Q?m=E1=BA=ABu?= bao cao")
        try office.deliver(Array(mail.utf8))
        #expect(try office.run(Self.past).status == 0)
        let notice = try #require(try office.run(["outbox", "list", "--all", "--json"]).objects().last)
        #expect(notice["kind"] as? String == "gui_bieu")
        #expect(notice["recipient"] as? String == "xuanloc@canloc.example")
    }
}
