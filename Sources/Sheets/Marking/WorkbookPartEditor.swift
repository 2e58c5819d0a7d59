/// Changes the list of sheets: former marks' sheet out, a new one in behind all others and before the eyes
/// (ECMA-376 Part 1, 18.2.27).
struct WorkbookPartEditor {
    struct Entry {
        let name: String
        let relationship: String
        let sheetID: Int
        fileprivate let range: Range<Int>
    }

    private(set) var sheets: [Entry] = []
    private let scanner: XMLScanner
    private let root: XMLTag
    private var edits = PartEdits()
    /// The prefix of relationships at the root; a writer may declare it on each sheet instead.
    private let relationshipPrefix: String?
    private var sheetsElement: XMLTag?
    private var sheetsEnd: Int?
    private var views: [XMLTag] = []
    private var hasViews = false
    private var references: Range<Int>?
    private var namesElement: Range<Int>?
    private var names: [Name] = []

    private struct Name {
        let tag: XMLTag
        var range: Range<Int>
        let localSheet: Int?
        var formula: Range<Int>
    }

    init(_ bytes: [UInt8], part: String) throws(WorkbookError) {
        var scanner = XMLScanner(bytes, part: part)
        guard let root = try scanner.next(), scanner.isNamed(root, "workbook") else {
            throw WorkbookError(.unsupported, "\(part) is no workbook")
        }
        self.root = root
        self.scanner = scanner
        isStrict = scanner.rootNamespace == Self.strict
        relationshipPrefix = scanner.prefix(for: Self.relationships(isStrict))
        while let tag = try scanner.next() { try take(tag, scanner) }
        guard sheetsElement != nil, sheetsEnd != nil, !sheets.isEmpty else {
            throw WorkbookError(.unsupported, "\(part) lists no sheets")
        }
    }

    private mutating func take(_ tag: XMLTag, _ scanner: XMLScanner) throws(WorkbookError) {
        guard tag.isOwn else { return }
        switch (scanner.text(tag.local), tag.depth, tag.kind) {
        case ("sheets", 1, .end): sheetsEnd = tag.range.lowerBound
        case ("sheets", 1, _): sheetsElement = tag
        case ("sheet", 2, .start), ("sheet", 2, .empty): try takeSheet(tag, scanner)
        case ("bookViews", 1, _): hasViews = true
        case ("workbookView", 2, .start), ("workbookView", 2, .empty): views.append(tag)
        case ("externalReferences", 1, .end):
            references = references.map { $0.lowerBound..<tag.range.upperBound }
        case ("externalReferences", 1, _): references = tag.range
        case ("definedNames", 1, .end):
            namesElement = namesElement.map { $0.lowerBound..<tag.range.upperBound }
        case ("definedNames", 1, _): namesElement = tag.range
        case ("definedName", 2, .start):
            names.append(
                Name(
                    tag: tag, range: tag.range, localSheet: scanner.integer("localSheetId", of: tag),
                    formula: tag.range.upperBound..<tag.range.upperBound))
        case ("definedName", 2, .end):
            guard let last = names.indices.last else { return }
            names[last].range = names[last].range.lowerBound..<tag.range.upperBound
            names[last].formula = names[last].formula.lowerBound..<tag.range.lowerBound
        default: return
        }
    }

    private mutating func takeSheet(_ tag: XMLTag, _ scanner: XMLScanner) throws(WorkbookError) {
        guard let name = scanner.value("name", of: tag), let id = scanner.attribute(prefixed: "id", of: tag),
            let sheetID = scanner.integer("sheetId", of: tag), tag.kind == .empty
        else { throw WorkbookError(.unsupported, "the workbook lists a sheet in an odd way") }
        sheets.append(
            Entry(
                name: name, relationship: XMLText.unescaped(scanner.text(id.value)), sheetID: sheetID,
                range: tag.range))
    }

    private static let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    let isStrict: Bool

    /// The namespace of relationships, in transitional and strict workbooks.
    static func relationships(_ isStrict: Bool) -> String {
        isStrict
            ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
            : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    }

    var namespace: String { scanner.rootNamespace }

    /// The prefix of the workbook's elements.
    var prefix: String { scanner.prefix(of: root) }

    // MARK: - Changes

    /// Takes sheets out; names that are local to later ones are counted anew, theirs are dropped.
    mutating func removeSheets(_ indices: Set<Int>) {
        for index in indices { edits.remove(sheets[index].range) }
        guard !indices.isEmpty else { return }
        let kept = names.filter { $0.localSheet.map { !indices.contains($0) } ?? true }
        if kept.isEmpty, let namesElement {
            edits.remove(namesElement)
        } else {
            for name in names {
                guard let local = name.localSheet else { continue }
                if indices.contains(local) {
                    edits.remove(name.range)
                } else {
                    let before = indices.count { $0 < local }
                    if before > 0 { edits.set("localSheetId", to: String(local - before), of: name.tag, in: scanner) }
                }
            }
        }
    }

    /// Adds a sheet behind all others and makes it the one that is shown.
    /// - Parameter remaining: how many of the old sheets are left.
    mutating func addSheet(named name: String, relationship: String, remaining: Int) throws(WorkbookError) {
        guard let sheetsEnd, let sheetsElement else { return }
        let id = (sheets.map(\.sheetID).max() ?? 0) + 1
        guard id < 65_535 else { throw WorkbookError(.unsupported, "sheet numbers are used up") }
        let reference =
            relationshipPrefix.map { "\($0)id=\"\(relationship)\"" }
            ?? "xmlns:r=\"\(Self.relationships(isStrict))\" r:id=\"\(relationship)\""
        edits.insert(
            "<\(prefix)sheet name=\"\(XMLText.escaped(name))\" sheetId=\"\(id)\" \(reference)/>", at: sheetsEnd)
        for view in views {
            edits.set("activeTab", to: String(remaining), of: view, in: scanner)
            if let first = scanner.integer("firstSheet", of: view), first > remaining {
                edits.removeAttribute("firstSheet", of: view, in: scanner)
            }
        }
        if !hasViews {
            edits.insert(
                "<\(prefix)bookViews><\(prefix)workbookView activeTab=\"\(remaining)\"/></\(prefix)bookViews>",
                at: sheetsElement.range.lowerBound)
        }
    }

    /// Takes out what refers to other workbooks: their list, and the names that stand for places in them.
    mutating func removeExternalReferences() {
        if let references { edits.remove(references) }
        for name in names where ExternalFormula.isExternal(XMLText.unescaped(scanner.text(name.formula))) {
            edits.replace(name.formula, with: "#REF!")
        }
    }

    var bytes: [UInt8] { edits.applied(to: scanner.bytes) }
}

/// Formulas that read another workbook.
enum ExternalFormula {
    /// Whether a reference of the form `[1]Sheet!A1` or `'[1]A sheet'!A1` stands in it, outside quoted text. `[0]` is the
    /// workbook itself; a bracket behind a name is a column of a table.
    static func isExternal(_ formula: String) -> Bool {
        let bytes = Array(formula.utf8)
        var isQuoted = false
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted, bytes[index] == UInt8(ascii: "[") else { continue }
            let digits = bytes[(index + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let end = index + 1 + digits.count
            guard !digits.isEmpty, !digits.elementsEqual("0".utf8), end < bytes.count, bytes[end] == UInt8(ascii: "]")
            else { continue }
            if index == 0 || !isNamePart(bytes[index - 1]) { return true }
        }
        return false
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }
}
