import Campaign
import Foundation
import Records
import Sheets
import Testing
import XLSForm

/// The office's own forms, from the blank workbook to the verdict.
struct OfficeFormsTests {
    private static let files = ["bao_cao_xa.xlsx", "earlier/bao_cao_xa-2018.1.xlsx", "dn_tai_tro.xlsx"]

    private let campaign: CampaignBook
    private let day: CivilDate
    private let forms: [FormDefinition]
    private let known: [String: [String]]

    init() throws {
        campaign = try Office.campaign()
        day = try #require(CivilDate(iso8601: "2019-12-18"))
        forms = try Self.files.map { file in
            try #require(FormReader.read(try Office.read(file), file: file, sha256: file).form)
        }
        let questions = forms.map { form in
            (form.settings.id, form.questions.filter { $0.repeatName == nil }.map(\.name))
        }
        known = campaign.knownTables(forms: Dictionary(questions, uniquingKeysWith: { first, _ in first }), on: day)
    }

    @Test(arguments: files)
    func `Each form passes its check`(file: String) throws {
        #expect(FormCheck.problems(try Office.read(file), file: file, knownTables: known) == [])
    }

    @Test func `The earlier version asks one question less`() throws {
        let names = forms.map { Set($0.questions.map(\.name)) }
        #expect(names[0].subtracting(names[1]) == ["ngheo_dtts"])
        #expect(names[1].isSubset(of: names[0]))
        #expect(forms[0].identity.version != forms[1].identity.version)
    }

    // MARK: The commune report

    private func report(_ changes: [String: Int] = [:], unit: String = "thienloc") -> [String: AnswerValue] {
        var answers: [String: AnswerValue] = [
            "don_vi": .text(unit), "tinh_chat": .text("chinh_thuc"), "can_cu": .text("QĐ 12"),
            "so_bao_cao": .text("45/BC-UBND"), "nguoi_ky": .text("Nguyễn Văn An"), "nguoi_lap": .text("Nguyễn Thị Hà"),
            "dt_nguoi_lap": .text("0239000111"), "ly_do_khac": .text("Chuyển đi"), "co_danh_sach": .text("co"),
            "chuong_trinh": .text("CT 01"), "ke_hoach_so": .text("05/KH-UBND"), "quy_che": .text("khong_ap_dung"),
            "ns_giai_thich": .text("Chưa bố trí"), "noi_bat": .text("Vận động tốt"), "han_che": .text("Thiếu vốn"),
            "ke_hoach_ngay": CivilDate(iso8601: "2019-02-15").map { .date($0) } ?? .text(""),
        ]
        let figures = [
            "nam": 2019, "tong_dau": 2000, "tong_cuoi": 2010, "ngheo_dau": 120, "ngheo_thoat": 40,
            "ngheo_thoat_can": 10, "ngheo_giam_khac": 2, "ngheo_tai": 1, "ngheo_phat_sinh": 3, "ngheo_tu_can": 2,
            "ngheo_tang_khac": 0, "ngheo_cuoi": 82, "can_dau": 200, "can_thoat": 35, "can_giam_khac": 2, "can_tai": 3,
            "can_phat_sinh": 12, "can_tang_khac": 0, "can_cuoi": 178, "ngheo_btxh": 10, "ngheo_ncc": 2, "ngheo_dtts": 0,
            "ns_uu_tien": 0, "kp_giao": 100, "kp_su_dung": 90, "kp_quyet_toan": 90, "ho_co_ke_hoach": 82,
            "ho_dang_ky": 40, "ho_btxh_giup": 10,
        ].merging(changes) { $1 }
        for (name, figure) in figures { answers[name] = .number(Decimal(figure)) }
        return answers
    }

    private func judgement(
        _ form: FormDefinition, unit: String, _ answers: [String: AnswerValue],
        _ rows: [String: [[String: AnswerValue]]] = [:]
    ) throws -> Judgement {
        var context = EntryContext()
        context.unit = .init(code: unit, label: campaign.units.label(of: try code(unit), on: day))
        context.prefilled = answers
        context.prefilledRows = rows
        context.tables = campaign.entryTables(accepted: [], on: day, reading: ["dau_ky"])
        let workbook = try WorkbookReader.read(try WorkbookWriter.write(EntryWorkbook.blank(form, context)))
        let snapshot = campaign.snapshot(accepted: [], on: day)
        guard case .bound(let bound) = Binder.bind(workbook, forms: forms, tables: snapshot) else {
            Issue.record("The workbook was not recognised.")
            throw CancellationError()
        }
        let evidence = (1...6).map { EvidenceName(filename: "MC\($0).pdf") }
        return Judge.judge(
            try #require(bound.first), by: try CompiledForm(form, knownTables: known),
            in: JudgingContext(
                received: Date(timeIntervalSince1970: 1_576_663_000), snapshot: snapshot, evidence: evidence))
    }

