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
        var scalars = Substring(Vietnamese.folded(text)).unicodeScalars[...]
        while let last = scalars.last, "*:.() ".unicodeScalars.contains(last), !Self.closesBracket(scalars) {
            scalars.removeLast()
        }
        if let rest = Self.withoutNumbering(scalars) { scalars = rest }
        guard !scalars.isEmpty else { return nil }
        bytes = Array(String(scalars).utf8)
    }

    private static func closesBracket(_ scalars: Substring.UnicodeScalarView) -> Bool {
        scalars.last == ")" && !scalars.hasMark
    }

    /// `1.`, `2.3)`, `a)`, `iv.` at the start; nil when there is none.
    private static func withoutNumbering(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        let head = scalars.prefix {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == ".")
        }
        let rest = scalars.dropFirst(head.count)
        guard !head.isEmpty, head.count <= 5 else { return nil }
        let isNumber = head.allSatisfy { $0 == "." || $0.properties.numericType != nil }
        let isRoman = head.dropLast().allSatisfy { "ivxlc".unicodeScalars.contains($0) } && head.count > 1
        let isLetter = head.count <= 2
        guard isNumber || isRoman || isLetter else { return nil }
        if rest.first == ")" { return rest.dropFirst().drop { $0 == " " } }
        guard head.last == ".", rest.first == " " else { return nil }
        return rest.drop { $0 == " " }
    }
}

extension Substring.UnicodeScalarView {
    /// Whether it ends in `(*)`.
    fileprivate var hasMark: Bool { suffix(3).elementsEqual("(*)".unicodeScalars) }
}
