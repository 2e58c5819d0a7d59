/// What others have written, made fit for a letter: one line, of limited length, nothing that a mail program turns into a
/// link. A letter of the office must not carry a stranger's address to click on.
enum Quotation {
    static let longest = 300
    static let longestName = 100
    /// Stands for a link; part of a quotation, not of any language.
    static let linkMark = "[…]"

    /// A value or a sentence with values in it.
    static func text(_ text: String, longest: Int = longest) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { isInvisible($0) } }
        // Look at no more words than can be shown: the text may be a whole novel.
        let shown = words.prefix(longest).map { isLink($0) ? linkMark[...] : $0 }.joined(separator: " ")
        return shown.count > longest ? shown.prefix(longest - 1) + "…" : shown
    }

    /// A file's name or a person's, as sent.
    static func name(_ name: String) -> String { text(name, longest: longestName) }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Controls, and formats such as those that turn the direction of writing.
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Top-level names that mail programs recognise without a scheme. File endings are not among them.
    private static let domains: Set<String> = [
        "com", "net", "org", "vn", "info", "io", "ru", "cn", "xyz", "top", "site", "online", "click", "link", "club",
        "shop", "biz", "me", "co", "cc", "tk", "ly", "gl", "app", "dev", "page", "live", "store", "icu", "vip", "asia",
    ]

    private static func isLink(_ word: Substring) -> Bool {
        let word = word.lowercased()
        if word.contains("://") || word.contains("www.") || word.contains("mailto:") { return true }
        let host = word.split { "/:?#".contains($0) }.first ?? ""
        let labels = host.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")) }
            .filter { $0.contains(".") }.compactMap { $0.split(separator: ".").last }
        return labels.contains { domains.contains(String($0)) }
    }
}

extension String {
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
