import Foundation
import Records
import Sheets
import Support
import Testing

@testable import XLSForm

/// The forms that the office uses, read from the workbooks that it edits.
enum OfficeForm {
    static let names = ["bao_cao_xa", "dn_tai_tro"]

    static func workbook(_ name: String) throws -> Workbook {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "Forms/\(name).xlsx"))
        return try WorkbookReader.read([UInt8](bytes))
    }

    static func definition(_ name: String) throws -> FormDefinition {
        let (form, problems) = FormReader.read(try workbook(name), file: "\(name).xlsx", sha256: "0")
        #expect(problems.isEmpty)
        return try #require(form)
    }

    /// Columns of the tables that the plan offers.
    static let knownTables = [
        "don_vi": ["name", "label", "loai"], "thon": ["name", "label", "ma_don_vi"],
        "dau_ky": ["khoa", "tong", "ngheo", "can"], "chi_tieu": ["khoa", "kh_giam_ngheo", "kh_giam_can"],
        "quy_uoc": ["khoa", "gia_tri"],
    ]

    /// What the office has decided where the plan leaves it open.
    static let decisions = ReferenceTable(
        columns: ["khoa", "gia_tri"],
        rows: [
            ["dat_va_vuot", "lon_hon_hoac_bang"], ["ket_hop_2_6", "mot"], ["ky_tinh_200tr", "ca_giai_doan"],
            ["ky_tinh_10_ho", "mot_nam"], ["ky_ky_luat", "tu_2016"],
        ])
}

@Suite struct OfficeFormTests {
    @Test(arguments: OfficeForm.names)
    func checksWithoutAProblem(name: String) throws {
        let problems = FormCheck.problems(
            try OfficeForm.workbook(name), file: name, knownTables: OfficeForm.knownTables)
        #expect(problems == [])
    }
}

@Suite struct CommuneReportTests {
    let context: JudgingContext
    let good: FilledForm

    init() throws {
        let targets = ReferenceTable(
            columns: ["khoa", "kh_giam_ngheo", "kh_giam_can"], rows: [["thienloc-2019", "100", "50"]])
        let openings = ReferenceTable(
            columns: ["khoa", "tong", "ngheo", "can"], rows: [["thienloc-2019", "1000", "60", "80"]])
        context = JudgingContext(
            received: received,
            snapshot: ReferenceSnapshot(tables: [
                "chi_tieu": targets, "dau_ky": openings, "quy_uoc": OfficeForm.decisions,
            ]),
            evidence: ["MC1.pdf", "MC2.pdf", "MC3.pdf"].map { EvidenceName(filename: $0) })
        good = FilledForm(
            try OfficeForm.definition("bao_cao_xa"),
            [
                "don_vi": "thienloc", "nam": "2019", "tinh_chat": "chinh_thuc", "can_cu": "QĐ 12", "so_bao_cao": "15",
                "ngay_bao_cao": "2019-12-05", "nguoi_ky": "A", "nguoi_lap": "B", "dt_nguoi_lap": "0239000001",
                "tong_dau": "1000", "tong_cuoi": "1010", "ngheo_dau": "60", "ngheo_thoat": "20",
                "ngheo_thoat_can": "8", "ngheo_giam_khac": "1", "ngheo_tai": "1", "ngheo_phat_sinh": "2",
                "ngheo_tu_can": "1", "ngheo_tang_khac": "0", "ngheo_cuoi": "42", "can_dau": "80", "can_thoat": "20",
                "can_giam_khac": "2", "can_tai": "0", "can_phat_sinh": "9", "can_tang_khac": "0", "can_cuoi": "67",
                "ly_do_khac": "chuyển đi", "ngheo_btxh": "10", "ngheo_ncc": "0", "co_danh_sach": "co",
                "chuong_trinh": "CT 1", "ke_hoach_so": "KH 3", "ke_hoach_ngay": "2019-01-20",
                "ns_uu_tien": "30000000", "kp_giao": "100000000", "kp_su_dung": "90000000",
                "kp_quyet_toan": "90000000", "quy_che": "co", "quy_che_so": "QC 1", "quy_che_ngay": "2017-03-01",
                "ho_co_ke_hoach": "50", "ho_dang_ky": "10", "ho_btxh_giup": "5", "noi_bat": "x", "han_che": "y",
            ],
            rows: [
                "tu_bang": [["tu_thon": "t1", "tu_noi_dung": "đường", "tu_so_tien": "30000000"]],
                "mh_bang": [["mh_thon": "Thôn Một", "mh_ten": "nuôi bò", "mh_quyet_dinh": "QĐ 9"]],
                "nl_bang": [
                    ["nl_nguon": "quy", "nl_hinh_thuc": "tien", "nl_gia_tri": "1250000000"],
                    ["nl_nguon": "cong_dong", "nl_hinh_thuc": "ngay_cong", "nl_so_cong": "40"],
                ],
                "dd_bang": [["dd_to_chuc": "nd", "dd_so_ho": "5", "dd_so_thoat": "2"]],
            ])
    }

