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
        case .revoked: "Đã thu hồi khen thưởng"
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
        case .takeOff: ("Đưa ra khỏi danh sách", "Hồ sơ về đang thẩm định; cần lý do; không có thư nào gửi đi.")
        case .revoke: ("Thu hồi khen thưởng", "Ghi số, ngày quyết định thu hồi và lý do; không có thư nào gửi đi.")
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
        case .newer: "có bản mới chưa xem"
        case .papers(let ids): "thiếu " + ids.map(paper).joined(separator: ", ")
        case .noOpinion: "chưa có ý kiến Phòng Lao động - TB&XH"
        }
    }

    static func figures(_ figures: QueueFacts.Figures) -> String {
        switch figures {
        case .fitting: "phù hợp"
        case .below: "chưa tới mức"
        case .undecided: "chưa tính được"
        }
    }

    /// A paper without which a file is on no list.
    static func paper(_ id: String) -> String {
        switch id {
        case DossierPaper.coverLetter: "tờ trình của đơn vị"
        case "MC1": "báo cáo thành tích (MC1)"
        case "MC2": "biên bản họp xét (MC2)"
        default: id
        }
    }

    /// Why a file is not put forward, to choose from and to edit. Never another nominee's name.
    static let declineReasons = [
        "Chưa đáp ứng tiêu chuẩn …", "Thiếu tài liệu …", "Trùng với hồ sơ khác của cùng đối tượng",
        "Vượt số lượng phân bổ cho đơn vị", "Đang được xem xét theo nội dung khác", "Không đúng đối tượng",
    ]

    /// What the worker has marked a file with; words that it does not know stand as they are.
    static func flag(_ flag: String) -> String {
        if flag == "the unit asks to withdraw it" { return "đơn vị xin rút hồ sơ" }
        if flag.hasPrefix("a new revision has arrived") { return "có bản mới" }
        if flag.hasPrefix("it came after the stage") { return "gửi sau khi đợt đã đóng" }
        if let end = flag.firstRange(of: ", which its verdict read, has changed") {
            return "số liệu của \(flag[..<end.lowerBound]) mà hồ sơ này dùng đã thay đổi"
        }
        if let start = flag.firstRange(of: "figures moved after the notice of an unmet standard: ") {
            return "số liệu đổi sau thông báo chưa đáp ứng: \(flag[start.upperBound...])"
        }
        return flag
    }

    static func handling(_ handling: MailHandling) -> String {
        switch handling {
        case .answered: "đã trả lời"
        case .admitted: "đã giao máy nhận vào"
        case .left: "để lại"
        case .dropped: "bỏ"
        }
    }

    static func outcome(_ outcome: MessageOutcome) -> String {
        switch outcome {
        case .workbooks: "có biểu đã nhận"
        case .evidence: "có giấy tờ đã nhận"
        case .unreadable: "không đọc được tệp nào"
        case .question: "thư hỏi, không có biểu"
        case .repeated: "đã có từ trước"
        case .automatic: "thư tự động, không trả lời"
        case .old: "thư cũ, chỉ lưu"
        case .stranger: "người gửi chưa có trong danh bạ"
        case .unverified: "chưa xác minh được người gửi"
        case .refused: "máy chủ của người gửi không nhận thư này"
        case .quarantined: "bị giữ vì lý do kỹ thuật"
        }
    }

    static func role(of file: ReceivedFile.Role) -> String {
        switch file {
        case .workbook: "biểu"
        case .evidence: "giấy tờ"
        case .wrapper: "tệp gói, đã mở"
        case .unreadable: "không đọc được"
        case .ignored: "bỏ qua (ảnh chữ ký, tệp tạm)"
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
        "batch.tell": "viết thư kết quả", "batch.order": "xếp thứ tự", "batch.remove": "đưa ra khỏi danh sách",
        "batch.scan": "đính bản quét", "dossier.revision": "dùng bản", "paper.original": "đã có bản chính",
        "paper.no-original": "chưa có bản chính", "paper.place": "gắn giấy tờ", "opinion.ask": "hỏi ý kiến",
        "opinion.answer": "ghi ý kiến", "nominee.same": "là cùng một đối tượng với",
        "nominee.other": "không phải cùng đối tượng với", "mail.handle": "xử lý thư", "mail.admit": "nhận thư vào",
        "address.request": "ghi địa chỉ chờ vào danh bạ", "notice.reword": "sửa lời thư",
        "account.add": "thêm tài khoản", "account.password": "đổi mật khẩu",
        "account.role": "đổi vai trò", "account.disable": "khóa tài khoản", "account.enable": "mở tài khoản",
        "notice.release": "duyệt thư",
        "mail.by-hand": "nộp thay", "period.freeze": "chốt số liệu", "notice.drop": "hủy thư",
        "report.accept": "tiếp nhận kèm lý do", "report.keep": "giữ bản đã chốt", "reminder.write": "viết thư nhắc",
        "forms.send": "viết thư gửi biểu mẫu", "forms.apply": "áp dụng biểu mẫu",
    ]

    /// The trail's detail of what was done to a file, in the office's words.
    static func detail(_ entry: AuditEntry) -> String {
        switch entry.action {
        case "labour.opinion":
            let parts = entry.detail.split(separator: ":", maxSplits: 1)
            let agrees = parts.first == "agrees" ? "đồng ý" : "không đồng ý"
            return parts.count > 1 ? "\(agrees):\(parts[1])" : agrees
        case "standard.assess":
            let parts = entry.detail.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return entry.detail }
            let given = parts[1].split(separator: ":", maxSplits: 1)
            let words = given.first.flatMap { Assessment.Verdict(rawValue: String($0)) }.map(verdict)
            return "\(parts[0]): \(words ?? "")" + (given.count > 1 ? " (\(given[1].trimmed))" : "")
        case "opinion.ask":
            guard entry.detail.hasPrefix("labour, ") else { return entry.detail }
            return "Phòng Lao động - TB&XH, " + entry.detail.dropFirst("labour, ".count)
        default: return states(in: entry.detail)
        }
    }

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
