import Foundation
import Ledger

/// The words of the exports.
enum ExportWording {
    static let officialHead = [
        ("UBND HUYỆN CAN LỘC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"),
    ]
    static let signers = ("NGƯỜI LẬP BIỂU", "TRƯỞNG PHÒNG")

    static let communesSheet = "Xã, thị trấn"
    static let resourcesSheet = "Xã - nguồn lực"
    static let departmentsSheet = "Phòng, ban, ngành"
    static let organisationsSheet = "MTTQ, đoàn thể"
    static let poorSheet = "Hộ nghèo"
    static let nearPoorSheet = "Hộ cận nghèo"
    static let matrixSheet = "Ma trận báo cáo"
    static let proposalsSheet = "Kiến nghị"
    static let sponsorsSheet = "Nhà tài trợ"
    static let sponsoredSheet = "Địa chỉ đỡ đầu"
    static let notesSheet = "Chú thích"

    static func title(_ year: Int) -> String {
        "TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA NĂM \(year) THEO CHỈ TIÊU VÀ ĐƠN VỊ"
    }
    static func resourcesTitle(_ year: Int) -> String { "NGUỒN LỰC CỦA CÁC XÃ, THỊ TRẤN NĂM \(year)" }
    static func departmentsTitle(_ year: Int) -> String { "KẾT QUẢ CỦA CÁC PHÒNG, BAN, NGÀNH NĂM \(year)" }
    static func organisationsTitle(_ year: Int) -> String {
        "KẾT QUẢ CỦA MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ NĂM \(year)"
    }
    static func poorTitle(_ year: Int) -> String { "DIỄN BIẾN HỘ NGHÈO NĂM \(year)" }
    static func nearPoorTitle(_ year: Int) -> String { "DIỄN BIẾN HỘ CẬN NGHÈO NĂM \(year)" }
    static func matrixTitle(_ year: Int) -> String { "TÌNH HÌNH GỬI BÁO CÁO NĂM \(year)" }
    static func proposalsTitle(_ year: Int) -> String { "TỔNG HỢP KIẾN NGHỊ, VƯỚNG MẮC NĂM \(year)" }
    static func sponsorsTitle(_ year: Int) -> String { "NHÀ TÀI TRỢ VÀ ĐỊA CHỈ NHẬN HỖ TRỢ ĐẾN NĂM \(year)" }
    static func sponsoredTitle(_ year: Int) -> String { "ĐỊA CHỈ ĐƯỢC CÁC CƠ QUAN, ĐƠN VỊ ĐỠ ĐẦU ĐẾN NĂM \(year)" }
    static func notesTitle(_ year: Int) -> String { "CHÚ THÍCH SỐ LIỆU NĂM \(year)" }

    static let day = "ngày"

    static func remark(made: String, frozen: String?, reported: Int, of count: Int, isOfficial: Bool) -> String {
        let when = frozen.map { "Số liệu chốt ngày \($0), lập lúc \(made)" } ?? "Số liệu lập lúc \(made)"
        return "\(when), gồm \(reported)/\(count) xã, thị trấn; \(isOfficial ? "chính thức" : "tạm tính")"
    }

    // MARK: Heads

