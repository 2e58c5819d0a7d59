import Foundation
import Intake
import Ledger
import Records
import Review
import Vietnamese

/// The console's words for what the ledger names.
enum Wording {
    static func role(_ role: Role) -> String {
        switch role {
        case .interior: "Phòng Nội vụ"
        case .head: "Lãnh đạo phòng"
        case .labour: "Phòng Lao động - TB&XH"
        case .administrator: "Quản trị"
        case .reader: "Người xem"
        }
    }

    static func state(_ state: DossierState) -> String {
        switch state {
        case .needsCorrection: "Chờ đơn vị sửa"
        case .standardNotMet: "Chưa đáp ứng"
        case .queued: "Chờ thẩm định"
        case .inReview: "Đang thẩm định"
        case .returned: "Chờ đơn vị bổ sung"
        case .declined: "Không trình"
        case .proposedToDistrict: "Trong danh sách trình huyện"
        case .awardedByDistrict: "Huyện đã khen"
        case .proposedToProvince: "Đã trình tỉnh"
        case .awarded: "Tỉnh đã khen"
        case .notAwarded: "Không được khen"
        case .withdrawn: "Đơn vị rút"
        }
    }

    /// What a button says, and what will happen.
    static func move(_ move: DossierMove) -> (label: String, effect: String) {
        switch move {
        case .take: ("Nhận việc", "Hồ sơ đứng tên anh/chị; không có thư nào gửi đi.")
        case .queue: ("Tiếp nhận kèm lý do", "Hồ sơ vào hàng chờ thẩm định; không có thư nào gửi đi.")
        case .return: ("Đề nghị bổ sung", "Gửi thư cho đơn vị: mỗi dòng lý do là một mục cần bổ sung.")
        case .decline: ("Không trình", "Gửi thư cho đơn vị kèm lý do, sau khi lãnh đạo phòng duyệt.")
        case .proposeToDistrict: ("Đưa vào danh sách trình", "Không có thư nào gửi đi.")
        case .awardByDistrict: ("Ghi quyết định của huyện", "Ghi số và ngày quyết định vào ô lý do.")
        case .proposeToProvince: ("Đưa vào danh sách trình tỉnh", "Không có thư nào gửi đi.")
        case .award: ("Ghi quyết định của tỉnh", "Ghi số và ngày quyết định vào ô lý do.")
        case .refuse: ("Ghi không được khen", "Ghi lý do; không có thư nào gửi đi.")
        case .withdraw: ("Đồng ý cho rút", "Gửi thư xác nhận cho đơn vị.")
        case .reopen: ("Mở lại", "Hồ sơ về hàng chờ thẩm định; cần lý do.")
        }
    }

    static func level(_ level: BatchRecord.Level) -> String {
        switch level {
        case .district: "đề nghị huyện khen"
        case .province: "đề nghị tỉnh khen"
        }
    }

    /// How far a list has come.
    static func step(_ batch: BatchRecord) -> String {
        if batch.isTold { return "đã viết thư" }
        if batch.decision != nil { return "có quyết định, chờ viết thư" }
        if batch.proposal != nil { return "đã trình, chờ quyết định" }
        return batch.council == nil ? "mới lập" : "đã họp Hội đồng, chờ tờ trình"
    }

    static func verdict(_ verdict: Assessment.Verdict) -> String {
        switch verdict {
        case .met: "Đạt"
        case .unmet: "Chưa đạt"
        case .notApplicable: "Không áp dụng"
        case .incomplete: "Cần bổ sung"
        }
    }

    static func standing(_ standing: RevisionStanding) -> String {
        switch standing {
        case .filed: "được tính"
        case .superseded: "đã thay"
        case .failed: "cần sửa"
        case .waiting: "chờ quyết định"
        }
    }

