import Sheets
import Zip

/// A small OpenDocument package, written part by part, so that a test can bend what it is about.
struct OpenDocumentPackage {
    static let type = "application/vnd.oasis.opendocument.spreadsheet"
    static let names = ["office", "table", "text", "style", "meta", "manifest", "drawing"]
        .map { "xmlns:\($0 == "drawing" ? "draw" : $0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\"" }
        .joined(separator: " ")
    static let others = """
        xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" \
        xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" \
        xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" \
        xmlns:xlink="http://www.w3.org/1999/xlink" \
        xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
        """

    var parts: [(name: String, text: String)]

    /// A table "S" with this inside, and what stands around it.
    init(table: String, styles: String = "", after: String = "") {
        self.init(spreadsheet: "<table:table table:name=\"S\">\(table)</table:table>\(after)", styles: styles)
    }

    /// One row with these cells.
    init(cells: String, styles: String = "") {
        self.init(table: "<table:table-row>\(cells)</table:table-row>", styles: styles)
    }

    init(spreadsheet: String, styles: String = "") {
        parts = [
            ("mimetype", Self.type),
            ("content.xml", Self.document("document-content", Self.body(spreadsheet, styles: styles))),
            ("META-INF/manifest.xml", Self.manifest("")),
        ]
    }

    subscript(name: String) -> String? {
        get { parts.first { $0.name == name }?.text }
        set {
            let place = parts.firstIndex { $0.name == name } ?? parts.endIndex
            if place < parts.endIndex { parts.remove(at: place) }
            if let newValue { parts.insert((name, newValue), at: place) }
        }
    }

    static func document(_ root: String, _ inside: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?><office:\(root) \(names) \(others) office:version="1.3">\(inside)\
        </office:\(root)>
        """
    }

    static func manifest(_ inside: String) -> String {
        """
        <manifest:manifest \(names)><manifest:file-entry manifest:full-path="/" manifest:media-type="\(type)"/>\
        \(inside)</manifest:manifest>
        """
    }

    private static func body(_ spreadsheet: String, styles: String) -> String {
        """
        <office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:spreadsheet>\(spreadsheet)\
        </office:spreadsheet></office:body>
        """
    }

    func bytes() throws -> [UInt8] {
        var writer = ZipWriter()
        for part in parts { writer.add(part.name, Array(part.text.utf8)) }
        return try writer.finish()
    }

    /// The flat form of the same document.
    func flat() -> [UInt8] {
        let content = self["content.xml"] ?? ""
        return Array(
            content.replacing("office:document-content", with: "office:document")
                .replacing("office:version", with: "office:mimetype=\"\(Self.type)\" office:version").utf8)
    }

    func read(_ limits: WorkbookLimits = .standard) throws -> Workbook {
        try WorkbookReader.read(bytes(), limits: limits)
    }

    /// The cells of the first sheet as `A1=value`.
    func listing() throws -> [String] { Self.listing(try read()) }

    static func listing(_ workbook: Workbook) -> [String] {
        workbook.sheets[0].cells.map { cell in
            "\(String(UnicodeScalar(UInt8(64 + cell.column))))\(cell.row)=\(ReadingPackage.show(cell.value))"
        }
    }

    func code(_ limits: WorkbookLimits = .standard) throws -> WorkbookError.Code? {
        ReadingPackage.code(of: try bytes(), limits)
    }
}
