import Foundation
import Ledger
import Mail
import Testing

/// A list of nominees from the council's meeting to the letters, and on to the province.
@Suite struct ConsoleBatchTests {
    private static let nominees = ["KT-2020-0001", "KT-2020-0002"]

    /// An office with two donors' nominations that are proposed to the district.
    private static func office() throws -> MaildirOffice {
        let office = try MaildirOffice()
        for name in ["002-de-nghi-tai-tro-dat", "006-chua-dap-ung"] {
            let bytes = try Data(contentsOf: URL(filePath: Repository.path("Mailbox/\(name)/1.eml")))
            try office.deliver([UInt8](bytes), daysLater: 110)
            #expect(try office.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        }
        #expect(try office.run(["decide", nominees[1], "queue", "--reason", "Đơn vị đã giải trình."]).status == 0)
        for nominee in nominees {
            #expect(try office.run(["decide", nominee, "take"]).status == 0)
            #expect(try office.run(["decide", nominee, "propose-district", "--reason", "Đã xét"]).status == 0)
        }
        return office
    }

    private static func states(_ office: MaildirOffice) throws -> [String] {
        let lines = try office.run(["queue", "--all", "--json"]).objects()
        let states = lines.map { ($0["receipt"] as? String ?? "", $0["state"] as? String ?? "") }
        return states.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func held(_ office: MaildirOffice) throws -> [String] {
        try office.run(["outbox", "list", "--json"]).objects().compactMap { $0["kind"] as? String }
    }

    @Test func aListGoesItsWay() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, head, labour) = (Browser(console), Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await head.signIn("binh")
        try await labour.signIn("ha")
        let lists = "/danh-sach"
        let stage = ["cap": "district", "dot": "tong_ket_2020"]
        // The province waits for the district.
        let early = ["cap": "province", "dot": "tong_ket_2020"]
        #expect(try await interior.press(lists, on: lists, early).status == 400)
        #expect(try await labour.press(lists, on: "/", stage).status == 403)
        let list = lists + "/1"
        #expect(try await interior.press(lists, on: lists, stage).location == list)
        // Nobody stands on two lists at once.
        #expect(try await interior.press(lists, on: list, stage).status == 400)
        let second = try #require(
            try await interior.get(list).body.matches(of: /name="phieu-(\d+)"/).map { String($0.1) }.last)
        let decision = ["so_vb": "215/QĐ-UBND", "ngay": "20/05/2020", "ly-do-" + second: "Thiếu xác nhận"]
        // No decision before the cover letter, and no letters before the decision.
        #expect(try await interior.press(list + "/quyet-dinh", on: list, decision).status == 400)
        #expect(try await head.press(list + "/thong-bao", on: list).status == 400)
        let meeting = ["ngay": "12/5/2020", "phieu-" + second: "3/7"]
        #expect(try await interior.press(list + "/hoi-dong", on: list, meeting).location == list)
        #expect(try await interior.press(list + "/hoi-dong", on: list, ["ngay": "hôm qua"]).status == 400)
        let proposal = ["so_vb": "31/TTr-UBND", "ngay": "14/05/2020"]
        #expect(try await interior.press(list + "/to-trinh", on: list, proposal).location == list)
        #expect(try await interior.press(list + "/to-trinh", on: list, proposal).status == 400)
        #expect(try await interior.press(list + "/quyet-dinh", on: list, decision).location == list)
        #expect(try await interior.press(list + "/quyet-dinh", on: list, decision).status == 400)
        #expect(try Self.states(office) == ["awarded-by-district", "not-awarded"])
        #expect(try Self.held(office) == [])
        #expect(try await interior.press(list + "/thong-bao", on: list).status == 403)
        #expect(try await head.press(list + "/thong-bao", on: list).location == list)
        #expect(try await head.press(list + "/thong-bao", on: list).status == 400)
        #expect(try Self.held(office) == ["quyet_dinh", "quyet_dinh"])
        let shown = try await interior.get(list).body
        for words in ["12/05/2020", "3/7", "31/TTr-UBND", "215/QĐ-UBND", "Thiếu xác nhận"] {
            #expect(shown.contains(words), "\(words)")
        }
    }

