/// The inside of `office:spreadsheet`: sheets and names (OpenDocument 1.3 Part 3, 3.7).
///
/// Only what leads to a cell is entered: deleted cells that tracked changes keep, the cells of DDE links and the lists of
/// validations stand outside of tables.
struct OpenDocumentSheets {
    /// An entry of `table:named-expressions`.
    struct Name {
        var name: String?
        /// Index into `sheets`; nil for the whole workbook.
        var localSheet: Int?
        /// An address, or an expression where `isExpression`.
        var formula: String?
        var isExpression = false
        /// The address that relative ones start from.
        var base: String?
    }

    private enum Place { case spreadsheet, settings, names, table }

    private(set) var sheets: [Sheet] = []
    private(set) var names: [Name] = []
    /// The workbook takes over cells of other documents.
    private(set) var hasLinks = false
    /// Sheets, and tables that are none.
    private var tables = 0
    private var places: [Place] = []
    /// Elements around inside the table at hand.
    private var depthInTable = 0
    private var table: OpenDocumentTable
    private let limits: WorkbookLimits
    private let budget: WorkbookBudget

    init(limits: WorkbookLimits, budget: WorkbookBudget) {
        self.limits = limits
        self.budget = budget
        table = OpenDocumentTable(budget: budget)
    }

    /// True when what stands inside the element matters too.
    @inline(__always)
    mutating func start(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes,
        _ namespaces: inout OpenDocumentNamespaces, _ styles: inout OpenDocumentStyles
    ) throws(WorkbookError) -> Bool {
        if depthInTable == 0 { return try startOutsideRows(namespace, name, attributes, &namespaces, &styles) }
        guard try table.start(namespace, name, attributes, &namespaces, &styles) else { return false }
        depthInTable += 1
        return true
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if depthInTable > 0 { table.text(bytes) }
    }

    /// The end of an element for which `start` gave true.
    @inline(__always)
    mutating func end(_ styles: inout OpenDocumentStyles) throws(WorkbookError) {
        if depthInTable > 0 {
            depthInTable -= 1
            try table.end(&styles)
        } else if places.popLast() == .table {
            try finishTable()
        }
    }

    private mutating func startOutsideRows(
        _ namespace: OpenDocumentNamespace, _ name: XMLName, _ attributes: XMLAttributes,
        _ namespaces: inout OpenDocumentNamespaces, _ styles: inout OpenDocumentStyles
    ) throws(WorkbookError) -> Bool {
        switch (places.last, namespace, name) {
        case (nil, .office, "spreadsheet"): places.append(.spreadsheet)
        case (.spreadsheet, .table, "table"):
            try startTable(attributes, &namespaces, styles)
            places.append(.table)
        case (.spreadsheet, .table, "named-expressions"), (.table, .table, "named-expressions"): places.append(.names)
        case (.spreadsheet, .table, "calculation-settings"): places.append(.settings)
        case (.spreadsheet, .table, "dde-links"), (.table, .table, "table-source"):
            hasLinks = true
            return false
        case (.table, _, _):
            guard try table.start(namespace, name, attributes, &namespaces, &styles) else { return false }
            depthInTable = 1
        case (.names, .table, "named-range"), (.names, .table, "named-expression"):
            try addName(attributes, &namespaces)
            return false
        case (.settings, .table, "null-date"):
            try setNullDate(attributes, &namespaces)
            return false
        default: return false
        }
        return true
    }

    // MARK: Sheets

    private mutating func startTable(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces, _ styles: OpenDocumentStyles
    ) throws(WorkbookError) {
        var name: String?
        var isHidden = false
        try attributes.forEach { (key, value) throws(WorkbookError) in
            switch (namespaces[key.namespace], key) {
            case (.table, "name"): name = String(decoding: value, as: UTF8.self)
            case (.table, "style-name"): isHidden = styles.isHidden(table: value)
            default: break
            }
        }
        tables += 1
        if tables > limits.sheets {
            throw WorkbookError(.tooManySheets, "more than \(limits.sheets) sheets")
        }
        // A name is not demanded (9.1.2).
        table.begin(name ?? "Sheet\(sheets.count + 1)", visibility: isHidden ? .hidden : .visible)
        try budget.spendText(name?.utf8.count ?? 0)
    }

    private mutating func finishTable() throws(WorkbookError) {
        let sheet = table.finish()
        if Self.isCache(sheet.name) {
            hasLinks = true
            while names.last?.localSheet == sheets.count { names.removeLast() }
        } else {
            sheets.append(sheet)
        }
    }

    /// LibreOffice keeps the cells of other documents that formulas refer to in tables of such names, which it does not
    /// show: `'file:///home/a.ods'#$Sheet1`.
    private static func isCache(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "'") && name.contains("'#")
    }

    // MARK: Names and settings

    private mutating func addName(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        var entry = Name()
        try attributes.forEach { (key, value) throws(WorkbookError) in
            guard namespaces[key.namespace] == .table else { return }
            switch key {
            case "name": entry.name = String(decoding: value, as: UTF8.self)
            case "base-cell-address": entry.base = String(decoding: value, as: UTF8.self)
            case "cell-range-address": entry.formula = String(decoding: value, as: UTF8.self)
            case "expression":
                entry.formula = String(decoding: value, as: UTF8.self)
                entry.isExpression = true
            default: return
            }
            try budget.spendText(value.count)
        }
        guard entry.name != nil, entry.formula != nil else { return }
        try budget.spendCell()
        entry.localSheet = places.dropLast().last == .table ? sheets.count : nil
        names.append(entry)
    }

    private mutating func setNullDate(
        _ attributes: XMLAttributes, _ namespaces: inout OpenDocumentNamespaces
    ) throws(WorkbookError) {
        try attributes.forEach { (key, value) throws(WorkbookError) in
            guard case (.table, "date-value") = (namespaces[key.namespace], key) else { return }
            table.hasNullDate1899 = value.isSame(as: "1899-12-30")
        }
    }

    /// The names with what they refer to.
    func definedNames() -> [DefinedName] {
        let spellings = Dictionary(sheets.map { ($0.name.lowercased(), $0.name) }) { first, _ in first }
        return names.compactMap { entry in
            guard let name = entry.name, let formula = entry.formula else {
                return nil
            }
            let target =
                entry.isExpression
                ? DefinedName.Target(expression: formula, base: entry.base, sheets: spellings)
                : DefinedName.Target(address: formula, base: entry.base, sheets: spellings)
            return DefinedName(name: name, localSheet: entry.localSheet, formula: formula, target: target)
        }
    }
}
