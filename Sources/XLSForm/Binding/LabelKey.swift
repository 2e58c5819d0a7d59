import Records
import Vietnamese

/// A label as it is compared: folded, without numbering before it and marks behind it.
struct LabelKey: Hashable {
    /// UTF-8: folded texts are equal when their bytes are, and comparing those needs no look at their characters.
    private let bytes: [UInt8]

    /// Longer texts are no labels.
    private static let longest = 400

    /// nil when nothing is left to compare.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest else { return nil }
        var rest = Array(Vietnamese.folded(text).utf8)[...]
        while let last = rest.last, Self.isTrailing(last), last != Self.closing || rest.hasMark { rest.removeLast() }
        rest = Self.withoutNumbering(rest) ?? rest
        guard !rest.isEmpty else { return nil }
        bytes = Array(rest)
    }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    private static let closing = UInt8(ascii: ")")

    /// What labels end in besides their words: of brackets only those of `(*)`.
    private static func isTrailing(_ byte: UInt8) -> Bool { "*:.() ".utf8.contains(byte) }

    /// Without `1.`, `2.3)`, `a)`, `iv.` at the start; nil when none stands there.
    private static func withoutNumbering(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let point = UInt8(ascii: ".")
        let head = bytes.prefix(6).prefix { isDigit($0) || isLetter($0) || $0 == point }
        guard !head.isEmpty, head.count <= 5 else { return nil }
        let rest = bytes.dropFirst(head.count)
        let isNumber = head.allSatisfy { $0 == point || isDigit($0) }
        let isRoman = head.count > 1 && head.dropLast().allSatisfy { "ivxlc".utf8.contains($0) }
        guard isNumber || isRoman || head.count <= 2 else { return nil }
        if rest.first == closing { return rest.dropFirst().drop { $0 == UInt8(ascii: " ") } }
        guard head.last == point, rest.first == UInt8(ascii: " ") else { return nil }
        return rest.drop { $0 == UInt8(ascii: " ") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Folded letters are small ones.
    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}

extension ArraySlice<UInt8> {
    /// Whether it ends in `(*)`.
    fileprivate var hasMark: Bool { suffix(3).elementsEqual("(*)".utf8) }
}
