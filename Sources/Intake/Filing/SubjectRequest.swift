import Vietnamese

/// What a mail without a workbook asks for by the beginning of its subject.
enum SubjectRequest {
    /// "Xin mẫu".
    case blankForms
    /// "Rút hồ sơ KT-2020-0017".
    case withdrawal

    /// - Parameter subject: with or without accents, also that of a reply.
    init?(_ subject: String) {
        var words = Vietnamese.folded(subject)
        while let reply = Self.replies.first(where: { words.hasPrefix($0) }) {
            words = String(words.dropFirst(reply.count)).trimmed
        }
        func begins(_ beginnings: String...) -> Bool { beginnings.contains { words.hasPrefix($0) } }
        if begins("xin mẫu", "xin mau") {
            self = .blankForms
        } else if begins("rút hồ sơ", "rut ho so") {
            self = .withdrawal
        } else {
            return nil
        }
    }

    /// What mail programs put before the subject of a reply.
    private static let replies = ["re:", "rep:", "trả lời:"]
}
