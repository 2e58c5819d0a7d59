/// What is to be marked in a workbook, and how.
package struct WorkbookMarking: Sendable {
    /// A cell and what is said about it.
    package struct Mark: Sendable, Hashable {
        package var sheet: String
        package var row: Int
        package var column: Int
        /// What is wrong and what to do; several marks of one cell share its comment.
        package var text: String

        package init(sheet: String, row: Int, column: Int, text: String) {
            self.sheet = sheet
            self.row = row
            self.column = column
            self.text = text
        }
    }

    package var cells: [Mark]
    /// The sheet that is added, with a text that begins with `tag` in one cell at least.
    package var list: SheetDraft
    /// By texts that begin with it the added sheet is known again; it then gives way to the next one.
    package var tag: String
    /// The colour of marked cells, RGB.
    package var color: UInt32
    /// The first line of each comment; by it a comment is known again.
    package var heading: String
    /// Whose the comments are.
    package var author: String

    package init(
        cells: [Mark], list: SheetDraft, tag: String, color: UInt32, heading: String, author: String
    ) {
        self.cells = cells
        self.list = list
        self.tag = tag
        self.color = color
        self.heading = heading
        self.author = author
    }
}

/// A workbook with its marks.
package struct MarkedWorkbook: Sendable {
    package let bytes: [UInt8]
    /// The name that the added sheet has.
    package let sheet: String
    /// What was taken out, in a fixed order.
    package let removed: [RemovedContent]
}
