import Hummingbird

/// What is shown in place of a page.
struct TroublePage: Page {
    let words: String

    init(words: String) { self.words = words }

    init(_ status: HTTPResponse.Status) {
        words =
            switch status {
            case .forbidden: "Trang này không dành cho tài khoản của anh/chị. Cần thì gọi người quản trị."
            case .notFound: "Không có trang này. Có thể mã đã gõ sai."
            case .contentTooLarge: "Nội dung gửi lên quá dài. Quay lại và rút gọn."
            default: "Trang chưa mở được. Thử lại; nếu vẫn vậy thì gọi người quản trị, nhật ký của máy chủ nói rõ hơn."
            }
    }

    static let forged = TroublePage(
        words:
            "Trang này đã mở quá lâu hoặc được gửi từ nơi khác, nên chưa ghi gì. Quay lại, tải lại trang rồi làm lại.")

    var title: String { "Chưa được" }
    static let place: Place? = nil
    static let template = """
        <h1>Chưa được</h1>
        <p role="alert">{{words}}</p>
        <p><a href="/">Về trang Hôm nay</a></p>
        """
}
