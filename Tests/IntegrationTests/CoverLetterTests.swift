import Foundation
import Intake
import Ledger
import Mail
import Records
import Testing
import XLSForm

/// A unit's cover letter against the nominations that have come; and who is told what when the address only gets copies.
@Suite struct CoverLetterTests {
    private let desk: MaildirOffice
    private let office: Office

    init() throws {
        desk = try MaildirOffice()
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        office = try OfficeReader(folder: FormsFolder(Repository.path("Forms")), zone: .indochina)
            .office(contact: contact)
        #expect(try desk.run(["run", "--once"]).status == 0)
    }

    private func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: desk.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    private func submit(_ workbook: FilledWorkbook, on day: String) throws {
        _ = try desk.scratch.write("x.xlsx", workbook.bytes(office))
        let run = try desk.run([
            "submit", "x.xlsx", "--unit", "thienloc", "--received", "\(day)T08:00", "--note", "bản giấy",
        ])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    private static func cover(_ names: [String]) -> FilledWorkbook {
        FilledWorkbook(
            form: "to_trinh", unit: "thienloc", stage: "tong_ket_2020", answers: ["ngay_to_trinh": "2020-03-02"],
            tables: [
                "ds": names.map { ["ds_ten": $0, "ds_noi_dung": "iii_1", "ds_hinh_thuc": "gk_huyen"] }
            ])
    }

    @Test func theReplyNamesWhoIsMissingAndWhoIsNotListed() throws {
        for (number, name) in ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"].enumerated() {
            try submit(
                .household(name, of: "thienloc", hamlet: "thienloc_tay", stage: "tong_ket_2020"),
                on: "2020-03-0\(number + 1)")
        }
        func mismatches() throws -> [[String: String]] {
            let cover = try #require(try view { try $0.submissions().last { $0.kind == .cover } })
            let findings = try #require(try view { try $0.newestRevision(of: cover.id)?.workbook.verdict.findings })
            #expect(!findings.contains { $0.question == "ds_so" })
            return findings.filter { $0.code == .coverMismatch }.map(\.arguments)
        }
        // Two of three names, and one that nobody has nominated.
        try submit(Self.cover(["NGUYỄN VĂN AN", "Trần Thị Bình", "Phạm Thị Dung"]), on: "2020-03-04")
        let first = try #require(try mismatches().first)
        #expect(first["missing"] == "Phạm Thị Dung")
        #expect(first["surplus"]?.hasPrefix("Lê Văn Cường (KT-2020-") == true)
        let letter = try #require(try view { try $0.outbox().last })
        let mime = try #require(try view { try $0.mime(of: letter.id) })
        let text = try MessageReader.read(mime).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("chưa có hồ sơ: Phạm Thị Dung; đã có hồ sơ nhưng tờ trình chưa có tên: Lê Văn Cường"))
        #expect(!letter.subject.contains("Dung"))
        // All three, and nobody else.
        try submit(Self.cover(["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]), on: "2020-03-05")
        #expect(try mismatches().isEmpty)
    }

    /// Without a ledger nobody knows what has come: nothing is said of it.
    @Test func aCoverLetterByItselfIsValid() throws {
        _ = try desk.scratch.write("x.xlsx", Self.cover(["Nguyễn Văn An"]).bytes(office))
        let run = try desk.run([
            "validate", "x.xlsx", "--received", "2020-03-10", "--with", Repository.path("README.md"), "--json",
        ])
        #expect(!run.output.contains("ds_so"), "\(run.output)")
    }

    @Test func anAddressThatOnlyGetsCopiesIsNotCalledAStranger() throws {
        let question = try Repository.text("Mailbox/013-khong-tep/1.eml")
        func told(_ address: String, _ id: String) throws -> String {
            let mail = question.replacing("xuanloc@canloc.example", with: address)
                .replacing("20191210090000.54812754", with: id)
            try desk.deliver(Array(mail.utf8))
            #expect(try desk.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
            let letter = try #require(try view { try $0.outbox().last })
            #expect(letter.kind == .stranger && letter.recipient == address)
            let mime = try #require(try view { try $0.mime(of: letter.id) })
            return try MessageReader.read(mime).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let leader = try told("lanhdao.xuanloc@canloc.example", "a")
        #expect(leader.contains("được đăng ký để nhận bản sao") && !leader.contains("chưa có trong danh sách"))
        let stranger = try told("ai-do@canloc.example", "b")
        #expect(stranger.contains("chưa có trong danh sách") && !stranger.contains("nhận bản sao"))
    }
}
