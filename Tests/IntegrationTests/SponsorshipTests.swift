import Campaign
import Foundation
import Intake
import Ledger
import Mail
import Notices
import Records
import Sheets
import Testing
import XLSForm

/// Who sponsors whom: what was registered stands in the workbooks that ask about it, and all of it in the export (E10).
@Suite struct SponsorshipTests {
    private let desk: MaildirOffice
    private let office: Office

    init() throws {
        desk = try MaildirOffice()
        let contact = OfficeContact(
            from: try #require(MailAddress("noivu@canloc.example")), generalMailbox: "", phone: "",
            maximumMessageBytes: 35 << 20)
        office = try OfficeReader(folder: FormsFolder(Repository.path("Forms")), zone: .indochina)
            .office(contact: contact)
        try desk.deliver(["002-de-nghi-tai-tro-dat", "044-dang-ky-do-dau"])
        #expect(try desk.run(["run", "--once", "--since", "1970-01-01", "--answer"]).status == 0)
        // Two places: one until 2018, one commune that is merged in 2020.
        let registration = FilledWorkbook(
            form: "dang_ky_do_dau", unit: "yte", period: 2018,
            answers: [
                "ben_ten": "Phòng Y tế", "ben_loai": "co_quan_huyen", "dk_so": "12/ĐK-YT", "dk_ngay": "2018-03-05",
            ],
            tables: [
                "dk_bang": [
                    ["dk_loai": "xa", "dk_xa": "kimloc", "dk_noi_dung": "Khám bệnh cho hộ nghèo"],
                    [
                        "dk_loai": "thon", "dk_xa": "thienloc", "dk_thon": "thienloc_dong", "dk_noi_dung": "Giống cây",
                        "dk_den_nam": 2018,
                    ],
                ]
            ])
        _ = try desk.scratch.write("dk.xlsx", registration.bytes(office))
        let run = try desk.run([
            "submit", "dk.xlsx", "--unit", "yte", "--received", "2018-03-06T08:00", "--note", "bản giấy",
        ])
        #expect(run.status == 0 && run.output.contains("bien_nhan"), "\(run.output)\(run.errors)")
    }

    private func view<T>(_ body: (LedgerView) throws -> T) throws -> T {
        let ledger = try Ledger.open(folder: desk.scratch.path("data"), mode: .read)
        defer { try? ledger.close() }
        return try ledger.read(body)
    }

    private static func texts(_ sheet: Sheet) -> [String] {
        sheet.cells.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }

    /// What the table of sponsored places of a unit's report says before anybody has filled it in.
    private func sponsored(_ unit: String, _ year: Int) throws -> [String] {
        let duty = try #require(office.campaign.duties(year: year).first { $0.unit.rawValue == unit })
        let form = try #require(try view { try UnitWorkbooks(office, $0).form(duty) })
        let workbook = try WorkbookReader.read([UInt8](form.workbook.bytes))
        let known = ["Xã Kim Lộc", "Xã Kim Song Trường", "Xã Thiên Lộc", "Thôn Đông", "12/ĐK-YT, ngày 05/03/2018"]
        let sheets = workbook.sheets.filter { $0.visibility == .visible }
        return sheets.flatMap(Self.texts).filter { known.contains($0) }
    }

    @Test func registeredPlacesStandInTheReportOfTheirYears() throws {
        let paper = "12/ĐK-YT, ngày 05/03/2018"
        #expect(try sponsored("yte", 2018) == ["Xã Kim Lộc", paper, "Xã Thiên Lộc", "Thôn Đông", paper])
        // The hamlet was sponsored until 2018.
        #expect(try sponsored("yte", 2019) == ["Xã Kim Lộc", paper])
        // The commune is another one's part by now.
        #expect(try sponsored("yte", 2020) == ["Xã Kim Song Trường", paper])
        // Nobody else's workbook shows them.
        #expect(try sponsored("giaoduc", 2019).isEmpty)
    }

    @Test func aNominationShowsEverythingThatWasRegisteredBefore() throws {
        let stage = try #require(office.campaign.plan.stage("so_ket_2018"))
        let unit = try #require(UnitCode("yte"))
        let forms = try view { try UnitWorkbooks(office, $0).forms(stage, for: unit) }
        let nomination = try #require(forms.first { $0.workbook.filename.contains("tập thể") })
        let workbook = try WorkbookReader.read([UInt8](nomination.workbook.bytes))
        let texts = workbook.sheets.filter { $0.visibility == .visible }.flatMap(Self.texts)
        #expect(texts.count { $0 == "12/ĐK-YT, ngày 05/03/2018" } == 2)
    }

    @Test func theExportListsSponsorsAndPlacesByYear() throws {
        let run = try desk.run(["summary", "--period", "2019", "-o", "tong-hop.xlsx"])
        #expect(run.status == 0)
        let bytes = try Data(contentsOf: URL(filePath: desk.scratch.path("tong-hop.xlsx")))
        let workbook = try WorkbookReader.read([UInt8](bytes))
        let sponsors = try #require(workbook.sheets.first { $0.name == "Nhà tài trợ" })
        func row(_ sheet: Sheet, with text: String) -> [String] {
            let row = sheet.cells.first { $0.value == .text(text) }?.row
            return sheet.cells.filter { $0.row == row }.map { cell in
                switch cell.value {
                case .text(let text): text
                case .number(let number): Decimal(string: "\(number)").map { "\($0)" } ?? ""
                default: ""
                }
            }
        }
        let firm = row(sponsors, with: "Công ty TNHH Hồng Lam")
        #expect(firm.contains("Doanh nghiệp, tổ chức kinh tế") && firm.contains("Xã Thiên Lộc"))
        // What it gave in 2017 and in 2019.
        #expect(firm.contains("100000000") && firm.contains("105000000"), "\(firm)")
        #expect(firm.contains { $0.hasPrefix("KT-2020-") })
        // A firm that the association has registered is a sponsor too, of each of its three places.
        #expect(Self.texts(sponsors).count { $0 == "Công ty TNHH Phú Lộc (ví dụ)" } == 3)
        let places = try #require(workbook.sheets.first { $0.name == "Địa chỉ đỡ đầu" })
        #expect(Self.texts(places).count { $0 == "Phòng Y tế" } == 2)
        #expect(row(places, with: "Xã Kim Lộc").contains("12/ĐK-YT, ngày 05/03/2018"))
    }
}
