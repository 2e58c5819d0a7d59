import Foundation
import FoundationXML
import Sheets
import Testing
import Zip

/// A workbook before and after it was marked, part by part.
struct MarkingCase {
    static let tag = "zz_"
    static let heading = "■ Sửa"
    static let color: UInt32 = 0xF8_CB_AD
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    let before: [String: [UInt8]]
    let after: [String: [UInt8]]
    let marked: MarkedWorkbook
    let workbook: Workbook

    init(_ bytes: [UInt8], _ marks: [WorkbookMarking.Mark], limits: WorkbookLimits = .standard) throws {
        marked = try WorkbookMarker.mark(bytes, with: Self.marking(marks), limits: limits)
        before = try Self.parts(of: bytes)
        after = try Self.parts(of: marked.bytes)
        workbook = try WorkbookReader.read(marked.bytes)
    }

    static func fixture(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    static func mark(_ sheet: String, _ row: Int, _ column: Int, _ text: String = "sai") -> WorkbookMarking.Mark {
        WorkbookMarking.Mark(sheet: sheet, row: row, column: column, text: text)
    }

    static func marking(_ marks: [WorkbookMarking.Mark]) -> WorkbookMarking {
        var list = SheetDraft(name: "Sửa")
        list.hiddenColumns = [1]
        list.isProtected = true
        list.frozenAt = (3, 2)
        var link = CellStyle.plain
        link.textColor = 0x05_63_C1
        link.hasBorder = true
        list.merged.append(
            (
                CellRange(firstRow: 1, firstColumn: 2, lastRow: 1, lastColumn: 4),
                CellDraft(row: 1, column: 2, value: .text("Các chỗ <cần> sửa & \"xem\""))
            ))
        for (index, mark) in marks.enumerated() {
            let address = "internal:'\(mark.sheet)'!A\(mark.row)"
            list.cells += [
                CellDraft(row: index + 3, column: 1, value: .text("\(tag)\(index)")),
                CellDraft(row: index + 3, column: 2, value: .link(address, text: "A\(mark.row)"), style: link),
            ]
        }
        if marks.isEmpty { list.cells.append(CellDraft(row: 3, column: 1, value: .text(tag))) }
        return WorkbookMarking(
            cells: marks, list: list, tag: tag, color: color, heading: heading, author: "Phòng")
    }

    static func parts(of bytes: [UInt8]) throws -> [String: [UInt8]] {
        let archive = try ZipArchive(bytes)
        return Dictionary(
            uniqueKeysWithValues: try archive.entries.filter { !$0.isFolder }.map { ($0.name, try archive.read($0)) })
    }

    func text(_ part: String) -> String { after[part].map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// The parts that are others now, and those that are gone.
    var changed: Set<String> { Set(before.keys.filter { after[$0] != before[$0] }) }
    var new: Set<String> { Set(after.keys).subtracting(before.keys) }

    /// The cells of all sheets but the added one, as `Sheet!A1=value`.
    static func cells(of workbook: Workbook) -> [String] {
        workbook.sheets.filter { !$0.name.hasPrefix("Sửa") }.flatMap { sheet in
            sheet.cells.map { "\(sheet.name)!\($0.row),\($0.column)=\(ReadingPackage.show($0.value)) \($0.isFormula)" }
        }
    }

    // MARK: - What the parts say, read by another parser than the product's

    /// The format of a cell.
    func format(_ reference: String, in part: String) -> Int? {
        XMLElements.of(after[part]).first { $0.name == "c" && $0.attributes["r"] == reference }
            .flatMap { $0.attributes["s"] ?? "0" }.flatMap { Int($0) }
    }

    /// The colour of a cell; nil for one without.
    func color(_ reference: String, in part: String) -> String? {
        let styles = XMLElements.of(after["xl/styles.xml"] ?? after["xl/styles1.xml"])
        let formats = styles.filter { $0.path.hasSuffix("/cellXfs/xf") }
        guard let format = format(reference, in: part), formats.indices.contains(format),
            let fill = formats[format].attributes["fillId"].flatMap({ Int($0) })
        else { return nil }
        var fills: [String?] = []
        for element in styles {
            if element.path.hasSuffix("/fills/fill") { fills.append(nil) }
            if element.path.hasSuffix("/fills/fill/patternFill/fgColor") {
                fills[fills.count - 1] = element.attributes["rgb"]
            }
        }
        return fills.indices.contains(fill) ? fills[fill] : nil
    }

    /// The comments of a part by cell.
    func comments(in part: String) -> [String: String] {
        var comments: [String: String] = [:]
        var reference = ""
        for element in XMLElements.of(after[part]) {
            if element.name == "comment" { reference = element.attributes["ref"] ?? "" }
            if element.name == "t" { comments[reference, default: ""] += element.text }
        }
        return comments
    }

    /// The cells that have a comment's box in a drawing, row and column from 0.
    func boxes(in part: String) -> [String] {
        let elements = XMLElements.of(after[part])
        return zip(elements.filter { $0.name == "Row" }, elements.filter { $0.name == "Column" })
            .map { "\($0.text),\($1.text)" }
    }

    /// The relationships of a part: kind and target.
    func relationships(_ part: String) -> [String] {
        XMLElements.of(after[part]).filter { $0.name == "Relationship" }.map {
            ($0.attributes["Type"]?.split(separator: "/").last ?? "") + " " + ($0.attributes["Target"] ?? "")
        }
    }
}

/// An element of a part with what stands in it.
struct XMLElements {
    struct Element {
        let name: String
        let path: String
        let attributes: [String: String]
        var text = ""
    }

    static func of(_ bytes: [UInt8]?) -> [Element] {
        let reader = Reader()
        let parser = XMLParser(data: Data(bytes ?? []))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        return parser.parse() ? reader.elements : []
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let above = open.last.map { elements[$0].path } ?? ""
            elements.append(Element(name: name, path: "\(above)/\(name)", attributes: attributes))
            open.append(elements.count - 1)
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if let last = open.last { elements[last].text += text }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            open.removeLast()
        }
    }
}
