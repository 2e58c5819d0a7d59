import Sheets

/// The looks of an entry workbook: each colour has one meaning.
enum EntryStyles {
    /// To be filled in.
    static let open: UInt32 = 0xFF_F9_DB
    /// Computed or printed: nothing to fill in.
    static let closed: UInt32 = 0xE7_E6_E6
    static let head: UInt32 = 0xDD_EB_F7
    /// To be corrected.
    static let wrong: UInt32 = 0xF8_CB_AD

    static func text(
        bold: Bool = false, italic: Bool = false, size: Double = 13, alignment: CellStyle.Alignment? = nil,
        wraps: Bool = false
    ) -> CellStyle {
        var style = CellStyle.plain
        style.isBold = bold
        style.isItalic = italic
        style.fontSize = size
        style.alignment = alignment
        style.wraps = wraps
        return style
    }

    static let label: CellStyle = {
        var style = text(wraps: true)
        style.hasBorder = true
        return style
    }()

    static let ordinal: CellStyle = {
        var style = text(alignment: .center)
        style.hasBorder = true
        return style
    }()

    static let tableHead: CellStyle = {
        var style = text(bold: true, alignment: .center, wraps: true)
        style.hasBorder = true
        style.fill = head
        return style
    }()

    static let computed: CellStyle = {
        var style = text(italic: true, alignment: .center)
        style.hasBorder = true
        style.fill = closed
        style.textColor = 0x59_59_59
        return style
    }()

    static func legend(_ fill: UInt32?) -> CellStyle {
        var style = text(italic: true, size: 11)
        style.fill = fill
        return style
    }

    /// An answer's cell: the number format comes from the question's type.
    static func answer(to question: Question, label: String, locked: Bool) -> CellStyle {
        var style = text(wraps: true)
        style.hasBorder = true
        style.fill = locked ? closed : open
        style.isLocked = locked
        switch question.kind {
        case .integer:
            let isMoney =
                question.appearance.contains("thousands-sep")
                || EntryWording.moneyMarks.contains { label.lowercased().contains($0) }
            style.numberFormat = isMoney ? "#,##0" : "0"
            style.alignment = .right
        case .decimal, .range: style.alignment = .right
        case .date:
            style.numberFormat = "dd/mm/yyyy"
            style.alignment = .center
        case .dateTime:
            style.numberFormat = "dd/mm/yyyy hh:mm"
            style.alignment = .center
        case .time:
            style.numberFormat = "hh:mm"
            style.alignment = .center
        case .acknowledge, .selectMultiple: style.alignment = .center
        // As text a telephone number keeps its zero.
        case .text, .attachment: style.numberFormat = "@"
        default: break
        }
        return style
    }
}
