import Foundation
package import Records
import Zip

/// Sets single cells of an xlsx workbook of records where they stand: everything else of the file stays as it is, byte
/// for byte, styles and comments too.
package enum CellEditor {
    package enum Value: Sendable {
        case text(String)
        case day(CivilDate)
    }

    /// The workbook is not laid out so that the cells can be found with certainty.
    package struct NotFound: Error {}

    /// - Parameters:
    ///   - values: by the head that their column has in the first row.
    ///   - row: counted from 1.
    /// - Returns: the bytes of the edited workbook.
    /// - Throws: `NotFound`, `WorkbookError`, `ZipError`.
    package static func set(
        _ values: [String: Value], inRow row: Int, of sheet: String, in bytes: [UInt8]
    ) throws -> [UInt8] {
        let workbook = try WorkbookReader.read(bytes)
        guard workbook.format == .xlsx, let heads = workbook[sheet: sheet]?.cells.filter({ $0.row == 1 }) else {
            throw NotFound()
        }
        let archive = try ZipArchive(bytes)
        let part = try part(of: sheet, in: archive)
        var writer = ZipWriter()
        for entry in archive.entries where !entry.isFolder {
            var content = try archive.read(entry)
            if PackageParts.normalized(entry.name) == PackageParts.normalized(part) {
                var xml = String(decoding: content, as: UTF8.self)
                for (head, value) in values.sorted(by: { $0.key < $1.key }) {
                    guard let column = heads.first(where: { $0.value == .text(head) })?.column else { throw NotFound() }
                    xml = try set(value, row: row, column: column, in: xml)
                }
                content = Array(xml.utf8)
            }
            writer.add(entry.name, content)
        }
        return try writer.finish()
    }

    private static func part(of sheet: String, in archive: ZipArchive) throws -> String {
        let limits = WorkbookLimits.standard
        let parts = try PackageParts(archive, limits: limits)
        guard let main = parts.relationships.first(where: { $0.kind == "officeDocument" })?.target else {
            throw NotFound()
        }
        var workbook = WorkbookPart(limits: limits, budget: WorkbookBudget(limits))
        try parts.visit(main, with: &workbook)
        // Days are counted from 1900 below.
        guard !workbook.isEpoch1904, let entry = workbook.sheets.first(where: { $0.name == sheet }),
            let target = try parts.relationships(of: main).first(where: { $0.id == entry.relationship })?.target
        else { throw NotFound() }
        return target
    }

    // MARK: - One cell

    private static func set(_ value: Value, row: Int, column: Int, in xml: String) throws -> String {
        let rowPattern = try Regex("<row\\b[^>]*\\br=\"\(row)\"[^>]*>(?s:(.*?))</row>", as: (Substring, Substring).self)
        guard let found = xml.firstMatch(of: rowPattern) else { throw NotFound() }
        let content = found.output.1
        let name = CellReference.letters(column) + String(row)
        let cellPattern = try Regex(
            "<c\\b[^>]*\\br=\"\(name)\"[^>]*?(?:/>|>(?s:.*?)</c>)", as: Substring.self)
        let old = content.firstMatch(of: cellPattern)
        let style = old.flatMap { self.style(of: $0.output) } ?? self.style(ofColumn: column, in: xml)
        let cell = element(name, style, value)
        let range = old?.range ?? insertion(before: column, in: content)
        return xml.replacingCharacters(in: range, with: cell)
    }

    private static func element(_ name: String, _ style: String?, _ value: Value) -> String {
        let style = style.map { " s=\"\($0)\"" } ?? ""
        switch value {
        case .text(let text):
            let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            return "<c r=\"\(name)\"\(style) t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped)</t></is></c>"
        case .day(let day):
            return "<c r=\"\(name)\"\(style)><v>\(day.daysSince1970 + daysTo1970)</v></c>"
        }
    }

    /// Serial of 1970-01-01 where 1900-03-01 is 61.
    private static let daysTo1970 = 25_569

    /// Of a cell that shows what the column's other cells show: a day as a day.
    private static func style(ofColumn column: Int, in xml: String) -> String? {
        let letters = CellReference.letters(column)
        guard
            let pattern = try? Regex(
                "<c\\b[^>]*\\br=\"\(letters)([2-9]|[1-9][0-9]+)\"[^>]*>", as: (Substring, Substring).self)
        else { return nil }
        return xml.matches(of: pattern).lazy.compactMap { style(of: $0.output.0) }.first
    }

    private static func style(of cell: Substring) -> String? {
        cell.prefix { $0 != ">" }.firstMatch(of: /\bs="(\d+)"/).map { String($0.1) }
    }

    /// Cells of a row stand in the order of their columns.
    private static func insertion(before column: Int, in content: Substring) -> Range<String.Index> {
        for cell in content.matches(of: /<c\b[^>]*\br="([A-Z]+)\d+"/) {
            guard let other = CellReference.position("\(cell.output.1)1".utf8)?.column, other > column else { continue }
            return cell.range.lowerBound..<cell.range.lowerBound
        }
        return content.endIndex..<content.endIndex
    }
}
