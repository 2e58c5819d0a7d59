/// A tag and where it stands among the bytes of a part.
struct XMLTag {
    enum Kind { case start, end, empty }

    let kind: Kind
    /// From `<` to behind `>`.
    let range: Range<Int>
    /// With its prefix.
    let name: Range<Int>
    /// Without its prefix.
    let local: Range<Int>
    /// How many elements are around its element.
    let depth: Int
    /// Whether its namespace is the root's.
    let isOwn: Bool
}

/// An attribute of a tag.
struct XMLAttributePlace {
    /// With the white space before it and the quotes behind it.
    let range: Range<Int>
    /// With its prefix.
    let name: Range<Int>
    /// Between the quotes.
    let value: Range<Int>
}

/// Walks over the tags of a part and tells where they stand, so that one place can be changed and every other byte kept.
///
/// For parts that `XMLStream` has found well-formed, in UTF-8: of the document it checks only what it needs.
struct XMLScanner {
    let bytes: [UInt8]
    private let part: String
    private var index = 0
    private var depth = 0
    private var declarations: [(prefix: Range<Int>, namespace: Range<Int>, depth: Int)] = []
    /// The root's namespace.
    private var root: Range<Int>?

    init(_ bytes: [UInt8], part: String) {
        self.bytes = bytes
        self.part = part
    }

    /// The next tag; nil at the end.
    mutating func next() throws(WorkbookError) -> XMLTag? {
        while let open = firstIndex(of: UInt8(ascii: "<"), from: index) {
            guard open + 1 < bytes.count else { throw damaged() }
            switch bytes[open + 1] {
            case UInt8(ascii: "?"): index = try end(of: "?>", from: open)
            case UInt8(ascii: "!"):
                if matches("<!--", at: open) {
                    index = try end(of: "-->", from: open + 4)
                } else if matches("<![CDATA[", at: open) {
                    index = try end(of: "]]>", from: open)
                } else {
                    throw WorkbookError(.forbiddenXML, "\(part): a document type is declared")
                }
            case UInt8(ascii: "/"): return try endTag(at: open)
            default: return try startTag(at: open)
            }
        }
        return nil
    }

    // MARK: - Names and attributes

    /// Whether it is the root's kind of element, of this name.
    func isNamed(_ tag: XMLTag, _ name: StaticString) -> Bool { tag.isOwn && isLocal(tag, name) }

    func isLocal(_ tag: XMLTag, _ name: StaticString) -> Bool { equals(tag.local, name) }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The prefix with its colon, as its element has it.
    func prefix(of tag: XMLTag) -> String { text(tag.name.lowerBound..<tag.local.lowerBound) }

    /// The attribute of that name without a prefix.
    func attribute(_ name: StaticString, of tag: XMLTag) -> XMLAttributePlace? {
        var found: XMLAttributePlace?
        forEachAttribute(of: tag) { place in
            if found == nil, equals(place.name, name) { found = place }
        }
        return found
    }

    /// The attribute of that name with any prefix: `r:id`.
    func attribute(prefixed name: StaticString, of tag: XMLTag) -> XMLAttributePlace? {
        var found: XMLAttributePlace?
        forEachAttribute(of: tag) { place in
            guard found == nil, let colon = bytes[place.name].firstIndex(of: UInt8(ascii: ":")) else { return }
            if equals((colon + 1)..<place.name.upperBound, name) { found = place }
        }
        return found
    }

    /// The value with its entities read.
    func value(_ name: StaticString, of tag: XMLTag) -> String? {
        attribute(name, of: tag).map { XMLText.unescaped(text($0.value)) }
    }

    func integer(_ name: StaticString, of tag: XMLTag) -> Int? {
        attribute(name, of: tag).flatMap { place in
            bytes.withUnsafeBufferPointer { DecimalParser.integer(UnsafeBufferPointer(rebasing: $0[place.value])) }
        }
    }

    func flag(_ name: StaticString, of tag: XMLTag) -> Bool {
        attribute(name, of: tag).map { equals($0.value, "1") || equals($0.value, "true") } ?? false
    }

    /// The prefix that stands for a namespace just inside or at this tag, with its colon; nil when none does.
    func prefix(for namespace: String) -> String? {
        let place = declarations.last { declared in
            bytes[declared.namespace].elementsEqual(namespace.utf8) && !declared.prefix.isEmpty
        }
        return place.map { text($0.prefix) + ":" }
    }

    /// The root's namespace.
    var rootNamespace: String { root.map { text($0) } ?? "" }

    private func forEachAttribute(of tag: XMLTag, _ body: (XMLAttributePlace) -> Void) {
        var index = tag.name.upperBound
        while index < tag.range.upperBound {
            let start = index
            while index < tag.range.upperBound, Self.isSpace(bytes[index]) { index += 1 }
            let name = index
            while index < tag.range.upperBound, bytes[index] != UInt8(ascii: "="), !Self.isSpace(bytes[index]) {
                index += 1
            }
            let nameEnd = index
            while index < tag.range.upperBound, bytes[index] == UInt8(ascii: "=") || Self.isSpace(bytes[index]) {
                index += 1
            }
            guard index < tag.range.upperBound, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
                let close = firstIndex(of: bytes[index], from: index + 1), close < tag.range.upperBound
            else { return }
            body(XMLAttributePlace(range: start..<(close + 1), name: name..<nameEnd, value: (index + 1)..<close))
            index = close + 1
        }
    }

