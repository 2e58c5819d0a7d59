import Foundation
import Glibc
import Ledger
import Records
import Sheets
import Support
import Testing
import Zip

/// What arrives by mail is hostile: it stays text on every page and in everything that leaves the house.
@Suite struct ConsoleAttackTests {
    private static let script = "<script>alert(1)</script>"
    private static let image = "\"><img src=x onerror=alert(1)>"
    private static let vector = "'><svg onload=alert(1)>{{csrf}}{{{page}}}"

    /// What would be markup of theirs on a page of ours.
    private static func isHurt(_ body: String) -> String? {
        ["<script>alert", "<img src=x", "<svg onload", "<b onclick"].first { body.contains($0) }
    }

    @Test func whatComesByMailIsTextOnEveryPage() async throws {
        let office = try NominationDesk()
        let evil = NominationDesk.household(
            Self.script + "Bình",
            with: [
                "y_thuc": Self.image, "tom_tat": Self.script + String(repeating: "Giúp hộ nghèo. ", count: 8),
                "so_to_trinh": Self.vector,
            ])
        try office.mail(
            evil, papers: [Self.image + ".pdf", "MC1" + Self.script + ".pdf"], subject: Self.script + Self.vector)
        // A stranger and somebody who asks.
        try office.mail(papers: [Self.image], from: "la", domain: "example.org", on: "2020-03-11", subject: Self.script)
        try office.mail(on: "2020-03-12", subject: Self.vector)
        let receipt = try #require(try office.view { try $0.submissions().first?.receipt.description })
        try office.makeReady(receipt)
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        _ = try await browser.press(
            "/danh-sach", on: "/danh-sach", ["cap": "district", "dot": "tong_ket_2020"])
        let page = "/ho-so/" + receipt
        _ = try await browser.press(page + "/ghi-chu", on: page, ["ghi_chu": Self.vector])
        var paths = [
            "/", "/ho-so?nhom=tat-ca", page, page + "/phieu", "/danh-sach", "/danh-sach/1", "/danh-sach/1/phieu",
            "/xuat",
            "/thu?nhom=da", "/thu?nhom=la", "/thu?nhom=hoi", "/bao-cao?nam=2019", "/don-vi", "/ho-so/trung",
            "/ho-so?nhom=\(Self.encoded(Self.script))&dot=\(Self.encoded(Self.image))&sau=\(Self.encoded(Self.vector))",
            "/ho-so/so-sanh?ma=\(Self.encoded(Self.script))&ma=\(Self.encoded(Self.image))",
            "/danh-sach/moi?cap=\(Self.encoded(Self.script))&dot=\(Self.encoded(Self.image))",
            "/thu?nhom=\(Self.encoded(Self.image))&truoc=\(Self.encoded(Self.script))",
        ]
        let (mails, letters) = try office.view {
            (try $0.messages().map(\.id.rawValue), try $0.outbox().map(\.id.rawValue))
        }
        paths += mails.map { "/thu/den/\($0)" } + letters.map { "/thu/\($0)" }
        #expect(mails.count == 3)
        for path in paths {
            let shown = try await browser.get(path)
            #expect(shown.status < 500, "\(path)")
            #expect(Self.isHurt(shown.body) == nil, "\(path)")
        }
        // It is there all the same, as text.
        #expect(try await browser.get(page).body.contains("&lt;script&gt;alert(1)&lt;/script&gt;Bình"))
        // The file leaves under a name that cannot leave its header.
        let file = try #require(
            try await browser.get(page).body.firstMatch(of: /href="(\/tep\/[^"]+)"/).map { String($0.1) })
        let sent = try await browser.get(file)
        #expect(sent.headers["content-disposition"]?.hasPrefix("attachment; ") == true)
        #expect(sent.headers["content-security-policy"]?.contains("sandbox") == true)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Texts that a spreadsheet would run.
    private static let formulas = ["=HYPERLINK(\"http://x\",\"y\")", "+1+1", "-1+1", "@SUM(1)"]

