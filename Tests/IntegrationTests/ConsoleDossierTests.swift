import Foundation
import Ledger
import Records
import Testing

/// One nominee's file as the reviewer works on it.
@Suite struct ConsoleDossierTests {
    private static let page = "/ho-so/KT-2020-0001"

    @Test func papersAreTickedAndLooseOnesPlaced() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household(), papers: ["MC1 bao cao.pdf", "scan0003.pdf"])
        let console = try ServedConsole(office.desk)
        let (browser, labour) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await labour.signIn("ha")
        let shown = try await browser.get(Self.page).body
        #expect(shown.contains("Chưa gắn"))
        let sha = try #require(shown.firstMatch(of: /name="tep" value="([0-9a-f]{64})"/).map { String($0.1) })
        let place = ["tep": sha, "cho-" + sha: "mc_bien_ban"]
        #expect(try await labour.press(Self.page + "/gan", on: Self.page, place).status == 403)
        #expect(try await browser.press(Self.page + "/gan", on: Self.page, ["tep": sha]).status == 400)
        #expect(try await browser.press(Self.page + "/gan", on: Self.page, place).location == Self.page)
        // Twice is told, and another question does not take it over.
        #expect(try await browser.press(Self.page + "/gan", on: Self.page, place).status == 400)
        let file = try office.submission("KT-2020-0001")
        #expect(try office.view { try $0.evidence(of: file.id).map(\.code) } == ["MC1", "MC2"])
        #expect(try office.view { try $0.dossier(of: file.id)?.missing } == 1)
        // Each window writes only what was changed in it.
        let window = ["giay": "TT,MC1,MC2", "giay-cu": ""]
        func tick(_ papers: String...) async throws -> String? {
            let ticks = Dictionary(uniqueKeysWithValues: papers.map { ("goc-" + $0, "1") })
            return try await browser.press(
                Self.page + "/tieu-chuan", on: Self.page, window.merging(ticks) { $1 }
            ).location
        }
        #expect(try await tick("TT") == Self.page)
        #expect(try await tick("MC1") == Self.page)
        #expect(try office.view { try $0.originals(of: file.id) } == ["TT", "MC1"])
        #expect(try office.view { try $0.dossier(of: file.id)?.missing } == 0)
        #expect(try await tick("MC77") == nil)
        let trail = try office.desk.run(["show", "KT-2020-0001"]).lines
        #expect(
            trail.contains { $0.contains("paper.place MC2") } && trail.contains { $0.contains("paper.original TT") })
        #expect(trail.contains("paper TT: original") && trail.contains("paper MC2: scan"))
    }

    @Test func aNewVersionKeepsTheVerdictsWhoseCellsDidNotChange() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household(), papers: ["MC1.pdf", "MC2.pdf"])
        for more in [["take"], ["assess", "--standard", "all", "--verdict", "met"]] {
            #expect(try office.desk.run(["decide", "KT-2020-0001"] + more).status == 0)
        }
        try office.mail(
            NominationDesk.household(with: ["tn_2019": 30.5]), on: "2020-03-12",
            subject: "Gửi lại hồ sơ KT-2020-0001")
        let file = try office.submission("KT-2020-0001")
        #expect(try office.view { try $0.dossier(of: file.id)?.state } == .inReview)
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let shown = try await browser.get(Self.page).body
        #expect(shown.contains("Có bản mới:") && shown.contains("có bản mới chưa xem"))
        let difference = try await browser.get(Self.page + "/khac?tu=1&den=2").body
        #expect(difference.contains("28,5") && difference.contains("30,5"))
        #expect(try await browser.get(Self.page + "/khac?tu=1&den=9").status == 404)
        // Somebody who looked at another version is told.
        #expect(try await browser.press(Self.page + "/ban-moi", on: Self.page, ["ban": "3"]).status == 400)
        #expect(try await browser.press(Self.page + "/ban-moi", on: Self.page, ["ban": "2"]).location == Self.page)
        #expect(try await browser.press(Self.page + "/ban-moi", on: Self.page, ["ban": "2"]).status == 400)
        let newest = try #require(try office.view { try $0.newestRevision(of: file.id)?.id })
        let held = try office.view { try $0.assessments(of: file.id) }
        #expect(held.filter { $0.value.revision != newest }.keys.sorted() == ["IV.2.1-4"])
        #expect(held.count > 5)
        #expect(try await browser.get(Self.page).body.contains("Nhận xét trên bản cũ"))
    }

    @Test func aFigureThatPassedAThresholdIsShownWithBothValues() async throws {
        let office = try NominationDesk()
        // 18,9 is not twice 9,5.
        try office.mail(NominationDesk.household(with: ["tn_2018": 18.9]))
        let file = try office.submission("KT-2020-0001")
        #expect(try office.view { try $0.dossier(of: file.id)?.state } == .standardNotMet)
        try office.mail(NominationDesk.household(), on: "2020-03-14", subject: "Sua lai KT-2020-0001")
        #expect(try office.view { try $0.dossier(of: file.id)?.state } == .queued)
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let shown = try await browser.get(Self.page).body
        #expect(shown.contains("đổi từ &quot;18,9&quot; thành &quot;19&quot; sau thông báo ngày"))
        #expect(shown.contains("/khac?tu=1&amp;den=2") || shown.contains("/khac?tu=1&den=2"))
        #expect(
            try office.desk.run(["show", "KT-2020-0001"]).lines.contains { $0.hasPrefix("moved after the notice:") })
    }

    @Test func aNomineeIsKnownAgainWithItsEarlierAward() async throws {
        let office = try NominationDesk()
        try office.mail(
            NominationDesk.household(stage: "so_ket_2018", with: ["ngay_to_trinh": "2018-10-01"]), on: "2018-10-10")
        try office.mail(NominationDesk.household())
        try office.mail(NominationDesk.household(unit: "xuanloc"), from: "xuanloc", on: "2020-03-11")
        let receipts = try office.view { try $0.submissions().map(\.receipt.description) }
        try #require(receipts.count == 3)
        for move in [
            ["take"], ["propose-district", "--reason", "x"], ["award-district", "--reason", "QĐ 2310 ngày 14/12/2018"],
        ] {
            #expect(try office.desk.run(["decide", receipts[0]] + move).status == 0)
        }
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let page = "/ho-so/\(receipts[1])"
        let before = try await browser.get(page).body
        #expect(before.contains("Trùng tên:") && !before.contains("Đã được khen:"))
        let link = ["voi": receipts[0], "la": "1"]
        #expect(try await browser.press(page + "/doi-tuong", on: page, link).location == page)
        let after = try await browser.get(page).body
        #expect(after.contains("Đã được khen: huyện khen") && after.contains("QĐ 2310 ngày 14/12/2018"))
        // Two units have nominated one household in this stage.
        let doubles = try await browser.get("/ho-so/trung").body
        #expect(doubles.contains(receipts[1]) && doubles.contains(receipts[2]) && !doubles.contains(receipts[0]))
        let compared = try await browser.get("/ho-so/so-sanh?ma=\(receipts[1])&ma=\(receipts[2])").body
        #expect(compared.contains("class=\"differs\""))
        #expect(try await browser.get("/ho-so/so-sanh?ma=\(receipts[1])").status == 400)
        let other = ["voi": receipts[2], "la": "0"]
        #expect(try await browser.press(page + "/doi-tuong", on: page, other).location == page)
        #expect(try await browser.get("/ho-so/trung").body.contains("Không có cặp nào"))
        let itself = ["voi": receipts[1], "la": "1"]
        #expect(try await browser.press(page + "/doi-tuong", on: page, itself).status == 404)
    }

    @Test func theLettersPointsAreEditedBeforeItIsWritten() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household())
        let console = try ServedConsole(office.desk)
        let (browser, labour) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await labour.signIn("ha")
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, ["viec": "take"]).location == Self.page)
        let marked = ["xet-IV.2.1-5": "incomplete", "ghi-IV.2.1-5": "gửi xác nhận của ngân hàng", "cu-IV.2.1-5": "0"]
        #expect(try await browser.press(Self.page + "/tieu-chuan", on: Self.page, marked).location == Self.page)
        // The second window has not seen that verdict.
        let stale = ["xet-IV.2.1-5": "met", "cu-IV.2.1-5": "0"]
        let refused = try await browser.press(Self.page + "/tieu-chuan", on: Self.page, stale)
        #expect(refused.status == 400 && refused.body.contains("tuan (127.0.0.1) vừa ghi"))
        let draft = try await browser.get(Self.page + "/bo-sung").body
        #expect(draft.contains("gửi xác nhận của ngân hàng") && draft.contains("biên bản họp xét"))
        #expect(try await labour.get(Self.page + "/bo-sung").status == 403)
        let words = ["viec": "return", "ly_do": "Gửi xác nhận của ngân hàng.\nGửi biên bản họp xét."]
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, words).location == Self.page)
        let letter = try #require(try office.view { try $0.outbox().last })
        #expect(letter.kind == .returned)
        // A reason of the list, completed; one that is not completed is none.
        let half = ["viec": "decline", "chon": "Thiếu tài liệu …", "ly_do": ""]
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, half).status == 400)
        let whole = half.merging(["ly_do": "xác nhận của ngân hàng"]) { $1 }
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, whole).location == Self.page)
        let trail = try office.desk.run(["show", "KT-2020-0001"]).lines
        #expect(trail.contains { $0.contains("returned → declined: Thiếu tài liệu xác nhận của ngân hàng") })
    }

    @Test func anOfficeThatWasAskedAndIsSilentHoldsNobodyUp() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household(), papers: ["MC1.pdf", "MC2.pdf"])
        for more in [
            ["take"], ["assess", "--standard", "all", "--verdict", "met"], ["original", "--paper", "TT"],
        ] { #expect(try office.desk.run(["decide", "KT-2020-0001"] + more).status == 0) }
        let console = try ServedConsole(office.desk)
        let (browser, labour) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await labour.signIn("ha")
        #expect(try await browser.press(Self.page + "/hoi", on: Self.page, ["han": "hôm nào"]).status == 400)
        #expect(try await labour.press(Self.page + "/hoi", on: Self.page, ["han": "01/04/2020"]).status == 403)
        let propose = ["viec": "propose-district"]
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, propose).status == 400)
        let tax = ["han": "01/04/2099", "co_quan": "Chi cục Thuế"]
        #expect(try await browser.press(Self.page + "/hoi", on: Self.page, tax).location == Self.page)
        #expect(try await browser.get("/ho-so?nhom=y-kien").body.contains("KT-2020-0001"))
        let number = try #require(
            try await browser.get(Self.page).body.firstMatch(of: /name="so" value="(\d+)"/).map { String($0.1) })
        let answer = ["so": number, "y_kien": "Đã nộp đủ thuế"]
        #expect(try await browser.press(Self.page + "/tra-loi", on: Self.page, answer).location == Self.page)
        #expect(try await browser.press(Self.page + "/tra-loi", on: Self.page, answer).status == 400)
        // The Labour office's day is over: no opinion is an answer too.
        #expect(try await browser.press(Self.page + "/hoi", on: Self.page, ["han": "01/04/2020"]).location == Self.page)
        #expect(try await browser.press(Self.page + "/chuyen", on: Self.page, propose).location == Self.page)
    }

    @Test func filesAreGivenAwayAndFoundByTheirReviewer() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household())
        try office.mail(NominationDesk.household("Trần Thị Lan"), papers: ["MC1.pdf", "MC2.pdf"], on: "2020-03-11")
        // Of a commune without hamlets in units.xlsx: the unit is asked to mend it.
        try office.mail(NominationDesk.household(unit: "xuanloc"), from: "xuanloc", on: "2020-03-12")
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        // Complete files stand first, whenever they came.
        let queue = try await browser.get("/ho-so").body
        let order = queue.matches(of: /href="\/ho-so\/(KT-2020-\d+)"/).map { String($0.1) }
        #expect(order == ["KT-2020-0002", "KT-2020-0001"])
        for name in ["ha", "khong-co"] {
            #expect(try await browser.press(Self.page + "/giao", on: Self.page, ["cho": name]).status == 400)
        }
        #expect(try await browser.press(Self.page + "/giao", on: Self.page, ["cho": "binh"]).location == Self.page)
        func found(_ query: String) async throws -> [String] {
            try await browser.get("/ho-so?" + query).body.matches(of: /href="\/ho-so\/(KT-2020-\d+)"/).map {
                String($0.1)
            }
        }
        #expect(try await found("nguoi=binh") == ["KT-2020-0001"])
        #expect(try await found("don_vi=xuanloc") == [])
        #expect(try await found("nhom=don-vi&don_vi=xuanloc") == ["KT-2020-0003"])
        #expect(try await found("dot=so_ket_2018") == [])
        #expect(try office.desk.run(["queue", "--officer", "binh"]).lines.count == 1)
        #expect(try office.desk.run(["queue", "--all", "--unit", "xuanloc"]).lines.count == 1)
    }
}
