import Foundation
import Hummingbird
import NIOCore

/// A form that brought a file (RFC 7578). Read whole, within a limit: what comes is a scan or a workbook.
struct MultipartForm: Sendable {
    struct File: Hashable, Sendable {
        /// As the browser names it; for people, never used as a path.
        let name: String
        let bytes: [UInt8]
    }

    let fields: FormFields
    /// By the field's name; a field without a file is left out.
    let files: [String: File]

    /// Bytes of one file and the fields around it.
    static let longest = 20 << 20
    private static let mostParts = 200

    /// - Throws: `Turned.forged`, `Turned.back`, 413.
    init(_ request: Request, of visitor: Visitor) async throws {
        guard let type = request.headers[.contentType], let boundary = Self.boundary(type) else {
            throw Turned.back("Trình duyệt gửi tệp theo kiểu không đọc được.")
        }
        let buffer = try await request.body.collect(upTo: Self.longest)
        guard let parts = Self.parse(Array(buffer.readableBytesView), boundary: boundary) else {
            throw Turned.back("Tệp gửi lên bị cắt giữa chừng. Thử lại.")
        }
        fields = try FormFields(parts.fields, of: visitor)
        files = parts.files
    }

    /// RFC 2046, 5.1.1: at most 70 characters, and none that could not stand in one.
    static func boundary(_ type: String) -> String? {
        let parts = type.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.first?.lowercased() == "multipart/form-data",
            let last = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let boundary = last.dropFirst("boundary=".count).trimmingCharacters(in: ["\""])
        return (1...70).contains(boundary.utf8.count) && boundary.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            ? boundary : nil
    }

    /// - Returns: nil for what is no such form, or was cut off.
    static func parse(
        _ bytes: [UInt8], boundary: String
    ) -> (fields: [String: String], files: [String: File])? {
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first delimiter has no line end of its own before it.
        let body = Array("\r\n".utf8) + bytes
        var (fields, files) = ([String: String](), [String: File]())
        guard var at = find(mark, in: body, from: 0) else { return nil }
        for _ in 0..<mostParts {
            let start = at + mark.count
            guard start + 2 <= body.count else { return nil }
            if body[start...].starts(with: "--".utf8) { return (fields, files) }
            guard body[start...].starts(with: "\r\n".utf8), let end = find(mark, in: body, from: start) else {
                return nil
            }
            guard let head = find(Array("\r\n\r\n".utf8), in: body, from: start), head < end || head == end else {
                return nil
            }
            let content = Array(body[min(head + 4, end)..<end])
            let names = disposition(String(decoding: body[start..<head], as: UTF8.self))
            if let name = names.field {
                if let file = names.file {
                    if !file.isEmpty { files[name] = File(name: file, bytes: content) }
                } else {
                    fields[name] = String(decoding: content, as: UTF8.self).replacing("\r\n", with: "\n")
                }
            }
            at = end
        }
        return nil
    }

    /// The names in `Content-Disposition: form-data; name="tep"; filename="QD.pdf"`, as browsers write them (quotes as %22).
    private static func disposition(_ head: String) -> (field: String?, file: String?) {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        func value(_ name: String) -> String? {
            guard let start = line.firstRange(of: "; \(name)=\"") else { return nil }
            return String(line[start.upperBound...].prefix { $0 != "\"" })
        }
        return (value("name"), value("filename").map { String($0.split { $0 == "/" || $0 == "\\" }.last ?? "") })
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, start <= bytes.count - pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var at = start
            while at <= bytes.count - pattern.count {
                if bytes[at] == first, pattern.indices.allSatisfy({ bytes[at + $0] == pattern[$0] }) { return at }
                at += 1
            }
            return nil
        }
    }
}
