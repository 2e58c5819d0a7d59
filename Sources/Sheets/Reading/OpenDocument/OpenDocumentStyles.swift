/// What styles say about values: the fonts of cells and texts, which times are durations, which sheets are hidden
/// (OpenDocument 1.3 Part 3, 16.2 `style:style`, 16.29.19 `number:time-style`, 16.23 `style:font-face`).
struct OpenDocumentStyles {
    /// What a cell's style comes to once its parents are asked.
    struct CellStyle {
        var font: String?
        /// Times are shown as they are, beyond 24 hours.
        var isDuration = false
    }

    private enum Family: UInt8 {
        case cell, text, paragraph, table

        init?(_ name: UnsafeBufferPointer<UInt8>) {
            if name.isSame(as: "table-cell") {
                self = .cell
            } else if name.isSame(as: "text") {
                self = .text
            } else if name.isSame(as: "paragraph") {
                self = .paragraph
            } else if name.isSame(as: "table") {
                self = .table
            } else {
                return nil
            }
        }
    }

    private struct Key: Hashable {
        let family: Family
        let name: [UInt8]
    }

    private struct Entry {
        var parent: [UInt8]?
        var dataStyle: [UInt8]?
        /// The name of a font face, or a family itself.
        var face: String?
        var isHidden = false
    }

    /// The style of cells that name none, or one that is missing.
    private static let defaultName = Array("Default".utf8)
    /// Longer chains of parents than this are none that a program writes; it also ends a circle.
    private static let maximumParents = 32

    private var entries: [Key: Entry] = [:]
    /// Of the family of cells: what holds where no style says otherwise.
    private var defaultFace: String?
    private var families: [String: String] = [:]
    private var durations: Set<[UInt8]> = []
    /// The style that is being read; nil inside one of another family.
    private var current: Key?
    private var isInDefault = false
    private var resolved: [[UInt8]: CellStyle] = [:]
    /// The answer before: neighbours have the same style.
    private var last: (name: [UInt8], style: CellStyle)?
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    // MARK: Reading

    /// An element inside `office:font-face-decls`, `office:styles` or `office:automatic-styles`; true when what stands
    /// inside it matters too.
    mutating func start(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes,
        _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) -> Bool {
        switch (namespace, name) {
        case (.style, "font-face"): try addFace(attributes, &namespaces)
        case (.style, "style"): return try addStyle(attributes, &namespaces)
        case (.style, "default-style"):
            isInDefault = try Self.family(attributes, &namespaces) == .cell
            return isInDefault
        case (.style, "text-properties"): try setFace(attributes, &namespaces)
        case (.style, "table-properties"): try setVisibility(attributes, &namespaces)
        case (.number, "time-style"): try addTimeStyle(attributes, &namespaces)
        default: break
        }
        return false
    }

    /// The end of an element for which `start` gave true: a style's.
    mutating func end() {
        current = nil
        isInDefault = false
    }

    private mutating func addFace(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        var name: String?
        var family: String?
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.style, "name"): name = String(decoding: value, as: UTF8.self)
            case (.format, "font-family"): family = Self.unquoted(value)
            default: break
            }
        }
        guard let name, let family else { return }
        try budget.spendText(name.utf8.count + family.utf8.count)
        families[name] = family
        try budget.check("fonts", count: families.count)
    }

    private static func family(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) -> Family? {
        var family: Family?
        try attributes.forEach { (key, value) throws(WorkbookError) in
            if case (.style, "family") = (namespaces[key.namespace], key) { family = Family(value) }
        }
        return family
    }

    private mutating func addStyle(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) -> Bool {
        var name: [UInt8]?
        var family: Family?
        var entry = Entry()
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.style, "name"): name = Array(value)
            case (.style, "family"): family = Family(value)
            case (.style, "parent-style-name"): entry.parent = Array(value)
            case (.style, "data-style-name"): entry.dataStyle = Array(value)
            default: break
            }
        }
        guard let name, let family else { return false }
        try budget.spendText(name.count + (entry.parent?.count ?? 0) + (entry.dataStyle?.count ?? 0))
        let key = Key(family: family, name: name)
        entries[key] = entry
        try budget.check("cell formats", count: entries.count)
        current = key
        return true
    }

    private mutating func setFace(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        guard isInDefault || current != nil else { return }
        var face: String?
        var family: String?
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.style, "font-name"): face = String(decoding: value, as: UTF8.self)
            case (.format, "font-family"): family = Self.unquoted(value)
            default: break
            }
        }
        guard let font = face ?? family else { return }
        try budget.spendText(font.utf8.count)
        if let current { entries[current]?.face = font } else { defaultFace = font }
    }

    private mutating func setVisibility(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        guard let current else { return }
        try attributes.forEach { (key, value) throws(WorkbookError) in
            if case (.table, "display") = (namespaces[key.namespace], key) {
                entries[current]?.isHidden = value.isSame(as: "false")
            }
        }
    }

    private mutating func addTimeStyle(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        var name: [UInt8]?
        var isDuration = false
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.style, "name"): name = Array(value)
            case (.number, "truncate-on-overflow"): isDuration = value.isSame(as: "false")
            default: break
            }
        }
        guard let name else { return }
        if isDuration {
            try budget.spendText(name.count)
            durations.insert(name)
            try budget.check("number formats", count: durations.count)
        } else {
            // An automatic style takes the place of a common one of that name.
            durations.remove(name)
        }
    }

    /// A family as CSS writes it: `'.VnTime'` or `Arial, sans-serif`, of which the first counts.
    private static func unquoted(_ value: UnsafeBufferPointer<UInt8>) -> String {
        if let quote = value.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self)
        }
        return String(decoding: value.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
    }

    // MARK: Asking

    /// The style of a cell; of a name that is empty or unknown, what holds where no style says otherwise.
    mutating func cell(_ name: [UInt8]) -> CellStyle {
        if let last, last.name == name { return last.style }
        let known = entries[Key(family: .cell, name: name)] == nil ? Self.defaultName : name
        let style = resolved[known] ?? resolve(known)
        last = (name, style)
        return style
    }

    private mutating func resolve(_ name: [UInt8]) -> CellStyle {
        var face: String?
        var dataStyle: [UInt8]?
        var key: [UInt8]? = name
        for _ in 0..<Self.maximumParents {
            guard let name = key, let entry = entries[Key(family: .cell, name: name)] else { break }
            if face == nil { face = entry.face }
            if dataStyle == nil { dataStyle = entry.dataStyle }
            key = entry.parent
        }
        let style = CellStyle(
            font: font(face ?? defaultFace), isDuration: dataStyle.map { durations.contains($0) } ?? false)
        resolved[name] = style
        return style
    }

    /// The font that a span or a paragraph names; nil for none of its own.
    func font(span name: UnsafeBufferPointer<UInt8>) -> String? { font(.text, name) }
    func font(paragraph name: UnsafeBufferPointer<UInt8>) -> String? { font(.paragraph, name) }

    private func font(_ family: Family, _ name: UnsafeBufferPointer<UInt8>) -> String? {
        var key: [UInt8]? = Array(name)
        for _ in 0..<Self.maximumParents {
            guard let name = key, let entry = entries[Key(family: family, name: name)] else { return nil }
            if let face = entry.face { return font(face) }
            key = entry.parent
        }
        return nil
    }

    private func font(_ face: String?) -> String? { face.map { families[$0] ?? $0 } }

    func isHidden(table name: UnsafeBufferPointer<UInt8>) -> Bool {
        entries[Key(family: .table, name: Array(name))]?.isHidden ?? false
    }
}
