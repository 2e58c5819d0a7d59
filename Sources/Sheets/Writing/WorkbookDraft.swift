package import Records

/// A workbook to be written: values and looks, nothing of the library that writes it.
package struct WorkbookDraft: Sendable {
    package var sheets: [SheetDraft] = []
    /// Workbook-scope names and the cell or range each stands for.
    package var names: [NameDraft] = []
    /// Custom document properties.
    package var properties: [(name: String, value: String)] = []
    package var title: String = ""
    /// Index of the sheet shown first.
    package var activeSheet: Int = 0

    package init() {}
}

package struct NameDraft: Sendable, Hashable {
    package var name: String
    package var sheet: String
    package var range: CellRange

    package init(name: String, sheet: String, range: CellRange) {
        self.name = name
        self.sheet = sheet
        self.range = range
    }
}

package struct SheetDraft: Sendable {
    package var name: String
    package var visibility: Sheet.Visibility = .visible
    package var cells: [CellDraft] = []
    package var merged: [(range: CellRange, cell: CellDraft)] = []
    /// Widths in characters, by column counted from 1.
    package var columnWidths: [Int: Double] = [:]
    /// Heights in points, by row counted from 1.
    package var rowHeights: [Int: Double] = [:]
    package var hiddenColumns: Set<Int> = []
    package var hiddenRows: Set<Int> = []
    /// Rows whose every cell may be edited: only such rows can be deleted while the sheet is protected.
    package var unlockedRows: [ClosedRange<Int>] = []
    package var validations: [ValidationDraft] = []
    /// Protected without a password; rows may be inserted and deleted, cells formatted.
    package var isProtected = false
    /// Rows above and columns left of this cell stay in view.
    package var frozenAt: (row: Int, column: Int)?
    package var repeatedRows: ClosedRange<Int>?
    /// A4 upright when false.
    package var isLandscape = false
    package var autofilter: CellRange?
    /// Printed at the head of each page, in the middle; plain text.
    package var pageHeader = ""

    package init(name: String) {
        self.name = name
    }
}

package struct CellDraft: Sendable {
    package enum Value: Sendable, Hashable {
        case blank
        case text(String)
        case number(Double)
        case date(CivilDate)
        case boolean(Bool)
        /// With `=`; the cached result beside it.
        case formula(String, result: String)
        /// An address inside the workbook (`internal:'Sheet'!A1`) and the text shown.
        case link(String, text: String)
    }

    package var row: Int
    package var column: Int
    package var value: Value
    package var style: CellStyle
    /// A comment on the cell.
    package var comment: String?

    package init(row: Int, column: Int, value: Value, style: CellStyle = .plain, comment: String? = nil) {
        self.row = row
        self.column = column
        self.value = value
        self.style = style
        self.comment = comment
    }
}

/// The looks of a cell. Equal styles are written once.
package struct CellStyle: Sendable, Hashable {
    package enum Alignment: Sendable, Hashable { case left, center, right }
    /// RGB, e.g. 0xFFF2CC.
    package var fill: UInt32?
    package var textColor: UInt32?
    package var isBold = false
    package var isItalic = false
    /// In points.
    package var fontSize: Double = 13
    package var fontName = "Times New Roman"
    package var numberFormat: String?
    package var alignment: Alignment?
    package var wraps = false
    package var hasBorder = false
    package var isLocked = true

    package init() {}
    package static let plain = CellStyle()
}

package struct ValidationDraft: Sendable, Hashable {
    package enum Rule: Sendable, Hashable {
        /// A range given as a formula: `='_choices'!$A$2:$A$9` or `=INDIRECT(…)`.
        case list(formula: String)
        case wholeNumber
        case decimal
        /// A number within these bounds, both included.
        case between(Double, Double, isWhole: Bool)
        case date
        case textLength(maximum: Int)
        /// Only an input message.
        case any
    }

    package var range: CellRange
    package var rule: Rule
    /// Up to 32 and 255 characters; longer ones are the writer's caller's business.
    package var inputTitle: String
    package var inputMessage: String
    package var errorTitle: String
    package var errorMessage: String
    /// False: a warning that can be overruled instead of a stop.
    package var stops: Bool

    package init(
        range: CellRange, rule: Rule, inputTitle: String = "", inputMessage: String = "", errorTitle: String = "",
        errorMessage: String = "", stops: Bool = true
    ) {
        self.range = range
        self.rule = rule
        self.inputTitle = inputTitle
        self.inputMessage = inputMessage
        self.errorTitle = errorTitle
        self.errorMessage = errorMessage
        self.stops = stops
    }
}
