/// The part that holds each text once (ECMA-376 Part 1, 18.4.9 `sst`).
final class SharedStrings: XMLVisitor {
    private(set) var texts: [RichText] = []
    private var builder = RichTextBuilder()
    private var isInItem = false
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    /// The text and its font runs for a cell; nil when there is no such string.
    @inline(__always)
    func text(at index: Int, cellFont: String?) -> (text: String, runs: [FontRun]?)? {
        guard index >= 0, index < texts.count else { return nil }
        let runs = texts[index].hasOtherThanASCII ? texts[index].fontRuns(cellFont: cellFont) : nil
        return (texts[index].text, runs)
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookError) {
        if name.isForeign { return }
        if case "si" = name {
            isInItem = true
        } else if isInItem {
            builder.start(name, attributes)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookError) {
        if isInItem { builder.text(bytes) }
    }

    func end(_ name: XMLName) throws(WorkbookError) {
        guard isInItem, !name.isForeign else { return }
        guard case "si" = name else { return builder.end(name) }
        isInItem = false
        let text = builder.finish()
        try budget.spendText(text.text.utf8.count)
        texts.append(text)
        try budget.check("shared strings", count: texts.count)
    }
}
