import Campaign
import Foundation
import Records
import Sheets
import Testing

/// A district of six communes: three of them merge in 2020, one is swallowed, one becomes a town.
enum Sample {
    static let units: [String: [[String]]] = [
        "don_vi": [
            ["ma", "ten", "ten_day_du", "loai", "khu_vuc", "tu_ngay", "den_ngay", "cum", "thu_tu"],
            ["nghen", "Thị trấn Nghèn", "UBND thị trấn Nghèn", "xa_thi_tran", "thanh_thi", "", "", "c1", "1"],
            ["tienloc", "Xã Tiến Lộc", "UBND xã Tiến Lộc", "xa_thi_tran", "nong_thon", "", "31/12/2019", "c1", "2"],
            ["dongloc", "Xã Đồng Lộc", "UBND xã Đồng Lộc", "xa_thi_tran", "nong_thon", "", "10/7/2018", "c1", "3"],
            [
                "dongloc", "Thị trấn Đồng Lộc", "UBND thị trấn Đồng Lộc", "xa_thi_tran", "thanh_thi", "11/7/2018", "",
                "c1", "3",
            ],
            ["kimloc", "Xã Kim Lộc", "UBND xã Kim Lộc", "xa_thi_tran", "nong_thon", "", "31/12/2019", "c1", "4"],
            ["songloc", "Xã Song Lộc", "UBND xã Song Lộc", "xa_thi_tran", "nong_thon", "", "31/12/2019", "c1", "5"],
            ["kimsong", "Xã Kim Song", "UBND xã Kim Song", "xa_thi_tran", "nong_thon", "1/1/2020", "", "c1", "6"],
            ["mttq", "Ủy ban MTTQ huyện", "", "doan_the", "", "", "", "", "7"],
        ],
        "dia_chi_thu": [
            ["dia_chi", "ma_don_vi", "tu_ngay", "den_ngay", "quyen", "xac_nhan_boi"],
            ["Nghen@CanLoc.example", "nghen", "", "", "nop", "Tuấn"],
            ["tienloc@canloc.example", "tienloc", "", "31/3/2020", "", "Tuấn"],
            ["tienloc@canloc.example", "nghen", "1/4/2020", "", "", "Tuấn"],
            ["@dongloc.example", "dongloc", "", "", "nop", "Tuấn"],
            ["kimloc@canloc.example", "kimloc", "", "", "nop", "Tuấn"],
            ["kimsong@canloc.example", "kimsong", "1/1/2020", "", "nop", "Tuấn"],
            ["songloc@canloc.example", "songloc", "", "31/12/2019", "nop", "Tuấn"],
            ["chung@canloc.example", "mttq", "", "", "nop", "Tuấn"],
            ["chung@canloc.example", "nghen", "", "", "nop", "Tuấn"],
            ["tuan@canloc.example", "*", "", "", "nop_thay", "Tuấn"],
            ["lanhdao@canloc.example", "nghen", "", "", "ban_sao", "Tuấn"],
        ],
        "ke_thua": [
            ["ma_cu", "ma_moi", "tu_ngay", "van_ban"],
            ["tienloc", "nghen", "1/1/2020", "NQ 819"], ["kimloc", "kimsong", "1/1/2020", "NQ 819"],
            ["songloc", "kimsong", "1/1/2020", "NQ 819"],
        ],
        "thon": [
            ["ma", "ten", "ma_don_vi", "tu_ngay", "den_ngay"],
            ["kimloc_mot", "Thôn Một", "kimloc", "", ""], ["dongloc_tien", "Thôn Tiến", "dongloc", "", "31/12/2018"],
            ["dongloc_kp1", "Khối phố 1", "dongloc", "1/1/2019", ""],
        ],
        "cum": [["ma", "ten", "uy_vien_hoi_dong", "email"], ["c1", "Cụm 1", "", ""]],
    ]

