import Foundation
import Vietnamese

/// Every Vietnamese word that the product itself puts into an entry workbook; all else comes from the form.
enum EntryWording {
    static let unit = "Đơn vị"
    static let period = "Năm"
    static let stage = "Đợt"
    static let receipt = "Mã tiếp nhận"
    static let ordinal = "TT"
    static let required = "*"

    static let legendFill = "Ô vàng: ghi số liệu"
    static let legendComputed = "Ô xám: máy tính hoặc in sẵn, không ghi"
    static let legendRequired = "Dấu *: bắt buộc"
    static let computed = "(máy tính)"
    static func year(_ year: String) -> String { "\(period) \(year)" }
    /// `Số khẩu năm 2016` without its year is `Số khẩu`; `Cuối năm` stays what it is.
    static func withoutYearWord(_ text: String) -> String {
        let words = text.split(separator: " ")
        return words.count > 2 && words.last?.lowercased() == "năm" ? words.dropLast().joined(separator: " ") : text
    }
    static let tick = "x"
    static let attachmentHint = "Ghi tên tệp đính kèm, hoặc để trống nếu tên tệp bắt đầu bằng mã MC."

    static let preparedBy = "NGƯỜI LẬP BIỂU"
    static let preparedByNote = "(Ký, ghi rõ họ tên)"
    static let headOfUnit = "THỦ TRƯỞNG ĐƠN VỊ"
    static let headOfUnitNote = "(Ký, đóng dấu, ghi rõ họ tên)"
    static let dateLine = "Ngày …… tháng …… năm ……"

    static let checkTitle = "Xin kiểm tra"
    static let wholeNumber = "Ô này ghi số nguyên, chỉ gồm chữ số."
    static let decimal = "Ô này ghi số; phần lẻ sau dấu phẩy, ví dụ 4,08."
    static func range(_ range: RangeLimits) -> String {
        let ends = [range.lowest, range.highest].map { Vietnamese.formatNumber($0) }.joined(separator: " đến ")
        return "Ô này ghi số từ \(ends), cách nhau \(Vietnamese.formatNumber(abs(range.step)))."
    }
    static let date = "Ô này ghi ngày/tháng/năm, ví dụ 05/12/2019."
    static let list = "Xin chọn trong danh sách thả xuống."
    static let listOpen = "Mục này chưa có trong danh sách. Vẫn ghi?"

    static let otherSheet = "Nội dung"
    static let correctionSheet = "Cần sửa"
    /// The first line of a comment on a cell to be corrected; nobody else begins one with it.
    static let correctionHeading = "■ Cần sửa"
    /// Whose the comments are.
    static let office = "Phòng Nội vụ"
    static let correctionTitle = "CÁC CHỖ CẦN SỬA"
    static let correctionGuide =
        "Bấm vào cột Ô để tới ô cần sửa. Số liệu đúng thì giữ nguyên và ghi lý do vào cột cuối, rồi gửi lại tệp này."
    /// Before what a sender may leave as it is.
    static let optional = "Không bắt buộc: "
    static let correctionHeads = [
        "TT", "Trang", "Ô", "Mục", "Đang ghi", "Đề nghị", "Giải trình nếu số liệu đúng",
    ]

    /// In a label, the words that say that a number is an amount of money, shown with separators of thousands.
    static let moneyMarks = ["(đồng", "đồng)"]
}