    static let number = "TT"
    static let unit = "Đơn vị"
    static let total = "Tổng cộng"
    static let urban = "Khu vực thành thị"
    static let rural = "Khu vực nông thôn"
    static let householdsAtEnd = "Tổng số hộ cuối năm"
    static let poor = "Hộ nghèo"
    static let nearPoor = "Hộ cận nghèo"
    static let opening = "Đầu năm"
    static let closing = "Cuối năm"
    static let openingRate = "Tỷ lệ đầu năm (%)"
    static let closingRate = "Tỷ lệ cuối năm (%)"
    static let reduction = "Mức giảm (điểm %)"
    static let target = "Chỉ tiêu giảm"
    static let againstTarget = "So chỉ tiêu"
    static let ownPlan = "Hộ có kế hoạch riêng"
    static let registered = "Hộ đăng ký thoát nghèo"
    static let sponsored = "Hộ được đỡ đầu"
    static let sponsoredEscaped = "Hộ đỡ đầu đã thoát"
    static let budget = "Ngân sách ưu tiên (đồng)"
    static let funds = "Kinh phí (đồng)"
    static let given = "Được giao"
    static let spent = "Đã sử dụng"
    static let settled = "Đã quyết toán"
    static let resources = "Nguồn lực huy động (đồng)"
    static let pilots = "Thôn làm điểm"
    static let fundRules = "Quy chế vốn"
    static let nature = "Tính chất số liệu"
    static let receipt = "Mã tiếp nhận"
    static let notReported = "chưa báo cáo"
    static let documents = "Văn bản đã ban hành"
    static let documentsInTime = "Đúng hạn được giao"
    static let policyProposals = "Kiến nghị chính sách"
    static let sponsoredPlaces = "Địa chỉ đỡ đầu"
    static let value = "Giá trị (đồng)"
    static let escaped = "Thoát nghèo"
    static let raised = "Huy động (đồng)"
    static let gratitudeFund = "Quỹ đền ơn (đồng)"
    static let inspections = "Cuộc kiểm tra"
    static let news = "Tin, bài"
    static let meetings = "Số cuộc"
    static let participants = "Số lượt"
    static let movements = "Phong trào"
    static let movementResults = "Kết quả phong trào"
    static let helpedHouseholds = "Hộ được giúp"
    static let newHouses = "Nhà mới"
    static let repairedHouses = "Nhà sửa"
    static let poorMembers = "Hội viên nghèo"
    static let sponsorValue = "Đỡ đầu (đồng)"
    static let poorFundIn = "Quỹ Vì người nghèo: thu"
    static let poorFundOut = "Quỹ Vì người nghèo: chi"
    static let escapedInYear = "Thoát trong năm"
    static let otherLoss = "Giảm khác"
    static let again = "Tái nghèo, tái cận nghèo"
    static let new = "Phát sinh mới"
    static let otherGain = "Tăng khác"
    static let among = "Trong số cuối năm"
    static let minority = "Dân tộc thiểu số"
    static let socialProtection = "Bảo trợ xã hội"
    static let merit = "Người có công"
    static let households = "Số hộ"
    static let rateHead = "Tỷ lệ (%)"
    static let proposal = "Nội dung kiến nghị"
    static let planChange = "Đề nghị điều chỉnh Kế hoạch"
    static let proposalGroup = "Nhóm"
    static let handledBy = "Cơ quan xử lý"
    static let reply = "Trả lời"
    static let cluster = "Cụm"
    static let contact = "Lãnh đạo, đầu mối, điện thoại"
    static let reminders = "Số lần nhắc"
    static let callNotes = "Ghi chú gọi"

    static let cellMissing = "chưa có"
    static func cellCorrection(_ day: String) -> String { "chờ sửa (\(day))" }
    static func cellWaiting(_ day: String) -> String { "chờ Phòng xem (\(day))" }

    static let sponsor = "Bên đỡ đầu"
    static let sponsorKind = "Loại"
    static let place = "Địa chỉ nhận (xã, thôn)"
    static let registration = "Đăng ký (số, ngày)"
    static let helped = "Hộ giúp"
    static let helpedEscaped = "Hộ thoát"
    static let nominated = "Đã đề nghị khen (mã)"

    // MARK: The list of nominees

    static let nominationsTitle = "DANH SÁCH TRÍCH NGANG ĐỀ NGHỊ KHEN THƯỞNG"
    static func nominationsRemark(stage: String?, day: String, count: Int) -> String {
        [stage, "lập ngày \(day)", "\(count) trường hợp"].compactMap(\.self).joined(separator: "; ")
    }
    static let collectives = "Tập thể"
    static let individuals = "Cá nhân"
    static let householdNominees = "Hộ gia đình"
    static let sponsors = "Tổ chức, doanh nghiệp, NHT"
    static let nominee = "Họ và tên, tên tập thể"
    static let position = "Chức vụ, đơn vị, địa chỉ"
    static let content = "Nội dung"
    static let achievement = "Tóm tắt thành tích"
    static let awardedBefore = "Đã được khen (QĐ, năm)"
    static let reward = "Hình thức đề nghị"
    static let proposer = "Đơn vị trình, số tờ trình"
    static let labourOpinion = "Ý kiến Phòng LĐ-TB&XH"
    static let councilResult = "Kết quả họp Hội đồng"
    static let note = "Ghi chú"

    // MARK: Lists of awards, and what goes with them

    static let provinceTitle = "DANH SÁCH ĐỀ NGHỊ UBND TỈNH KHEN THƯỞNG"
    static let districtDecision = "Quyết định khen của huyện (số, ngày)"
    static let announcementTitle = "DANH SÁCH ĐƯỢC KHEN THƯỞNG TRONG PHONG TRÀO THI ĐUA"
    static let ceremonyTitle = "DANH SÁCH TRAO THƯỞNG"
    static let registerTitle = "SỔ THEO DÕI HỒ SƠ KHEN THƯỞNG"
    static let listSheet = "Danh sách"
    static let hamletOrUnit = "Thôn, xã hoặc đơn vị"
    static let rewardGiven = "Hình thức"
    static let decisionHead = "Quyết định"
    static let sum = "Mức thưởng"
    static let signature = "Ký nhận"
    static let file = "Mã hồ sơ"
    static let oneStopNumber = "Mã một cửa"
    static let cameIn = "Ngày đến"
    static let proposingUnit = "Đơn vị trình"
    static let officer = "Người thẩm định"
    static let returned = "Ngày yêu cầu bổ sung"
    static let cameBack = "Ngày bổ sung"
    static let opinionDay = "Ngày có ý kiến"
    static let councilDay = "Ngày họp Hội đồng"
    static let coverLetter = "Tờ trình"
    static let result = "Kết quả"
    static let told = "Ngày báo đơn vị"

