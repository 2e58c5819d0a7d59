/// What the bytes of a file are. The raw value is what tools read.
package enum FileKind: String, Sendable, Codable, CaseIterable {
    case xlsx, xlsm, xlsb, xls, ods, fods, csv
    /// An Office document that asks for a password before it opens (a compound file with an `EncryptedPackage`).
    case encryptedWorkbook = "encrypted-workbook"
    case docx, doc, odt, rtf, pptx, ppt
    case pdf, image
    case zip, rar, gzip
    case sevenZip = "7z"
    case text, html
    /// A mail: message/rfc822.
    case message
    /// A mail as Outlook saves it, or wraps it (winmail.dat).
    case msg, tnef
    /// A signed or encrypted CMS structure (RFC 5652).
    case pkcs7
    /// Programs, shortcuts and scripts.
    case executable
    case other

    /// Tells a file by its content.
    ///
    /// Name and declared type prove nothing, and are asked only about text, which has no marks of its own: whether it
    /// is CSV, HTML, a mail or a script.
    package static func of(_ bytes: [UInt8], name: String? = nil, contentType: String? = nil) -> FileKind {
        if let kind = signature(of: bytes) { return kind }
        guard isText(bytes) else { return .other }
        return ofText(bytes, name: name, contentType: contentType)
    }

    /// The type under which such a file is usually declared.
    package var contentType: String {
        switch self {
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .xlsm: "application/vnd.ms-excel.sheet.macroenabled.12"
        case .xlsb: "application/vnd.ms-excel.sheet.binary.macroenabled.12"
        case .xls: "application/vnd.ms-excel"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .fods: "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
        case .csv: "text/csv"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .doc: "application/msword"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .rtf: "application/rtf"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .ppt: "application/vnd.ms-powerpoint"
        case .pdf: "application/pdf"
        case .zip: "application/zip"
        case .rar: "application/vnd.rar"
        case .gzip: "application/gzip"
        case .sevenZip: "application/x-7z-compressed"
        case .text: "text/plain"
        case .html: "text/html"
        case .message: "message/rfc822"
        case .msg: "application/vnd.ms-outlook"
        case .tnef: "application/ms-tnef"
        case .pkcs7: "application/pkcs7-mime"
        case .image, .executable, .encryptedWorkbook, .other: "application/octet-stream"
        }
    }
}

/// Marks at fixed places.
extension FileKind {
    private static let signatures: [(offset: Int, bytes: [UInt8], kind: FileKind)] = [
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .image),  // PNG
        (0, [0xFF, 0xD8, 0xFF], .image),  // JPEG
        (0, Array("GIF8".utf8), .image),
        (0, [0x49, 0x49, 0x2A, 0x00], .image),  // TIFF, either byte order
        (0, [0x4D, 0x4D, 0x00, 0x2A], .image),
        (8, Array("WEBP".utf8), .image),
        (0, Array("Rar!\u{1A}\u{07}".utf8), .rar),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
        (0, [0x1F, 0x8B, 0x08], .gzip),
        (0, Array("{\\rtf".utf8), .rtf),
        (0, [0x78, 0x9F, 0x3E, 0x22], .tnef),
        (0, [0x7F, 0x45, 0x4C, 0x46], .executable),  // ELF
        (0, [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], .executable),  // a shell link
        (0, [0xCF, 0xFA, 0xED, 0xFE], .executable),  // Mach-O
        (0, [0xCA, 0xFE, 0xBA, 0xBE], .executable),  // Mach-O for several processors, Java class
        // Workbook streams of Excel 2 to 4, which stand alone ([MS-XLS] 2.4.21 BOF of older versions).
        (0, [0x09, 0x00, 0x04, 0x00], .xls),
        (0, [0x09, 0x02, 0x06, 0x00], .xls),
        (0, [0x09, 0x04, 0x06, 0x00], .xls),
    ]
    /// Brands of ISO 14496-12 files that hold still pictures: HEIC, HEIF, AVIF.
    private static let pictureBrands: Set<String> = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif"]

    private static func signature(of bytes: [UInt8]) -> FileKind? {
        func has(_ mark: [UInt8], at offset: Int) -> Bool {
            bytes.count >= offset + mark.count && bytes[offset...].starts(with: mark)
        }
        if let found = signatures.first(where: { has($0.bytes, at: $0.offset) }) { return found.kind }
        if has([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], at: 0) { return CompoundFile.kind(of: bytes) }
        if has([0x50, 0x4B, 0x03, 0x04], at: 0) || has([0x50, 0x4B, 0x05, 0x06], at: 0) {
            return ZipDirectory.kind(of: bytes)
        }
        if has(Array("ftyp".utf8), at: 4), bytes.count >= 12 {
            return pictureBrands.contains(String(decoding: bytes[8..<12], as: UTF8.self)) ? .image : .other
        }
        if isSignedData(bytes) { return .pkcs7 }
        // PDF allows rubbish before its header (ISO 32000-1, annex H, 3.4.1).
        if bytes.prefix(1024).contains(Array("%PDF-".utf8)) { return .pdf }
        // The header of a program states where the newer header is; two letters alone would be too little.
        if has(Array("MZ".utf8), at: 0), !isText(bytes) { return .executable }
        if has(Array("BM".utf8), at: 0), bytes.count > 14, !isText(bytes) { return .image }
        return nil
    }

    /// A SEQUENCE that begins with the object identifier of signedData or envelopedData (RFC 5652, 5.1 and 6.1).
    private static func isSignedData(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == 0x30 else { return false }
        let identifier: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
        return bytes.prefix(24).contains(identifier)
    }
}

/// Text and what is written in it.
extension FileKind {
    private static let scripts: Set<String> = [
        "bat", "cmd", "com", "hta", "js", "jse", "ps1", "psm1", "reg", "scf", "sh", "url", "vbe", "vbs", "wsf", "wsh",
    ]

    private static func ofText(_ bytes: [UInt8], name: String?, contentType: String?) -> FileKind {
        let start = MailAddress.lowercased(bytes.prefix(2048).drop { $0 <= 0x20 || $0 >= 0x80 })
        let suffix = name?.lowercased().split(separator: ".").last.map(String.init) ?? ""
        if scripts.contains(suffix) || start.hasPrefix("#!/") { return .executable }
        if start.hasPrefix("<?xml") || start.hasPrefix("<office:document") {
            if start.contains("office:document") && start.contains("opendocument") { return .fods }
        }
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.contains("<html") {
            return .html
        }
        if contentType == "text/html" || ["html", "htm"].contains(suffix) { return .html }
        if contentType == "message/rfc822" || suffix == "eml" { return .message }
        if contentType == "text/csv" || ["csv", "tsv"].contains(suffix) { return .csv }
        return .text
    }

    /// Text in UTF-8, UTF-16 with its mark, or a legacy encoding: no control characters but those of lines and pages.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        return bytes.prefix(64 << 10).allSatisfy {
            $0 >= 0x20 && $0 != 0x7F || (0x08...0x0D).contains($0) || $0 == 0x1B
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes of `mark` stand anywhere, one after another.
    fileprivate func contains(_ mark: [UInt8]) -> Bool {
        guard let first = mark.first else { return true }
        return indices.contains { self[$0] == first && self[$0...].starts(with: mark) }
    }
}
