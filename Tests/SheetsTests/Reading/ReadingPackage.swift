import Sheets
import Zip

/// A small Office Open XML package, written part by part, so that a test can bend what it is about.
struct ReadingPackage {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let content = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    /// By name; nil takes a part out.
    var parts: [(name: String, text: String)]

    /// One sheet "S" with these rows; cell formats in the order of the codes, from `s="0"`.
    init(rows: String, strings: String? = nil, formats: [String] = [], date1904: Bool = false, after: String = "") {
        parts = [
            (
                "[Content_Types].xml",
                """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/xl/workbook.xml" ContentType="\(Self.content).sheet.main+xml"/></Types>
                """
            ),
            ("_rels/.rels", Self.relationships([("r1", "officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", Self.workbook(sheets: [("S", "r1", nil)], date1904: date1904)),
            (
                "xl/_rels/workbook.xml.rels",
                Self.relationships([
                    ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml"),
                    ("r3", "styles", "styles.xml"),
                ])
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
            ),
        ]
        if let strings { parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(strings)</sst>")) }
        if !formats.isEmpty { parts.append(("xl/styles.xml", Self.styles(formats))) }
    }

    subscript(name: String) -> String? {
        get { parts.first { $0.name == name }?.text }
        set {
            let place = parts.firstIndex { $0.name == name } ?? parts.endIndex
            if place < parts.endIndex { parts.remove(at: place) }
            if let newValue { parts.insert((name, newValue), at: place) }
        }
    }

    func bytes() throws -> [UInt8] {
        var writer = ZipWriter()
        for part in parts { writer.add(part.name, Array(part.text.utf8)) }
        return try writer.finish()
    }

    func read(_ limits: WorkbookLimits = .standard) throws -> Workbook {
        try WorkbookReader.read(bytes(), limits: limits)
    }

    /// The cells of the first sheet as `A1=value`.
    func listing() throws -> [String] {
        try read().sheets[0].cells.map { cell in
            let column = String(UnicodeScalar(UInt8(64 + cell.column)))
            return "\(column)\(cell.row)=\(Self.show(cell.value))"
        }
    }

    /// The code with which reading ends; nil when it succeeds.
    func code(_ limits: WorkbookLimits = .standard) throws -> WorkbookError.Code? {
        Self.code(of: try bytes(), limits)
    }

    static func code(of bytes: [UInt8], _ limits: WorkbookLimits = .standard) -> WorkbookError.Code? {
        do throws(WorkbookError) {
            _ = try WorkbookReader.read(bytes, limits: limits)
            return nil
        } catch { return error.code }
    }

    static func show(_ value: CellValue) -> String {
        switch value {
        case .text(let text): "\"\(text)\""
        case .number(let number): "\(number)"
        case .boolean(let truth): "\(truth)"
        case .date(let milliseconds): "date \(milliseconds)"
        case .time(let milliseconds): "time \(milliseconds)"
        case .duration(let milliseconds): "duration \(milliseconds)"
        case .error(let code): "error \(code)"
        case .formulaWithoutValue: "formula"
        }
    }

    static func workbook(
        sheets: [(name: String, id: String, state: String?)], date1904: Bool = false, names: String = ""
    ) -> String {
        let entries = sheets.enumerated().map { index, sheet in
            let state = sheet.state.map { " state=\"\($0)\"" } ?? ""
            return "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"\(sheet.id)\"\(state)/>"
        }
        return """
            <workbook xmlns="\(main)" xmlns:r="\(office)"><workbookPr date1904="\(date1904 ? 1 : 0)"/>\
            <sheets>\(entries.joined())</sheets><definedNames>\(names)</definedNames></workbook>
            """
    }

    static func relationships(_ entries: [(id: String, kind: String, target: String)]) -> String {
        let lines = entries.map {
            "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.kind)\" Target=\"\($0.target)\"/>"
        }
        return """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            \(lines.joined())</Relationships>
            """
    }

    private static func styles(_ codes: [String]) -> String {
        let escaped = codes.map {
            $0.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
        }
        let formats = escaped.enumerated().map { "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\($1)\"/>" }
        let cells = codes.indices.map { "<xf numFmtId=\"\(200 + $0)\" fontId=\"0\"/>" }
        return """
            <styleSheet xmlns="\(main)"><numFmts>\(formats.joined())</numFmts><fonts><font><sz val="11"/></font></fonts>\
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>\(cells.joined())</cellXfs></styleSheet>
            """
    }
}
