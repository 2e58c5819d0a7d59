import Zip

/// The parts of an Office Open XML package and how they refer to each other (ECMA-376 Part 2).
struct PackageParts {
    struct Relationship {
        let id: String
        /// The last word of the type: `worksheet`. Transitional and strict types differ only before it.
        let kind: String
        /// Name of the part it leads to; nil when that lies outside the package.
        let target: String?
    }

    let archive: ZipArchive
    private let limits: WorkbookLimits
    /// By name as `normalized` gives it.
    private let entries: [String: ZipEntry]
    /// What the package itself refers to.
    private(set) var relationships: [Relationship] = []

    /// Throws `damaged` when two parts have equivalent names.
    init(_ archive: ZipArchive, limits: WorkbookLimits) throws(WorkbookError) {
        self.archive = archive
        self.limits = limits
        var entries: [String: ZipEntry] = [:]
        for entry in archive.entries where !entry.isFolder {
            guard entries.updateValue(entry, forKey: Self.normalized(entry.name)) == nil else {
                throw WorkbookError(.damaged, "two parts are named \(entry.name)")
            }
        }
        self.entries = entries
        relationships = try relationships(of: "")
    }

    /// Part names are the same in any case of ASCII letters (ECMA-376 Part 2, 6.2.2.3); some writers begin them with a
    /// slash in the archive, or use backslashes.
    static func normalized(_ name: String) -> String {
        let path = name.utf8.contains(UInt8(ascii: "\\")) ? String(name.map { $0 == "\\" ? "/" : $0 }) : name
        let bytes = path.utf8.drop { $0 == UInt8(ascii: "/") }
        return String(
            decoding: bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self
        )
    }

    func has(_ part: String) -> Bool { entry(part) != nil }

    /// Runs a visitor over a part; false when there is no such part.
    @discardableResult
    func visit(_ part: String, with visitor: inout some XMLVisitor) throws(WorkbookError) -> Bool {
        guard let entry = entry(part) else { return false }
        try XMLStream(part: part, maximumDepth: limits.xmlDepth).parse(entry, of: archive, visitor: &visitor)
        return true
    }

    /// What a part refers to.
    func relationships(of part: String) throws(WorkbookError) -> [Relationship] {
        var visitor = RelationshipsPart(of: part, maximum: limits.zip.entries)
        try visit(Self.relationshipsPart(of: part), with: &visitor)
        return visitor.relationships
    }

    /// The name of the part that holds another's relationships; the package's own for an empty name.
    static func relationshipsPart(of part: String) -> String {
        let folder = folder(of: part)
        return "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
    }

    /// With a slash at its end; empty at the package's root.
    static func folder(of part: String) -> String {
        part.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(part[...$0]) } ?? ""
    }

    func entry(_ part: String) -> ZipEntry? {
        let name = Self.normalized(part)
        return entries[name] ?? (name.utf8.contains(UInt8(ascii: "%")) ? entries[Self.unescaped(name)] : nil)
    }

    /// A target is a URI: `%20` is a space.
    private static func unescaped(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A part's list of relationships (ECMA-376 Part 2, 6.5.3).
struct RelationshipsPart: XMLVisitor {
    private(set) var relationships: [PackageParts.Relationship] = []
    private let folder: String
    private let maximum: Int

    init(of part: String, maximum: Int) {
        folder = PackageParts.folder(of: part)
        self.maximum = maximum
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard !name.isForeign, case "Relationship" = name, let id = attributes.string("Id"),
            let type = attributes.string("Type"), let target = attributes.string("Target")
        else { return }
        let isExternal = attributes.string("TargetMode") == "External"
        relationships.append(
            PackageParts.Relationship(
                id: id, kind: type.utf8.split(separator: Self.slash).last.map { String(Substring($0)) } ?? type,
                target: isExternal ? nil : resolve(target)))
        if relationships.count > maximum {
            throw WorkbookError(.tooManyParts, "more than \(maximum) relationships")
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}
    mutating func end(_ name: XMLName) throws(WorkbookError) {}

    /// Absolute from the package's root, or relative to the folder of the part that refers.
    private func resolve(_ target: String) -> String {
        let path = target.utf8.map { $0 == UInt8(ascii: "\\") ? Self.slash : $0 }
        var steps: [ArraySlice<UInt8>] = []
        for step in (path.first == Self.slash ? path : folder.utf8 + path).split(separator: Self.slash) {
            if step.elementsEqual("..".utf8) {
                _ = steps.popLast()
            } else if !step.elementsEqual(".".utf8) {
                steps.append(step)
            }
        }
        return String(decoding: Array(steps.joined(separator: [Self.slash])), as: UTF8.self)
    }

    private static let slash = UInt8(ascii: "/")
}
