/// The words of a body without its form.
enum PlainText {
    /// CRLF and CR become LF.
    static func withLineFeeds(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n"), afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == UInt8(ascii: "\r")
            bytes.append(afterReturn ? UInt8(ascii: "\n") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text of an HTML body: blocks on lines of their own, targets of links in angle brackets after them, no
    /// scripts and styles. Meant for reading and for finding receipts and links, not for showing.
    static func fromHTML(_ html: String) -> String {
        var reader = HTMLReader(Array(html.utf8))
        reader.run()
        return reader.text
    }
}

/// A forgiving pass over the bytes of an HTML text: tags, comments and references, nothing remembered but the place.
private struct HTMLReader {
    private static let blocks: Set<String> = [
        "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "blockquote",
    ]
    private static let hidden: Set<String> = ["script", "style", "head", "title"]

    private let bytes: [UInt8]
    private var index = 0
    private var out: [UInt8] = []
    /// A blank is owed before the next word.
    private var blank = false
    private var link: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var text: String {
        String(decoding: out, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
            .joined(separator: "\n")
    }

    mutating func run() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"): tag()
            case UInt8(ascii: "&"): reference()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                blank = true
                index += 1
            default:
                write([bytes[index]])
                index += 1
            }
        }
    }

    private mutating func write(_ more: some Sequence<UInt8>) {
        if blank, let last = out.last, last != UInt8(ascii: "\n") { out.append(UInt8(ascii: " ")) }
        blank = false
        out += more
    }

    private mutating func tag() {
        if bytes[index...].starts(with: "<!--".utf8) {
            index = end(of: "-->", from: index + 4)
            return
        }
        let close = end(of: ">", from: index + 1)
        let content = bytes[(index + 1)..<max(index + 1, close - 1)]
        index = close
        let isClosing = content.first == UInt8(ascii: "/")
        let name = MailAddress.lowercased(content.drop { $0 == UInt8(ascii: "/") }.prefix { $0 > 0x20 && $0 != 0x2F })
        if Self.blocks.contains(name) {
            out.append(UInt8(ascii: "\n"))
            blank = false
        } else if name == "td" || name == "th" {
            blank = true
        } else if name == "a" {
            if isClosing, let link { write("<\(link)>".utf8) }
            blank = blank || isClosing
            link = isClosing ? nil : target(content)
        } else if Self.hidden.contains(name), !isClosing {
            index = end(of: ">", from: end(of: "</\(name)", from: index))
        }
    }

    /// The `http` address that a link leads to.
    private func target(_ tag: ArraySlice<UInt8>) -> String? {
        let start = Self.end(of: "href=", in: tag)
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        let value = tag[start...].drop { quotes.contains($0) }.prefix { !quotes.contains($0) && $0 > 0x20 }
        return Self.end(of: "http", in: value.prefix(4)) == value.startIndex + 4 && value.count > 4
            ? String(decoding: value, as: UTF8.self) : nil
    }

    private func end(of mark: String, from start: Int) -> Int {
        start < bytes.count ? Self.end(of: mark, in: bytes[start...]) : bytes.count
    }

    /// The place behind the first occurrence of a mark given in lower case; the end when there is none.
    private static func end(of mark: String, in bytes: ArraySlice<UInt8>) -> Int {
        let mark = Array(mark.utf8)
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        var place = bytes.startIndex
        while place + mark.count <= bytes.endIndex {
            let isHere = mark.indices.allSatisfy {
                let byte = bytes[place + $0]
                return byte == mark[$0] || (letters.contains(mark[$0]) && byte | 0x20 == mark[$0])
            }
            if isHere { return place + mark.count }
            place += 1
        }
        return bytes.endIndex
    }

    private mutating func reference() {
        let semicolon = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        guard let semicolon, let scalar = Self.scalar(bytes[(index + 1)..<semicolon]) else {
            write([UInt8(ascii: "&")])
            index += 1
            return
        }
        if scalar == "\u{A0}" { blank = true } else { write(String(Character(scalar)).utf8) }
        index = semicolon + 1
    }

    private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let text = String(decoding: name, as: UTF8.self)
        if text.hasPrefix("#x") || text.hasPrefix("#X") {
            return UInt32(text.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) }
        }
        if text.hasPrefix("#") { return UInt32(text.dropFirst()).flatMap { Unicode.Scalar($0) } }
        return ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"][text]
    }
}
