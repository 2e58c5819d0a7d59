import Accounts
import Foundation
import Hummingbird

/// What a form of ours brought back.
struct FormFields: Sendable {
    private let values: [String: String]

    /// Bytes: the longest form is a checklist with notes.
    static let longest = 256 * 1024

    /// - Parameter visitor: whose token the form must bring; nil for the sign-in page.
    /// - Throws: `Turned.forged`, `Turned.back`, 413.
    init(_ request: Request, of visitor: Visitor?) async throws {
        let buffer = try await request.content(upTo: Self.longest)
        values = Self.parse(String(buffer: buffer))
        if let visitor {
            guard SessionToken.isSame(self["_csrf"], visitor.csrf) else { throw Turned.forged }
        }
    }

    /// Trimmed; empty when it is not there.
    subscript(name: String) -> String {
        (values[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether the form has such a field, empty or not.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// As it was typed: a password keeps its spaces.
    func raw(_ name: String) -> String { values[name] ?? "" }

    /// Fields whose names begin so, by the rest of the name.
    func all(_ prefix: String) -> [String: String] {
        values.reduce(into: [:]) { found, field in
            if field.key.hasPrefix(prefix) { found[String(field.key.dropFirst(prefix.count))] = field.value }
        }
    }

    /// application/x-www-form-urlencoded (WHATWG URL, 5.1); of two fields of one name the last counts.
    static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            guard let name = decoded.first, !name.isEmpty else { continue }
            values[name] = (decoded.count > 1 ? decoded[1] : "").replacing("\r\n", with: "\n")
        }
        return values
    }
}
