import Foundation
import Ledger
import Records
import Testing
import Zip

/// Every page and every press, tried by every role and by nobody: forced browsing finds what was forgotten.
@Suite struct ConsoleRouteTests {
    struct Route: Sendable {
        let method: String
        /// As the console declares it.
        let pattern: String
        /// Where it is tried.
        let path: String
        /// Accounts that may; everybody else is turned away.
        let open: Set<String>

        init(_ method: String, _ pattern: String, _ open: Set<String>, at path: String? = nil) {
            self.method = method
            self.pattern = pattern
            self.path =
                path ?? "/"
                + pattern.replacing(":ma", with: "KT-2020-0001").replacing(":so", with: "1")
                .replacing(":nam", with: "2019").replacing(":dot", with: "tong_ket_2020")
                .replacing(":ten", with: "khong-co").replacing(":sha", with: String(repeating: "a", count: 64))
            self.open = open
        }
    }

    private static let all: Set = ["tuan", "binh", "ha", "quantri", "xem"]
    private static let reviewers: Set = ["tuan", "binh"]
    private static let office: Set = ["tuan", "binh", "ha"]

    /// console.md, 6.1.
    private static let pages = [
        Route("GET", "/", all, at: "/"), Route("GET", "bao-cao", all.subtracting(["quantri"])),
        Route("GET", "bao-cao/:ma", office, at: "/bao-cao/BC-2019-0001"), Route("GET", "ho-so", office),
        Route("GET", "ho-so/so-sanh", office), Route("GET", "ho-so/trung", office), Route("GET", "ho-so/:ma", office),
        Route("GET", "ho-so/:ma/khac", office), Route("GET", "ho-so/:ma/phieu", office),
        Route("GET", "ho-so/:ma/bo-sung", reviewers), Route("GET", "ho-so/:ma/khong-trinh", reviewers),
        Route("GET", "tep/:ma/:sha", office), Route("GET", "danh-sach", all.subtracting(["quantri"])),
        Route("GET", "danh-sach/moi", reviewers), Route("GET", "danh-sach/:so", all.subtracting(["quantri"])),
        Route("GET", "danh-sach/:so/trich-ngang", office), Route("GET", "danh-sach/:so/trao-thuong", office),
        Route("GET", "danh-sach/:so/cong-bo", office.union(["xem"])),
        Route("GET", "danh-sach/:so/cong-bo-van-ban", office.union(["xem"])),
        Route("GET", "danh-sach/:so/bo-ho-so", office), Route("GET", "danh-sach/:so/phieu", office),
        Route("GET", "danh-sach/:so/ban-quet", office), Route("GET", "so-lieu", all.subtracting(["quantri"])),
        Route("GET", "thu", all.subtracting(["xem"])), Route("GET", "thu/:so", reviewers),
        Route("GET", "thu/:so/sua", reviewers), Route("GET", "thu/den/:so", all.subtracting(["xem"])),
        Route("GET", "don-vi", all.subtracting(["xem"])), Route("GET", "ky-dot", office),
        Route("GET", "xuat", office), Route("GET", "xuat/tong-hop/:nam", office),
        Route("GET", "xuat/trich-ngang/:dot", office), Route("GET", "xuat/trinh-tinh/:dot", office),
        Route("GET", "xuat/so-theo-doi/:dot", office), Route("GET", "xuat/danh-sach-ho/:nam", ["ha"]),
        Route("GET", "quan-tri", ["quantri"]), Route("GET", "so-lieu/a4", all.subtracting(["quantri"])),
        Route("GET", "so-lieu/nguyen-nhan", office),
        Route("GET", "so-lieu/xa/:ma", all.subtracting(["quantri"]), at: "/so-lieu/xa/thienloc"),
        Route("GET", "bao-cao/doi-chieu", office), Route("GET", "bao-cao/chot", office),
        Route("GET", "bao-cao/nop-thay", reviewers), Route("GET", "bao-cao/nhac", reviewers),
        Route("GET", "bao-cao/gui-bieu", reviewers),
        Route("GET", "don-vi/:ma", all.subtracting(["xem"]), at: "/don-vi/thienloc"),
        Route("GET", "ky-dot/bieu-trong", office), Route("GET", "ky-dot/moi/:dot", reviewers),
        Route("GET", "ky-dot/kiem-tra", reviewers),
        Route("GET", "ky-dot/tep/:ten", all.subtracting(["xem"]), at: "/ky-dot/tep/units.xlsx"),
    ]