    private func changed(_ answers: [String: String]) throws -> (FilledForm, Judgement) {
        var filled = good
        filled.answers.merge(answers) { $1 }
        return (filled, try judge(filled, in: context))
    }

    @Test func acceptsAReportInOrder() throws {
        let judgement = try judge(good, in: context)
        #expect(judgement.told == [])
        #expect(judgement.verdict.outcome == .accepted)
        #expect(
            judgement.identity.key
                == SubmissionKey(form: "bao_cao_xa", unit: try #require(UnitCode("thienloc")), period: "2019"))
        let values = Dictionary(judgement.answers.map { ($0.question, $0.value) }, uniquingKeysWith: { $1 })
        #expect(values["tl_ngheo_cuoi"] == .number(try #require(Decimal(string: "4.16"))))
        #expect(values["nl_tong"] == .number(1_250_000_000))
        #expect(values["dat_chi_tieu"] == .text("co"))
        #expect(judgement.verdict.receiptLines.count == 4)
        #expect(judgement.verdict.receiptLines.contains { $0.hasSuffix("1.250.000.000 đồng") })
        #expect(judgement.verdict.lookups.contains { $0.table == "dau_ky" && $0.found == "60" })
    }

    @Test func marksAClosingFigureThatDoesNotAddUp() throws {
        let (filled, judgement) = try changed(["ngheo_cuoi": "43"])
        #expect(judgement.told == [Told(.rule, .error, filled.cell("ngheo_cuoi"))])
        #expect(judgement.verdict.findings[0].rule == 1)
        #expect(judgement.verdict.findings[0].related.contains(try #require(filled.cell("ngheo_thoat"))))
    }

    @Test func comparesTheOpeningFigureWithTheLastReport() throws {
        let (filled, judgement) = try changed(["ngheo_dau": "61", "ngheo_thoat": "21"])
        #expect(judgement.told == [Told(.rule, .error, filled.cell("ngheo_dau"))])
        #expect(judgement.verdict.findings[0].rule == 2)
        let (_, explained) = try changed(["ngheo_dau": "61", "ngheo_thoat": "21", "ly_do_dau_ky": "rà soát lại"])
        #expect(explained.told == [])
    }

    @Test func leavesAMissingTargetToTheReviewer() throws {
        var without = context
        without.snapshot = ReferenceSnapshot(tables: [
            "chi_tieu": ReferenceTable(columns: ["khoa", "kh_giam_ngheo", "kh_giam_can"], rows: []),
            "quy_uoc": OfficeForm.decisions,
        ])
        let judgement = try judge(good, in: without)
        #expect(
            judgement.told == [
                Told(.standardUndecided, .review, good.cell("ngheo_cuoi")),
                Told(.standardUndecided, .review, good.cell("can_cuoi")),
            ])
        #expect(judgement.verdict.findings[0].arguments["need"] == "chi_tieu: thienloc-2019")
        #expect(judgement.verdict.outcome == .accepted)
        #expect(judgement.answers.first { $0.question == "dat_chi_tieu" }?.value == .text("chua_co_chi_tieu"))
    }

