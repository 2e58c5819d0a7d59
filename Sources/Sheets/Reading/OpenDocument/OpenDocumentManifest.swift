/// The list of a package's entries, read for what is encrypted (OpenDocument 1.3 Part 2, 4).
struct OpenDocumentManifest: XMLVisitor {
    /// The sheets, or in OpenDocument 1.4 the whole package, are encrypted. Libraries of macros may be encrypted alone.
    private(set) var isEncrypted = false
    private var path: [UInt8] = []
    private var namespaces = OpenDocumentNamespaces()

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        switch (namespaces[name.namespace], name) {
        case (.manifest, "file-entry"):
            path.removeAll(keepingCapacity: true)
            try attributes.forEach { (key, value) throws(WorkbookError) in
                if case (.manifest, "full-path") = (namespaces[key.namespace], key) { path.append(contentsOf: value) }
            }
        case (.manifest, "encryption-data"):
            if path.elementsEqual("content.xml".utf8) || path.elementsEqual("encrypted-package".utf8) {
                isEncrypted = true
            }
        default: break
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}
    mutating func end(_ name: XMLName) throws(WorkbookError) {}
}
