import Foundation
import Mail
import Testing

/// Reports in the console: reconciliation, freeze, reminders, what came by hand, and what a person accepts.
@Suite struct ConsoleReportTests {
    private static let receipt = "BC-2019-0001"

    private static func office(_ cases: [String] = ["001-bao-cao-dat"]) throws -> MaildirOffice {
        let office = try MaildirOffice()
        try office.deliver(cases)
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        return office
    }

    /// The report that the first sample mail brings.
    private static func workbook() throws -> [UInt8] {
        let mail = try Data(contentsOf: URL(filePath: Repository.path("Mailbox/001-bao-cao-dat/1.eml")))
        let parts = try MessageReader.read([UInt8](mail)).parts
        return try #require(parts.first { $0.filename?.hasSuffix(".xlsx") ?? false }).bytes
    }

    @Test func figuresAreHeldAgainstEachOther() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (labour, interior) = (Browser(console), Browser(console))
        try await labour.signIn("ha")
        try await interior.signIn("tuan")
        let page = "/bao-cao/doi-chieu?nam=2019"
        let confirm = "/bao-cao/\(Self.receipt)/xac-nhan"
        #expect(try await labour.get(page).body.contains("action=\"\(confirm)\""))
        #expect(try await !interior.get(page).body.contains("action=\"\(confirm)\""))
        // Whoever may not confirm does not, even with a form made by hand.
        #expect(try await interior.press(confirm, on: page, ["dong_y": "1"]).status == 403)
        #expect(try await labour.press(confirm, on: page, ["dong_y": "0"]).status == 400)
        #expect(
            try await labour.press(confirm, on: page, ["dong_y": "0", "y_kien": "Thừa 2 hộ"]).location
                == "/bao-cao/\(Self.receipt)")
        #expect(try await interior.get(page).body.contains("Thừa 2 hộ"))
        let again = try await labour.press(confirm, on: "/bao-cao/\(Self.receipt)", ["dong_y": "1", "ve": "doi-chieu"])
        #expect(again.location == page)
        #expect(try await interior.get(page).body.contains("đã xác nhận"))
        #expect(
            try office.run(["show", Self.receipt]).lines.contains { $0.contains("labour.opinion disagrees: Thừa 2 hộ") }
        )
        for path in ["/bao-cao/KT-2020-0001/xac-nhan", "/bao-cao/BC-2019-0099/xac-nhan"] {
            #expect(try await labour.press(path, on: page, ["dong_y": "1"]).status == 404)
        }
    }

    @Test func theHeadFreezesOnce() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (head, interior) = (Browser(console), Browser(console))
        try await head.signIn("binh")
        try await interior.signIn("tuan")
        let page = "/bao-cao/chot?nam=2019"
        let before = try await interior.get(page).body
        #expect(before.contains("đã nhận 1/23") && before.contains("Lãnh đạo phòng bấm Chốt"))
        // Of four forms nothing waits for the office, and nothing is provisional.
        #expect(before.components(separatedBy: "<dd>không</dd>").count == 9)
        let fields = ["nam": "2019", "van_ban": "Báo cáo số 12/BC-NV ngày 15/01/2020"]
        #expect(try await interior.press("/bao-cao/chot", on: page, fields).status == 403)
        #expect(try await head.press("/bao-cao/chot", on: page, ["nam": "2019"]).status == 400)
        #expect(try await head.press("/bao-cao/chot", on: page, ["nam": "1999", "van_ban": "x"]).status == 404)
        #expect(try await head.press("/bao-cao/chot", on: page, fields).location == page)
        // The second window is told who did it; the letter waits for a press.
        let second = try await head.press("/bao-cao/chot", on: page, fields)
        #expect(second.status == 400 && second.body.contains("binh"))
        #expect(try office.run(["outbox", "list"]).lines.count { $0.contains("chot_so_lieu") } == 1)
        #expect(try await interior.get("/bao-cao?nam=2019").body.contains("Số liệu đã chốt ngày"))
    }

    @Test func unitsAreRemindedAfterALook() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, labour) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await labour.signIn("ha")
        let path = "/bao-cao/nhac?nam=2019&dv=nghen&dv=kimloc&dv=thienloc&dv=%3Cscript%3E"
        #expect(try await labour.get(path).status == 403)
        let preview = try await interior.get(path)
        #expect(preview.body.contains("Thư đơn vị đầu tiên nhận được"))
        #expect(try office.run(["outbox", "list"]).lines.allSatisfy { !$0.contains("\tnhac\t") })
        #expect(try await interior.get("/bao-cao/nhac?nam=2019").status == 400)
        let fields = ["nam": "2019", "dv": "nghen kimloc thienloc"]
        #expect(try await labour.press("/bao-cao/nhac", on: "/", fields).status == 403)
        let done = try await interior.press("/bao-cao/nhac", on: path, fields)
        #expect(done.status == 200)
        #expect(done.body.matches(of: /chờ duyệt, gửi tới/).count == 3)
        // Of Thiên Lộc the list of households is still open, its report is not.
        #expect(
            preview.body.contains("<th scope=\"row\">Xã Thiên Lộc</th><td>Danh sách hộ nghèo, hộ cận nghèo: chưa có"))
        // Again on the same day nothing is written.
        let again = try await interior.press("/bao-cao/nhac", on: path, fields)
        #expect(again.body.matches(of: /đã viết trước đó/).count == 3)
        let forms = try await interior.press("/bao-cao/gui-bieu", on: path, ["nam": "2019", "dv": "nghen"])
        #expect(forms.body.matches(of: /chờ duyệt, gửi tới/).count == 1)
    }

    @Test func whatCameByHandIsFiledWithItsTrueDate() async throws {
        let office = try MaildirOffice()
        #expect(try office.run(["run", "--once"]).status == 0)
        let console = try ServedConsole(office)
        let (interior, labour) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await labour.signIn("ha")
        let workbook = try Self.workbook()
        let fields = [
            "don_vi": "thienloc", "ngay": "2019-12-18", "gio": "16:55", "ghi_chu": "USB, chị Hà nộp tại Phòng",
        ]
        let page = "/bao-cao/nop-thay"
        #expect(try await labour.upload(page, on: "/", fields, file: ("tep", "BC.xlsx", workbook)).status == 403)
        let late = fields.merging(["ngay": "2099-12-18"]) { $1 }
        #expect(try await interior.upload(page, on: page, late, file: ("tep", "BC.xlsx", workbook)).status == 400)
        let done = try await interior.upload(page, on: page, fields, file: ("tep", "../BC 2019.xlsx", workbook))
        #expect(done.status == 200)
        #expect(done.body.contains(Self.receipt) && done.body.contains("được tính"))
        let report = try await interior.get("/bao-cao/\(Self.receipt)").body
        #expect(report.contains("16:55 18/12/2019") && report.contains("BC 2019.xlsx"))
        #expect(try await interior.get("/bao-cao?nam=2019").body.contains("Nhận hộ 18/12/2019"))
        // Without the token of the session nothing is taken.
        #expect(try await interior.upload(page, on: nil, fields, file: ("tep", "BC.xlsx", workbook)).status == 403)
        let nothing = try await interior.upload(page, on: page, fields, file: ("tep", "a.txt", Array("xin chào".utf8)))
        #expect(nothing.status == 200 && nothing.body.contains("Không có biểu nào đọc được"))
    }

    @Test func aPersonAcceptsWhatTheRulesDidNot() async throws {
        let office = try Self.office(["003-nhieu-cho-can-sua"])
        let console = try ServedConsole(office)
        let (interior, labour) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await labour.signIn("ha")
        let page = "/bao-cao/\(Self.receipt)"
        let opened = try await interior.get(page).body
        let revision = try #require(opened.firstMatch(of: /name="ban" value="(\d+)"/).map { String($0.1) })
        #expect(try await !labour.get(page).body.contains("name=\"ban\""))
        let fields = ["ban": revision, "viec": "nhan", "ly_do": "Đã gọi chị Hà, số đúng"]
        #expect(try await labour.press(page + "/quyet-dinh", on: page, fields).status == 403)
        let unreasoned = fields.merging(["ly_do": " "]) { $1 }
        #expect(try await interior.press(page + "/quyet-dinh", on: page, unreasoned).status == 400)
        let other = fields.merging(["ban": "\((Int(revision) ?? 0) + 1)"]) { $1 }
        #expect(try await interior.press(page + "/quyet-dinh", on: page, other).status == 400)
        #expect(try await interior.press(page + "/quyet-dinh", on: page, fields).location == page)
        let second = try await interior.press(page + "/quyet-dinh", on: page, fields)
        #expect(second.status == 400 && second.body.contains("được tính"))
        let after = try await interior.get(page).body
        #expect(after.contains("được tính") && after.contains("tiếp nhận kèm lý do") && !after.contains("name=\"ban\""))
        #expect(
            try office.run(["show", Self.receipt]).lines.contains { $0.contains("report.accept 1: Đã gọi chị Hà") })
    }
}
