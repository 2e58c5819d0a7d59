/// Reads the parts of an OpenDocument spreadsheet one after another, or the one document of the flat form, which has all
/// of them: properties, styles, then sheets (OpenDocument 1.3 Part 3, 3.1).
struct OpenDocumentPart: XMLVisitor {
    private enum Section { case document, properties, styles, spreadsheet, scripts }

    private(set) var sheets: OpenDocumentSheets
    private(set) var properties: OpenDocumentProperties
    /// False for a text document, a drawing and so on.
    private(set) var hasSpreadsheet = false
    /// A module of Basic stands in the document itself.
    private(set) var hasMacros = false
    private var styles: OpenDocumentStyles
    private var namespaces = OpenDocumentNamespaces()
    private var section = Section.document
    /// Elements around, and among them those around the section.
    private var depth = 0
    private var sectionDepth = 0
    /// Elements that are left aside, counted from the outermost.
    private var skipped = 0
    /// In `styles.xml` these are for headers and footers.
    private var readsAutomaticStyles = true

    init(limits: WorkbookLimits, budget: WorkbookBudget) {
        sheets = OpenDocumentSheets(limits: limits, budget: budget)
        properties = OpenDocumentProperties(budget: budget)
        styles = OpenDocumentStyles(budget: budget)
    }

    /// Called before each document.
    mutating func begin(readsAutomaticStyles: Bool = true) {
        // Their pointers were those of another document.
        namespaces = OpenDocumentNamespaces()
        self.readsAutomaticStyles = readsAutomaticStyles
        section = .document
        depth = 0
        skipped = 0
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if skipped > 0 {
            skipped += 1
            return
        }
        let namespace = namespaces[name.namespace]
        let isRead: Bool
        switch section {
        case .spreadsheet: isRead = try sheets.start(namespace, name, attributes, &namespaces, &styles)
        case .styles: isRead = try styles.start(namespace, name, attributes, &namespaces)
        case .properties: isRead = try properties.start(namespace, name, attributes, &namespaces)
        case .document: isRead = try startInDocument(namespace, name, attributes)
        case .scripts:
            if case "module" = name { hasMacros = true }
            isRead = true
        }
        if isRead { depth += 1 } else { skipped = 1 }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if skipped > 0 { return }
        switch section {
        case .spreadsheet: sheets.text(bytes)
        case .properties: properties.text(bytes)
        case .document, .styles, .scripts: break
        }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        depth -= 1
        switch section {
        case .spreadsheet: try sheets.end(&styles)
        case .styles: styles.end()
        case .properties: try properties.end()
        case .document, .scripts: break
        }
        if depth == sectionDepth { section = .document }
    }

    private mutating func startInDocument(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes
    ) throws(WorkbookError) -> Bool {
        if depth == 0 { return true }
        switch (depth, namespace, name) {
        case (1, .office, "body"): return true
        case (1, .office, "meta"): section = .properties
        case (1, .office, "font-face-decls"), (1, .office, "styles"): section = .styles
        case (1, .office, "automatic-styles"):
            guard readsAutomaticStyles else { return false }
            section = .styles
        case (1, .office, "scripts"): section = .scripts
        case (2, .office, "spreadsheet"):
            hasSpreadsheet = true
            section = .spreadsheet
            _ = try sheets.start(namespace, name, attributes, &namespaces, &styles)
        default: return false
        }
        sectionDepth = depth
        return true
    }
}

/// The custom document properties as texts (OpenDocument 1.3 Part 3, 4.3.3 `meta:user-defined`).
struct OpenDocumentProperties {
    private(set) var values: [String: String] = [:]
    private var name: String?
    private var value: [UInt8] = []
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    mutating func start(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes,
        _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) -> Bool {
        guard case (.meta, "user-defined") = (namespace, name) else { return false }
        var own: String?
        try attributes.forEach { (key, value) throws(WorkbookError) in
            if case (.meta, "name") = (namespaces[key.namespace], key) { own = String(decoding: value, as: UTF8.self) }
        }
        self.name = own
        value.removeAll(keepingCapacity: true)
        return own != nil
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if name != nil { value.append(contentsOf: bytes) }
    }

    /// The end of a property, or of all of them.
    mutating func end() throws(WorkbookError) {
        guard let key = name else { return }
        try budget.spendText(key.utf8.count + value.count)
        values[key] = String(decoding: value, as: UTF8.self)
        try budget.check("document properties", count: values.count)
        name = nil
    }
}
