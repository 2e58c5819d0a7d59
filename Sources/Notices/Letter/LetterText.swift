/// The text of a letter as lines of any length, from which both parts are made: the plain text by wrapping, the HTML by
/// marking up. So they cannot say different things.
struct LetterText {
    /// No trailing blanks, no two empty lines after one another, none at either end.
    let lines: [String]

    static let width = 72

    init(_ rendered: String) {
        var lines: [String] = []
        for line in rendered.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = line
            while line.last?.isWhitespace == true { line.removeLast() }
            if line.isEmpty && lines.last?.isEmpty != false { continue }
            lines.append(String(line))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    // MARK: Plain text

    /// Wrapped at 72 columns, list items with a hanging indent; ends with a line feed.
    var plain: String { lines.map(Self.wrapped).joined(separator: "\n") + "\n" }

    static func wrapped(_ line: String) -> String {
        guard line.count > width else { return line }
        let indent = String(repeating: " ", count: hangingIndent(of: line))
        var output = ""
        var column = 0
        // The line's own indentation stays before its first word.
        let lead = line.prefix { $0 == " " }
        for word in line.dropFirst(lead.count).split(separator: " ") {
            if column == 0 {
                output += lead
                column = lead.count
            } else if column + 1 + word.count > width {
                output += "\n" + indent
                column = indent.count
            } else {
                output += " "
                column += 1
            }
            output += word
            column += word.count
        }
        return output
    }

    /// Where the text of a line begins, behind its indentation and its mark (`- `, `12. `).
    static func hangingIndent(of line: String) -> Int {
        let lead = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(lead)
        if rest.hasPrefix("- ") { return lead + 2 }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, rest.dropFirst(digits.count).hasPrefix(". ") { return lead + digits.count + 2 }
        return lead
    }

    // MARK: HTML

    /// The same words: one table, styles inline, no pictures and no links.
    var html: String {
        var rows = ""
        var isFooter = false
        for line in lines {
            if line == "--" {
                isFooter = true
                rows += #"<div style="border-top:1px solid #bbb;margin-top:12px"></div>"# + "\n"
            } else if line.isEmpty {
                rows += #"<div style="height:12px"></div>"# + "\n"
            } else {
                rows += #"<div style="\#(Self.style(of: line, isFooter: isFooter))">"# + Self.escaped(line) + "</div>\n"
            }
        }
        return """
            <!DOCTYPE html>
            <html lang="vi">
            <head><meta charset="utf-8"></head>
            <body style="margin:0;padding:12px;background:#fff">
            <table role="presentation" cellpadding="0" cellspacing="0" style="max-width:640px"><tr>
            <td style="font-family:'Times New Roman',Times,serif;font-size:16px;line-height:1.4;color:#111">
            \(rows)</td>
            </tr></table>
            </body>
            </html>

            """
    }

    private static func style(of line: String, isFooter: Bool) -> String {
        if isFooter { return "font-size:13px;color:#555" }
        let indent = hangingIndent(of: line)
        // A numbered line heads what is indented below it.
        if line.first?.isNumber == true, indent > 0 { return "margin-top:6px;font-weight:bold" }
        return indent > 0 ? "padding-left:1.3em" : "margin:0"
    }

    static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
