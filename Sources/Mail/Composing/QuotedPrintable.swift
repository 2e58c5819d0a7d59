/// The transfer encoding for texts (RFC 2045, 6.7).
enum QuotedPrintable {
    /// At most 76 bytes on a line, its `=` included.
    private static let width = 76
    private static let hex = Array("0123456789ABCDEF".utf8)
    private static let lineFeed = UInt8(ascii: "\n")
    private static let equals = UInt8(ascii: "=")

    /// The text's UTF-8 encoded, its lines ended by CRLF, the last one too.
    static func encoded(_ text: String) -> [UInt8] {
        let bytes = Array(PlainText.withLineFeeds(text).utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        var column = 0
        for (index, byte) in bytes.enumerated() {
            guard byte != lineFeed else {
                endLine(&out, &column)
                continue
            }
            let isLast = index + 1 == bytes.count || bytes[index + 1] == lineFeed
            let room = width - (isLast ? 0 : 1)
            if column + (isBare(byte, isFirst: column == 0, isLast: isLast) ? 1 : 3) > room {
                out.append(equals)
                endLine(&out, &column)
            }
            if isBare(byte, isFirst: column == 0, isLast: isLast) {
                out.append(byte)
                column += 1
            } else {
                out.append(equals)
                out.append(hex[Int(byte >> 4)])
                out.append(hex[Int(byte & 15)])
                column += 3
            }
        }
        endLine(&out, &column)
        return out
    }

    private static func endLine(_ out: inout [UInt8], _ column: inout Int) {
        out.append(UInt8(ascii: "\r"))
        out.append(lineFeed)
        column = 0
    }

    /// Whether a byte may stand as it is.
    private static func isBare(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
        // A dot at the start of a line is doubled on the wire, and `From ` there is changed by old programs.
        case UInt8(ascii: "."), UInt8(ascii: "F"): !isFirst
        case 0x21...0x7E: byte != equals
        default: false
        }
    }
}
