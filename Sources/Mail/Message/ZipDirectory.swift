import Zip

/// Names in a zip archive (PKWARE APPNOTE), enough to tell an office document from an archive. Only of an OpenDocument
/// package that was packed anew its own statement of what it is must be inflated.
enum ZipDirectory {
    private static let maximumEntries = 10_000

    static func kind(of bytes: [UInt8]) -> FileKind {
        if let kind = openDocument(bytes) { return kind }
        let names = centralNames(bytes) ?? localNames(bytes)
        // Some programs write backslashes.
        let normal = Set(names.map { MailAddress.lowercased($0.map { $0 == UInt8(ascii: "\\") ? 0x2F : $0 }) })
        if normal.contains("mimetype") || normal.contains("meta-inf/manifest.xml"), let kind = repacked(bytes) {
            return kind
        }
        guard normal.contains("[content_types].xml") || normal.contains("_rels/.rels") else { return .zip }
        if normal.contains("xl/workbook.bin") { return .xlsb }
        if normal.contains("xl/vbaproject.bin") { return .xlsm }
        let folders = Set(normal.compactMap { $0.split(separator: "/").first })
        if folders.contains("xl") { return .xlsx }
        if folders.contains("word") { return .docx }
        if folders.contains("ppt") { return .pptx }
        return .zip
    }

    /// ODF packages begin with an uncompressed entry `mimetype` (ODF 1.2 part 3, 3.3).
    private static func openDocument(_ bytes: [UInt8]) -> FileKind? {
        guard bytes.count > 38, number(bytes, 26, 2) == 8, bytes[30..<38].elementsEqual("mimetype".utf8) else {
            return nil
        }
        let start = 38 + number(bytes, 28, 2)
        guard start < bytes.count else { return nil }
        return kind(ofType: String(decoding: bytes[start...].prefix(64), as: UTF8.self))
    }

    /// Whoever unpacks an ODF package and packs it again has `mimetype` anywhere, compressed, or not at all; then the
    /// manifest names the type of the whole (ODF 1.2 part 3, 4.8.4: the entry with the path `/`).
    private static func repacked(_ bytes: [UInt8]) -> FileKind? {
        let limits = ZipLimits(entries: maximumEntries, entryBytes: 1 << 20, totalBytes: 2 << 20)
        guard let archive = try? ZipArchive(bytes, limits: limits) else { return nil }
        func text(_ name: String) -> String? {
            guard let entry = archive[name], let content = try? archive.read(entry) else { return nil }
            return String(decoding: content, as: UTF8.self)
        }
        if let type = text("mimetype"), let kind = kind(ofType: type) { return kind }
        let root = text("META-INF/manifest.xml")?.split(separator: "<").first {
            $0.contains("full-path=\"/\"") || $0.contains("full-path='/'")
        }
        guard let root, let type = root.firstRange(of: family) else { return nil }
        return kind(ofType: root[type.lowerBound...])
    }

    private static let family = "application/vnd.oasis.opendocument."

    /// - Parameter type: a media type, or what begins with one; nil when it is none of OpenDocument's.
    private static func kind(ofType type: some StringProtocol) -> FileKind? {
        guard type.hasPrefix(family) else { return nil }
        return type.hasPrefix(family + "spreadsheet") ? .ods : type.hasPrefix(family + "text") ? .odt : .other
    }

    /// Names of the central directory (4.3.12); nil when its end record (4.3.16) is missing.
    private static func centralNames(_ bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        guard bytes.count >= 22 else { return nil }
        var end = bytes.count - 22
        let last = max(0, bytes.count - 22 - 65_535)
        while end >= last, number(bytes, end, 4) != 0x0605_4B50 { end -= 1 }
        guard end >= last else { return nil }
        var place = number(bytes, end + 16, 4)
        var names: [ArraySlice<UInt8>] = []
        while names.count < maximumEntries, place + 46 <= bytes.count, number(bytes, place, 4) == 0x0201_4B50 {
            let length = number(bytes, place + 28, 2)
            guard place + 46 + length <= bytes.count else { break }
            names.append(bytes[(place + 46)..<(place + 46 + length)])
            place += 46 + length + number(bytes, place + 30, 2) + number(bytes, place + 32, 2)
        }
        return names.isEmpty ? nil : names
    }

    /// Names of the local headers (4.3.7), for an archive whose end was cut off.
    private static func localNames(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        var place = 0
        while names.count < maximumEntries, place + 30 <= bytes.count {
            if bytes[place] == 0x50, number(bytes, place, 4) == 0x0403_4B50 {
                let length = number(bytes, place + 26, 2)
                guard place + 30 + length <= bytes.count else { break }
                names.append(bytes[(place + 30)..<(place + 30 + length)])
                place += 30 + length
            } else {
                place += 1
            }
        }
        return names
    }

    /// A little-endian number of that many bytes; 0 beyond the end.
    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
