import CGMime
import Foundation

/// Decoding of the texts in a mail: header values, addresses, dates, bodies. GMime does the work.
enum MIMEText {
    /// How GMime reads: leniently, and 8-bit text without a charset as UTF-8, Vietnamese Windows, Latin 1, in that
    /// order.
    ///
    /// `@unchecked Sendable`: set up once before first use, only read afterwards, never freed.
    struct Options: @unchecked Sendable {
        static let shared = Options()
        let pointer: OpaquePointer?

        private init() {
            g_mime_init()
            pointer = g_mime_parser_options_new()
            // GMime copies the names.
            formpost_mime_set_fallbacks(pointer, "utf-8", "windows-1258", "iso-8859-1")
        }
    }

    /// Charsets that mail comes in, besides those that are part of the C library.
    private static let charsets =
        (1250...1258).map { "windows-\($0)" } + (1...16).map { "iso-8859-\($0)" } + [
            "koi8-r", "koi8-u", "big5", "gb2312", "gbk", "gb18030", "euc-kr", "euc-jp", "euc-tw", "shift_jis", "cp932",
            "cp949", "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32",
            "tcvn", "viscii", "macintosh", "cp437", "cp850", "cp874", "tis-620",
        ]

    /// Has the C library load the converters of these charsets from the disk, and keeps them for the life of the process.
    static func loadConverters() {
        _ = Options.shared
        for charset in charsets { _ = g_iconv_open("UTF-8", charset) }
    }

    /// A header value with its encoded words (RFC 2047) decoded and control characters turned into spaces.
    static func decodedHeader(_ raw: String) -> String {
        let options = Options.shared.pointer
        return withoutControls(taken(g_mime_utils_header_decode_text(options, EncodedWords.joined(raw))) ?? raw)
    }

    /// A C string as text: UTF-8 if it is, else the first fallback charset that fits.
    static func text(_ bytes: UnsafePointer<CChar>) -> String {
        if let text = String(validatingCString: bytes) { return text }
        return taken(g_mime_utils_decode_8bit(Options.shared.pointer, bytes, strlen(bytes))) ?? String(cString: bytes)
    }

    /// The bytes of a body as text: UTF-8 if they are, else in the declared charset, else a fallback.
    static func text(_ bytes: ArraySlice<UInt8>, charset: String?) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !isSevenBitEscape(charset) { return text }
        return bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return "" }
            let options = Options.shared.pointer
            if let charset, let name = g_mime_charset_iconv_name(charset) {
                var read = 0
                var written = 0
                if let converted = g_convert(start, buffer.count, "UTF-8", name, &read, &written, nil) {
                    defer { g_free(converted) }
                    return String(decoding: UnsafeRawBufferPointer(start: converted, count: written), as: UTF8.self)
                }
            }
            return taken(g_mime_utils_decode_8bit(options, start, buffer.count)) ?? ""
        }
    }

    /// The mailboxes of an address field in order, groups resolved, invalid addresses left out.
    static func addresses(_ raw: String) -> [MailAddress] {
        let options = Options.shared.pointer
        guard let list = internet_address_list_parse(options, EncodedWords.joined(raw)) else { return [] }
        defer { g_object_unref(list) }
        return mailboxes(list, depth: 0)
    }

    private static func mailboxes(
        _ list: UnsafeMutablePointer<InternetAddressList>, depth: Int
    ) -> [MailAddress] {
        guard depth < 4 else { return [] }
        var found: [MailAddress] = []
        for index in 0..<max(0, internet_address_list_length(list)) {
            var name: UnsafePointer<CChar>?
            var members: UnsafeMutablePointer<InternetAddressList>?
            if let address = formpost_mime_address(list, index, &name, &members) {
                let shown = name.map { withoutControls(text($0)) } ?? ""
                if let mailbox = MailAddress(text(address), displayName: shown) { found.append(mailbox) }
            } else if let members {
                found += mailboxes(members, depth: depth + 1)
            }
        }
        return found
    }

    /// A date field (RFC 5322, 3.3, with the obsolete forms) and its offset in seconds east of GMT.
    static func date(_ raw: String) -> (date: Date, offset: Int)? {
        _ = Options.shared
        guard let parsed = g_mime_utils_header_decode_date(raw) else { return nil }
        defer { g_date_time_unref(parsed) }
        let seconds = g_date_time_to_unix(parsed)
        let offset = Int(g_date_time_get_utc_offset(parsed) / 1_000_000)
        return (Date(timeIntervalSince1970: TimeInterval(seconds)), offset)
    }

    /// Control characters become spaces, so that no text can break a line, a header or a terminal.
    static func withoutControls(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// Charsets whose text looks like ASCII before it is decoded.
    private static func isSevenBitEscape(_ charset: String?) -> Bool {
        guard let charset = charset?.lowercased() else { return false }
        return charset == "utf-7" || charset == "hz-gb-2312" || charset.hasPrefix("iso-2022")
            || charset.hasPrefix("utf-16")
    }

    /// Takes over a string that C allocated.
    private static func taken(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        defer { g_free(pointer) }
        return String(cString: pointer)
    }
}
