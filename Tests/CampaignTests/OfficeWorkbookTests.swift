import Campaign
import Foundation
import Records
import Sheets
import Testing

/// The workbooks that the house ships for the office to start from.
enum Office {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Forms")
        .standardized

    /// Ids of the forms: every workbook of the folder but the two reference sheets.
    static func forms() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xlsx") }
        return Set(names.map { String($0.dropLast(5)) }).subtracting(["plan", "units"])
    }

    static func read(_ name: String) throws -> Workbook {
        return try WorkbookReader.read([UInt8](Data(contentsOf: folder.appending(path: name))))
    }

    static func campaign() throws -> CampaignBook {
        CampaignBook(
            units: Units(workbook: try read("units.xlsx")), plan: Plan(workbook: try read("plan.xlsx")),
            unitsSHA256: "", planSHA256: "")
    }
}

struct OfficeWorkbookTests {
    @Test func `Units and plan have no problem`() throws {
        #expect(try Office.campaign().problems(forms: Office.forms()) == [])
    }

    @Test(arguments: [("2017-01-01", 23, 1), ("2019-12-31", 23, 2), ("2020-01-01", 18, 2)])
    func `The communes of each time, and how many of them are urban`(text: String, count: Int, urban: Int) throws {
        let communes = try Office.campaign().units.units(on: try day(text), kind: .commune)
        #expect(communes.count == count)
        #expect(communes.filter(\.isUrban).count == urban)
    }

    @Test func `Every commune has an address at any time of the campaign`() throws {
        let units = try Office.campaign().units
        for text in ["2018-10-01", "2019-12-18", "2020-02-01"] {
            let today = try day(text)
            for unit in units.units(on: today, kind: .commune) {
                #expect(!units.addresses(of: unit.code, on: today).isEmpty, "\(unit.code) on \(text)")
            }
        }
    }

    @Test func `The plan has its standards and decisions`() throws {
        let plan = try Office.campaign().plan
        #expect(plan.standards.count == 38)
        #expect(plan.decisions.count == 16)
        #expect(plan.contacts.map(\.kind) == ["khen_thuong", "ho_ngheo"])
        #expect(plan.obligation("bao_cao_xa", .commune, year: 2019)?.due?.day == (try day("2019-12-20")))
    }

    @Test
    func `A commune with a target, one without, one whose opening figures come from so_lieu_goc, one without any`()
        throws
    {
        let snapshot = try Office.campaign().snapshot(accepted: [], on: try day("2019-12-18"))
        let targets = try #require(snapshot["chi_tieu"])
        #expect(targets.value("kh_giam_ngheo", where: "khoa", is: "thienloc-2019") == "150")
        #expect(targets.value("kh_giam_ngheo", where: "khoa", is: "myloc-2019") == nil)
        let openings = try #require(snapshot["dau_ky"])
        #expect(openings.value("ngheo", where: "khoa", is: "thienloc-2019") == "120")
        #expect(openings.value("ngheo", where: "khoa", is: "sonloc-2019") == nil)
    }
}
