import Zip

/// Reads OpenDocument spreadsheets, packed (`.ods`) and flat (`.fods`): OASIS OpenDocument 1.0 to 1.4.
struct OpenDocumentReader {
    private let limits: WorkbookLimits
    private var document: OpenDocumentPart

    init(limits: WorkbookLimits) {
        self.limits = limits
        document = OpenDocumentPart(limits: limits, budget: WorkbookBudget(limits))
    }

    /// Reads a package.
    mutating func read(_ archive: ZipArchive) throws(WorkbookError) -> Workbook {
        var manifest = OpenDocumentManifest()
        // OpenOffice.org named a document type here.
        var stream = XMLStream(part: "META-INF/manifest.xml", maximumDepth: limits.xmlDepth)
        stream.allowsDocumentType = true
        if let entry = archive[stream.part] { try stream.parse(entry, of: archive, visitor: &manifest) }
        if manifest.isEncrypted { throw WorkbookError(.password, "content.xml is encrypted with a password") }
        try visit("meta.xml", of: archive)
        try visit("styles.xml", of: archive, readsAutomaticStyles: false)
        guard try visit("content.xml", of: archive) else {
            throw WorkbookError(.damaged, "the part content.xml is missing")
        }
        return try workbook(.ods, hasMacros: archive.entries.contains { Self.isMacro($0.name) })
    }

    /// Reads the one document of the flat form.
    mutating func read(flat bytes: [UInt8]) throws(WorkbookError) -> Workbook {
        document.begin()
        try XMLStream(part: "the document", maximumDepth: limits.xmlDepth).parse(bytes, visitor: &document)
        return try workbook(.fods, hasMacros: document.hasMacros)
    }

    private func workbook(_ format: WorkbookFormat, hasMacros: Bool) throws(WorkbookError) -> Workbook {
        guard document.hasSpreadsheet else {
            throw WorkbookError(.notWorkbook, "an OpenDocument file of another kind than a spreadsheet")
        }
        var remarks: [WorkbookRemark] = []
        if hasMacros { remarks.append(.macrosIgnored) }
        if document.sheets.hasLinks { remarks.append(.externalLinksIgnored) }
        return Workbook(
            format: format, sheets: document.sheets.sheets, definedNames: document.sheets.definedNames(),
            properties: document.properties.values, remarks: remarks)
    }

    /// False when there is no such part.
    @discardableResult
    private mutating func visit(
        _ part: String, of archive: ZipArchive, readsAutomaticStyles: Bool = true
    ) throws(WorkbookError) -> Bool {
        guard let entry = archive[part] else { return false }
        document.begin(readsAutomaticStyles: readsAutomaticStyles)
        try XMLStream(part: part, maximumDepth: limits.xmlDepth).parse(entry, of: archive, visitor: &document)
        return true
    }

    /// A module of Basic, or a script in another language; not the lists of libraries that stand beside them.
    private static func isMacro(_ name: String) -> Bool {
        if name.hasPrefix("Scripts/") { return name.utf8.last != UInt8(ascii: "/") }
        return name.hasPrefix("Basic/") && name.hasSuffix(".xml")
            && !["/script-lb.xml", "/script-lc.xml"].contains { name.hasSuffix($0) }
    }
}
