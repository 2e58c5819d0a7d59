/// Counts down what one workbook may still bring. Shared by the readers of its parts.
final class WorkbookBudget {
    private var rows: Int
    private var cells: Int
    private var text: Int
    private let limits: WorkbookLimits

    init(_ limits: WorkbookLimits) {
        self.limits = limits
        rows = limits.rows
        cells = limits.cells
        text = limits.textBytes
    }

    func spendRow() throws(WorkbookError) {
        rows -= 1
        if rows < 0 { throw WorkbookError(.tooManyRows, "more than \(limits.rows) rows") }
    }

    func spendCell() throws(WorkbookError) {
        cells -= 1
        if cells < 0 { throw WorkbookError(.tooManyCells, "more than \(limits.cells) cells") }
    }

    /// UTF-8 bytes.
    func spendText(_ count: Int) throws(WorkbookError) {
        text -= count
        if text < 0 { throw WorkbookError(.tooMuchText, "more than \(limits.textBytes) bytes of text") }
    }

    /// Looks at the length of a table of strings, formats, fonts or properties.
    func check(_ what: StaticString, count: Int) throws(WorkbookError) {
        if count > limits.tableEntries {
            throw WorkbookError(.tooMuchText, "more than \(limits.tableEntries) \(what)")
        }
    }
}