    @Test func meetsATargetExactly() throws {
        var exact = context
        // 60/1000 − 42/1010 is 1.8415… points; 6.0 − 4.2 of equal totals is exactly 1.80.
        exact.snapshot["chi_tieu"] = ReferenceTable(
            columns: ["khoa", "kh_giam_ngheo", "kh_giam_can"], rows: [["thienloc-2019", "180", "130"]])
        var filled = good
        filled.answers["tong_cuoi"] = "1000"
        #expect(try judge(filled, in: exact).told == [])
        exact.snapshot["chi_tieu"] = ReferenceTable(
            columns: ["khoa", "kh_giam_ngheo", "kh_giam_can"], rows: [["thienloc-2019", "181", "130"]])
        #expect(try judge(filled, in: exact).told == [Told(.rule, .review, good.cell("ngheo_cuoi"))])
    }

    @Test func asksForHamletsOnlyWithoutAHouseholdList() throws {
        let row = [
            "t_thon": "t1", "t_tong": "1010", "t_ngheo_dau": "60", "t_ngheo_giam": "21", "t_ngheo_tang": "3",
            "t_ngheo_cuoi": "42", "t_can_cuoi": "67",
        ]
        var filled = good
        filled.answers["co_danh_sach"] = "khong"
        #expect(
            try judge(filled, in: context).told == [
                Told(.rule, .error, good.cell("ngheo_cuoi")), Told(.rule, .error, good.cell("can_cuoi")),
            ])
        filled.rows["thon_bang"] = [row]
        #expect(try judge(filled, in: context).told == [])
        filled.answers["co_danh_sach"] = "co"
        #expect(try judge(filled, in: context).told == [Told(.cellIrrelevant, .warning, filled.cell("t_thon", row: 1))])
    }
}

@Suite struct SponsorNominationTests {
    let context = JudgingContext(
        received: received, snapshot: ReferenceSnapshot(tables: ["quy_uoc": OfficeForm.decisions]),
        evidence: (1...6).map { EvidenceName(filename: "MC\($0).pdf") })
    let good: FilledForm

    init() throws {
        let gift = [
            "ht_ngay": "2018-02-01", "ht_xa": "thienloc", "ht_hinh_thuc": "tien", "ht_noi_dung": "nhà",
            "ht_gia_tri": "200000000",
        ]
        good = FilledForm(
            try OfficeForm.definition("dn_tai_tro"),
            [
                "don_vi": "thienloc", "dot_khen": "so_ket_2018", "noi_dung": "iii_6", "doi_tuong": "doanh_nghiep",
                "ten": "Công ty TNHH An  Bình", "hinh_thuc": "gk_huyen", "so_to_trinh": "3",
                "ngay_to_trinh": "2019-11-30", "tom_tat": String(repeating: "Giúp hộ nghèo. ", count: 8),
                "nguoi_lap": "B", "dt_nguoi_lap": "0239000001", "pham_vi": "trong", "dia_chi": "Thiên Lộc",
                "dai_dien": "C, giám đốc", "ma_so_thue": "3000000001", "tt_chap_hanh": "co",
                "tt_noi_xac_nhan": "UBND xã", "tt_doan_ket": "co", "so_ky_luat": "0", "cam_doan": "OK",
            ],
            rows: [
                "ht_bang": [gift],
                "hg_bang": (1...10).map {
                    [
                        "hg_chu_ho": "Hộ \($0)", "hg_xa": "thienloc", "hg_thon": "t1", "hg_nam_giup": "2016",
                        "hg_nam_thoat": "2017",
                    ]
                },
                "lk_bang": [["lk_ten": "thu mua lạc", "lk_so": "1", "lk_so_nguoi": "12"]],
                "xep_loai_bang": [["xl_nam": "2018", "xl_dang": "tốt", "xl_doan_the": "tốt"]],
            ])
    }