    @Test func nothingThatLeavesRunsAsAFormula() async throws {
        let office = try NominationDesk()
        for (index, formula) in Self.formulas.enumerated() {
            let summary = formula + String(repeating: " Giúp hộ nghèo trong thôn.", count: 5)
            try office.mail(
                NominationDesk.household(
                    "\(formula) Bình", with: ["so_to_trinh": formula, "tom_tat": summary, "y_thuc": formula]),
                papers: ["MC1.pdf", "MC2.pdf"], on: "2020-03-1\(index)")
        }
        for number in 1...Self.formulas.count { try office.makeReady("KT-2020-000\(number)") }
        let console = try ServedConsole(office.desk)
        let (browser, head) = (Browser(console), Browser(console))
        try await browser.signIn("tuan")
        try await head.signIn("binh")
        let list = try #require(
            try await browser.press(
                "/danh-sach", on: "/danh-sach", ["cap": "district", "dot": "tong_ket_2020"]
            ).location)
        for (step, fields) in [
            ("hoi-dong", ["ngay": "12/05/2020"]), ("to-trinh", ["so_vb": "=1+1", "ngay": "14/05/2020"]),
            ("quyet-dinh", ["so_vb": "=2+2", "ngay": "20/05/2020"]),
        ] { #expect(try await browser.press("\(list)/\(step)", on: list, fields).location == list) }
        for path in [
            "/xuat/trich-ngang/tong_ket_2020", "/xuat/trinh-tinh/tong_ket_2020", "/xuat/so-theo-doi/tong_ket_2020",
            "/xuat/tong-hop/2019", list + "/trich-ngang", list + "/cong-bo", list + "/trao-thuong",
        ] {
            let file = try await browser.bytes(path)
            #expect(try Self.runsNothing(file), "\(path)")
            let workbook = try WorkbookReader.read(file)
            guard path.contains("tong-hop") == false else { continue }
            let texts = workbook.sheets.flatMap(\.cells).compactMap { cell -> String? in
                if case .text(let text) = cell.value { text } else { nil }
            }
            for formula in Self.formulas { #expect(texts.contains { $0.hasPrefix(formula) }, "\(path) \(formula)") }
        }
        let names = try await browser.get(list + "/cong-bo-van-ban")
        #expect(names.body.contains("1. ") && names.headers["content-disposition"]?.contains(".txt") == true)
        // A folder for each, under names of ours.
        let archive = try ZipArchive(try await browser.bytes(list + "/bo-ho-so"))
        let entries = archive.entries.map(\.name)
        #expect(entries.first == "00 danh sach.xlsx")
        for ending in ["02 bao cao thanh tich.pdf", "03 bien ban.pdf", "phieu tham dinh.xlsx", "bieu cua don vi.xlsx"] {
            #expect(entries.count { $0.hasSuffix("/" + ending) } == Self.formulas.count, "\(ending)")
        }
        #expect(entries.allSatisfy { !$0.contains("..") && !$0.contains("=") && !$0.hasPrefix("/") })
        for entry in archive.entries where entry.name.hasSuffix("phieu tham dinh.xlsx") || entry.name.hasPrefix("00") {
            #expect(try Self.runsNothing(try archive.read(entry)), "\(entry.name)")
        }
    }

    /// No cell of the workbook is a formula.
    private static func runsNothing(_ bytes: [UInt8]) throws -> Bool {
        let archive = try ZipArchive(bytes)
        let sheets = archive.entries.filter { $0.name.hasPrefix("xl/worksheets/") }
        #expect(!sheets.isEmpty)
        return try sheets.allSatisfy { !String(decoding: try archive.read($0), as: UTF8.self).contains("<f>") }
    }

    @Test func aFloodOfSignInsIsRefusedAndNobodyElseIsHurt() async throws {
        let console = try ServedConsole(try MaildirOffice.worked())
        let inside = Browser(console)
        try await inside.signIn("tuan")
        let attackers = (0..<120).map { _ in Browser(console) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, attacker) in attackers.enumerated() {
                group.addTask {
                    try await attacker.signIn("tuan\(number % 3)", password: "doan mo mat khau").status
                }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        // Some are compared, one after another; all others are told to wait. Nobody comes in.
        #expect(Set(statuses.keys).isSubset(of: [401, 429, 503]), "\(statuses) \(console.said)")
        #expect(statuses.values.reduce(0, +) == 120)
        #expect((statuses[401] ?? 0) < 120)
        #expect(try await inside.get("/").status == 200)
    }

    @Test func requestsThatStopHalfwayHoldNobodyUp() async throws {
        let console = try ServedConsole(try MaildirOffice.worked())
        let body = "POST /dang-nhap HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nten="
        let hanging = (0..<200).map { HangingRequest(port: console.port, $0 % 2 == 0 ? "GET / HTTP/1.1\r\nHos" : body) }
        defer { hanging.forEach { $0.close() } }
        let areOpen = hanging.allSatisfy(\.isOpen)
        #expect(areOpen)
        let browser = Browser(console)
        #expect(try await browser.signIn("tuan").location == "/")
        #expect(try await browser.get("/ho-so").status == 200)
    }

    @Test func formsThatAreTooLargeAreNotTaken() async throws {
        let office = try NominationDesk()
        try office.mail(NominationDesk.household())
        let console = try ServedConsole(office.desk)
        let browser = Browser(console)
        try await browser.signIn("tuan")
        let page = "/ho-so/KT-2020-0001"
        let many = Dictionary(uniqueKeysWithValues: (0..<20_000).map { ("xet-\($0)", "met") })
        #expect(try await browser.press(page + "/tieu-chuan", on: page, many).status == 413)
        let long = ["ghi_chu": String(repeating: "x", count: 300_000)]
        #expect(try await browser.press(page + "/ghi-chu", on: page, long).status == 413)
        // A path, a cookie and a query of a hundred thousand characters.
        let wide = String(repeating: "a", count: 100_000)
        for (path, headers) in [("/ho-so?dot=" + wide, [:]), ("/", ["Cookie": "formpost=" + wide])] {
            let status = try? await browser.get(path, headers: headers).status
            #expect(status.map { [400, 303, 413, 414, 431].contains($0) } ?? true, "\(path.prefix(10)) \(status ?? 0)")
        }
        #expect(try await browser.get(page).status == 200)
    }
}

/// A connection to this machine on which no more is said.
private struct HangingRequest {
    private let socket: Int32
    let isOpen: Bool

    init(port: Int, _ words: String) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = socket
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let bytes = Array(words.utf8)
        isOpen = connected == 0 && write(descriptor, bytes, bytes.count) == bytes.count
    }

    func close() { _ = Glibc.close(socket) }
}

extension MaildirOffice {
    /// An office whose worker has looked at its empty mailbox.
    static func worked() throws -> MaildirOffice {
        let office = try MaildirOffice()
        try office.deliver(["001-bao-cao-dat"])
        #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        return office
    }
}
