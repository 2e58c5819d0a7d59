/// The part that lists sheets and defined names (ECMA-376 Part 1, 18.2.27 `workbook`).
struct WorkbookPart: XMLVisitor {
    struct SheetEntry {
        let name: String
        let visibility: Sheet.Visibility
        let relationship: String
    }

    struct NameEntry {
        let name: String
        /// Index into `sheets`.
        let localSheet: Int?
        var formula: String
    }

    private(set) var sheets: [SheetEntry] = []
    private(set) var names: [NameEntry] = []
    private(set) var isEpoch1904 = false
    private(set) var hasExternalReferences = false
    private var isInName = false
    private var formula: [UInt8] = []
    private let limits: WorkbookLimits
    private let budget: WorkbookBudget

    init(limits: WorkbookLimits, budget: WorkbookBudget) {
        self.limits = limits
        self.budget = budget
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if name.isForeign { return }
        switch name {
        case "workbookPr": isEpoch1904 = attributes.flag("date1904") ?? false
        case "externalReference": hasExternalReferences = true
        case "sheet":
            guard let sheetName = attributes.string("name"), let id = attributes[prefixed: "id"] else {
                throw WorkbookError(.damaged, "the workbook lists a sheet without name or relationship")
            }
            sheets.append(
                SheetEntry(
                    name: sheetName,
                    visibility: attributes.string("state").flatMap(Sheet.Visibility.init) ?? .visible,
                    relationship: String(decoding: id, as: UTF8.self)))
            if sheets.count > limits.sheets {
                throw WorkbookError(.tooManySheets, "more than \(limits.sheets) sheets")
            }
        case "definedName":
            guard let ownName = attributes.string("name") else { return }
            try budget.spendCell()
            names.append(NameEntry(name: ownName, localSheet: attributes.integer("localSheetId"), formula: ""))
            isInName = true
            formula.removeAll(keepingCapacity: true)
        default: break
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if isInName { formula.append(contentsOf: bytes) }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        guard isInName, !name.isForeign, case "definedName" = name else { return }
        isInName = false
        try budget.spendText(formula.count)
        names[names.count - 1].formula = String(decoding: formula, as: UTF8.self)
    }
}
