import Foundation
import Ledger
import Mail
import Records
import Testing

/// Letters that wait, and mail that nobody has answered.
@Suite struct ConsoleLetterTests {
    @Test func aLetterThatWaitsIsReworded() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household())
        for more in [["return", "--reason", "Gửi biên bản."], ["decline", "--reason", "Thiếu tài liệu"]] {
            #expect(try office.desk.run(["decide", "KT-2020-0001"] + more).status == 0)
        }
        let held = try office.view { try $0.outbox([.held]) }
        #expect(held.map(\.kind) == [.returned, .declined])
        let console = try ServedConsole(office.desk)
        let (interior, head) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await head.signIn("binh")
        let (returned, declined) = ("/thu/\(held[0].id.rawValue)", "/thu/\(held[1].id.rawValue)")
        // Decisions about people are the head's, words and all.
        #expect(try await interior.get(declined + "/sua").status == 400)
        #expect(try await interior.press(declined + "/huy", on: declined).status == 400)
        let draft = try await interior.get(returned + "/sua").body
        let mark = try #require(draft.firstMatch(of: /name="cu" value="([^"]+)"/).map { String($0.1) })
        let words = ["loi": "Kính gửi UBND xã,\n\nĐề nghị gửi biên bản họp xét <trước> 20/3.", "cu": mark]
        #expect(try await interior.press(returned + "/sua", on: returned, words).location == returned)
        // The second window has other words before it.
        #expect(try await head.press(returned + "/sua", on: returned, words).status == 400)
        let shown = try await interior.get(returned).body
        #expect(shown.contains("Đề nghị gửi biên bản họp xét &lt;trước&gt; 20/3."))
        let mime = try #require(try office.view { try $0.mime(of: held[0].id) })
        let message = try MessageReader.read(mime)
        #expect(message.messageID == held[0].messageID && message.subject == held[0].subject)
        #expect(message.text.contains("họp xét <trước> 20/3."))
        #expect(String(decoding: mime, as: UTF8.self).contains("text/html"))
        // The words that it had are in the trail.
        let trail = try office.view { try $0.audit(subject: held[0].messageID) }
        #expect(trail.map(\.action) == ["notice.reword"] && trail[0].detail.contains("Gửi biên bản."))
        #expect(try await interior.press(returned + "/gui", on: returned).location == "/thu")
        #expect(try await interior.get(returned + "/sua").status == 400)
        #expect(try await interior.press(returned + "/sua", on: returned, words).status == 400)
    }

    @Test func aStrangersMailIsAdmittedForAUnit() async throws {
        let office = try NominationDesk()
        try office.mail(
            NominationDesk.household(), papers: ["MC1.pdf"], from: "chi.ha", domain: "example.org", subject: "Ho so")
        #expect(try office.view { try $0.submissions().isEmpty })
        let console = try ServedConsole(office.desk)
        let (browser, technician) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await technician.signIn("quantri")
        let mail = try #require(
            try await browser.get("/thu?nhom=la").body.firstMatch(of: /href="(\/thu\/den\/\d+)"/).map { String($0.1) })
        let page = try await browser.get(mail).body
        #expect(page.contains("chi.ha@example.org") && page.contains("bieu 1.xlsx") && page.contains("Kính gửi"))
        // Whoever keeps the machine sees that it is there, not what it says.
        let seen = try await technician.get(mail).body
        #expect(seen.contains("bieu 1.xlsx") && !seen.contains("Kính gửi"))
        #expect(try await browser.press(mail + "/nhan", on: mail, ["don_vi": "khong_co"]).status == 400)
        let admit = ["don_vi": "thienloc", "ghi_dia_chi": "1"]
        #expect(try await technician.press(mail + "/nhan", on: mail, admit).status == 403)
        #expect(try await browser.press(mail + "/nhan", on: mail, admit).location == mail)
        #expect(try await browser.press(mail + "/nhan", on: mail, admit).status == 400)
        #expect(try await browser.get(mail).body.contains("chờ lần kiểm tra hộp thư tới"))
        let waiting = try await browser.get("/thu?nhom=la").body
        #expect(!waiting.contains("Ho so</a>") && waiting.contains("chi.ha@example.org: Xã Thiên Lộc"))
        try office.work()
        let file = try office.submission("KT-2020-0001")
        #expect(file.key.unit.rawValue == "thienloc")
        let after = try await browser.get(mail).body
        #expect(after.contains("/bao-cao/KT-2020-0001") && after.contains("Đã nhận hồ sơ khen thưởng"))
        #expect(try office.view { try $0.outbox().last?.recipient } == "chi.ha@example.org")
        // The next one waits again: units.xlsx alone says who may speak for a unit.
        try office.mail(from: "chi.ha", domain: "example.org", on: "2020-03-12", subject: "Hoi")
        #expect(try office.view { try $0.messages(limit: 1).first?.message.outcome } == .stranger)
    }

    @Test func questionsAreAnsweredOnce() async throws {
        let office = try NominationDesk()
        try office.mail(subject: "Hoi ve bieu")
        try office.mail(on: "2020-03-11", subject: "Hoi ve han")
        let console = try ServedConsole(office.desk)
        let (browser, labour) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await labour.signIn("ha")
        // The Labour office sees the questions, and no letters of the office.
        let list = try await labour.get("/thu").body
        #expect(list.contains("Hoi ve han") && !list.contains("Chờ duyệt"))
        let mails = list.matches(of: /href="(\/thu\/den\/\d+)"/).map { String($0.1) }
        try #require(mails.count == 2)
        #expect(try await labour.press(mails[0] + "/da-tra-loi", on: mails[0]).location == "/thu")
        #expect(try await browser.press(mails[0] + "/da-tra-loi", on: mails[0]).status == 400)
        #expect(try await browser.press(mails[1] + "/bo", on: mails[1]).location == "/thu")
        #expect(try await browser.get("/thu?nhom=hoi").body.contains("Không có thư nào"))
        #expect(try office.view { try $0.messageCount(.question) } == 0)
        #expect(try await browser.get(mails[1]).body.contains("Đã xử lý: <strong>bỏ</strong>"))
    }
}
