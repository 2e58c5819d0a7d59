/// The text of a letter as lines of any length, from which both parts are made: the plain text by wrapping, the HTML by
/// marking up. So they cannot say different things.
///
/// Everything here goes byte by byte through UTF-8: letters are most of what the worker writes.
struct LetterText {
    /// No trailing blanks, no two empty lines after one another, none at either end.
    let lines: [String]

    static let width = 72

    init(_ rendered: String) {
        var lines: [String] = []
        for line in rendered.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            var line = line
            while let last = line.last, last == .space || last == .tab || last == .carriageReturn { line.removeLast() }
            if line.isEmpty && lines.last?.isEmpty != false { continue }
            lines.append(String(Substring(line)))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    // MARK: Plain text

    /// Wrapped at 72 columns, list items with a hanging indent; ends with a line feed.
    var plain: String {
        var output: [UInt8] = []
        output.reserveCapacity(lines.reduce(0) { $0 + $1.utf8.count + 16 })
        for line in lines {
            Self.wrap(line, into: &output)
            output.append(.lineFeed)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func wrap(_ line: String, into output: inout [UInt8]) {
        let bytes = line.utf8
        guard columns(bytes) > width else {
            output += bytes
            return
        }
        let indent = hangingIndent(of: line)
        // The line's own indentation stays before its first word.
        var column = bytes.prefix { $0 == .space }.count
        output += repeatElement(.space, count: column)
        var isFirst = true
        for word in bytes.split(separator: .space) {
            let length = columns(word)
            if isFirst {
                isFirst = false
            } else if column + 1 + length > width {
                output.append(.lineFeed)
                output += repeatElement(.space, count: indent)
                column = indent
            } else {
                output.append(.space)
                column += 1
            }
            output += word
            column += length
        }
    }

    /// How many columns a text takes: its scalars without combining marks (U+0300 to U+036F).
    private static func columns(_ bytes: some Sequence<UInt8>) -> Int {
        var count = 0
        var before: UInt8 = 0
        for byte in bytes {
            if byte & 0xC0 != 0x80 {
                count += 1
            } else if before == 0xCC || (before == 0xCD && byte < 0xB0) {
                count -= 1
            }
            before = byte
        }
        return count
    }

    /// Where the text of a line begins, behind its indentation and its mark (`- `, `12. `).
    static func hangingIndent(of line: String) -> Int {
        let bytes = line.utf8
        let lead = bytes.prefix { $0 == .space }.count
        let rest = bytes.dropFirst(lead)
        if rest.starts(with: "- ".utf8) { return lead + 2 }
        let digits = rest.prefix { $0.isDigit }.count
        if digits > 0, rest.dropFirst(digits).starts(with: ". ".utf8) { return lead + digits + 2 }
        return lead
    }

    // MARK: HTML

    private static let head = """
        <!DOCTYPE html>
        <html lang="vi">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
        <body style="margin:0;padding:12px;background:#fff">
        <table role="presentation" cellpadding="0" cellspacing="0" style="max-width:640px"><tr>
        <td style="font-family:'Times New Roman',Times,serif;font-size:16px;line-height:1.4;color:#111">

        """
    private static let tail = """
        </td>
        </tr></table>
        </body>
        </html>

        """

    /// The same words: one table, styles inline, no pictures and no links.
    var html: String {
        var output: [UInt8] = []
        output.reserveCapacity(Self.head.utf8.count + lines.reduce(0) { $0 + $1.utf8.count + 80 })
        output += Self.head.utf8
        var isFooter = false
        for (index, line) in lines.enumerated() {
            if line == "--" {
                isFooter = true
                output += #"<div style="border-top:1px solid #bbb;margin-top:12px"></div>"#.utf8
            } else if line.isEmpty {
                output += #"<div style="height:12px"></div>"#.utf8
            } else {
                output += #"<div style=""#.utf8
                let next = index + 1 < lines.count ? lines[index + 1] : ""
                output += (isFooter ? Self.footerStyle : Self.style(of: line, before: next)).utf8
                output += #"">"#.utf8
                Self.escape(line, into: &output)
                output += "</div>".utf8
            }
            output.append(.lineFeed)
        }
        output += Self.tail.utf8
        return String(decoding: output, as: UTF8.self)
    }

    private static let footerStyle = "font-size:13px;color:#555"

    private static func style(of line: String, before next: String) -> String {
        let bytes = line.utf8
        // The head of a part in a letter about several workbooks.
        if bytes.starts(with: "--- ".utf8) { return "font-weight:bold" }
        let indent = hangingIndent(of: line)
        guard indent > 0 else { return "margin:0" }
        guard bytes.first != .space else { return "padding-left:1.3em" }
        guard bytes.first?.isDigit == true else { return "padding-left:1.3em;text-indent:-0.6em" }
        // A number heads what is indented below it, or is an item of a list.
        return next.utf8.first == .space
            ? "margin-top:6px;font-weight:bold" : "padding-left:1em;text-indent:-1em"
    }

    private static func escape(_ text: String, into output: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): output += "&amp;".utf8
            case UInt8(ascii: "<"): output += "&lt;".utf8
            case UInt8(ascii: ">"): output += "&gt;".utf8
            case UInt8(ascii: "\""): output += "&quot;".utf8
            case UInt8(ascii: "'"): output += "&#39;".utf8
            default: output.append(byte)
            }
        }
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
