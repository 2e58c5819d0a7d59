import Foundation
import Testing

/// The console as browsers meet it: each role's pages and presses, and what attackers try.
@Suite struct ConsoleTests {
    private static let nomination = "KT-2020-0001"

    private static func office() throws -> MaildirOffice {
        let office = try MaildirOffice()
        try office.deliver(["001-bao-cao-dat"])
        let nomination = try Data(contentsOf: URL(filePath: Repository.path("Mailbox/002-de-nghi-tai-tro-dat/1.eml")))
        try office.deliver([UInt8](nomination), daysLater: 110)
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        return office
    }

    @Test func nobodySeesAnythingWithoutSigningIn() async throws {
        let console = try ServedConsole(try Self.office())
        let browser = Browser(console)
        for path in [
            "/", "/ho-so", "/ho-so/\(Self.nomination)", "/bao-cao", "/thu", "/quan-tri", "/xuat/tong-hop/2019",
        ] {
            let page = try await browser.get(path)
            #expect(page.status == 303 || page.status == 302, "\(path)")
            #expect(page.location == "/dang-nhap")
            #expect(page.body.isEmpty)
        }
        let wrong = try await browser.signIn("tuan", password: "sai mat khau roi")
        #expect(wrong.status == 401)
        #expect(wrong.headers["set-cookie"] == nil)
        let unknown = try await browser.signIn("khong-ai", password: "sai mat khau roi")
        #expect(unknown.status == 401)
        #expect(try await browser.get("/ho-so").location == "/dang-nhap")
    }

    @Test func everyRoleHasItsPagesAndNoOthers() async throws {
        let console = try ServedConsole(try Self.office())
        let paths = [
            "/bao-cao", "/ho-so", "/danh-sach", "/so-lieu", "/thu", "/don-vi", "/ky-dot", "/xuat", "/quan-tri",
        ]
        let open: [String: Set<String>] = [
            "tuan": Set(paths).subtracting(["/quan-tri"]), "binh": Set(paths).subtracting(["/quan-tri"]),
            "ha": ["/bao-cao", "/ho-so", "/danh-sach", "/so-lieu", "/thu", "/don-vi", "/ky-dot", "/xuat"],
            "quantri": ["/thu", "/don-vi", "/quan-tri"], "xem": ["/bao-cao", "/danh-sach", "/so-lieu"],
        ]
        for (name, mine) in open {
            let browser = Browser(console)
            #expect(try await browser.signIn(name).location == "/")
            let today = try await browser.get("/")
            #expect(today.status == 200)
            for path in paths {
                let page = try await browser.get(path)
                #expect(page.status == (mine.contains(path) ? 200 : 403), "\(name) \(path)")
                #expect(today.body.contains("<a href=\"\(path)\"") == mine.contains(path), "\(name) \(path)")
            }
            let mayOpen = mine.contains("/ho-so")
            #expect(try await browser.get("/ho-so/\(Self.nomination)").status == (mayOpen ? 200 : 403))
            #expect(try await browser.get("/bao-cao/BC-2019-0001").status == (mayOpen ? 200 : 403))
            #expect(try await browser.get("/xuat/tong-hop/2019").status == (mayOpen ? 200 : 403))
        }
    }

