import Foundation
import Testing
import Zip

/// Units, calendar and forms in the console: looked at, downloaded, edited and put back.
@Suite struct ConsoleFormsTests {
    private static func office() throws -> MaildirOffice {
        let office = try MaildirOffice(copyingForms: true)
        try office.deliver(["001-bao-cao-dat"])
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        return office
    }

    private static func bytes(_ office: MaildirOffice, _ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: office.scratch.path("Forms/\(file)"))))
    }

    /// A workbook of the office's with a text written otherwise wherever it stands.
    private static func edited(
        _ office: MaildirOffice, _ file: String, _ text: String, _ other: String
    ) throws -> [UInt8] {
        let copy = office.scratch.path("edited.xlsx")
        try Data(try bytes(office, file)).write(to: URL(filePath: copy))
        try EditedWorkbook.replace(text, with: other, in: copy)
        return [UInt8](try Data(contentsOf: URL(filePath: copy)))
    }

    private static func upload(
        _ browser: Browser, _ file: String, _ bytes: [UInt8], on page: String = "/don-vi"
    ) async throws -> Browser.Page {
        try await browser.upload("/ky-dot/tai-len", on: page, ["ten": file], file: ("tep", file, bytes))
    }

    @Test func everyUnitHasAPage() async throws {
        let console = try ServedConsole(try Self.office())
        let (interior, admin, reader) = (Browser(console), Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await admin.signIn("quantri")
        try await reader.signIn("xem")
        let page = try await interior.get("/don-vi/thienloc").body
        #expect(page.contains("UBND xã Thiên Lộc") && page.contains("thienloc@canloc.example"))
        #expect(page.contains("BC-2019-0001") && page.contains("được tính"))
        // What units report is not the administrator's business.
        #expect(try await !admin.get("/don-vi/thienloc").body.contains("BC-2019-0001"))
        #expect(try await reader.get("/don-vi/thienloc").status == 403)
        #expect(try await interior.get("/don-vi/kimloc").body.contains("Xã Kim Song Trường"))
        #expect(try await interior.get("/don-vi/khongco").status == 404)
        let note = ["ghi_chu": "Gọi chị Hà <b>, hẹn thứ Hai"]
        #expect(try await admin.press("/don-vi/thienloc/ghi-chu", on: "/don-vi", note).status == 403)
        let noted = try await interior.press("/don-vi/thienloc/ghi-chu", on: "/don-vi/thienloc", note)
        #expect(noted.location == "/don-vi/thienloc")
        #expect(try await interior.get("/don-vi/thienloc").body.contains("Gọi chị Hà &lt;b&gt;, hẹn thứ Hai"))
        #expect(try await interior.get("/bao-cao?nam=2019").body.contains("hẹn thứ Hai"))
    }

    @Test func anEditShowsWhatItChangesBeforeItIsApplied() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, labour, admin) = (Browser(console), Browser(console), Browser(console))
        for (browser, name) in [(interior, "tuan"), (labour, "ha"), (admin, "quantri")] {
            try await browser.signIn(name)
        }
        let download = try await interior.get("/ky-dot/tep/units.xlsx")
        #expect(download.status == 200 && download.headers["content-disposition"]?.contains("units.xlsx") == true)
        let edit = try Self.edited(office, "units.xlsx", "0239 000 0103", "0239 999 0103")
        #expect(try await Self.upload(labour, "units.xlsx", edit).status == 403)
        let shown = try await Self.upload(interior, "units.xlsx", edit)
        #expect(shown.body.contains("sửa dòng: thienloc, Xã Thiên Lộc"))
        #expect(shown.body.contains("dien_thoai: <span class=\"before\">0239 000 0103</span> → 0239 999 0103"))
        #expect(try Self.bytes(office, "units.xlsx") != edit)
        let sha = try #require(shown.body.firstMatch(of: /name="sha" value="([0-9a-f]{64})"/).map { String($0.1) })
        // Nobody applies what another has looked at.
        #expect(try await admin.press("/ky-dot/ap-dung", on: "/don-vi", ["sha": sha]).status == 400)
        #expect(try await interior.press("/ky-dot/ap-dung", on: "/don-vi", ["sha": sha]).location == "/don-vi")
        #expect(try Self.bytes(office, "units.xlsx") == edit)
        #expect(try await interior.get("/don-vi/thienloc").body.contains("0239 999 0103"))
        #expect(try await interior.press("/ky-dot/ap-dung", on: "/don-vi", ["sha": sha]).status == 400)
        #expect(try await admin.get("/quan-tri").body.contains("áp dụng biểu mẫu"))
        // The same again changes nothing and cannot be applied.
        #expect(try await Self.upload(interior, "units.xlsx", edit).body.contains("không khác tệp đang dùng"))
    }

    @Test func whatIsWrongIsNotApplied() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let wrong = try Self.edited(office, "units.xlsx", ">xa_thi_tran<", ">xa_thi_trn<")
        let shown = try await Self.upload(browser, "units.xlsx", wrong)
        #expect(shown.body.contains("Chưa bấm được") && !shown.body.contains("name=\"sha\""))
        #expect(try await Self.upload(browser, "units.xlsx", Array("xin chào".utf8)).status == 400)
        for name in ["../formpost.yaml", "notices/nhac.mustache", "khong-co.xlsx", ""] {
            let page = try await Self.upload(browser, name, wrong)
            #expect(page.status == 400, "\(name)")
        }
        for name in ["..%2Fformpost.yaml", "%2Fetc%2Fpasswd", "notices"] {
            #expect(try await browser.get("/ky-dot/tep/\(name)").status == 404, "\(name)")
        }
        // Another form in the place of this one.
        let other = try Self.bytes(office, "dn_ho.xlsx")
        #expect(try await Self.upload(browser, "dn_xa.xlsx", other).status == 400)
    }

    @Test func twoEditsDoNotOverwriteEachOther() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (one, other) = (Browser(console), Browser(console))
        try await one.signIn("tuan")
        try await other.signIn("binh")
        let first = try Self.edited(office, "units.xlsx", "0239 000 0103", "0239 111 0103")
        let second = try Self.edited(office, "units.xlsx", "0239 000 0103", "0239 222 0103")
        var shas: [String] = []
        for (browser, bytes) in [(one, first), (other, second)] {
            let shown = try await Self.upload(browser, "units.xlsx", bytes)
            shas.append(
                try #require(shown.body.firstMatch(of: /name="sha" value="([0-9a-f]{64})"/).map { String($0.1) }))
        }
        #expect(try await one.press("/ky-dot/ap-dung", on: "/don-vi", ["sha": shas[0]]).location == "/don-vi")
        let late = try await other.press("/ky-dot/ap-dung", on: "/don-vi", ["sha": shas[1]])
        #expect(late.status == 400 && late.body.contains("đã đổi"))
        #expect(try Self.bytes(office, "units.xlsx") == first)
    }

    @Test func theLabourOfficeEntersTargetsOnly() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("ha")
        let page = "/ky-dot"
        let targets = try Self.edited(
            office, "plan.xlsx", "Quyết định số 2356/QĐ-UBND (ví dụ)", "Quyết định số 2357/QĐ-UBND")
        #expect(try await Self.upload(browser, "plan.xlsx", targets, on: page).body.contains("name=\"sha\""))
        let holidays = try Self.edited(office, "plan.xlsx", "Quốc tế Lao động", "Quốc tế Lao Động")
        let refused = try await Self.upload(browser, "plan.xlsx", holidays, on: page)
        #expect(refused.status == 400 && refused.body.contains("lich_nghi"))
        let form = try Self.bytes(office, "bao_cao_xa.xlsx")
        #expect(try await Self.upload(browser, "bao_cao_xa.xlsx", form, on: page).status == 403)
    }

    @Test func aFormChangesUnderANewVersionAndTheOldOneIsKept() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let old = try Self.bytes(office, "dn_xa.xlsx")
        let same = try Self.edited(office, "dn_xa.xlsx", "Kết quả tăng hộ khá, giàu", "Kết quả tăng số hộ khá, giàu")
        let refused = try await Self.upload(browser, "dn_xa.xlsx", same, on: "/ky-dot")
        #expect(refused.body.contains("Chưa bấm được"))
        let copy = office.scratch.path("edited.xlsx")
        try EditedWorkbook.replace("2019.1", with: "2019.2", in: copy)
        let next = [UInt8](try Data(contentsOf: URL(filePath: copy)))
        let shown = try await Self.upload(browser, "dn_xa.xlsx", next, on: "/ky-dot")
        #expect(shown.body.contains("earlier/dn_xa-2019.1.xlsx"))
        let sha = try #require(shown.body.firstMatch(of: /name="sha" value="([0-9a-f]{64})"/).map { String($0.1) })
        #expect(try await browser.press("/ky-dot/ap-dung", on: "/ky-dot", ["sha": sha]).location == "/ky-dot")
        #expect(try Self.bytes(office, "dn_xa.xlsx") == next)
        #expect(try Self.bytes(office, "earlier/dn_xa-2019.1.xlsx") == old)
        #expect(try office.run(["check"]).status == 0)
        #expect(try await browser.get("/ky-dot").body.contains("2019.2"))
        let blank = try await browser.get("/ky-dot/bieu-trong?bieu=bao_cao_xa&dv=thienloc&nam=2019&dot=")
        #expect(blank.headers["content-disposition"]?.contains("bao_cao_xa_thienloc_2019.xlsx") == true)
        #expect(try await browser.get("/ky-dot/bieu-trong?bieu=khong-co").status == 404)
        #expect(try await browser.get("/ky-dot/bieu-trong?bieu=bao_cao_xa&dv=khongco").status == 404)
    }

    @Test func anAddressIsConfirmedWithOnePress() async throws {
        let office = try Self.office()
        // One that nobody has confirmed yet.
        let file = office.scratch.path("Forms/units.xlsx")
        var bytes = try Self.bytes(office, "units.xlsx")
        bytes = try Self.unconfirmed(bytes)
        try Data(bytes).write(to: URL(filePath: file))
        let console = try ServedConsole(office)
        let (interior, labour) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await labour.signIn("ha")
        let page = "/don-vi/thienloc"
        let before = try await interior.get(page).body
        #expect(before.contains("chờ xác nhận"))
        let fields = try ["dong", "dia_chi", "goc"].reduce(into: [String: String]()) { fields, name in
            let value = before.firstMatch(
                of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self))
            fields[name] = value.map { String($0.output.1) } ?? ""
        }
        #expect(fields["dia_chi"] == "thienloc@canloc.example")
        #expect(try await labour.press(page + "/xac-nhan", on: page, fields).status == 403)
        #expect(try await interior.press(page + "/xac-nhan", on: page, fields).location == page)
        let after = try await interior.get(page).body
        #expect(!after.contains("chờ xác nhận") && after.contains("đang dùng"))
        #expect(try await interior.press(page + "/xac-nhan", on: page, fields).status == 400)
        #expect(try office.run(["check"]).status == 0)
    }

    /// The workbook with the third row's `xac_nhan_boi` taken out.
    private static func unconfirmed(_ bytes: [UInt8]) throws -> [UInt8] {
        let archive = try ZipArchive(bytes)
        var writer = ZipWriter()
        for entry in archive.entries {
            let content = try archive.read(entry)
            let text = String(decoding: content, as: UTF8.self)
            let isAddresses = text.contains(">xac_nhan_boi<")
            let edited = text.replacing(/<c r="F3"[^>]*>.*?<\/c>/, with: "<c r=\"F3\"/>")
            writer.add(entry.name, isAddresses ? Array(edited.utf8) : content)
        }
        return try writer.finish()
    }
}
