/// The transfer encoding for texts (RFC 2045, 6.7).
enum QuotedPrintable {
    /// At most 76 bytes on a line, its `=` included.
    private static let width = 76
    private static let hex = Array("0123456789ABCDEF".utf8)

    /// The text's UTF-8 encoded, its lines ended by CRLF, the last one too.
    static func encoded(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        for line in PlainText.withLineFeeds(text).utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        {
            var column = 0
            var index = line.startIndex
            while index < line.endIndex {
                let next = line.index(after: index)
                let unit = encoded(line[index], isFirst: column == 0, isLast: next == line.endIndex)
                if column + unit.count > width - (next == line.endIndex ? 0 : 1) {
                    out += Array("=\r\n".utf8)
                    column = 0
                    continue
                }
                out += unit
                column += unit.count
                index = next
            }
            out += Array("\r\n".utf8)
        }
        return out
    }

    private static func encoded(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> [UInt8] {
        let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        // A dot at the start of a line is doubled on the wire, and `From ` there is changed by old programs.
        let isRisky = isFirst && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
        let isBare = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") && !isRisky || isBlank && !isLast
        return isBare ? [byte] : [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
}