    @Test func aFileIsReviewedByThreePeople() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, labour, reader) = (Browser(console), Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await labour.signIn("ha")
        try await reader.signIn("xem")
        let page = "/ho-so/\(Self.nomination)"
        // Who may not decide does not, even with a form made by hand.
        #expect(try await labour.press(page + "/chuyen", on: page, ["viec": "take"]).status == 403)
        #expect(try await reader.press(page + "/ghi-chu", on: "/", ["ghi_chu": "x"]).status == 403)
        #expect(try await interior.press(page + "/chuyen", on: page, ["viec": "take"]).location == page)
        // The second window is told, and nothing is written.
        let second = try await interior.press(page + "/chuyen", on: page, ["viec": "take"])
        #expect(second.status == 400)
        #expect(second.body.contains("tuan"))
        // The list is closed until everything is said.
        #expect(try await interior.press(page + "/chuyen", on: page, ["viec": "propose-district"]).status == 400)
        let opened = try await interior.get(page)
        let standards = opened.body.matches(of: /name="ghi-([^"]+)"/).map { String($0.1) }
        #expect(standards.count > 5)
        var verdicts = Dictionary(uniqueKeysWithValues: standards.map { ("xet-\($0)", "met") })
        for paper in ["TT", "MC1", "MC2"] { verdicts["goc-" + paper] = "1" }
        #expect(try await interior.press(page + "/tieu-chuan", on: page, verdicts).location == page)
        #expect(try await interior.press(page + "/chuyen", on: page, ["viec": "propose-district"]).status == 400)
        #expect(try await interior.press(page + "/y-kien", on: page, ["dong_y": "1"]).status == 403)
        #expect(try await labour.press(page + "/y-kien", on: page, ["dong_y": "0"]).status == 400)
        #expect(try await labour.press(page + "/y-kien", on: page, ["dong_y": "1", "y_kien": "Đúng"]).location == page)
        #expect(try await interior.press(page + "/chuyen", on: page, ["viec": "propose-district"]).location == page)
        let trail = try office.run(["show", Self.nomination]).lines
        #expect(trail.count { $0.contains("standard.assess") } == standards.count)
        #expect(trail.contains { $0.contains("ha (127.0.0.1): labour.opinion agrees: Đúng") })
        #expect(trail.contains { $0.contains("in-review → proposed-to-district") })
    }

    @Test func aFormFromElsewhereIsNotTaken() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let page = "/ho-so/\(Self.nomination)"
        let csrf = try #require(try await browser.get(page).csrf)
        #expect(try await browser.post(page + "/chuyen", ["viec": "take"]).status == 403)
        #expect(try await browser.post(page + "/chuyen", ["viec": "take", "_csrf": csrf + "x"]).status == 403)
        let fields = ["viec": "take", "_csrf": csrf]
        for headers in [["Origin": "http://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"]] {
            #expect(try await browser.post(page + "/chuyen", fields, headers: headers).status == 403)
        }
        // The token of another session is worth nothing.
        let other = Browser(console)
        try await other.signIn("binh")
        #expect(try await other.post(page + "/chuyen", fields).status == 403)
        #expect(try office.run(["show", Self.nomination]).lines.contains { $0.hasPrefix("state: queued") })
    }

    @Test func aSessionIsItsOwnersAndEnds() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        // A cookie that somebody else has planted is not taken over.
        let planted = try await browser.post(
            "/dang-nhap", ["ten": "tuan", "mat_khau": ServedConsole.password + "tuan"],
            headers: ["Cookie": "formpost=planted"])
        let set = try #require(planted.headers["set-cookie"])
        #expect(!set.contains("planted"))
        #expect(set.contains("HttpOnly") && set.contains("SameSite=Lax"))
        #expect(try await browser.get("/", headers: ["Cookie": "formpost=planted"]).location == "/dang-nhap")
        try await browser.signIn("tuan")
        #expect(try await browser.get("/").status == 200)
        #expect(try await browser.press("/dang-xuat", on: "/").location == "/dang-nhap")
        #expect(try await browser.get("/").location == "/dang-nhap")
        // Closing an account ends its sessions.
        try await browser.signIn("tuan")
        #expect(try office.run(["account", "disable", "tuan"]).status == 0)
        #expect(try await browser.get("/").location == "/dang-nhap")
        #expect(try await browser.signIn("tuan").status == 401)
    }

    @Test func whoeverGuessesMustWait() async throws {
        let console = try ServedConsole(try Self.office())
        let browser = Browser(console)
        var statuses: [Int] = []
        // Each wait is twice the one before: on a slow machine a few end before the next guess.
        while statuses.last != 429, statuses.count < 14 {
            statuses.append(try await browser.signIn("tuan", password: "doan mo mat khau").status)
        }
        #expect(statuses.count > 5)
        #expect(statuses.dropLast().allSatisfy { $0 == 401 })
        #expect(statuses.last == 429)
    }

    @Test func filesLeaveOnlyAsAttachmentsOfTheirOwnSubmission() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let page = try await browser.get("/ho-so/\(Self.nomination)")
        let path = try #require(page.body.firstMatch(of: /href="(\/tep\/[^"]+)"/).map { String($0.1) })
        let file = try await browser.get(path)
        #expect(file.status == 200)
        #expect(file.headers["content-disposition"]?.hasPrefix("attachment; ") == true)
        #expect(file.headers["content-type"] == "application/octet-stream")
        #expect(file.headers["x-content-type-options"] == "nosniff")
        #expect(file.headers["content-security-policy"]?.hasPrefix("sandbox") == true)
        let hash = try #require(path.split(separator: "/").last)
        for wrong in [
            "/tep/BC-2019-0001/\(hash)", "/tep/\(Self.nomination)/../../etc/passwd",
            "/tep/\(Self.nomination)/%2e%2e%2fx",
            "/tep/\(Self.nomination)/\(String(repeating: "0", count: 64))", "/tep/KT-2020-0099/\(hash)",
        ] {
            #expect(try await browser.get(wrong).status == 404, "\(wrong)")
        }
        #expect(try office.run(["show", Self.nomination]).lines.contains { $0.contains("file.open") })
    }

    @Test func everyPageIsProtected() async throws {
        let console = try ServedConsole(try Self.office())
        let browser = Browser(console)
        try await browser.signIn("tuan")
        for path in ["/", "/ho-so/\(Self.nomination)", "/dang-nhap", "/khong-co", "/ho-so/KT-2020-0099"] {
            let page = try await browser.get(path)
            let policy = try #require(page.headers["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(page.headers["x-content-type-options"] == "nosniff")
            #expect(page.headers["cache-control"] == "no-store")
            #expect(
                !page.body.contains("<script>") && !page.body.contains(" style=") && !page.body.contains(" onclick"))
        }
        #expect(try await browser.get("/khong-co").status == 404)
        let large = try await browser.press(
            "/ho-so/\(Self.nomination)/ghi-chu", on: "/", ["ghi_chu": String(repeating: "x", count: 300_000)])
        #expect(large.status == 413)
    }

    @Test func whatPeopleWriteIsTextAndNothingElse() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let page = "/ho-so/\(Self.nomination)"
        let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{csrf}}"
        #expect(try await browser.press(page + "/ghi-chu", on: page, ["ghi_chu": evil]).location == page)
        let shown = try await browser.get(page).body
        #expect(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!shown.contains("<script>alert") && !shown.contains("<img"))
        #expect(shown.contains("{{csrf}}"))
        for path in ["/ho-so?nhom=%3Cscript%3E&sau=%3Cscript%3E&don_vi=%3Cscript%3E", "/bao-cao?nam=%3Cscript%3E"] {
            let page = try await browser.get(path)
            #expect(page.status == 200)
            #expect(!page.body.contains("<script>"))
        }
        #expect(try await browser.signIn("<script>alert(1)</script>").body.contains("<script>alert") == false)
    }

    @Test func theAdministratorKeepsTheAccounts() async throws {
        let console = try ServedConsole(try Self.office())
        let browser = Browser(console)
        try await browser.signIn("quantri")
        let fields = [
            "ten": "lan", "ho_ten": "Lê Thị Lan", "vai_tro": "reader", "mat_khau": ServedConsole.password + "lan",
        ]
        let short = fields.merging(["mat_khau": "ngan"]) { $1 }
        #expect(try await browser.press("/quan-tri/tai-khoan", on: "/quan-tri", short).status == 400)
        #expect(try await browser.press("/quan-tri/tai-khoan", on: "/quan-tri", fields).location == "/quan-tri")
        #expect(try await browser.press("/quan-tri/tai-khoan", on: "/quan-tri", fields).status == 400)
        let lan = Browser(console)
        #expect(try await lan.signIn("lan").location == "/")
        #expect(try await browser.press("/quan-tri/tai-khoan/lan/khoa", on: "/quan-tri").location == "/quan-tri")
        #expect(try await lan.get("/").location == "/dang-nhap")
        #expect(try await browser.press("/quan-tri/tai-khoan/quantri/khoa", on: "/quan-tri").status == 400)
        #expect(try await browser.get("/quan-tri").body.contains("khóa tài khoản"))
    }

    @Test func aWorkerServesTheConsoleToo() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office, command: ["run", "--serve"])
        let browser = Browser(console)
        try await browser.signIn("tuan")
        #expect(try await browser.get("/ho-so/\(Self.nomination)").status == 200)
        #expect(try office.run(["run", "--once", "--serve"]).status == 64)
    }
}
