import Zip

/// A package that is taken over into a new one: parts that nobody changes are copied as they stand compressed, and what
/// the package's relationships no longer lead to is left behind.
struct EditedPackage {
    let parts: PackageParts
    private let limits: WorkbookLimits
    /// By name as `PackageParts.normalized` gives it.
    private var changed: [String: [UInt8]] = [:]
    /// In the order in which they were added.
    private var added: [(name: String, bytes: [UInt8], type: String)] = []
    /// The kinds of extension that new parts need.
    private var defaults: [(suffix: String, type: String)] = []
    /// Types of parts that are others now.
    private var retyped: [String: String] = [:]
    private let types: ContentTypes

    static let typesPart = "[Content_Types].xml"

    init(_ parts: PackageParts, limits: WorkbookLimits) throws(WorkbookError) {
        self.parts = parts
        self.limits = limits
        var types = ContentTypes(maximum: limits.zip.entries)
        try parts.visit(Self.typesPart, with: &types)
        self.types = types
    }

    // MARK: - Parts

    func has(_ part: String) -> Bool {
        let name = PackageParts.normalized(part)
        return parts.has(part) || added.contains { PackageParts.normalized($0.name) == name }
    }

    /// The media type, in lower case.
    func type(of part: String) -> String? { types[part] }

    /// The bytes of a part as they are now.
    func bytes(of part: String) throws(WorkbookError) -> [UInt8] {
        let name = PackageParts.normalized(part)
        if let bytes = changed[name] { return bytes }
        if let own = added.first(where: { PackageParts.normalized($0.name) == name }) { return own.bytes }
        guard let entry = parts.entry(part) else { throw WorkbookError(.damaged, "the part \(part) is missing") }
        do throws(ZipError) { return try parts.archive.read(entry) } catch { throw WorkbookError(error) }
    }

    /// A part that is to be scanned: well-formed XML in UTF-8, without a document type.
    func document(_ part: String) throws(WorkbookError) -> [UInt8] {
        let bytes = try bytes(of: part)
        guard Self.isUTF8(bytes) else {
            throw WorkbookError(.unsupported, "\(part) is in another encoding than UTF-8")
        }
        try check(bytes, part)
        return bytes
    }

    mutating func replace(_ part: String, with bytes: [UInt8]) {
        let name = PackageParts.normalized(part)
        if let index = added.firstIndex(where: { PackageParts.normalized($0.name) == name }) {
            added[index].bytes = bytes
        } else {
            changed[name] = bytes
        }
    }

    mutating func retype(_ part: String, as type: String) { retyped[PackageParts.normalized(part)] = type }

    /// Adds a part under the first free name: `stem`, a number, `suffix`.
    /// - Returns: its name.
    mutating func add(_ bytes: [UInt8], stem: String, suffix: String, type: String) -> String {
        var number = 1
        while has("\(stem)\(number).\(suffix)") { number += 1 }
        let name = "\(stem)\(number).\(suffix)"
        added.append((name, bytes, type))
        return name
    }

