import Digest
import Foundation
import Zip

/// Turns the nodes of a tree into parts, opens what is wrapped, and gathers the sender's words.
struct PartCollector {
    /// Images of a signature are small; a larger one may be a photo of a table.
    private static let signatureImageBytes = 100 << 10

    private let limits: MessageLimits
    private var decodedBytes = 0
    private var plain: [String] = []
    private var html: [String] = []
    private(set) var parts: [MessagePart] = []

    init(limits: MessageLimits) {
        self.limits = limits
    }

    /// The plain texts of the message itself; without any, its HTML as text.
    var text: String {
        let words = plain.joined(separator: "\n")
        return words.contains(where: { !$0.isWhitespace }) ? words : html.joined(separator: "\n")
    }

    mutating func collect(_ tree: borrowing MIMETree) throws(MessageError) {
        try collect(tree, under: [], isTop: true, depth: limits.depth)
    }

    private mutating func collect(
        _ tree: borrowing MIMETree, under prefix: [Int], isTop: Bool, depth: Int
    ) throws(MessageError) {
        try tree.walk(depth: depth) { (node: borrowing MIMENode) throws(MessageError) in
            try add(node, path: prefix + node.path, isTop: isTop && node.isTop, depth: depth - node.path.count)
        }
    }

    private mutating func add(
        _ node: borrowing MIMENode, path: [Int], isTop: Bool, depth: Int
    ) throws(MessageError) {
        let bytes = node.bytes
        let filename = node.filename
        let contentType = node.contentType
        if node.isAttachedMessage {
            return try append(bytes, path, contentType, filename, kind: .message, role: .wrapper)
        }
        let kind = FileKind.of(bytes, name: filename, contentType: contentType)
        if kind == .zip {
            return try addArchive(bytes, path, contentType, filename)
        }
        if kind == .message, let inner = try Self.message(in: bytes, limits) {
            try append(bytes, path, contentType, filename, kind: .message, role: .wrapper)
            return try collect(inner, under: path, isTop: false, depth: depth - 1)
        }
        if kind == .tnef {
            let held = TNEF(bytes)
            try append(
                bytes, path, contentType, filename, kind: .tnef, role: .wrapper, obstacle: held.isWhole ? nil : .damaged
            )
            return try addEntries(held.attachments.map { ($0.filename, $0.bytes) }, under: path)
        }
        let role = role(of: node, kind: kind, filename: filename, size: bytes.count)
        if kind == .pkcs7, role == .attachment {
            return try addSigned(bytes, path, contentType, filename, isTop: isTop, depth: depth)
        }
        if role == .body, isTop, contentType == "text/plain" || contentType == "text/html" {
            addText(bytes, kind: kind, charset: node.charset)
        }
        try append(bytes, path, contentType, filename, kind: kind, role: role)
    }

    private func role(
        of node: borrowing MIMENode, kind: FileKind, filename: String?, size: Int
    ) -> MessagePart.Role {
        let type = node.contentType
        if node.disposition != "attachment", filename == nil, type.hasPrefix("text/"), kind == .text || kind == .html {
            return .body
        }
        if let filename, Self.isLitter(filename) { return .ignorable }
        if ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"].contains(type)
        {
            return .ignorable
        }
        if kind == .image, size <= Self.signatureImageBytes, node.disposition != "attachment" || node.hasContentID {
            let isNamedByProgram = filename.map { Self.isProgramsImageName($0) } ?? true
            if node.parent == "multipart/related" || isNamedByProgram { return .ignorable }
        }
        return .attachment
    }

    private mutating func append(
        _ bytes: [UInt8], _ path: [Int], _ contentType: String, _ filename: String?, kind: FileKind,
        role: MessagePart.Role, obstacle: MessagePart.Obstacle? = nil
    ) throws(MessageError) {
        guard parts.count < limits.parts else { throw MessageError(.tooManyParts, "more than \(limits.parts) parts") }
        decodedBytes += bytes.count
        guard decodedBytes <= limits.decodedBytes else {
            throw MessageError(.tooLargeDecoded, "the parts decode to more than \(limits.decodedBytes) bytes")
        }
        parts.append(
            MessagePart(
                path: path.map(String.init).joined(separator: "."), contentType: contentType, filename: filename,
                sha256: Digest.hex(.sha256, of: bytes), kind: kind, role: role, obstacle: obstacle, bytes: bytes))
    }