    static func severity(_ severity: Severity) -> String {
        switch severity {
        case .error: "Lỗi"
        case .standard: "Tiêu chuẩn"
        case .warning: "Lưu ý"
        case .review: "Cần xem"
        case .note: "Ghi chú"
        }
    }

    static func notice(_ state: NoticeState) -> String {
        switch state {
        case .pending: "chờ gửi"
        case .sending: "đang gửi"
        case .sent: "đã giao máy chủ thư"
        case .deferred: "máy chủ hẹn gửi lại"
        case .failed: "không gửi được"
        case .unknown: "chưa rõ đã tới chưa"
        case .held: "chờ duyệt"
        case .dropped: "đã hủy"
        }
    }

    static func duty(_ state: DutyState) -> String {
        switch state {
        case .missing: "Chưa có"
        case .correction: "Chờ sửa"
        case .waiting: "Chờ quyết định"
        case .filed: "Đã nhận"
        }
    }

    static func reason(_ reason: ProposalReadiness.Reason) -> String {
        switch reason {
        case .unassessed(let count): "còn \(count) tiêu chuẩn chưa xét"
        case .open(let count): "còn \(count) tiêu chuẩn chưa đạt hoặc cần bổ sung"
        case .outdated(let count): "\(count) tiêu chuẩn xét trên bản cũ, cần xét lại"
        case .noOpinion: "chưa có ý kiến Phòng Lao động - TB&XH"
        }
    }

    static func number(_ number: Decimal, decimals: Int) -> String {
        Vietnamese.formatNumber(number, fractionDigits: decimals)
    }

    /// Words for what the trail names; an action that has none yet stands as it is.
    static func action(_ action: String) -> String { actions[action] ?? action }

    private static let actions = [
        "dossier.move": "chuyển trạng thái", "dossier.assign": "giao việc", "standard.assess": "xét tiêu chuẩn",
        "labour.opinion": "ý kiến Phòng Lao động", "remark": "ghi chú", "file.open": "mở tệp", "export": "xuất",
        "session.open": "đăng nhập", "batch.open": "lập danh sách",
        "batch.council": "ghi họp Hội đồng", "batch.propose": "ghi tờ trình", "batch.decide": "ghi quyết định",
        "batch.tell": "viết thư kết quả", "account.add": "thêm tài khoản", "account.password": "đổi mật khẩu",
        "account.role": "đổi vai trò", "account.disable": "khóa tài khoản", "account.enable": "mở tài khoản",
        "notice.release": "duyệt thư",
        "mail.by-hand": "nộp thay", "period.freeze": "chốt số liệu", "notice.drop": "hủy thư",
        "report.accept": "tiếp nhận kèm lý do", "report.keep": "giữ bản đã chốt", "reminder.write": "viết thư nhắc",
        "forms.send": "viết thư gửi biểu mẫu",
    ]

    /// The trail's detail of a move, with the states in words.
    static func states(in detail: String) -> String {
        let parts = detail.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let moved = (parts.first ?? "").components(separatedBy: " → ")
        let words = moved.compactMap { DossierState(rawValue: $0).map(state) }
        guard words.count == moved.count else { return detail }
        return words.joined(separator: " → ") + (parts.count > 1 ? ":" + parts[1] : "")
    }

    static func nature(_ nature: String) -> String {
        [("A", "số liệu"), ("E", "tài liệu"), ("J", "người xét")].filter { nature.contains($0.0) }.map(\.1)
            .joined(separator: ", ")
    }

    static func day(_ instant: Date, _ zone: OfficeZone) -> String { day(CivilDate(instant, in: zone)) }

    static func day(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return Vietnamese.formatDate(year: year, month: month, day: day)
    }

    static func moment(_ instant: Date, _ zone: OfficeZone) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT
        let minutes = (seconds % 86_400 + 86_400) % 86_400 / 60
        let minute = minutes % 60
        return "\(minutes / 60):\(minute < 10 ? "0" : "")\(minute) \(day(instant, zone))"
    }
}