    private func modelHamlet(_ hamlet: String) -> [String: [[String: AnswerValue]]] {
        ["mh_bang": [["mh_thon": .text(hamlet), "mh_ten": .text("Nuôi bò"), "mh_quyet_dinh": .text("QĐ 7")]]]
    }

    @Test(arguments: [0, 1])
    func `A report in order is accepted in either version, and its receipt repeats the main figures`(version: Int)
        throws
    {
        let judgement = try judgement(forms[version], unit: "thienloc", report(), modelHamlet("thienloc_dong"))
        #expect(judgement.verdict.outcome == .accepted)
        #expect(judgement.verdict.form == forms[version].identity)
        #expect(judgement.verdict.receiptLines.count == 4)
        func shown(_ question: String) -> String? { judgement.answers.first { $0.question == question }?.shown }
        #expect(shown("tl_ngheo_cuoi") == "4,08")
        #expect(shown("dat_chi_tieu") == "co")
    }

    @Test(arguments: [
        (["ngheo_cuoi": 83], "ngheo_cuoi"), (["ngheo_dau": 121, "ngheo_cuoi": 83], "ngheo_dau"),
        (["can_cuoi": 179], "can_cuoi"), (["ngheo_tu_can": 5], "ngheo_tu_can"),
        (["can_phat_sinh": 9, "can_cuoi": 175], "can_phat_sinh"),
        (["ngheo_btxh": 83], "ngheo_btxh"), (["nam": 2021], "nam"),
    ])
    func `Figures that disagree are found at their cell`(changes: [String: Int], question: String) throws {
        let judgement = try judgement(
            forms[0], unit: "thienloc", report(changes), modelHamlet("thienloc_dong"))
        #expect(judgement.verdict.outcome == .needsCorrection)
        #expect(
            judgement.verdict.findings.contains { $0.code == .rule && $0.severity == .error && $0.question == question }
        )
    }

    @Test func `A commune without target or opening figures is accepted, and what cannot be decided is left to people`()
        throws
    {
        let noTarget = try judgement(
            forms[0], unit: "sonloc", report(unit: "sonloc"), modelHamlet("sonloc_an"))
        #expect(noTarget.verdict.outcome == .accepted)
        let baseline = try #require(campaign.plan.baseline(try code("myloc"), 2018)).figures
        let figures = [
            "tong_dau": baseline.total, "tong_cuoi": baseline.total, "ngheo_dau": baseline.poor,
            "ngheo_cuoi": baseline.poor - 38, "can_dau": baseline.nearPoor, "can_cuoi": baseline.nearPoor - 22,
            "ho_co_ke_hoach": 5,
        ]
        let judgement = try judgement(
            forms[0], unit: "myloc", report(figures, unit: "myloc"), modelHamlet("myloc_cho"))
        #expect(judgement.verdict.outcome == .accepted)
        #expect(judgement.answers.first { $0.question == "dat_chi_tieu" }?.shown == "chua_co_chi_tieu")
    }

    // MARK: The sponsor nomination

    @Test(arguments: [(200_000_000, Outcome.accepted), (199_999_999, .standardNotMet)])
    func `Two hundred million with an address reach the standard`(amount: Int, outcome: Outcome) throws {
        let answers: [String: AnswerValue] = [
            "don_vi": .text("thienloc"), "dot_khen": .text("tong_ket_2020"), "noi_dung": .text("iii_6"),
            "doi_tuong": .text("nha_hao_tam"), "ten": .text("Ông Nguyễn Văn Ví Dụ"), "hinh_thuc": .text("gk_huyen"),
            "so_to_trinh": .text("12/TTr"), "tom_tat": .text(String(repeating: "Hỗ trợ hộ nghèo. ", count: 8)),
            "nguoi_lap": .text("Hà"), "dt_nguoi_lap": .text("0239000111"), "pham_vi": .text("trong"),
            "dia_chi": .text("Thiên Lộc"), "cn_chap_hanh": .text("co"), "cam_doan": .text("OK"),
        ]
        let first = CivilDate(iso8601: "2018-05-01").map { AnswerValue.date($0) } ?? .text("")
        func line(_ amount: Int, _ hamlet: String) -> [String: AnswerValue] {
            [
                "ht_ngay": first, "ht_xa": .text("thienloc"), "ht_thon": .text(hamlet), "ht_hinh_thuc": .text("tien"),
                "ht_noi_dung": .text("Xây nhà"), "ht_gia_tri": .number(Decimal(amount)),
            ]
        }
        let judgement = try judgement(
            forms[2], unit: "thienloc", answers,
            ["ht_bang": [line(150_000_000, "thienloc_dong"), line(amount - 150_000_000, "thienloc_tay")]])
        #expect(judgement.verdict.outcome == outcome, "\(judgement.verdict.findings)")
        #expect(judgement.identity.key?.form == "dn_tai_tro")
        #expect(judgement.verdict.findings.contains { $0.code == .standardUnmet } == (outcome == .standardNotMet))
    }
}
