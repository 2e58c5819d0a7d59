import Foundation
import Records

/// Small lists that are kept as JSON in one column. Written by hand, as the encoder's way takes longer than the commit;
/// the text is JSON as RFC 8259 has it, so that SQLite's own functions can look into it.
enum JSONColumn {
    static func texts(_ column: String) throws(LedgerError) -> [String] { try decode(column) }
    static func dictionary(_ column: String) throws(LedgerError) -> [String: String] { try decode(column) }

    static func cells(_ column: String) throws(LedgerError) -> [CellReference] {
        if column == "[]" { return [] }
        let stored: [StoredCell] = try decode(column)
        return stored.compactMap { CellReference(sheet: $0.sheet, row: $0.row, column: $0.column) }
    }

    static func text(_ texts: [String]) -> String {
        var json = JSONText()
        json.list(texts) { $0.string($1) }
        return json.finished
    }

    /// Keys in order, so that the same arguments give the same text.
    static func text(_ dictionary: [String: String]) -> String {
        guard !dictionary.isEmpty else { return "{}" }
        var json = JSONText()
        json.raw("{")
        for (index, key) in dictionary.keys.sorted().enumerated() {
            if index > 0 { json.raw(",") }
            json.string(key)
            json.raw(":")
            json.string(dictionary[key] ?? "")
        }
        json.raw("}")
        return json.finished
    }

    static func text(_ cells: [CellReference]) -> String {
        var json = JSONText()
        json.list(cells) { json, cell in
            json.raw("[")
            json.string(cell.sheet)
            json.raw(",\(cell.row),\(cell.column)]")
        }
        return json.finished
    }

    static func decode<T: Decodable>(_ column: String) throws(LedgerError) -> T {
        do {
            return try JSONDecoder().decode(T.self, from: Data(column.utf8))
        } catch {
            throw LedgerError(.damaged, "a JSON column cannot be read")
        }
    }

    private struct StoredCell: Decodable {
        let sheet: String
        let row: Int
        let column: Int

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            sheet = try values.decode(String.self)
            row = try values.decode(Int.self)
            column = try values.decode(Int.self)
        }
    }
}

/// Builds JSON text as bytes.
struct JSONText {
    private var bytes: [UInt8] = []

    var finished: String { String(decoding: bytes, as: UTF8.self) }

    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func list<T>(_ items: [T], _ item: (inout JSONText, T) -> Void) {
        raw("[")
        for (index, element) in items.enumerated() {
            if index > 0 { raw(",") }
            item(&self, element)
        }
        raw("]")
    }

    mutating func string(_ text: String?) {
        guard let text else { return raw("null") }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                raw("\\u00")
                bytes.append(Self.hexadecimal[Int(byte >> 4)])
                bytes.append(Self.hexadecimal[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}
