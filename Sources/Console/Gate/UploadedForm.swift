import Accounts
import Foundation
import Hummingbird

/// A form of ours that brings files: multipart/form-data (RFC 7578).
struct UploadedForm: Sendable {
    struct File: Sendable {
        /// Without folders, as the browser names it.
        let name: String
        let bytes: [UInt8]
    }

    private let fields: [String: String]
    private let files: [String: [File]]

    /// Bytes: as much as the largest mail may have.
    static let longest = 36 << 20
    private static let mostParts = 64

    /// - Throws: `Turned.forged` without the visitor's token, `Turned.back`, 413.
    init(_ request: Request, of visitor: Visitor) async throws {
        guard let type = request.headers[.contentType], let boundary = Self.boundary(of: type) else {
            throw Turned.back("Trình duyệt chưa gửi được tệp. Thử lại.")
        }
        let buffer = try await request.content(upTo: Self.longest)
        guard let parts = Self.parts(of: Array(buffer.readableBytesView), boundary: boundary) else {
            throw Turned.back("Trình duyệt chưa gửi được tệp. Thử lại.")
        }
        self.init(parts)
        guard SessionToken.isSame(self["_csrf"], visitor.csrf) else { throw Turned.forged }
    }

    init(_ parts: [Part]) {
        var (fields, files): ([String: String], [String: [File]]) = ([:], [:])
        for part in parts {
            if let name = part.filename {
                // A file field that was left empty comes as a file without name or bytes.
                guard !name.isEmpty || !part.bytes.isEmpty else { continue }
                files[part.name, default: []].append(File(name: name, bytes: Array(part.bytes)))
            } else {
                fields[part.name] = String(decoding: part.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            }
        }
        self.fields = fields
        self.files = files
    }

    /// Trimmed; empty when it is not there.
    subscript(name: String) -> String { (fields[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }

    func files(_ name: String) -> [File] { files[name] ?? [] }

    // MARK: - Reading

    struct Part: Sendable {
        let name: String
        /// nil of a field.
        let filename: String?
        let bytes: ArraySlice<UInt8>
    }

    static func boundary(of type: String) -> String? {
        guard type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        let boundary = parameter("boundary", of: type)
        return boundary.flatMap { (1...70).contains($0.utf8.count) ? $0 : nil }
    }

    /// The parts between the boundaries; nil when it is no such body.
    static func parts(of body: [UInt8], boundary: String) -> [Part]? {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter has no line break before it where nothing precedes it.
        guard var at = find(Array(delimiter.dropFirst(2)), in: body[...]), at.lowerBound == 0 else { return nil }
        var parts: [Part] = []
        while true {
            let rest = body[at.upperBound...]
            if rest.starts(with: Array("--".utf8)) { return parts }
            guard parts.count < mostParts, rest.starts(with: Array("\r\n".utf8)),
                let next = find(delimiter, in: rest),
                let part = part(body[(at.upperBound + 2)..<max(next.lowerBound, at.upperBound + 2)])
            else { return nil }
            parts.append(part)
            at = next
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        guard let end = find(Array("\r\n\r\n".utf8), in: bytes), end.lowerBound - bytes.startIndex < 4096 else {
            return nil
        }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        guard
            let line = head.components(separatedBy: "\r\n").first(where: {
                $0.lowercased().hasPrefix("content-disposition:")
            }), let name = parameter("name", of: line)
        else { return nil }
        let filename = parameter("filename", of: line).map {
            String($0.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
        }
        return Part(name: name, filename: filename, bytes: bytes[end.upperBound...])
    }

    /// Browsers write `"` in names as `%22` (WHATWG HTML, multipart form data).
    private static func parameter(_ name: String, of text: String) -> String? {
        for piece in text.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            let value = pair[1].hasPrefix("\"") ? String(pair[1].dropFirst().prefix { $0 != "\"" }) : pair[1]
            return value.replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: "")
        }
        return nil
    }

    private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        bytes.withUnsafeBytes { buffer -> Range<Int>? in
            var start = 0
            while let base = buffer.baseAddress, start + pattern.count <= buffer.count,
                let hit = memchr(base + start, Int32(pattern[0]), buffer.count - start)
            {
                let place = UnsafeRawPointer(hit) - base
                guard place + pattern.count <= buffer.count else { return nil }
                if memcmp(base + place, pattern, pattern.count) == 0 {
                    return (bytes.startIndex + place)..<(bytes.startIndex + place + pattern.count)
                }
                start = place + 1
            }
            return nil
        }
    }
}