    static func count(_ count: Int) -> String { "Cộng: \(count)" }
    static func decision(_ document: BatchRecord.Document) -> String {
        "\(document.number) ngày \(ConsolidatedReport.day(document.day))"
    }
    static func opinion(_ opinion: Opinion) -> String {
        (opinion.agrees ? "đồng ý" : "không đồng ý") + (opinion.words.isEmpty ? "" : ": \(opinion.words)")
    }
    static func state(_ state: DossierState) -> String {
        switch state {
        case .needsCorrection: "chờ đơn vị sửa"
        case .standardNotMet: "chưa đáp ứng"
        case .queued: "chờ thẩm định"
        case .inReview: "đang thẩm định"
        case .returned: "chờ đơn vị bổ sung"
        case .declined: "không trình"
        case .proposedToDistrict: "đang trình huyện"
        case .awardedByDistrict: "huyện khen"
        case .proposedToProvince: "đang trình tỉnh"
        case .awarded: "tỉnh khen"
        case .notAwarded: "không được khen"
        case .withdrawn: "đơn vị rút"
        case .revoked: "đã thu hồi"
        }
    }

    // MARK: Households

    static let householdsSheet = "Danh sách hộ"
    static func householdsTitle(_ year: Int) -> String { "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM \(year)" }
    static func internalRemark(who: String, day: String, count: Int) -> String {
        "NỘI BỘ, không phổ biến; \(who) xuất ngày \(day); \(count) hộ"
    }
    static func watermark(who: String) -> String { "NỘI BỘ - \(who)" }

    // MARK: The appraisal sheet

    static let appraisalTitle = "PHIẾU THẨM ĐỊNH HỒ SƠ KHEN THƯỞNG"
    static let appraisalSheet = "Phiếu thẩm định"
    static let clause = "Mục"
    static let standard = "Tiêu chuẩn"
    static let basis = "Số liệu hoặc tài liệu"
    static let verdictHead = "Người thẩm định"
    static let scanned = "bản quét"
    static let original = "bản chính"
    static let lacking = "chưa có"
    static let unitsLetter = "Tờ trình, danh sách của đơn vị"
    static let papers = "Hồ sơ"
    static let noOpinion = "chưa có"
    static let proposes = "Đề nghị"
    static func verdict(_ verdict: Assessment.Verdict) -> String {
        switch verdict {
        case .met: "Đạt"
        case .unmet: "Chưa đạt"
        case .notApplicable: "Không áp dụng"
        case .incomplete: "Cần bổ sung"
        }
    }

    // MARK: Notes

    static let noteHead = "Mục"
    static let noteText = "Nội dung"
    static let poorRate = "Tỷ lệ hộ nghèo toàn huyện"
    static let nearPoorRate = "Tỷ lệ hộ cận nghèo toàn huyện"
    static let missing = "Đơn vị chưa có báo cáo"

    static func rate(_ rate: Decimal, count: String) -> String {
        "\(decimal(rate)) %" + (count.isEmpty ? "" : " (\(count) xã, thị trấn)")
    }
    static func points(_ points: Decimal) -> String { "\(decimal(points)) điểm %" }
    static func withLastYear(_ name: String) -> String { "\(name), đơn vị chưa báo cáo lấy số cuối năm trước" }
    static func fall(_ name: String) -> String { "\(name): mức giảm trong năm" }

    private static func decimal(_ number: Decimal) -> String {
        "\(number)".replacingOccurrences(of: ".", with: ",")
    }

    static let notes = [
        (
            "Cách tính tỷ lệ",
            "Tổng số hộ nghèo (cận nghèo) chia tổng số hộ dân cư, không lấy trung bình tỷ lệ của các xã."
        ),
        ("Mức giảm", "Tỷ lệ đầu năm trừ tỷ lệ cuối năm, tính bằng điểm phần trăm."),
        ("Mục tiêu của Kế hoạch", "Tỷ lệ hộ nghèo đến năm 2020 dưới 5 %; giảm bình quân mỗi năm 1 - 2 điểm %."),
        ("Tỷ lệ của diễn biến", "Số hộ thoát, giảm, tái, phát sinh, tăng trong năm chia tổng số hộ cuối năm."),
    ]
}
