/// Text in columns: comma, semicolon, tab or bar between the fields, quotes as in RFC 4180.
struct DelimitedText {
    /// UTF-8.
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private let start: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let delimiters = [",", ";", "\t", "|"].map { (character: Unicode.Scalar) in UInt8(ascii: character) }

    /// Nil for bytes that are no text, or text that does not stand in columns: of the first lines, two at least and most
    /// of all must have the same number of fields, two or more.
    init?(_ raw: [UInt8]) {
        guard let bytes = TextDecoding.utf8(raw), let first = bytes.first, first != UInt8(ascii: "<"),
            !bytes.starts(with: "{\\rtf".utf8)
        else { return nil }
        self.bytes = bytes
        if let declared = Self.declaredDelimiter(bytes) {
            delimiter = declared
            start = bytes.firstIndex(of: Self.lineFeed).map { $0 + 1 } ?? bytes.count
            return
        }
        let scored = Self.delimiters.map { (delimiter: $0, score: Self.score(bytes, $0)) }
        guard let best = scored.max(by: { $0.score < $1.score }), best.score > 0 else { return nil }
        delimiter = best.delimiter
        start = 0
    }

    /// Hands over each record in turn, its fields without their quotes; blank lines are records of one empty field.
    /// A quote that is never closed runs to the end.
    func forEachRecord(_ body: ([[UInt8]]) throws(WorkbookError) -> Void) throws(WorkbookError) {
        var index = start
        while index < bytes.count {
            try body(Self.record(bytes, &index, delimiter))
        }
    }

    /// `sep=;` in the first line, as Excel writes and reads it.
    private static func declaredDelimiter(_ bytes: [UInt8]) -> UInt8? {
        guard bytes.count >= 5, bytes.starts(with: "sep=".utf8), delimiters.contains(bytes[4]),
            bytes.count == 5 || bytes[5] == lineFeed || bytes[5] == carriageReturn
        else { return nil }
        return bytes[4]
    }

    /// The number of fields that most of the first records share, when most of them do; else 0.
    private static func score(_ bytes: [UInt8], _ delimiter: UInt8) -> Int {
        var counts: [Int: Int] = [:]
        var records = 0
        var index = 0
        while index < min(bytes.count, 1 << 16), records < 20 {
            let fields = record(bytes, &index, delimiter)
            if fields == [[]] { continue }
            records += 1
            counts[fields.count, default: 0] += 1
        }
        guard let (fields, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), fields > 1, count > 1,
            count * 2 > records
        else { return 0 }
        return fields
    }

    private static func record(_ bytes: [UInt8], _ index: inout Int, _ delimiter: UInt8) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote, field.isEmpty {
                quoted(bytes, &index, &field)
                continue
            }
            index += 1
            if byte == delimiter {
                fields.append(field)
                field = []
            } else if byte == lineFeed || byte == carriageReturn {
                if byte == carriageReturn, index < bytes.count, bytes[index] == lineFeed { index += 1 }
                break
            } else {
                field.append(byte)
            }
        }
        fields.append(field)
        return fields
    }

    /// From an opening quote to past the closing one; doubled quotes stand for one.
    private static func quoted(_ bytes: [UInt8], _ index: inout Int, _ field: inout [UInt8]) {
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote {
                guard index < bytes.count, bytes[index] == quote else { return }
                index += 1
            }
            field.append(byte)
        }
    }
}

/// Text files without a word about their encoding.
enum TextDecoding {
    /// The text as UTF-8 without its byte order mark: UTF-16 with a mark, UTF-8, else Latin-1, whose letters the legacy
    /// Vietnamese encodings share. Nil for bytes with control characters: no text.
    static func utf8(_ raw: [UInt8]) -> [UInt8]? {
        let text: [UInt8]
        if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = Array(raw.dropFirst(3))
        } else if raw.starts(with: [0xFF, 0xFE]) {
            text = utf16(raw.dropFirst(2), lowFirst: true)
        } else if raw.starts(with: [0xFE, 0xFF]) {
            text = utf16(raw.dropFirst(2), lowFirst: false)
        } else {
            text = raw
        }
        let isText = text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
        guard isText else { return nil }
        if String(validating: text, as: UTF8.self) != nil { return text }
        return Array(String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) })).utf8)
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, lowFirst: Bool) -> [UInt8] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return lowFirst ? second << 8 | first : first << 8 | second
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
