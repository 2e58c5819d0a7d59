import Vietnamese

/// What a mail without a workbook asks for by the beginning of its subject.
enum SubjectRequest {
    /// "Xin mẫu".
    case blankForms

    /// - Parameter subject: with or without accents, also that of a reply.
    init?(_ subject: String) {
        var words = Vietnamese.folded(subject)
        while let reply = Self.replies.first(where: { words.hasPrefix($0) }) {
            words = String(words.dropFirst(reply.count)).trimmed
        }
        guard ["xin mẫu", "xin mau"].contains(where: { words.hasPrefix($0) }) else { return nil }
        self = .blankForms
    }

    /// What mail programs put before the subject of a reply.
    private static let replies = ["re:", "rep:", "trả lời:"]
}