    private mutating func addText(_ bytes: [UInt8], kind: FileKind, charset: String?) {
        // A character takes at most four bytes, and markup may hide the words behind much else.
        var shown = bytes.prefix(limits.text * 4)
        if shown.count < bytes.count {
            // A character that was cut in two would make the whole look like another charset.
            for _ in 0..<4 {
                guard let last = shown.last, last >= 0x80 else { break }
                shown.removeLast()
                if last >= 0xC0 { break }
            }
        }
        let text = MIMEText.text(shown, charset: charset)
        if kind == .html {
            html.append(PlainText.fromHTML(text))
        } else {
            plain.append(PlainText.withLineFeeds(text))
        }
    }
}

/// Wrappers.
extension PartCollector {
    /// Mail attached as a file: the parser has not looked into it, so it goes through the same gate as a whole mail.
    private static func message(in bytes: [UInt8], _ limits: MessageLimits) throws(MessageError) -> MIMETree? {
        do {
            try MessageScan.check(bytes, limits)
        } catch  where error.code == .notMessage {
            return nil
        }
        return MIMETree(bytes)
    }

    /// An entity within its signature is read as if it stood there alone.
    private mutating func addSigned(
        _ bytes: [UInt8], _ path: [Int], _ contentType: String, _ filename: String?, isTop: Bool, depth: Int
    ) throws(MessageError) {
        guard let content = SignedData.content(of: bytes), let inner = try Self.message(in: content, limits) else {
            let obstacle: MessagePart.Obstacle = SignedData.isEncrypted(bytes) ? .encrypted : .damaged
            return try append(
                bytes, path, contentType, filename, kind: .pkcs7, role: .attachment, obstacle: obstacle)
        }
        try append(bytes, path, contentType, filename, kind: .pkcs7, role: .wrapper)
        try collect(inner, under: path, isTop: isTop, depth: depth - 1)
    }

    /// A zip is opened one level deep; one within it stays closed.
    private mutating func addArchive(
        _ bytes: [UInt8], _ path: [Int], _ contentType: String, _ filename: String?
    ) throws(MessageError) {
        let held: [(name: String, bytes: [UInt8])]
        switch Self.content(of: bytes, entries: limits.parts - parts.count, bytes: limits.decodedBytes - decodedBytes) {
        case .success(let entries): held = entries
        case .failure(let error):
            return try append(
                bytes, path, contentType, filename, kind: .zip, role: .attachment, obstacle: error.obstacle)
        }
        try append(bytes, path, contentType, filename, kind: .zip, role: .wrapper)
        try addEntries(held.map { ($0.name, $0.bytes) }, under: path)
    }

    /// Files within a wrapper. Their names may hold folders, of which the last part is for people.
    private mutating func addEntries(
        _ entries: [(name: String?, bytes: [UInt8])], under path: [Int]
    ) throws(MessageError) {
        for (index, entry) in entries.enumerated() {
            let steps = entry.name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }) ?? []
            let name = steps.last.map { MIMEText.withoutControls(String($0)) }
            let kind = FileKind.of(entry.bytes, name: name)
            let isLitter = steps.first == "__MACOSX" || name.map { Self.isLitter($0) } ?? false
            try append(
                entry.bytes, path + [index + 1], kind.contentType, name, kind: kind,
                role: isLitter ? .ignorable : .attachment, obstacle: nil)
        }
    }

    private static func content(
        of bytes: [UInt8], entries: Int, bytes allowance: Int
    ) -> Result<[(name: String, bytes: [UInt8])], ZipError> {
        do throws(ZipError) {
            let limits = ZipLimits(entries: max(0, entries), totalBytes: max(0, allowance))
            let archive = try ZipArchive(bytes, limits: limits)
            var held: [(String, [UInt8])] = []
            for entry in archive.entries where !entry.isFolder {
                held.append((entry.name, try archive.read(entry)))
            }
            return .success(held)
        } catch {
            return .failure(error)
        }
    }
}

/// What nobody means to send.
extension PartCollector {
    /// Office's lock files (`~$report.xlsx`), what file managers leave in folders, and signatures by their usual name.
    static func isLitter(_ filename: String) -> Bool {
        let name = filename.lowercased()
        return name.hasPrefix("~$") || ["thumbs.db", "desktop.ini", ".ds_store", "smime.p7s"].contains(name)
            || name.hasPrefix("._")
    }

    /// `image001.png` and the like: the names that mail programs give to pictures within a text.
    private static func isProgramsImageName(_ filename: String) -> Bool {
        let name = filename.lowercased()
        guard name.hasPrefix("image"), let dot = name.lastIndex(of: ".") else { return false }
        let digits = name[..<dot].dropFirst("image".count)
        return digits.count == 3 && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }
}

extension ZipError {
    var obstacle: MessagePart.Obstacle {
        switch code {
        case .encrypted: .encrypted
        case .tooManyEntries, .tooLarge: .limits
        default: .damaged
        }
    }
}
