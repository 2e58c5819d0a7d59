import Campaign
import Records
import Testing

struct PlanTests {
    private let plan = Plan(workbook: workbook(Sample.plan))

    @Test func `The sample has no problem, by itself and beside the units and forms`() {
        #expect(plan.problems == [])
        #expect(Sample.campaign.problems(forms: Sample.forms) == [])
    }

    @Test func `What a unit owes, and until when only where a document says so`() throws {
        let owed = try #require(plan.obligation("bao_cao_xa", .commune, year: 2019))
        #expect(owed.due?.day == (try day("2019-12-20")))
        #expect(owed.due?.document == "CV 512")
        #expect(owed.remindBefore == [7])
        #expect(owed.remindAfter == [3, 10])
        #expect(plan.obligation("bao_cao_xa", .commune, year: 2020)?.due == nil)
        #expect(plan.obligation("bao_cao_xa", .commune, year: 2017) == nil)
        #expect(plan.obligation("bao_cao_xa", .department, year: 2019) == nil)
    }

    @Test func `Stages are open from their first to their last day`() throws {
        #expect(plan.openStages(on: try day("2019-11-30")) == [])
        #expect(plan.openStages(on: try day("2019-12-01")).map(\.code) == ["tong_ket_2020"])
        #expect(plan.openStages(on: try day("2020-05-15")).map(\.code) == ["tong_ket_2020"])
        #expect(plan.openStages(on: try day("2020-05-16")) == [])
        #expect(plan.stage("tong_ket_2020")?.years == 2016...2020)
    }

    @Test func `Targets, baselines, quotas, decisions and the rest are found by their keys`() throws {
        let nghen = try code("nghen")
        #expect(plan.target(nghen, 2019)?.poor == 150)
        #expect(plan.target(nghen, 2020) == nil)
        #expect(plan.baseline(nghen, 2018)?.figures == ClosingFigures(total: 2000, poor: 120, nearPoor: 200))
        #expect(plan.quota(nghen, stage: "tong_ket_2020")?.households == 3)
        #expect(plan.decision("nam_goc_thu_nhap")?.value == "2016")
        #expect(plan.contacts("ho_ngheo").map(\.name) == ["Lê Thị Liên"])
        #expect(plan.standard("IV.2.6-1")?.clause == "IV.2.6")
        #expect(plan.isHoliday(try day("2020-04-30")))
        #expect(plan.waitsForPress("nhac"))
        #expect(!plan.waitsForPress("bien_nhan"))
        #expect(plan.retentions.first?.years == 10)
        #expect(plan.years == 2016...2020)
    }