    private static let presses =
        [
            "chuyen", "tieu-chuan", "gan", "giao", "hoi", "tra-loi", "ban-moi", "doi-tuong", "thu-hoi",
        ].map { Route("POST", "ho-so/:ma/" + $0, reviewers) }
        + ["thu-tu", "bo", "hoi-dong", "to-trinh", "quyet-dinh"].map { Route("POST", "danh-sach/:so/" + $0, reviewers) }
        + ["gui", "huy", "sua"].map { Route("POST", "thu/:so/" + $0, reviewers) }
        + ["bo", "de-lai", "da-tra-loi"].map { Route("POST", "thu/den/:so/" + $0, all.subtracting(["xem"])) }
        + [
            Route("POST", "ho-so/:ma/y-kien", ["ha"]), Route("POST", "ho-so/:ma/ghi-chu", office),
            Route("POST", "danh-sach", reviewers), Route("POST", "danh-sach/:so/ban-quet", reviewers),
            Route("POST", "danh-sach/:so/thong-bao", ["binh"]), Route("POST", "thu/den/:so/nhan", reviewers),
            Route("POST", "bao-cao/chot", ["binh"]),
            Route("POST", "bao-cao/:ma/xac-nhan", ["ha"], at: "/bao-cao/BC-2019-0001/xac-nhan"),
            Route("POST", "bao-cao/:ma/quyet-dinh", reviewers, at: "/bao-cao/BC-2019-0001/quyet-dinh"),
            Route("POST", "bao-cao/nop-thay", reviewers), Route("POST", "bao-cao/nhac", reviewers),
            Route("POST", "bao-cao/gui-bieu", reviewers),
            Route("POST", "don-vi/:ma/ghi-chu", reviewers, at: "/don-vi/thienloc/ghi-chu"),
            Route("POST", "don-vi/:ma/xac-nhan", reviewers.union(["quantri"]), at: "/don-vi/thienloc/xac-nhan"),
            Route("POST", "ky-dot/tai-len", all.subtracting(["xem"])),
            Route("POST", "ky-dot/ap-dung", all.subtracting(["xem"])), Route("POST", "ky-dot/moi/:dot", reviewers),
            Route("POST", "quan-tri/tai-khoan", ["quantri"]),
            Route("POST", "quan-tri/tai-khoan/:ten/khoa", ["quantri"]),
            Route("POST", "quan-tri/tai-khoan/:ten/mo", ["quantri"]),
            Route("POST", "quan-tri/tai-khoan/:ten/mat-khau", ["quantri"]),
        ]

    /// Open to everybody: what one needs to sign in, and out.
    private static let outside: Set = ["formpost.css", "formpost.js", "dang-nhap", "dang-xuat"]

