import Foundation
import Records
package import Sheets

/// Lays a table out as a sheet that prints as the office signs it: A4 landscape, heads repeated on every page.
package struct ExportSheet: Sendable {
    package let name: String
    package let title: String
    /// The line under the title: when the figures were put together, and of how many units.
    package let remark: String
    package let table: ExportTable
    /// Meant to be signed: with the official head, and the names of those who sign.
    package let isSigned: Bool
    /// Printed at the head of every page; empty for none.
    package let watermark: String

    package init(
        name: String, title: String, remark: String, table: ExportTable, isSigned: Bool, watermark: String = ""
    ) {
        self.watermark = watermark
        self.name = name
        self.title = title
        self.remark = remark
        self.table = table
        self.isSigned = isSigned
    }

    package var draft: SheetDraft {
        var sheet = SheetDraft(name: name)
        sheet.isLandscape = true
        sheet.pageHeader = watermark
        var row = 1
        if isSigned { row = drawOfficialHead(on: &sheet) }
        drawLine(title, size: 14, isBold: true, at: row, on: &sheet)
        drawLine(remark, size: 12, isItalic: true, at: row + 1, on: &sheet)
        let headRow = row + 3
        drawHeads(at: headRow, on: &sheet)
        for (index, values) in table.rows.enumerated() { draw(values, at: headRow + 2 + index, on: &sheet) }
        if isSigned { drawSigners(at: headRow + 3 + table.rows.count, on: &sheet) }
        for (index, column) in table.columns.enumerated() { sheet.columnWidths[index + 1] = column.width }
        sheet.repeatedRows = headRow...(headRow + 1)
        sheet.frozenAt = (row: headRow + 2, column: min(3, table.columns.count))
        return sheet
    }

    private var lastColumn: Int { max(table.columns.count, 2) }

    // MARK: Around the table

    private func drawOfficialHead(on sheet: inout SheetDraft) -> Int {
        let middle = max(1, lastColumn / 2)
        for (index, (left, right)) in ExportWording.officialHead.enumerated() {
            for (text, first, last) in [(left, 1, middle), (right, middle + 1, lastColumn)] {
                var style = CellStyle.plain
                style.fontSize = 12
                style.isBold = index == 1
                style.alignment = .center
                merge(text, style, row: index + 1, first, last, on: &sheet)
            }
        }
        return ExportWording.officialHead.count + 2
    }

    private func drawLine(
        _ text: String, size: Double, isBold: Bool = false, isItalic: Bool = false, at row: Int,
        on sheet: inout SheetDraft
    ) {
        var style = CellStyle.plain
        style.fontSize = size
        style.isBold = isBold
        style.isItalic = isItalic
        style.alignment = .center
        merge(text, style, row: row, 1, lastColumn, on: &sheet)
    }

    private func drawSigners(at row: Int, on sheet: inout SheetDraft) {
        let middle = max(1, lastColumn / 2)
        var style = CellStyle.plain
        style.isBold = true
        style.alignment = .center
        let (left, right) = ExportWording.signers
        merge(left, style, row: row, 1, middle, on: &sheet)
        merge(right, style, row: row, middle + 1, lastColumn, on: &sheet)
    }

    private func merge(
        _ text: String, _ style: CellStyle, row: Int, _ first: Int, _ last: Int, on sheet: inout SheetDraft
    ) {
        let cell = CellDraft(row: row, column: first, value: .text(text), style: style)
        sheet.merged.append(
            (CellRange(firstRow: row, firstColumn: first, lastRow: row, lastColumn: last), cell))
    }

    // MARK: The table

    private func drawHeads(at row: Int, on sheet: inout SheetDraft) {
        var style = Self.cellStyle
        style.isBold = true
        style.alignment = .center
        style.wraps = true
        style.fill = 0xE7E6E6
        var column = 1
        for group in table.columns.chunked() {
            let last = column + group.count - 1
            if group[0].group.isEmpty {
                for (offset, own) in group.enumerated() {
                    let range = CellRange(
                        firstRow: row, firstColumn: column + offset, lastRow: row + 1, lastColumn: column + offset)
                    sheet.merged.append(
                        (range, CellDraft(row: row, column: column + offset, value: .text(own.head), style: style)))
                }
            } else {
                merge(group[0].group, style, row: row, column, last, on: &sheet)
                for (offset, own) in group.enumerated() {
                    sheet.cells.append(
                        CellDraft(row: row + 1, column: column + offset, value: .text(own.head), style: style))
                }
            }
            column = last + 1
        }
        let isGrouped = table.columns.contains { !$0.group.isEmpty }
        sheet.rowHeights[row] = isGrouped ? 32 : 22
        sheet.rowHeights[row + 1] = isGrouped ? 64 : 22
    }

    private func draw(_ line: ExportTable.Row, at row: Int, on sheet: inout SheetDraft) {
        for (index, (column, value)) in zip(table.columns, line.values).enumerated() {
            var style = Self.cellStyle
            style.isBold = line.isTotal
            style.wraps = column.kind == .text
            switch column.kind {
            case .text: style.alignment = .left
            case .whole: style.numberFormat = "#,##0"
            case .percent: style.numberFormat = "0.00"
            case .day:
                style.numberFormat = "dd/mm/yyyy"
                style.alignment = .center
            }
            sheet.cells.append(CellDraft(row: row, column: index + 1, value: value.cell, style: style))
        }
        sheet.rowHeights[row] = Self.lineHeight * Double(lines(of: line))
    }

    /// In points, at the table's size of letters.
    private static let lineHeight = 16.5

    /// How many lines the longest text of a row needs: no reader of workbooks but Excel finds it out by itself.
    private func lines(of row: ExportTable.Row) -> Int {
        zip(table.columns, row.values).map { column, value in
            guard case .text(let text) = value else { return 1 }
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
                max(1, Int((Double(paragraph.count) / column.width).rounded(.up)))
            }.reduce(0, +)
        }.max().map { min($0, Self.mostLines) } ?? 1
    }

    /// A row higher than a page is not printed whole; Excel allows 409 points.
    private static let mostLines = 24

    private static let cellStyle: CellStyle = {
        var style = CellStyle.plain
        style.fontSize = 12
        style.hasBorder = true
        return style
    }()
}

extension [ExportTable.Column] {
    /// Runs of columns with one group.
    fileprivate func chunked() -> [[ExportTable.Column]] {
        reduce(into: []) { runs, column in
            if let last = runs.last?.last, last.group == column.group {
                runs[runs.count - 1].append(column)
            } else {
                runs.append([column])
            }
        }
    }
}

extension ExportTable.Value {
    fileprivate var cell: CellDraft.Value {
        switch self {
        case .blank: .blank
        case .text(let text): .text(text)
        case .number(let number): .number(NSDecimalNumber(decimal: number).doubleValue)
        case .day(let day): .date(day)
        }
    }
}
