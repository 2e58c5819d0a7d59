/// What others have written, made fit for a letter: one line, of limited length, nothing that a mail program turns into a
/// link. A letter of the office must not carry a stranger's address to click on.
enum Quotation {
    static let longest = 300
    static let longestName = 100
    /// Stands for a link; part of a quotation, not of any language.
    static let linkMark = "[…]"

    /// A value or a sentence with values in it.
    static func text(_ text: String, longest: Int = longest) -> String {
        if isFit(text.utf8, longest: longest) { return text }
        var output = ""
        var word = String.UnicodeScalarView()
        func finishWord() {
            guard !word.isEmpty else { return }
            if !output.isEmpty { output += " " }
            let finished = String(word)
            output += isLink(finished) ? linkMark : finished
            word.removeAll()
        }
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                finishWord()
                // More than can be shown; the rest of a whole novel is not looked at.
                if output.utf8.count > longest * 16 { break }
            } else {
                word.append(scalar)
            }
        }
        finishWord()
        // A character takes at least a byte.
        guard output.utf8.count > longest, output.count > longest else { return output }
        return output.prefix(longest - 1) + "…"
    }

    /// A file's name or a person's, as sent.
    static func name(_ name: String) -> String { text(name, longest: longestName) }

    /// Whether a text can stay as it is, which nearly all can: short, nothing but Latin letters and single spaces between
    /// words, none of which could be a link. A false no costs only the longer way.
    private static func isFit(_ bytes: String.UTF8View, longest: Int) -> Bool {
        guard bytes.count <= longest, bytes.first != .space else { return false }
        var before = UInt8.space
        // The last dot or colon and what stood before it, until the next byte tells what it is.
        var beforeMark: UInt8?
        for byte in bytes {
            if let previous = beforeMark {
                // A top-level name is letters; a dot behind a `w` may be that of `www.`.
                let isWithinWord =
                    before == UInt8(ascii: ":") ? byte != .space : byte.isLetter || previous | 0x20 == 0x77
                if isWithinWord { return false }
                beforeMark = nil
            }
            switch byte {
            case .space where before == .space: return false
            case UInt8(ascii: "."), UInt8(ascii: ":"): beforeMark = before
            case 0x20...0x7E: break
            // Of two bytes: U+00C0 to U+036F. Of three: U+1E00 to U+1EFF, told by the second byte.
            case 0xC3...0xCD, 0xE1: break
            case 0x80...0xBF where before == 0xE1: if byte < 0xB8 || byte > 0xBB { return false }
            case 0x80...0xBF: break
            default: return false
            }
            before = byte
        }
        return before != .space
    }

    /// White space, controls, and formats such as those that turn the direction of writing.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0xA0, 0xAD: return true
        // Latin letters and their marks, Vietnamese ones among them.
        case 0x21...0x36F, 0x1E00...0x1EFF: return false
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
            default: return false
            }
        }
    }

    /// Top-level names that mail programs recognise without a scheme. File endings are not among them.
    private static let domains: Set<String> = [
        "com", "net", "org", "vn", "info", "io", "ru", "cn", "xyz", "top", "site", "online", "click", "link", "club",
        "shop", "biz", "me", "co", "cc", "tk", "ly", "gl", "app", "dev", "page", "live", "store", "icu", "vip", "asia",
    ]

    private static func isLink(_ word: String) -> Bool {
        // Most words are told by their bytes.
        guard word.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) else { return false }
        let word = word.lowercased()
        if word.contains("://") || word.contains("www.") || word.contains("mailto:") { return true }
        let host = word.split { "/:?#".contains($0) }.first ?? ""
        let labels = host.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")) }
            .filter { $0.contains(".") }.compactMap { $0.split(separator: ".").last }
        return labels.contains { domains.contains(String($0)) }
    }
}
