import Ledger

/// The menu, in the office's order, and who may go where.
enum Place: String, Sendable, CaseIterable {
    case today, reports, dossiers, lists, figures, letters, units, calendar, exports, administration

    var path: String {
        switch self {
        case .today: "/"
        case .reports: "/bao-cao"
        case .dossiers: "/ho-so"
        case .lists: "/danh-sach"
        case .figures: "/so-lieu"
        case .letters: "/thu"
        case .units: "/don-vi"
        case .calendar: "/ky-dot"
        case .exports: "/xuat"
        case .administration: "/quan-tri"
        }
    }

    var label: String {
        switch self {
        case .today: "Hôm nay"
        case .reports: "Báo cáo"
        case .dossiers: "Hồ sơ khen thưởng"
        case .lists: "Danh sách trình"
        case .figures: "Số liệu"
        case .letters: "Thư"
        case .units: "Đơn vị"
        case .calendar: "Kỳ, đợt, biểu mẫu"
        case .exports: "Xuất"
        case .administration: "Quản trị"
        }
    }

    func isOpen(to role: Role) -> Bool {
        switch self {
        case .today: true
        case .reports, .figures: role != .administrator
        case .dossiers, .exports, .calendar: [.interior, .head, .labour].contains(role)
        // A reader sees lists once they are decided, the Labour office questions that are its own to answer.
        case .lists: role != .administrator
        case .letters, .units: role != .reader
        case .administration: role == .administrator
        }
    }
}