    @Test func theProvinceAndItsLettersFollow() async throws {
        let office = try Self.office()
        for nominee in Self.nominees {
            let why = "Quyết định số 215/QĐ-UBND ngày 20/05/2020"
            #expect(try office.run(["decide", nominee, "award-district", "--reason", why]).status == 0)
        }
        let console = try ServedConsole(office)
        let (interior, head) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await head.signIn("binh")
        let province = ["cap": "province", "dot": "tong_ket_2020"]
        let list = try #require(try await interior.press("/danh-sach", on: "/danh-sach", province).location)
        let proposal = ["so_vb": "40/TTr-UBND", "ngay": "01/06/2020"]
        #expect(try await interior.press(list + "/to-trinh", on: list, proposal).location == list)
        #expect(try Self.states(office) == ["proposed-to-province", "proposed-to-province"])
        #expect(try Self.held(office) == ["trinh_tinh", "trinh_tinh"])
        let decision = ["so_vb": "1020/QĐ-UBND", "ngay": "02/09/2020", "le_trao": "8 giờ ngày 10/9/2020"]
        #expect(try await interior.press(list + "/quyet-dinh", on: list, decision).location == list)
        #expect(try await head.press(list + "/thong-bao", on: list).location == list)
        #expect(try Self.states(office) == ["awarded", "awarded"])
        #expect(try Self.held(office).count { $0 == "ket_qua_tinh" } == 2)
        // Decisions leave under the eyes of the head alone.
        let letter = try #require(
            try await head.get("/thu?nhom=cho").body.firstMatch(of: /href="(\/thu\/\d+)"/).map { String($0.1) })
        let text = try await head.get(letter).body
        #expect(text.contains("1020/QĐ-UBND") && text.contains("02/09/2020") && text.contains("8 giờ ngày 10/9/2020"))
        #expect(try await interior.press(letter + "/gui", on: letter).status == 400)
        #expect(try await head.press(letter + "/gui", on: letter).location == "/thu")
    }

    @Test func aListIsOrderedAndCutBeforeItGoesOut() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, reader) = (Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await reader.signIn("xem")
        let new = "/danh-sach/moi?cap=district&dot=tong_ket_2020"
        let files = try await interior.get(new).body.matches(of: /name="ho-(\d+)"/).map { String($0.1) }
        try #require(files.count == 2)
        let nobody = ["cap": "district", "dot": "tong_ket_2020", "chon": "1"]
        #expect(try await interior.press("/danh-sach", on: new, nobody).status == 400)
        let both = nobody.merging(files.map { ("ho-" + $0, "1") }) { $1 }
        let list = try #require(try await interior.press("/danh-sach", on: new, both).location)
        func order() async throws -> [String] {
            try await interior.get(list).body.matches(of: /name="phieu-(\d+)"/).map { String($0.1) }
        }
        #expect(try await order() == files)
        #expect(
            try await interior.press(list + "/thu-tu", on: list, ["ho": files[1], "cho": "-1"]).location == list)
        #expect(try await order() == files.reversed())
        #expect(try await interior.press(list + "/thu-tu", on: list, ["ho": files[1], "cho": "-7"]).status == 404)
        // Two people note the meeting: the second is told.
        let first = ["ngay": "12/05/2020", "hop_cu": "", "phieu-" + files[0]: "7/7"]
        #expect(try await interior.press(list + "/hoi-dong", on: list, first).location == list)
        let second = ["ngay": "13/05/2020", "hop_cu": "", "phieu-" + files[0]: "1/7"]
        #expect(try await interior.press(list + "/hoi-dong", on: list, second).status == 400)
        #expect(try await interior.get(list).body.contains("7/7"))
        #expect(try await interior.press(list + "/bo", on: list, ["ho": files[1]]).status == 400)
        let cut = ["ho": files[1], "ly_do": "Chờ xác nhận của xã"]
        #expect(try await interior.press(list + "/bo", on: list, cut).location == list)
        #expect(try Self.states(office) == ["proposed-to-district", "in-review"])
        #expect(try await interior.get(list).body.contains("Chờ xác nhận của xã"))
        // Nobody who only reads sees a list before its decision.
        #expect(try await reader.get(list).status == 404)
        #expect(try await reader.get(list + "/cong-bo").status == 400)
        #expect(try await interior.get(list + "/cong-bo-van-ban").status == 400)
        let proposal = ["so_vb": "31/TTr-UBND", "ngay": "14/05/2020"]
        #expect(try await interior.press(list + "/to-trinh", on: list, proposal).location == list)
        let late = ["ho": files[0], "ly_do": "Muộn"]
        #expect(try await interior.press(list + "/bo", on: list, late).status == 400)
        // Nor by the file's own page, once the letter is out.
        let page = "/ho-so/" + Self.nominees[0]
        let off = ["viec": "take-off", "ly_do": "Muộn"]
        #expect(try await interior.press(page + "/chuyen", on: page, off).status == 400)
    }

    @Test func theDecisionGoesOutAndAnAwardIsTakenBack() async throws {
        let office = try Self.office()
        let console = try ServedConsole(office)
        let (interior, head, reader) = (Browser(console), Browser(console), Browser(console))
        try await interior.signIn("tuan")
        try await head.signIn("binh")
        try await reader.signIn("xem")
        let stage = ["cap": "district", "dot": "tong_ket_2020"]
        let list = try #require(try await interior.press("/danh-sach", on: "/danh-sach", stage).location)
        let scan = Array("%PDF-1.4 quyet dinh".utf8)
        func attach(_ name: String, _ bytes: [UInt8]) async throws -> Browser.Page {
            try await interior.upload(list + "/ban-quet", on: list, [:], file: ("tep", name, bytes))
        }
        // Not before there is a decision, and nothing but a scan.
        #expect(try await attach("QD.pdf", scan).status == 400)
        for (step, fields) in [
            ("to-trinh", ["so_vb": "31/TTr-UBND", "ngay": "14/05/2020"]),
            ("quyet-dinh", ["so_vb": "215/QĐ-UBND", "ngay": "20/05/2020"]),
        ] { #expect(try await interior.press("\(list)/\(step)", on: list, fields).location == list) }
        #expect(try await attach("QD.pdf", Array("<html><script>".utf8)).status == 400)
        #expect(try await attach("QD.pdf", []).status == 400)
        #expect(try await attach("QD.pdf", [UInt8](repeating: 0x25, count: 37 << 20)).status == 413)
        #expect(try await attach("QĐ 215.pdf", scan).location == list)
        #expect(try await interior.bytes(list + "/ban-quet") == scan)
        #expect(try await head.press(list + "/thong-bao", on: list).location == list)
        #expect(try await attach("QD.pdf", scan).status == 400)
        let ledger = try Ledger.open(folder: office.scratch.path("data"), mode: .read)
        let letters = try ledger.read { view in
            try view.outbox([.held]).compactMap { try view.mime(of: $0.id) }.map { try MessageReader.read($0) }
        }
        #expect(!letters.isEmpty)
        for letter in letters {
            #expect(letter.attachments.map(\.bytes) == [scan] && letter.text.contains("bản quét"))
        }
        // Whoever reads sees the names, and no file behind them.
        let seen = try await reader.get(list).body
        #expect(seen.contains(Self.nominees[0]) && !seen.contains("href=\"/ho-so/"))
        let page = "/ho-so/" + Self.nominees[0]
        let back = ["so_vb": "300/QĐ-UBND", "ngay": "01/07/2020", "ly_do": "Khai không đúng"]
        #expect(try await reader.press(page + "/thu-hoi", on: "/", back).status == 403)
        #expect(try await interior.press(page + "/thu-hoi", on: page, ["so_vb": "300/QĐ-UBND"]).status == 400)
        #expect(try await interior.press(page + "/thu-hoi", on: page, back).location == page)
        #expect(try await interior.press(page + "/thu-hoi", on: page, back).status == 400)
        #expect(try Self.states(office) == ["revoked", "awarded-by-district"])
        // What was taken back is announced no more.
        let names = try await reader.get(list + "/cong-bo-van-ban").body
        #expect(names.contains("1. ") && !names.contains("2. "))
    }
}
