import CXLSXWriter
import Foundation
import Records

/// Puts one sheet's draft into one of the library's worksheets.
struct SheetWriter {
    let sheet: UnsafeMutablePointer<lxw_worksheet>
    let draft: SheetDraft
    let formats: FormatPool

    func write() throws(WorkbookWriterError) {
        try writeColumns()
        try writeRows()
        for (range, cell) in draft.merged { try merge(range, cell) }
        for cell in draft.cells { try write(cell) }
        for validation in draft.validations { try ValidationWriter(sheet: sheet).write(validation) }
        try writePage()
        if draft.isProtected { protect() }
        if draft.visibility != .visible { worksheet_hide(sheet) }
    }

    private func check(_ code: lxw_error, _ what: @autoclosure () -> String) throws(WorkbookWriterError) {
        try WorkbookWriter.check(code, "\(draft.name): \(what())")
    }

    private func writeColumns() throws(WorkbookWriterError) {
        for column in Set(draft.columnWidths.keys).union(draft.hiddenColumns).sorted() {
            let (_, index) = try position(row: 1, column: column)
            var options = lxw_row_col_options()
            options.hidden = draft.hiddenColumns.contains(column) ? 1 : 0
            let width = draft.columnWidths[column] ?? 8.43
            try check(worksheet_set_column_opt(sheet, index, index, width, nil, &options), "column \(column)")
        }
    }

    private func writeRows() throws(WorkbookWriterError) {
        var unlocked = Set<Int>()
        for range in draft.unlockedRows { unlocked.formUnion(range) }
        let open: UnsafeMutablePointer<lxw_format>?
        if unlocked.isEmpty {
            open = nil
        } else {
            var style = CellStyle.plain
            style.isLocked = false
            open = try formats.format(for: style)
        }
        for row in Set(draft.rowHeights.keys).union(draft.hiddenRows).union(unlocked).sorted() {
            let (index, _) = try position(row: row, column: 1)
            var options = lxw_row_col_options()
            options.hidden = draft.hiddenRows.contains(row) ? 1 : 0
            let height = draft.rowHeights[row] ?? 15
            let format = unlocked.contains(row) ? open : nil
            try check(worksheet_set_row_opt(sheet, index, height, format, &options), "row \(row)")
        }
    }

    private func merge(_ range: CellRange, _ cell: CellDraft) throws(WorkbookWriterError) {
        if range.firstRow < range.lastRow || range.firstColumn < range.lastColumn {
            let (firstRow, firstColumn) = try position(row: range.firstRow, column: range.firstColumn)
            let (lastRow, lastColumn) = try position(row: range.lastRow, column: range.lastColumn)
            let format = try formats.format(for: cell.style)
            try check(
                worksheet_merge_range(sheet, firstRow, firstColumn, lastRow, lastColumn, "", format),
                "merge at \(CellReference.letters(range.firstColumn))\(range.firstRow)")
        }
        var first = cell
        first.row = range.firstRow
        first.column = range.firstColumn
        try write(first)
    }

    private func write(_ cell: CellDraft) throws(WorkbookWriterError) {
        let (row, column) = try position(row: cell.row, column: cell.column)
        let format = try formats.format(for: cell.style)
        let place = "\(CellReference.letters(cell.column))\(cell.row)"
        switch cell.value {
        case .blank, .text(""):
            try check(worksheet_write_blank(sheet, row, column, format), place)
        case .text(let text):
            try check(worksheet_write_string(sheet, row, column, Text.writable(text), format), place)
        case .number(let number):
            guard number.isFinite else { throw WorkbookWriterError(.content, "\(draft.name): \(place): \(number)") }
            try check(worksheet_write_number(sheet, row, column, number, format), place)
        case .date(let day):
            // Serials before 61 name other days in Excel than in the calendar (its 29 February 1900).
            let serial = day.daysSince1970 + 25_569
            if serial >= 61 {
                try check(worksheet_write_number(sheet, row, column, Double(serial), format), place)
            } else {
                try check(worksheet_write_string(sheet, row, column, day.description, format), place)
            }
        case .boolean(let value):
            try check(worksheet_write_boolean(sheet, row, column, value ? 1 : 0, format), place)
        case .formula(let formula, let result):
            if let number = Double(result) {
                try check(worksheet_write_formula_num(sheet, row, column, formula, format, number), place)
            } else {
                try check(worksheet_write_formula_str(sheet, row, column, formula, format, result), place)
            }
        case .link(let address, let text):
            try check(
                worksheet_write_url_opt(sheet, row, column, address, format, Text.writable(text), nil), place)
        }
        if let comment = cell.comment, !comment.isEmpty { try write(comment, row, column, place) }
    }

    private func write(
        _ comment: String, _ row: lxw_row_t, _ column: lxw_col_t, _ place: String
    ) throws(WorkbookWriterError) {
        let font = strdup("Times New Roman")
        defer { free(font) }
        var options = lxw_comment_options()
        options.font_name = font
        options.font_size = 11
        options.width = 320
        // Some 45 characters to a line of 17 pixels.
        options.height = UInt16(clamping: 34 + (comment.unicodeScalars.count / 45 + 1) * 17)
        let text = Text.writable(comment)
        try check(worksheet_write_comment_opt(sheet, row, column, text, &options), "comment \(place)")
    }

    private func writePage() throws(WorkbookWriterError) {
        worksheet_set_paper(sheet, 9)  // A4
        if draft.isLandscape { worksheet_set_landscape(sheet) }
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_set_margins(sheet, 0.7, 0.5, 0.6, 0.7)
        // `&` begins a code in headers; `&&` is the sign itself.
        let header = Text.writable(draft.pageHeader).replacing("&", with: "&&")
        if !header.isEmpty { try check(worksheet_set_header(sheet, "&C&\"Times New Roman\"&10" + header), "header") }
        try check(worksheet_set_footer(sheet, "&R&\"Times New Roman\"&10&P/&N"), "footer")
        if let rows = draft.repeatedRows {
            let (first, _) = try position(row: rows.lowerBound, column: 1)
            let (last, _) = try position(row: rows.upperBound, column: 1)
            try check(worksheet_repeat_rows(sheet, first, last), "repeated rows")
        }
        if let cell = draft.frozenAt {
            let (row, column) = try position(row: cell.row, column: cell.column)
            worksheet_freeze_panes(sheet, row, column)
        }
        if let range = draft.autofilter {
            let (firstRow, firstColumn) = try position(row: range.firstRow, column: range.firstColumn)
            let (lastRow, lastColumn) = try position(row: range.lastRow, column: range.lastColumn)
            try check(worksheet_autofilter(sheet, firstRow, firstColumn, lastRow, lastColumn), "filter")
        }
    }

    /// Without a password: it guards against slips, not against people.
    private func protect() {
        var options = lxw_protection()
        options.format_cells = 1
        options.format_columns = 1
        options.format_rows = 1
        options.insert_rows = 1
        options.delete_rows = 1
        options.insert_hyperlinks = 1
        options.sort = 1
        options.autofilter = 1
        worksheet_protect(sheet, nil, &options)
    }

    private func position(row: Int, column: Int) throws(WorkbookWriterError) -> (lxw_row_t, lxw_col_t) {
        guard CellReference(sheet: draft.name, row: row, column: column) != nil else {
            throw WorkbookWriterError(.content, "\(draft.name): no such cell: row \(row), column \(column)")
        }
        return (lxw_row_t(row - 1), lxw_col_t(column - 1))
    }
}
