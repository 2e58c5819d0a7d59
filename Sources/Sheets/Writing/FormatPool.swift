import CXLSXWriter

/// The library's formats by our styles: equal styles share one. They belong to the workbook and die with it.
final class FormatPool {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
    }

    func format(for style: CellStyle) throws(WorkbookWriterError) -> UnsafeMutablePointer<lxw_format> {
        if let known = formats[style] { return known }
        guard let format = workbook_add_format(workbook) else {
            throw WorkbookWriterError(.system, "no memory for a format")
        }
        format_set_font_name(format, style.fontName)
        format_set_font_size(format, style.fontSize)
        if style.isBold { format_set_bold(format) }
        if style.isItalic { format_set_italic(format) }
        if let color = style.textColor { format_set_font_color(format, color) }
        if let fill = style.fill {
            format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            format_set_bg_color(format, fill)
        }
        if let numberFormat = style.numberFormat { format_set_num_format(format, numberFormat) }
        switch style.alignment {
        case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        case nil: break
        }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        if style.wraps { format_set_text_wrap(format) }
        if style.hasBorder {
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(format, 0x808080)
        }
        if !style.isLocked { format_set_unlocked(format) }
        formats[style] = format
        return format
    }
}