    static let plan: [String: [[String]]] = [
        "dot": [
            ["ma", "ten", "mo", "dong", "nam_xet_tu", "nam_xet_den", "bieu"],
            ["tong_ket_2020", "Tổng kết", "1/12/2019", "15/5/2020", "2016", "2020", "dn_tai_tro"],
        ],
        "nghia_vu": [
            ["bieu", "loai_don_vi", "nam", "ky", "han", "van_ban_han", "nhac_truoc", "nhac_sau", "ban_sao"],
            ["bao_cao_xa", "xa_thi_tran", "2019", "nam", "20/12/2019", "CV 512", "7", "3 10", "mttq"],
            ["bao_cao_xa", "xa_thi_tran", "2020", "nam", "", "", "", "", ""],
        ],
        "tieu_chuan": [
            ["id", "ten_ngan", "dieu", "loai", "bieu", "hien_muc"],
            ["IV.2.6-1", "Hỗ trợ địa phương", "IV.2.6", "A E", "dn_tai_tro", "khong"],
        ],
        "chi_tieu": [
            ["ma_don_vi", "nam", "kh_giam_ngheo", "kh_giam_can", "van_ban"], ["nghen", "2019", "150", "100", "QĐ 1"],
            ["tienloc", "2019", "300", "100", "QĐ 1"], ["kimloc", "2019", "100", "100", "QĐ 1"],
        ],
        "so_lieu_goc": [
            ["ma_don_vi", "nam", "tong_ho", "ngheo", "can", "nguon", "van_ban"],
            ["nghen", "2018", "2000", "120", "200", "", ""], ["tienloc", "2018", "1000", "100", "90", "", ""],
            ["kimloc", "2018", "800", "60", "70", "", ""], ["kimloc", "2019", "810", "50", "60", "", ""],
        ],
        "phan_bo": [["dot", "ma_don_vi", "tap_the", "ca_nhan", "ho"], ["tong_ket_2020", "nghen", "1", "2", "3"]],
        "quy_uoc": [["khoa", "gia_tri", "van_ban"]]
            + DecisionKey.allCases.map { key in
                let value =
                    switch key {
                    case .targetYears: "2016-2018; 2016-2019"
                    case .incomeBaseYear: "2016"
                    default: key.values?.first ?? "UBND huyện"
                    }
                return [key.rawValue, value, "HD 15"]
            },
        "lich_nghi": [["ngay", "ten"], ["30/4/2020", "Ngày Giải phóng"]],
        "lien_he": [
            ["loai", "viec", "ho_ten", "phong", "dien_thoai", "email"],
            ["ho_ngheo", "Về số liệu hộ nghèo", "Lê Thị Liên", "Phòng Lao động - TB&XH", "0239 000 0002", ""],
        ],
        "thu": [["mau", "che_do", "gio"], ["nhac", "cho_duyet", ""], ["bien_nhan", "gui_ngay", ""]],
        "luu_tru": [["bieu", "thoi_han"], ["bao_cao_xa", "10"]],
    ]

    static let forms: Set<String> = ["bao_cao_xa", "dn_tai_tro"]

    static var campaign: CampaignBook {
        CampaignBook(
            units: Units(workbook: workbook(units)), plan: Plan(workbook: workbook(plan)), unitsSHA256: "u",
            planSHA256: "p")
    }

    /// A commune's report with the six figures that others look up.
    static func report(
        _ unit: String, _ year: Int, opening: (Int, Int, Int)?, closing: (Int, Int, Int), number: Int,
        more: [String: String] = [:], received: TimeInterval = 1_576_000_000
    ) throws -> AcceptedFigures {
        var values = more
        if let opening {
            values["tong_dau"] = String(opening.0)
            values["ngheo_dau"] = String(opening.1)
            values["can_dau"] = String(opening.2)
        }
        values["tong_cuoi"] = String(closing.0)
        values["ngheo_cuoi"] = String(closing.1)
        values["can_cuoi"] = String(closing.2)
        return AcceptedFigures(
            receipt: try #require(Receipt(kind: .report, year: year, number: number)),
            key: SubmissionKey(form: "bao_cao_xa", unit: try code(unit), period: String(year)),
            received: Date(timeIntervalSince1970: received), values: values)
    }

    static func nomination(
        _ form: String, _ unit: String, number: Int, values: [String: String] = [:]
    ) throws -> AcceptedFigures {
        AcceptedFigures(
            receipt: try #require(Receipt(kind: .nomination, year: 2020, number: number)),
            key: SubmissionKey(form: form, unit: try code(unit), stage: "tong_ket_2020", nominee: "\(number)"),
            received: Date(timeIntervalSince1970: 1_580_000_000 + Double(number)), values: values)
    }
}