    @Test(arguments: [
        ("chi_tieu", ["khac", "2019", "1", "1", ""], "ma_don_vi", CampaignProblem.Code.unitUnknown),
        ("chi_tieu", ["tienloc", "2020", "1", "1", ""], "ma_don_vi", .unitNotInForce),
        ("chi_tieu", ["nghen", "2019", "1", "1", ""], "ma_don_vi", .rowDuplicate),
        ("chi_tieu", ["dongloc", "2019", "15000", "1", ""], "kh_giam_ngheo", .figuresImpossible),
        ("chi_tieu", ["dongloc", "2019", "1,5", "1", ""], "kh_giam_ngheo", .valueUnreadable),
        ("chi_tieu", ["dongloc", "", "1", "1", ""], "nam", .valueMissing),
        ("chi_tieu", ["dongloc", "20190", "1", "1", ""], "nam", .valueUnreadable),
        ("dot", ["x", "X", "", "", "1", "2018", ""], "nam_xet_tu", .valueUnreadable),
        ("so_lieu_goc", ["dongloc", "2018", "100", "60", "60", "", ""], "tong_ho", .figuresImpossible),
        ("so_lieu_goc", ["kimsong", "2018", "100", "6", "6", "", ""], "ma_don_vi", .unitNotInForce),
        ("nghia_vu", ["bao_cao_la", "xa_thi_tran", "2019", "", "", "", "", "", ""], "bieu", .formUnknown),
        (
            "nghia_vu", ["bao_cao_xa", "xa_thi_tran", "2018", "", "20/12/2018", "", "", "", ""], "van_ban_han",
            .dueWithoutDocument
        ),
        ("nghia_vu", ["bao_cao_xa", "xa_thi_tran", "2018", "", "", "", "bảy", "", ""], "nhac_truoc", .valueUnreadable),
        ("nghia_vu", ["bao_cao_xa", "xa_thi_tran", "2018", "", "", "", "", "", "khac"], "ban_sao", .unitUnknown),
        ("nghia_vu", ["bao_cao_xa", "xa_thi_tran", "2019", "", "", "", "", "", ""], "bieu", .rowDuplicate),
        ("dot", ["x", "X", "2/1/2020", "1/1/2020", "", "", ""], "dong", .datesReversed),
        ("dot", ["tong_ket_2020", "X", "", "", "", "", ""], "ma", .rowDuplicate),
        ("dot", ["x", "X", "", "", "", "", "dn_la"], "bieu", .formUnknown),
        ("phan_bo", ["dot_la", "nghen", "", "", ""], "dot", .stageUnknown),
        ("quy_uoc", ["la", "1", ""], "khoa", .decisionUnknown),
        ("quy_uoc", ["gap_lan", "1", ""], "khoa", .rowDuplicate),
        ("thu", ["nhac", "ngay", ""], "che_do", .valueUnreadable),
        ("tieu_chuan", ["IV.2.6-1", "X", "", "", "", ""], "id", .rowDuplicate),
        ("tieu_chuan", ["IV.x", "X", "", "", "", "có"], "hien_muc", .valueUnreadable),
        ("tieu_chuan", ["IV.x", "X", "", "", "dn_la", ""], "bieu", .formUnknown),
        ("dot", ["x", "X", "", "", "2018", "2016", ""], "nam_xet_den", .datesReversed),
        ("nghia_vu", ["bao_cao_xa", "llvt", "2019", "", "", "", "", "", ""], "loai_don_vi", .dutyOfNobody),
        ("nghia_vu", ["bao_cao_xa", "xa_thi_tran", "2018", "", "1/12/2017", "CV", "", "", ""], "han", .datesReversed),
        ("phan_bo", ["tong_ket_2020", "khac", "", "", ""], "ma_don_vi", .unitUnknown),
        ("phan_bo", ["tong_ket_2020", "mttq", "-1", "", ""], "tap_the", .figuresImpossible),
        ("phan_bo", ["tong_ket_2020", "nghen", "1", "", ""], "ma_don_vi", .rowDuplicate),
        ("quy_uoc", ["gap_lan", "ba", ""], "gia_tri", .valueUnreadable),
        ("quy_uoc", ["nam_xet_5b", "2016-2018", ""], "gia_tri", .valueUnreadable),
        ("lich_nghi", ["30/4/2020", "Lần nữa"], "ngay", .rowDuplicate),
        ("lich_nghi", ["Tết", "Tết"], "ngay", .valueUnreadable),
        ("thu", ["nhac", "cho_duyet", ""], "mau", .rowDuplicate),
        ("thu", ["nhac_nho", "cho_duyet", ""], "mau", .noticeUnknown),
        ("thu", ["da_dong", "gui_ngay", "chiều"], "gio", .valueUnreadable),
        ("luu_tru", ["bao_cao_xa", "5"], "bieu", .rowDuplicate),
        ("luu_tru", ["dn_la", "5"], "bieu", .formUnknown),
        ("luu_tru", ["dn_tai_tro", "0"], "thoi_han", .figuresImpossible),
        ("lien_he", ["khac", "Về việc khác", "A", "", "", ""], "loai", .topicUnknown),
        ("lien_he", ["ho_ngheo", "Về hộ nghèo", "A", "", "", "khong co"], "email", .addressInvalid),
    ])
    func `Every contradiction names its row and column`(
        sheet: String, row: [String], column: String, expected: CampaignProblem.Code
    ) throws {
        var sheets = Sample.plan
        sheets[sheet]?.append(row)
        let number = try #require(sheets[sheet]).count
        let problems = CampaignBook(
            units: Units(workbook: workbook(Sample.units)), plan: Plan(workbook: workbook(sheets)), unitsSHA256: "",
            planSHA256: ""
        ).problems(forms: Sample.forms)
        #expect(
            problems.contains {
                $0.sheet == sheet && $0.row == number && $0.column == column && $0.code == expected
                    && !$0.remedy.isEmpty
            }, "\(problems)")
    }

    /// A unit that is no more when the stage opens, and a key that belongs to another row.
    @Test func `Quotas and keys fit their rows`() {
        var sheets = Sample.plan
        sheets["dot"]?.append(["so_ket_2021", "X", "1/1/2021", "1/2/2021", "2016", "2020", ""])
        sheets["phan_bo"]?.append(["so_ket_2021", "tienloc", "1", "", ""])
        sheets["chi_tieu"]?[0].append("khoa")
        sheets["chi_tieu"]?[1].append("nghen-2018")
        let problems = CampaignBook(
            units: Units(workbook: workbook(Sample.units)), plan: Plan(workbook: workbook(sheets)), unitsSHA256: "",
            planSHA256: ""
        ).problems(forms: Sample.forms)
        #expect(
            Set(problems.map { "\($0.sheet) \($0.code)" }) == [
                "phan_bo unitNotInForce", "chi_tieu valueUnreadable",
            ])
    }

    @Test func `Problems come by sheet and row`() {
        var sheets = Sample.plan
        sheets["chi_tieu"]? += [["la", "2019", "1", "1", ""], ["dongloc", "2019", "x", "1", ""]]
        sheets["dot"]?.append(["x", "X", "", "", "", "", "dn_la"])
        let plan = Plan(workbook: workbook(sheets))
        let problems = CampaignBook(
            units: Units(workbook: workbook(Sample.units)), plan: plan, unitsSHA256: "", planSHA256: ""
        ).problems(forms: Sample.forms)
        let rows = problems.map { "\($0.sheet) \($0.row ?? 0)" }
        let targets = ["chi_tieu 5", "chi_tieu 6"]
        let isStageFirst = (plan.sheets.firstIndex(of: "dot") ?? 0) < (plan.sheets.firstIndex(of: "chi_tieu") ?? 0)
        #expect(rows == (isStageFirst ? ["dot 3"] + targets : targets + ["dot 3"]))
    }

    @Test func `A decision not taken is told`() {
        var sheets = Sample.plan
        sheets["quy_uoc"] = [["khoa", "gia_tri", "van_ban"], ["gap_lan", "", ""]]
        let problems = CampaignBook(
            units: Units(workbook: workbook(Sample.units)), plan: Plan(workbook: workbook(sheets)), unitsSHA256: "",
            planSHA256: ""
        ).problems(forms: Sample.forms)
        #expect(problems.filter { $0.code == .decisionOpen }.count == 16)
        #expect(problems.contains { $0.code == .decisionOpen && $0.row == 2 })
    }
}
