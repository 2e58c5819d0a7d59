extension StringProtocol {
    /// Without white space at either end.
    package var trimmed: String {
        let text = String(self)
        if let first = text.utf8.first, let last = text.utf8.last, Self.isPrinted(first), Self.isPrinted(last) {
            return text
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        if first == scalars.startIndex, scalars.index(after: last) == scalars.endIndex { return text }
        return String(scalars[first...last])
    }

    /// A letter, digit or sign of ASCII.
    private static func isPrinted(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}
