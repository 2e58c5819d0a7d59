/// The custom document properties as texts (ECMA-376 Part 1, 22.3).
struct CustomProperties: XMLVisitor {
    private(set) var values: [String: String] = [:]
    private var name: String?
    private var value: [UInt8] = []
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        guard !name.isForeign, case "property" = name else { return }
        self.name = attributes.string("name")
        value.removeAll(keepingCapacity: true)
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if name != nil { value.append(contentsOf: bytes) }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        guard !name.isForeign, case "property" = name, let key = self.name else { return }
        try budget.spendText(key.utf8.count + value.count)
        values[key] = value.withUnsafeBufferPointer { EscapedText.decode($0) }
        try budget.check("document properties", count: values.count)
        self.name = nil
    }
}
