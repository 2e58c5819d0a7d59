import Digest
import Foundation
import Records

/// Writes the lines of a message: ASCII only, ended by CRLF, header lines folded before column 78.
///
/// Values of fields are cleaned here and nowhere else, so that no text can begin a field of its own.
struct MIMEWriter {
    private static let width = 76
    private(set) var bytes: [UInt8] = []

    /// A delimiter made from the message's identifier. `=_` occurs in no quoted-printable or base64 line (RFC 2045,
    /// 6.7).
    static func boundary(_ messageID: String, _ part: String) -> String {
        "=_" + Digest.hex(.sha256, of: Array("\(part) \(messageID)".utf8)).prefix(32)
    }

    mutating func open(_ boundary: String) { line("--\(boundary)") }

    mutating func close(_ boundary: String) { line("--\(boundary)--") }

    mutating func multipart(_ subtype: String, _ boundary: String) {
        field("Content-Type", words: ["multipart/\(subtype);", "boundary=\"\(boundary)\""])
        line("")
    }

    /// A field whose value is ASCII already.
    mutating func field(_ name: String, _ value: String) { field(name, words: [value]) }

    /// A field whose words are put on as many lines as needed.
    mutating func field(_ name: String, words: [String]) {
        var column = name.utf8.count + 1
        bytes += Array("\(name):".utf8)
        for word in words {
            let word = Self.visible(word)
            if column + 1 + word.count > Self.width, column > name.utf8.count + 1 {
                bytes += Array("\r\n".utf8)
                column = 0
            }
            bytes.append(UInt8(ascii: " "))
            bytes += word
            column += 1 + word.count
        }
        bytes += Array("\r\n".utf8)
    }

    /// A field of free text, encoded where it must be (RFC 2047).
    mutating func field(_ name: String, text: String) { field(name, words: Self.encodedWords(text)) }

    mutating func field(_ name: String, address: MailAddress) {
        let display = address.displayName.isEmpty ? [] : Self.phrase(address.displayName)
        field(name, words: display + ["<\(address.address)>"])
    }

    /// Ends the header of a text part and writes its body.
    mutating func quotedPrintable(_ text: String) {
        field("Content-Transfer-Encoding", "quoted-printable")
        line("")
        bytes += QuotedPrintable.encoded(text)
    }

    /// Addresses without names.
    mutating func field(_ name: String, addresses: [MailAddress]) {
        let words = addresses.map { "<\($0.address)>" }
        field(name, words: words.dropLast().map { $0 + "," } + words.suffix(1))
    }

    mutating func attachment(_ attachment: NoticeAttachment) {
        field(
            "Content-Type",
            words: [Self.mediaType(attachment.contentType) + ";"] + Self.oldParameter("name", attachment.filename))
        field("Content-Disposition", words: ["attachment;"] + Self.parameter("filename", attachment.filename))
        field("Content-Transfer-Encoding", "base64")
        line("")
        let options: Data.Base64EncodingOptions = [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ]
        bytes += attachment.bytes.base64EncodedData(options: options)
        line("")
    }

    private mutating func line(_ text: String) {
        bytes += Array(text.utf8)
        bytes += Array("\r\n".utf8)
    }
}

extension MIMEWriter {
    /// Visible ASCII and blanks; anything else becomes a question mark, as no value should hold it here.
    private static func visible(_ text: String) -> [UInt8] {
        text.utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
    }

    /// The words of a text as they are, or as encoded words that split no character.
    static func encodedWords(_ text: String) -> [String] {
        let text = MIMEText.withoutControls(text)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        if isVisible(text), !text.contains("=?"), words.allSatisfy({ $0.utf8.count < 70 }) {
            return words.map(String.init)
        }
        return forcedWords(text)
    }

    private static func forcedWords(_ text: String) -> [String] {
        // A line with encoded words has 76 bytes at most, the field's name included: 60 leave room for any name here,
        // and hold 36 bytes of text.
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in text.unicodeScalars {
            let encoded = Array(String(scalar).utf8)
            if piece.count + encoded.count > 36 {
                // Behind a blank where there is one: some readers show a gap between two encoded words.
                let cut = piece.lastIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? piece.count
                words.append(encodedWord(Array(piece[..<cut])))
                piece.removeFirst(cut)
            }
            piece += encoded
        }
        return piece.isEmpty ? words : words + [encodedWord(piece)]
    }

    private static func encodedWord(_ piece: [UInt8]) -> String { "=?UTF-8?B?\(Data(piece).base64EncodedString())?=" }

    private static func isVisible(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// A display name: a quoted string or encoded words (RFC 5322, 3.2.5; RFC 2047, 5).
    private static func phrase(_ name: String) -> [String] {
        let name = MIMEText.withoutControls(name)
        guard isVisible(name), name.utf8.count < 60, !name.contains("=?") else { return forcedWords(name) }
        return ["\"\(name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined())\""]
    }

    /// A declared type, if it looks like one.
    private static func mediaType(_ text: String) -> String {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        let isToken = { (half: Substring) in
            !half.isEmpty && half.utf8.allSatisfy { MailAddress.isAlphanumeric($0) || "!#$&-^_.+".utf8.contains($0) }
        }
        return halves.count == 2 && halves.allSatisfy(isToken) ? text : "application/octet-stream"
    }

    /// A file name as a parameter: quoted if it is plain, else in the form of RFC 2231.
    static func parameter(_ name: String, _ value: String) -> [String] {
        if let quoted = quotedParameter(name, value) { return [quoted] }
        let hex = Array("0123456789ABCDEF".utf8)
        var pieces: [String] = []
        var piece: [UInt8] = []
        for byte in MIMEText.withoutControls(value).utf8 {
            let isBare = MailAddress.isAlphanumeric(byte) || "-._".utf8.contains(byte)
            piece += isBare ? [byte] : [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            if piece.count > 48 {
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
            }
        }
        pieces.append(String(decoding: piece, as: UTF8.self))
        if pieces.count == 1 { return ["\(name)*=UTF-8''\(pieces[0])"] }
        return pieces.enumerated().map { index, piece in
            "\(name)*\(index)*=" + (index == 0 ? "UTF-8''" : "") + piece + (index < pieces.count - 1 ? ";" : "")
        }
    }

    /// The same for programs that do not know RFC 2231: encoded words within quotes, which no standard allows and all
    /// of them read.
    private static func oldParameter(_ name: String, _ value: String) -> [String] {
        if let quoted = quotedParameter(name, value) { return [quoted] }
        var words = forcedWords(MIMEText.withoutControls(value))
        words[0] = "\(name)=\"" + words[0]
        words[words.count - 1] += "\""
        return words
    }

    private static func quotedParameter(_ name: String, _ value: String) -> String? {
        let isPlain = isVisible(value) && !value.contains("\"") && !value.contains("\\") && !value.contains("=?")
        return isPlain && value.utf8.count <= 60 ? "\(name)=\"\(value)\"" : nil
    }
}
