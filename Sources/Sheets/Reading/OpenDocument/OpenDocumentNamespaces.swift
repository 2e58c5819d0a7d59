/// The namespaces that the reader knows (OpenDocument 1.3 Part 3, 1.4), whichever prefixes a file gives them.
enum OpenDocumentNamespace: UInt8 {
    case other, office, table, text, style, format, number, meta, manifest, calcext

    init(name: UnsafePointer<UInt8>?) {
        guard let name else {
            self = .other
            return
        }
        self = Self.byName.first { $0.name.isSame(as: name) }?.namespace ?? .other
    }

    private static let byName: [(name: StaticString, namespace: OpenDocumentNamespace)] = [
        ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", .office),
        ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", .table),
        ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", .text),
        ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", .style),
        ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", .format),
        // `svg:font-family` of a font face; one family of names is enough for both.
        ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", .format),
        ("urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0", .number),
        ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", .meta),
        ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", .manifest),
        // What LibreOffice adds: it marks errors.
        ("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", .calcext),
    ]
}

/// Tells namespaces by the pointers that libxml2 gives, which stay the same throughout one document: the name itself is
/// compared once.
struct OpenDocumentNamespaces {
    private var known: [(pointer: UnsafePointer<UInt8>?, namespace: OpenDocumentNamespace)] = []
    /// A document needs about thirty; one that declares more has its others compared each time.
    private static let maximum = 64

    @inline(__always)
    subscript(pointer: UnsafePointer<UInt8>?) -> OpenDocumentNamespace {
        mutating get {
            for index in 0..<known.count where known[index].pointer == pointer { return known[index].namespace }
            return learn(pointer)
        }
    }

    private mutating func learn(_ pointer: UnsafePointer<UInt8>?) -> OpenDocumentNamespace {
        let namespace = OpenDocumentNamespace(name: pointer)
        if known.count < Self.maximum {
            // Those that cells are made of are looked for first.
            let isOfCells = [.table, .office, .text, .calcext].contains(namespace)
            known.insert((pointer, namespace), at: isOfCells ? 0 : known.count)
        }
        return namespace
    }
}
