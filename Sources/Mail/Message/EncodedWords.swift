import Foundation

/// Encoded words (RFC 2047) put into the one form in which GMime reads them rightly.
///
/// GMime 3.2 decodes neighbouring words of one charset as a single base64 text and stops at the padding of the first,
/// so that the rest of a subject or a file name is lost. Decoding them one by one would not do either: many programs
/// cut words within a character. So neighbours are joined here, byte by byte, into one word.
enum EncodedWords {
    /// The text with each run of neighbouring words of one charset made into one word; all else as it stands.
    static func joined(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var run: [Word] = []
        /// What stands between the last word of the run and the present place: blanks, dropped if a word follows.
        var gap: ArraySlice<UInt8> = []
        func flush() {
            out += written(run)
            out += gap
            run = []
            gap = []
        }
        var place = 0
        while place < bytes.count {
            if let word = Word(bytes[place...]) {
                if let last = run.last, last.charset != word.charset {
                    // Blanks between words do not count, whatever their charsets; GMime drops them itself.
                    flush()
                }
                run.append(word)
                gap = []
                place += word.length
            } else if !run.isEmpty, bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t") {
                gap = bytes[(place - gap.count)...place]
                place += 1
            } else {
                flush()
                out.append(bytes[place])
                place += 1
            }
        }
        flush()
        return String(decoding: out, as: UTF8.self)
    }

    private static func written(_ run: [Word]) -> [UInt8] {
        guard run.count > 1 else { return run.first.map { Array($0.source) } ?? [] }
        let content = Data(run.flatMap(\.content))
        return Array("=?\(run[0].charset)?B?".utf8) + content.base64EncodedData() + Array("?=".utf8)
    }

    /// A well-formed word at the start of some bytes.
    private struct Word {
        let source: ArraySlice<UInt8>
        /// In lower case.
        let charset: String
        let content: [UInt8]

        var length: Int { source.count }

        init?(_ bytes: ArraySlice<UInt8>) {
            let question = UInt8(ascii: "?")
            guard bytes.first == UInt8(ascii: "="), bytes.dropFirst().first == question else { return nil }
            // A charset's name is short; looking no further keeps the search linear.
            let charset = bytes.dropFirst(2).prefix(64).prefix { $0 > 0x20 && $0 < 0x7F && $0 != question }
            let rest = bytes[charset.endIndex...]
            guard !charset.isEmpty, rest.count > 4, rest.first == question, rest.dropFirst(2).first == question else {
                return nil
            }
            let text = rest.dropFirst(3).prefix { $0 > 0x20 && $0 != question }
            let end = bytes[text.endIndex...].prefix(2)
            guard end.elementsEqual("?=".utf8) else { return nil }
            switch rest.dropFirst().first {
            case UInt8(ascii: "B"), UInt8(ascii: "b"): content = Self.base64(text)
            case UInt8(ascii: "Q"), UInt8(ascii: "q"): content = Self.quoted(text)
            default: return nil
            }
            source = bytes[..<end.endIndex]
            self.charset = MailAddress.lowercased(charset)
        }

        /// Forgives missing padding.
        private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
            var letters = text.filter {
                MailAddress.isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
            }
            if letters.count % 4 == 1 { letters.removeLast() }
            letters += [UInt8](repeating: UInt8(ascii: "="), count: (4 - letters.count % 4) % 4)
            return Data(base64Encoded: Data(letters)).map { [UInt8]($0) } ?? []
        }

        private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
            var out: [UInt8] = []
            var place = text.startIndex
            while place < text.endIndex {
                let byte = text[place]
                if byte == UInt8(ascii: "="), place + 2 < text.endIndex,
                    let value = UInt8(String(decoding: text[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
                {
                    out.append(value)
                    place += 3
                } else {
                    out.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
                    place += 1
                }
            }
            return out
        }
    }
}
