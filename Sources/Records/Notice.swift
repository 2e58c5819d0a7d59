package import Foundation

/// A letter of the office, ready to be put into the outbox.
package struct Notice: Hashable, Sendable, Codable {
    package let kind: NoticeKind
    /// A listed address, or the stranger's own.
    package let recipient: String
    /// Listed addresses that get the same letter for their information.
    package let copies: [String]
    package let subject: String
    /// The complete letter in plain text, 72 columns, lines ended by LF.
    package let text: String
    /// The same words as HTML.
    package let html: String
    package let attachments: [NoticeAttachment]

    package init(
        kind: NoticeKind, recipient: String, copies: [String] = [], subject: String, text: String, html: String,
        attachments: [NoticeAttachment] = []
    ) {
        self.kind = kind
        self.recipient = recipient
        self.copies = copies
        self.subject = subject
        self.text = text
        self.html = html
        self.attachments = attachments
    }
}

/// A file that goes out with a notice.
package struct NoticeAttachment: Hashable, Sendable, Codable {
    package let filename: String
    package let contentType: String
    package let bytes: Data

    package init(filename: String, contentType: String, bytes: Data) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// The kinds of notice; the raw value is the name of the template.
package enum NoticeKind: String, Sendable, Codable, CaseIterable {
    case reportReceipt = "bien_nhan"
    case nominationReceipt = "bien_nhan_ho_so"
    case correctionRequest = "can_sua"
    case severalWorkbooks = "tra_loi_chung"
    case standardNotMet = "chua_dap_ung"
    case alreadyReceived = "da_nhan_roi"
    case evidenceAdded = "da_bo_sung"
    case unreadable = "chua_doc_duoc"
    case noWorkbook = "khong_co_bieu"
    case stranger = "nguoi_la"
    case unverified = "chua_xac_minh"
    case unitDisagreement = "khac_don_vi"
    case blankForms = "gui_bieu"
    case reminder = "nhac"
    case overdueList = "danh_sach_chua_gui"
    case figuresFrozen = "chot_so_lieu"
    case stageClosed = "da_dong"
    case returned = "tra_lai"
    case declined = "khong_trinh"
    case withdrawn = "rut"
    case awardedByDistrict = "quyet_dinh"
    case proposedToProvince = "trinh_tinh"
    case decidedByProvince = "ket_qua_tinh"
    case opinionRequest = "xin_y_kien"
    case dailyDigest = "ban_tin"
    case technicalAlarm = "canh_bao"
}