    @Test func acceptsANominationThatMeetsAllStandards() throws {
        let judgement = try judge(good, in: context)
        #expect(judgement.told == [])
        #expect(judgement.verdict.outcome == .accepted)
        #expect(judgement.identity.reward == "gk_huyen")
        #expect(judgement.identity.key?.nominee == "công ty tnhh an bình")
        #expect(judgement.identity.key?.place == "thiên lộc")
        #expect(judgement.identity.key?.stage == "so_ket_2018")
        #expect(judgement.answers.first { $0.question == "so_dat" }?.value == .number(3))
        #expect(judgement.evidence.map(\.filename) == ["MC3.pdf", "MC4.pdf", "MC5.pdf", "MC1.pdf", "MC2.pdf"])
    }

    @Test func tellsTheStandardThatIsNotMet() throws {
        var filled = good
        filled.rows["ht_bang"]?[0]["ht_gia_tri"] = "199999999"
        filled.rows["hg_bang"] = []
        filled.rows["lk_bang"] = []
        let judgement = try judge(filled, in: context)
        let cell = filled.cell("ht_gia_tri", row: 1)
        #expect(judgement.told == [Told(.standardUnmet, .standard, cell), Told(.rule, .review, cell)])
        #expect(judgement.verdict.outcome == .standardNotMet)
        #expect(judgement.verdict.findings[0].clauses == ["IV.2.6-1", "IV.2.6-2", "IV.2.6-3"])
    }

    @Test func passesOneStandardOfThreeOnToTheReviewer() throws {
        var filled = good
        filled.rows["hg_bang"]?.removeLast()
        let judgement = try judge(filled, in: context)
        #expect(
            judgement.told == [
                Told(.rule, .review, filled.cell("ht_gia_tri", row: 1)),
                Told(.rule, .review, filled.cell("hg_chu_ho", row: 1)),
            ])
        #expect(judgement.verdict.outcome == .accepted)
    }

    @Test func asksAPrivatePersonOtherQuestions() throws {
        var filled = good
        filled.answers.merge(["doi_tuong": "nha_hao_tam", "ma_so_thue": "", "dai_dien": ""]) { $1 }
        let judgement = try judge(filled, in: context)
        #expect(
            judgement.told == [
                Told(.cellBlank, .error, filled.cell("cn_chap_hanh")),
                Told(.cellIrrelevant, .warning, filled.cell("tt_chap_hanh")),
                Told(.cellIrrelevant, .warning, filled.cell("tt_noi_xac_nhan")),
                Told(.cellIrrelevant, .warning, filled.cell("tt_doan_ket")),
                Told(.cellIrrelevant, .warning, filled.cell("so_ky_luat")),
                Told(.cellIrrelevant, .warning, filled.cell("xl_nam", row: 1)),
            ])
    }

    @Test func findsTheSameGiftTwice() throws {
        var filled = good
        filled.rows["ht_bang"]?.append(try #require(good.rows["ht_bang"]?.first))
        #expect(try judge(filled, in: context).told == [Told(.rowDuplicate, .error, filled.cell("ht_ngay", row: 2))])
    }

    @Test func warnsOfMissingEvidenceOnly() throws {
        let judgement = try judge(
            good,
            in: JudgingContext(
                received: received, snapshot: ReferenceSnapshot(tables: ["quy_uoc": OfficeForm.decisions])))
        #expect(Set(judgement.told.map(\.code)) == [.evidenceMissing])
        #expect(Set(judgement.told.map(\.severity)) == [.warning])
        #expect(judgement.verdict.findings.map { $0.arguments["code"] } == ["MC3", "MC4", "MC5", "MC1", "MC2"])
        #expect(judgement.verdict.outcome == .accepted)
    }
}
