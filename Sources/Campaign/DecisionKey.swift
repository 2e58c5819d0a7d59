/// The questions that the plan of the movement leaves open. Every office answers them before the first letter, in the sheet
/// `quy_uoc` of plan.xlsx; forms look them up there, and the program reads some itself.
package enum DecisionKey: String, Sendable, CaseIterable {
    case incomeBaseYear = "nam_goc_thu_nhap"
    case incomeLastYear = "nam_cuoi_2020"
    case timesOrMore = "gap_lan"
    case nearPoorIsPoorAgain = "can_ngheo_la_tai_ngheo"
    case sponsorsCombined = "ket_hop_2_6"
    case sponsorsValuePeriod = "ky_tinh_200tr"
    case sponsorsHouseholdsPeriod = "ky_tinh_10_ho"
    case disciplinePeriod = "ky_ky_luat"
    case targetYears = "nam_xet_5b"
    case reachedAndExceeded = "dat_va_vuot"
    case showsThreshold = "hien_muc"
    case collectsHouseholds = "danh_sach_ho"
    case districtAuthority = "co_quan_qd_huyen"
    case districtReward = "hinh_thuc_huyen"
    case opensProvince = "trinh_tinh_can_khen_nao"
    case partTimers = "khong_chuyen_trach"

    /// The values that rules know; nil for a text of the office's own.
    package var values: [String]? {
        switch self {
        case .incomeBaseYear: ["2015", "2016"]
        case .incomeLastYear: ["2019", "2020"]
        case .timesOrMore: ["den", "them"]
        case .nearPoorIsPoorAgain, .showsThreshold, .collectsHouseholds: ["khong", "co"]
        case .sponsorsCombined: ["mot", "ca_ba"]
        case .sponsorsValuePeriod: ["ca_giai_doan", "mot_nam"]
        case .sponsorsHouseholdsPeriod: ["mot_nam", "moi_nam"]
        case .disciplinePeriod: ["tu_2016", "nam_xet"]
        case .reachedAndExceeded: ["lon_hon_hoac_bang", "lon_hon"]
        case .opensProvince: ["mot_trong_hai_dot", "so_ket", "tong_ket"]
        case .partTimers: ["khong_ap_dung", "ap_dung"]
        case .targetYears, .districtAuthority, .districtReward: nil
        }
    }

    /// Whether a rule can read the value: one of those it knows, or spans of years for both stages.
    func accepts(_ value: String) -> Bool {
        if self == .targetYears { return value.wholeMatch(of: /20\d\d-20\d\d; *20\d\d-20\d\d/) != nil }
        return values?.contains(value) ?? true
    }
}

extension Plan {
    /// Whether the district's award of a stage opens the way to the province: the mid-term stage is the one whose years end
    /// first.
    package func opensProvince(_ stage: String) -> Bool {
        let value = decision(.opensProvince)?.value ?? ""
        guard value == "so_ket" || value == "tong_ket" else { return true }
        let ordered = stages.sorted { ($0.years?.upperBound ?? .max) < ($1.years?.upperBound ?? .max) }
        return stage == (value == "so_ket" ? ordered.first : ordered.last)?.code
    }

    package func decision(_ key: DecisionKey) -> Decision? { decision(key.rawValue) }
}