    private static func served() throws -> (NominationDesk, ServedConsole) {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household())
        try office.desk.deliver(["001-bao-cao-dat"])
        try office.work()
        return (office, try ServedConsole(office.desk))
    }

    /// A route that nobody has put into the table is tried by nobody.
    @Test func everyRouteStandsInTheTable() throws {
        let known = Set((Self.pages + Self.presses).map(\.pattern)).union(Self.outside)
        let folder = Repository.path("Sources/Console")
        let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
        let declared = try files.flatMap { file in
            try Repository.text("Sources/Console/" + file).matches(
                of: /router\.(?:get|post|put|delete|patch)\("([^"]*)"/
            )
            .map { String($0.1) }
        }
        #expect(declared.count > 50)
        for pattern in declared {
            // Several routes of one shape: each of the table begins as they do.
            let stem = String(pattern.prefix { $0 != "\\" })
            #expect(known.contains { stem == pattern ? $0 == pattern : $0.hasPrefix(stem) }, "\(pattern)")
        }
    }

    @Test func nobodyComesInWithoutSigningIn() async throws {
        let (_, console) = try Self.served()
        let browser = Browser(console)
        for route in Self.pages {
            let page = try await browser.get(route.path)
            #expect(page.status == 303 && page.location == "/dang-nhap" && page.body.isEmpty, "\(route.path)")
        }
        for route in Self.presses {
            let page = try await browser.post(route.path, ["_csrf": "x"])
            #expect(page.status == 303 && page.location == "/dang-nhap", "\(route.path)")
        }
    }

    @Test func everyRoleIsTurnedAwayFromWhatIsNotItsOwn() async throws {
        let (office, console) = try Self.served()
        let before = try office.view { try $0.audit().filter { !Self.isAboutSigningIn($0.action) }.count }
        for account in Self.all.sorted() {
            let browser = Browser(console)
            try await browser.signIn(account)
            let csrf = try #require(try await browser.get("/").csrf)
            for route in Self.pages {
                let page = try await browser.get(route.path)
                #expect(
                    (page.status == 403) == !route.open.contains(account), "\(account) GET \(route.path) \(page.status)"
                )
                #expect(page.status < 500, "\(account) \(route.path)")
            }
            for route in Self.presses where !route.open.contains(account) {
                #expect(
                    try await browser.post(route.path, ["_csrf": csrf]).status == 403, "\(account) POST \(route.path)")
            }
            for route in Self.presses where route.open.contains(account) {
                // Without the token nothing is written, whoever presses.
                #expect(try await browser.post(route.path, [:]).status != 303, "\(account) POST \(route.path)")
                // An empty form says what is missing, or that there is no such thing; it never fails.
                let page = try await browser.post(route.path, ["_csrf": csrf])
                #expect(page.status != 403 || route.path.hasSuffix("/ban-quet"), "\(account) POST \(route.path)")
                #expect(page.status < 500, "\(account) POST \(route.path) \(page.status)")
            }
        }
        let after = try office.view { try $0.audit().filter { !Self.isAboutSigningIn($0.action) } }
        // What was pressed with empty forms moved nothing but what an empty form means: no officer, exports, a dropped mail.
        let moved = Set(after.dropFirst(before).map(\.action))
        #expect(moved.isSubset(of: ["dossier.assign", "export", "mail.handle", "file.open"]), "\(moved)")
    }

    private static func isAboutSigningIn(_ action: String) -> Bool { action.hasPrefix("session.") }

    @Test func crookedPathsFindNothing() async throws {
        let (_, console) = try Self.served()
        let browser = Browser(console)
        try await browser.signIn("tuan")
        for path in [
            "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/tep/KT-2020-0001/..%2f..%2fledger.sqlite",
            "/tep/KT-2020-0001/%00", "/tep/KT-2020-0001/" + String(repeating: "f", count: 64), "/ho-so/..%2f..",
            "/formpost.css/../quan-tri", "/ho-so/KT-9999-9999", "/danh-sach/-1", "/danh-sach/99999999999999999999",
            "/thu/den/9223372036854775807", "/xuat/trich-ngang/..%2f..", "/xuat/tong-hop/%2e%2e", "/HO-SO",
            "/ho-so/%ff%fe",
        ] {
            let page = try await browser.get(path)
            #expect([400, 403, 404].contains(page.status), "\(path) \(page.status)")
            #expect(!page.body.contains("root:") && !page.body.contains("SQLite format"))
        }
    }

    @Test func theListOfHouseholdsIsTheLabourOfficesAlone() async throws {
        let office = try NominationDesk()
        try office.desk.deliver(["043-bao-cao-va-danh-sach-ho"])
        try office.work()
        let console = try ServedConsole(office.desk)
        let (labour, interior) = (Browser(console), Browser(console))
        try await labour.signIn("ha")
        try await interior.signIn("tuan")
        let year = try #require(try office.view { try $0.submissions().first { $0.kind == .list }?.key.period })
        let path = "/xuat/danh-sach-ho/" + year
        #expect(try await interior.get(path).status == 403)
        #expect(try await interior.get("/xuat").body.contains("danh-sach-ho") == false)
        let page = try await labour.get(path)
        #expect(page.headers["content-disposition"]?.contains("danh-sach-ho_\(year)_") == true)
        let archive = try ZipArchive(page.bytes)
        let sheet = String(
            decoding: try archive.read(try #require(archive.entries.first { $0.name.hasSuffix("sheet1.xml") })),
            as: UTF8.self)
        // Every printed page names who took it out.
        #expect(sheet.contains("NỘI BỘ - ha") && sheet.contains("<headerFooter"))
        #expect(try await labour.get("/xuat/danh-sach-ho/2016").status == 400)
        let trail = try office.view { try $0.audit() }.filter { $0.action == "export" }
        #expect(trail.map(\.who) == ["ha (127.0.0.1)"] && trail.map(\.subject) == ["danh-sach-ho_\(year)"])
    }
}
