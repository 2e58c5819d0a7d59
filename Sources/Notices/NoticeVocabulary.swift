import Records

/// The names that each kind of notice offers to its template. A name that is not offered would stay empty without a word, so
/// that templates are checked against this list, and a test checks the list against what is really filled in.
enum NoticeVocabulary {
    static func names(of kind: NoticeKind) -> Set<String> {
        kind == .stranger ? ["hop_thu_chung", "dien_thoai", "nhan_ban_sao"] : common.union(own(kind))
    }

    /// What every letter to a unit offers.
    private static let common: Set<String> = [
        "don_vi", "noi_tiep", "nguoi_lap", "co_lien_he", "lien_he", "viec", "ho_ten", "phong", "dien_thoai", "co_tep",
        "tep", "ten",
        "loai", "co", "ghi_chu", "tra_loi", "gio_nhan", "ngay_nhan", "gioi_han", "ma", "hop_thu_chung",
    ]
    private static let title: Set<String> = ["ten_bieu", "ten_ngan", "nam", "nam_hoac_ten", "ten"]
    private static let papers: Set<String> = ["con_thieu", "muc", "ma_mc", "ten", "vi_du"]
    private static let remarks: Set<String> = ["luu_y", "muc", "cho", "noi_dung", "con_nua", "giai_trinh"]

    private static func own(_ kind: NoticeKind) -> Set<String> {
        switch kind {
        case .reportReceipt:
            title.union(papers).union(remarks).union([
                "han", "van_ban_han", "ngay_han", "ban_thay", "ngay_cu", "chuyen_ldtbxh", "co_so_chinh", "so_chinh",
                "dong",
            ])
        case .nominationReceipt:
            title.union(papers).union(remarks).union([
                "noi_dung", "dot", "hinh_thuc", "co_kiem", "kiem", "dong", "danh_sach", "gui_truoc", "tt",
                "noi_dung_ngan", "trang_thai", "phan_bo", "so", "da_gui", "to_trinh",
            ])
        case .correctionRequest:
            title.union([
                "so_cho", "goi_dien", "lan", "can_bo", "tep_tra", "han_sua", "nhom", "so", "cho", "dang_ghi", "dieu",
                "con_nua", "xls", "bieu_moi", "da_bo", "ban_hieu_luc", "ngay_cu",
            ])
        case .severalWorkbooks:
            ["ket_qua_chung", "so_bieu", "bang", "tt", "ten_tep", "ket_qua", "phan", "tieu_de", "than"]
        case .standardNotMet:
            title.union([
                "so_tieu_chuan", "muc", "ten_tieu_chuan", "dieu", "so_lieu", "muc_yeu_cau", "tep_tra", "han", "quy_uoc",
                "van_ban_quy_uoc",
            ])
        case .alreadyReceived: title.union(["ngay_cu", "trang_thai", "can_sua"])
        case .evidenceAdded: title.union(papers).union(["gan", "ten_tep", "ten_mc", "chua_gan", "du"])
        case .unreadable: ["ten_tep", "ly_do", "cach_lam", "mau"]
        case .unitDisagreement: title.union(["don_vi_thu", "don_vi_bieu"])
        case .noWorkbook, .unverified, .stranger: []
        case .blankForms: ["bieu", "ten_tep", "dung_de", "nam", "han", "ngay_han", "van_ban_han"]
        case .reminder:
            [
                "gio", "ngay", "muc", "ten_bieu", "ten_ngan", "nam", "han", "ngay_han", "van_ban_han", "chua_gui",
                "dang_sua", "ngay_gui", "so_cho", "so_bieu", "mot", "sua", "qua_han", "hom_nay", "ngay_mai", "con_ngay",
            ]
        case .overdueList:
            [
                "cum", "ngay", "so_bieu", "muc", "ten_ngan", "nam", "ngay_han", "van_ban_han", "so", "don_vi_no", "tt",
                "ten", "lien_lac", "dang_sua", "ngay_gui", "mot",
            ]
        case .figuresFrozen: title.union(["ngay", "van_ban", "so_chinh", "dong"])
        case .returned, .declined, .withdrawn: title.union(["dot", "muc", "tt", "noi_dung"])
        case .awardedByDistrict, .decidedByProvince:
            [
                "co_quan_qd", "dot", "so_vb", "ngay_vb", "co_ten", "danh_sach", "tt", "ten", "hinh_thuc", "khong_khen",
                "ly_do", "le_trao", "noi_dung", "ban_quet",
            ]
        case .proposedToProvince: ["dot", "so_vb", "ngay_vb", "co_ten", "danh_sach", "tt", "ten", "hinh_thuc"]
        case .opinionRequest:
            title.union(["dot", "don_vi_trinh", "han", "cau_hoi", "tt", "noi_dung", "duong_dan"])
        case .dailyDigest: ["ngay", "tu", "den", "tom_tat", "muc", "viec", "ten", "duong_dan"]
        case .technicalAlarm: ["su_co", "muc", "viec", "tu", "chi_tiet", "cach_lam"]
        case .stageClosed: title.union(["dot", "ngay_dong"])
        }
    }
}
