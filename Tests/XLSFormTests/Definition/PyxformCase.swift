import Foundation
import Sheets
import Support
import Testing

@testable import XLSForm

/// A small form of `Fixtures/pyxform/forms.md`, and what pyxform makes of it.
struct PyxformCase: Sendable, CustomTestStringConvertible {
    /// One line `found:`.
    struct Found: Hashable, Sendable {
        let code: String
        let sheet: String?
        let row: Int?
        let column: String?

        init(code: String, sheet: String?, row: Int?, column: String?) {
            self.code = code
            self.sheet = sheet
            self.row = row
            self.column = column
        }

        init?(_ line: Substring) {
            let words = line.split(separator: " ", maxSplits: 3)
            guard words.count == 4 else { return nil }
            self.init(
                code: String(words[0]), sheet: String(words[1]), row: Int(words[2]),
                column: words[3] == "-" ? nil : String(words[3]))
        }
    }

    let name: String
    let workbook: Workbook
    let found: [Found]
    let recorded: PyxformRecord.Form?
    var testDescription: String { name }

    static let all: [PyxformCase] = {
        guard let record = PyxformRecord.read(), let data = try? Data(contentsOf: folder.appending(path: "forms.md"))
        else { return [] }
        let parts = ("\n" + String(decoding: data, as: UTF8.self)).split(separator: "\n## ").dropFirst()
        return parts.map { PyxformCase($0, record) }
    }()

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/pyxform")

    private init(_ part: Substring, _ record: PyxformRecord) {
        let lines = part.split(separator: "\n")
        name = lines.first.map(String.init) ?? ""
        let table = lines.filter { $0.hasPrefix("|") }.joined(separator: "\n")
        let hasSettings = lines.contains { $0.hasPrefix("| settings") }
        workbook = hasSettings ? Workbook(markdown: table) : formWorkbook(table)
        found = lines.compactMap { line in
            line.hasPrefix("found: ") ? Found(line.dropFirst("found: ".count)) : nil
        }
        recorded = record.forms[name]
    }
}

/// What `Scripts/record-pyxform` wrote.
struct PyxformRecord: Decodable {
    struct Form: Decodable, Sendable {
        let accepted: Bool
        let warned: Bool?
        /// By path of a node: expressions by kind, as the XForm has them.
        let bindings: [String: [String: String]]?
        let sha256: String?
    }

    let forms: [String: Form]
    let office: [String: Form]

    static func read() -> PyxformRecord? {
        guard let data = try? Data(contentsOf: PyxformCase.folder.appending(path: "expected.json")) else { return nil }
        return try? JSONDecoder().decode(PyxformRecord.self, from: data)
    }
}