    // MARK: - Tags

    private mutating func startTag(at open: Int) throws(WorkbookError) -> XMLTag {
        let name = (open + 1)..<nameEnd(from: open + 1)
        var place = name.upperBound
        var attribute = place
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
            if bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") {
                guard let close = firstIndex(of: bytes[place], from: place + 1) else { throw damaged() }
                declare(attribute..<place, value: (place + 1)..<close)
                place = close
                attribute = close + 1
            }
            place += 1
        }
        guard place < bytes.count else { throw damaged() }
        index = place + 1
        let isEmpty = bytes[place - 1] == UInt8(ascii: "/")
        let tag = self.tag(isEmpty ? .empty : .start, range: open..<index, name: name, depth: depth)
        if isEmpty { forget(depth) } else { depth += 1 }
        return tag
    }

    private mutating func endTag(at open: Int) throws(WorkbookError) -> XMLTag {
        let name = (open + 2)..<nameEnd(from: open + 2)
        guard depth > 0, let close = firstIndex(of: UInt8(ascii: ">"), from: name.upperBound) else { throw damaged() }
        depth -= 1
        index = close + 1
        let tag = self.tag(.end, range: open..<index, name: name, depth: depth)
        forget(depth)
        return tag
    }

    private mutating func tag(_ kind: XMLTag.Kind, range: Range<Int>, name: Range<Int>, depth: Int) -> XMLTag {
        let colon = bytes[name].firstIndex(of: UInt8(ascii: ":"))
        let local = (colon.map { $0 + 1 } ?? name.lowerBound)..<name.upperBound
        let namespace = namespace(of: name.lowerBound..<(colon ?? name.lowerBound))
        if depth == 0, kind != .end { root = namespace }
        let isOwn =
            switch (namespace, root) {
            case (nil, nil): true
            case (let namespace?, let root?): namespace == root || bytes[namespace].elementsEqual(bytes[root])
            default: false
            }
        return XMLTag(kind: kind, range: range, name: name, local: local, depth: depth, isOwn: isOwn)
    }

    // MARK: - Namespaces

    /// Takes `xmlns="…"` and `xmlns:p="…"` down; the name is followed by `=` and perhaps white space.
    private mutating func declare(_ attribute: Range<Int>, value: Range<Int>) {
        guard let start = bytes[attribute].firstIndex(where: { !Self.isSpace($0) }), matches("xmlns", at: start) else {
            return
        }
        let end =
            bytes[start..<attribute.upperBound].firstIndex { $0 == UInt8(ascii: "=") || Self.isSpace($0) }
            ?? attribute.upperBound
        if end == start + 5 {
            declarations.append((end..<end, value, depth))
        } else if bytes[start + 5] == UInt8(ascii: ":") {
            declarations.append(((start + 6)..<end, value, depth))
        }
    }

    private mutating func forget(_ depth: Int) {
        while let last = declarations.last, last.depth >= depth { declarations.removeLast() }
    }

    private func namespace(of prefix: Range<Int>) -> Range<Int>? {
        for declared in declarations.reversed()
        where declared.prefix.count == prefix.count && bytes[declared.prefix].elementsEqual(bytes[prefix]) {
            return declared.namespace.isEmpty ? nil : declared.namespace
        }
        return nil
    }

    // MARK: - Bytes

    private func nameEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, !Self.isSpace(bytes[end]), bytes[end] != UInt8(ascii: ">"),
            bytes[end] != UInt8(ascii: "/")
        {
            end += 1
        }
        return end
    }

    private func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if bytes[index] == byte { return index }
            index += 1
        }
        return nil
    }

    private func end(of mark: StaticString, from start: Int) throws(WorkbookError) -> Int {
        var index = start
        while let place = firstIndex(of: mark.utf8Start[0], from: index) {
            if matches(mark, at: place) { return place + mark.utf8CodeUnitCount }
            index = place + 1
        }
        throw damaged()
    }

    private func matches(_ word: StaticString, at start: Int) -> Bool {
        start + word.utf8CodeUnitCount <= bytes.count
            && equals(start..<(start + word.utf8CodeUnitCount), word)
    }

    private func equals(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != word.utf8Start[offset] { return false }
        return true
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private func damaged() -> WorkbookError { WorkbookError(.damaged, "\(part) is not well-formed") }
}

/// Text as XML holds it.
enum XMLText {
    /// Fit for an element or an attribute. Characters that XML 1.0 forbids are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 8)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // A carriage return that stands for itself is read as a line feed.
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The text of a cell or a comment: what would be read as an escape (`_x000D_`) is escaped itself
    /// (ECMA-376 Part 1, 22.9.2.19, `ST_Xstring`).
    static func cellText(_ text: String) -> String {
        escaped(text.contains("_x") ? text.replacing("_x", with: "_x005F_x") : text)
    }

    /// With the five named entities and character references read.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&"), let end = rest[start...].firstIndex(of: ";") {
            result += rest[..<start]
            let name = rest[rest.index(after: start)..<end]
            if let scalar = scalar(name) {
                result.unicodeScalars.append(scalar)
            } else {
                result += rest[start...end]
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func scalar(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap { Unicode.Scalar($0) }
        }
    }
}
