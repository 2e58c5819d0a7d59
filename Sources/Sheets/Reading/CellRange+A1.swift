import Records

extension CellRange {
    /// Reads `$B$2`, `B2:C9`, `$A:$C` (whole columns) or `$2:$5` (whole rows); nil for anything else.
    init?(absolute text: some StringProtocol) {
        if let cell = CellReference.position(text.utf8) {
            self.init(firstRow: cell.row, firstColumn: cell.column, lastRow: cell.row, lastColumn: cell.column)
            return
        }
        let corners = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard corners.count == 1 || corners.count == 2, let first = Corner(corners[0]),
            let last = Corner(corners[corners.count - 1]), first.kind == last.kind,
            corners.count == 2 || first.kind == .cell
        else { return nil }
        let rows = first.kind == .column ? (1, CellReference.maximumRow) : (first.row, last.row)
        let columns = first.kind == .row ? (1, CellReference.maximumColumn) : (first.column, last.column)
        self.init(
            firstRow: min(rows.0, rows.1), firstColumn: min(columns.0, columns.1), lastRow: max(rows.0, rows.1),
            lastColumn: max(columns.0, columns.1))
    }

    private struct Corner {
        enum Kind { case cell, row, column }
        let kind: Kind
        let row: Int
        let column: Int

        init?(_ text: some Collection<UInt8>) {
            let bytes = text.filter { $0 != UInt8(ascii: "$") }
            if let position = CellReference.position(bytes) {
                (kind, row, column) = (.cell, position.row, position.column)
            } else if let position = CellReference.position(Array("A".utf8) + bytes),
                bytes.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 })
            {
                (kind, row, column) = (.row, position.row, 0)
            } else if let position = CellReference.position(bytes + Array("1".utf8)),
                !bytes.contains(where: { $0 &- UInt8(ascii: "0") <= 9 })
            {
                (kind, row, column) = (.column, 0, position.column)
            } else {
                return nil
            }
        }
    }
}