    /// UTF-8 and its subset ASCII; UTF-16 shows in its first bytes.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(4).contains(0) {
            return false
        }
        let start = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
        guard start.contains("<?xml"), let end = start.firstRange(of: "?>") else { return true }
        let declaration = start[..<end.lowerBound]
        return !declaration.contains("encoding") || declaration.contains("utf-8") || declaration.contains("us-ascii")
    }

    // MARK: - Relationships

    func relationships(of part: String) throws(WorkbookError) -> [PackageParts.Relationship] {
        let name = PackageParts.relationshipsPart(of: part)
        guard has(name) else { return [] }
        var visitor = RelationshipsPart(of: part, maximum: limits.zip.entries)
        try XMLStream(part: name, maximumDepth: limits.xmlDepth).parse(try bytes(of: name), visitor: &visitor)
        return visitor.relationships
    }

    /// The part that the first relationship of a kind leads to.
    func target(_ kind: String, of part: String) throws(WorkbookError) -> String? {
        try relationships(of: part).first { $0.kind == kind }?.target
    }

    mutating func removeRelationships(_ ids: Set<String>, of part: String) throws(WorkbookError) {
        let name = PackageParts.relationshipsPart(of: part)
        guard !ids.isEmpty, has(name) else { return }
        var scanner = XMLScanner(try document(name), part: name)
        var edits = PartEdits()
        var start: Int?
        while let tag = try scanner.next() {
            guard scanner.isNamed(tag, "Relationship") else { continue }
            if tag.kind != .end, let id = scanner.value("Id", of: tag), ids.contains(id) {
                start = tag.range.lowerBound
            }
            if tag.kind != .start, let first = start {
                edits.remove(first..<tag.range.upperBound)
                start = nil
            }
        }
        replace(name, with: edits.applied(to: scanner.bytes))
    }

    /// Lets a part refer to another one.
    /// - Returns: the relationship's id.
    mutating func relate(_ part: String, to target: String, type: String) throws(WorkbookError) -> String {
        let name = PackageParts.relationshipsPart(of: part)
        let taken = Set(try relationships(of: part).map(\.id))
        var number = taken.count + 1
        while taken.contains("rId\(number)") { number += 1 }
        let id = "rId\(number)"
        let values = "Id=\"\(id)\" Type=\"\(type)\" Target=\"/\(XMLText.escaped(target))\""
        guard has(name) else {
            let text = """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
                <Relationship \(values)/></Relationships>
                """
            added.append((name, Array(text.utf8), Self.relationshipsType))
            return id
        }
        var list = try ElementList(document(name), part: name)
        list.append("<\(list.prefix)Relationship \(values)/>")
        replace(name, with: list.bytes)
        return id
    }

    private static let relationshipsType = "application/vnd.openxmlformats-package.relationships+xml"

    // MARK: - The new archive

    /// The new package's bytes: the parts that its relationships lead to, in the old order, and the new ones behind them.
    func archive() throws(WorkbookError) -> [UInt8] {
        let reached = try reachedParts()
        var writer = ZipWriter()
        writer.add(Self.typesPart, try contentTypes(reached))
        let typesName = PackageParts.normalized(Self.typesPart)
        for entry in parts.archive.entries where !entry.isFolder {
            let name = PackageParts.normalized(entry.name)
            guard name != typesName, reached.contains(name) else { continue }
            if let bytes = changed[name] {
                try check(bytes, entry.name)
                writer.add(entry.name, bytes)
            } else {
                do throws(ZipError) { try parts.archive.verify(entry) } catch { throw WorkbookError(error) }
                writer.copy(entry, of: parts.archive)
            }
        }
        for part in added {
            try check(part.bytes, part.name)
            writer.add(part.name, part.bytes)
        }
        do throws(ZipError) { return try writer.finish() } catch { throw WorkbookError(error) }
    }

    /// What was patched is XML still: nobody gets a workbook that does not open.
    private func check(_ bytes: [UInt8], _ part: String) throws(WorkbookError) {
        guard !part.lowercased().hasSuffix(".vml") else { return }
        var nothing = NothingVisitor()
        try XMLStream(part: part, maximumDepth: limits.xmlDepth).parse(bytes, visitor: &nothing)
    }

    /// Every part that can be reached from the package, and the parts with their relationships; normalised names.
    private func reachedParts() throws(WorkbookError) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [""]
        while let part = waiting.popLast() {
            let list = PackageParts.relationshipsPart(of: part)
            guard has(list) else { continue }
            reached.insert(try name(of: list))
            for relationship in try relationships(of: part) {
                guard let target = relationship.target, has(target) else { continue }
                if reached.insert(try name(of: target)).inserted { waiting.append(target) }
            }
        }
        return reached
    }

    /// A target may be spelt otherwise than the entry that it leads to.
    private func name(of part: String) throws(WorkbookError) -> String {
        PackageParts.normalized(parts.entry(part)?.name ?? part)
    }

    private func contentTypes(_ reached: Set<String>) throws(WorkbookError) -> [UInt8] {
        var list = try ElementList(document(Self.typesPart), part: Self.typesPart)
        for index in list.elements.indices {
            let element = list.elements[index]
            if let part = element.values["PartName"] {
                let name = PackageParts.normalized(part)
                let spelt = try self.name(of: String(part.drop { $0 == "/" }))
                if !reached.contains(spelt), name != PackageParts.normalized(Self.typesPart) {
                    list.remove(index)
                } else if let type = retyped[name] {
                    list.set("ContentType", of: index, to: type)
                }
            } else if let type = element.values["ContentType"], ActiveContent.isActive(type: type.lowercased()) {
                list.remove(index)
            }
        }
        for part in added where part.type != Self.relationshipsType {
            list.append("<\(list.prefix)Override PartName=\"/\(part.name)\" ContentType=\"\(part.type)\"/>")
        }
        return list.bytes
    }
}

/// Looks at nothing: only whether a document is well-formed is asked.
private struct NothingVisitor: XMLVisitor {
    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {}
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {}
    mutating func end(_ name: XMLName) throws(WorkbookError) {}
}

/// A part that is nothing but a list of elements with attributes: relationships, content types.
struct ElementList {
    struct Element {
        let values: [String: String]
        fileprivate let tag: XMLTag
        fileprivate var range: Range<Int>
    }

    private(set) var elements: [Element] = []
    private let scanner: XMLScanner
    private let root: XMLTag
    private let end: Int?
    private var edits = PartEdits()
    private var children = ""

    init(_ bytes: [UInt8], part: String) throws(WorkbookError) {
        var scanner = XMLScanner(bytes, part: part)
        guard let root = try scanner.next() else { throw WorkbookError(.damaged, "\(part) is empty") }
        var end: Int?
        while let tag = try scanner.next() {
            switch (tag.kind, tag.depth) {
            case (.end, 0): end = tag.range.lowerBound
            case (.end, 1):
                if let last = elements.indices.last {
                    elements[last].range = elements[last].range.lowerBound..<tag.range.upperBound
                }
            case (_, 1):
                var values: [String: String] = [:]
                for name in ["PartName", "Extension", "ContentType"] as [StaticString] {
                    values["\(name)"] = scanner.value(name, of: tag)
                }
                elements.append(Element(values: values, tag: tag, range: tag.range))
            default: continue
            }
        }
        self.scanner = scanner
        self.root = root
        self.end = end
    }

    /// The root's prefix with its colon.
    var prefix: String { scanner.prefix(of: root) }

    mutating func append(_ element: String) { children += element }

    mutating func remove(_ index: Int) { edits.remove(elements[index].range) }

    mutating func set(_ name: StaticString, of index: Int, to value: String) {
        edits.set(name, to: value, of: elements[index].tag, in: scanner)
    }

    var bytes: [UInt8] {
        var edits = edits
        if !children.isEmpty { edits.append(children, to: root, endingAt: end, in: scanner) }
        return edits.applied(to: scanner.bytes)
    }
}
