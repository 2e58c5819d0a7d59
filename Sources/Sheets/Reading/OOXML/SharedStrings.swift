/// The part that holds each text once (ECMA-376 Part 1, 18.4.9 `sst`).
struct SharedStrings: XMLVisitor {
    private(set) var texts: [RichText] = []
    private var builder = RichTextBuilder()
    private var isInItem = false
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    /// The text and its font runs in a cell whose format has this font; nil when there is no such string.
    @inline(__always)
    mutating func text(
        at index: Int, font: Int, fonts: [String?]
    ) throws(WorkbookError) -> (text: String, runs: [FontRun]?)? {
        guard index >= 0, index < texts.count else { return nil }
        let runs = texts[index].hasOtherThanASCII ? try texts[index].fontRuns(font, fonts, budget: budget) : nil
        return (texts[index].text, runs)
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if name.isForeign { return }
        if case "si" = name {
            isInItem = true
        } else if isInItem {
            builder.start(name, attributes)
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if isInItem { builder.text(bytes) }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        guard isInItem, !name.isForeign else { return }
        guard case "si" = name else { return try builder.end(name) }
        isInItem = false
        let text = builder.finish()
        try budget.spendText(text.cost)
        texts.append(text)
        try budget.check("shared strings", count: texts.count)
    }
}
