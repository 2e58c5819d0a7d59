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
        let late = try office.run(["remind", "--on", "2019-12-25T09:00", "--dry-run"]).lines
        #expect(late == dry.lines)
    }

    /// Once the due day is over the unit's leader reads along; ten days later the Council member of each cluster has a list.
    @Test func theLeaderAndThenTheCouncilHearOfWhatIsLate() throws {
        let office = try Self.office()
        func held(_ kind: String) throws -> [NSDictionary] {
            try office.run(["outbox", "list", "--json"]).objects().filter { $0["kind"] as? String == kind }
        }
        _ = try office.run(["remind", "--on", "2019-12-19T09:00"])
        #expect(try held("nhac").allSatisfy { ($0["copies"] as? [String])?.isEmpty == true })
        _ = try office.run(["outbox", "approve", "--kind", "nhac"])
        _ = try office.run(["remind", "--on", "2019-12-25T09:00"])
        let copies = try held("nhac").reduce(into: [:]) { $0[$1["recipient"] as? String ?? ""] = $1["copies"] }
        #expect(copies["thienloc@canloc.example"] as? [String] == ["lanhdao.thienloc@canloc.example"])
        // Departments have no leader's address in units.xlsx.
        #expect(copies["yte@canloc.example"] as? [String] == [])
        #expect(try held("danh_sach_chua_gui").isEmpty)
        let listed = try office.run(["remind", "--on", "2019-12-30T09:00"]).lines.filter { $0.contains("owed") }
        #expect(
            listed.map { String($0.split(separator: "\t")[0]) } == ["cum1", "cum2", "cum3", "khoi1", "khoi2"])
        #expect(listed.allSatisfy { $0.contains("\theld\t") })
        let lists = try held("danh_sach_chua_gui")
        #expect(lists.first?["recipient"] as? String == "cum1@canloc.example")
        #expect(
            lists.first?["subject"] as? String == "Danh sách đơn vị chưa gửi 2 biểu - Cụm thi đua số 1")
        #expect(
            lists.last?["subject"] as? String
                == "Danh sách đơn vị chưa gửi Báo cáo năm 2019 - Khối Mặt trận, đoàn thể")
        // Neither leader nor Council is told of the same step twice.
        #expect(try office.run(["remind", "--on", "2019-12-31T09:00"]).lines == ["No reminder is due."])
    }

    /// For 2020 the plan has no due day: only a person's word reminds, and nobody is late then.
    @Test func withoutADueDayAPersonReminds() throws {
        let office = try Self.office()
        #expect(try office.run(["remind", "--on", "2020-12-20T09:00"]).lines == ["No reminder is due."])
        #expect(try office.run(["remind", "--form", "bao_cao_xa"]).status == 64)
        let run = try office.run(["remind", "--period", "2020", "--form", "bao_cao_xa", "--on", "2020-12-21T09:00"])
        #expect(run.lines.count == 18)
        let letters = try office.run(["outbox", "list", "--json"]).objects().filter { $0["kind"] as? String == "nhac" }
        #expect(letters.count == 18)
        #expect(
            letters.allSatisfy {
                ($0["subject"] as? String)?.contains("Chưa nhận được Báo cáo năm 2020") == true
                    && ($0["copies"] as? [String])?.count == 1
            })
        // What has a due day is none of this.
        #expect(try office.run(["remind", "--period", "2019", "--dry-run"]).lines == ["No reminder is due."])
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
