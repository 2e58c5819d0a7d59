import Records

extension DefinedName.Target {
    /// Reads a formula that is one plain reference to one of the sheets: `'A. Chung'!$C$4`, `Tong!$A$1:$B$9`, `S!$A:$C`,
    /// `S!$2:$5`. Nil for anything else: unions, functions, other workbooks, `#REF!`.
    ///
    /// Sheet names are the same in any case; `sheets` gives each sheet's own spelling by its name in lower case.
    init?(formula: String, sheets: [String: String]) {
        let text = formula.hasPrefix("=") ? formula.dropFirst() : formula[...]
        guard let (name, rest) = Self.splitSheet(text), let sheet = sheets[name.lowercased()],
            let range = CellRange(absolute: rest)
        else { return nil }
        self.init(sheet: sheet, range: range)
    }

    private static func splitSheet(_ text: Substring) -> (name: String, rest: Substring)? {
        guard text.utf8.first == UInt8(ascii: "'") else {
            guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "!")), mark != text.startIndex else { return nil }
            let name = text[..<mark]
            // Brackets lead into another workbook; a colon spans several sheets.
            guard !name.utf8.contains(where: { "[]:'(),".utf8.contains($0) }) else { return nil }
            return (String(name), text[text.utf8.index(after: mark)...])
        }
        var name: [UInt8] = []
        var bytes = text.utf8.dropFirst()
        while let byte = bytes.popFirst() {
            if byte != UInt8(ascii: "'") {
                name.append(byte)
            } else if bytes.first == UInt8(ascii: "'") {
                name.append(byte)
                bytes.removeFirst()
            } else {
                guard bytes.popFirst() == UInt8(ascii: "!") else { return nil }
                return (String(decoding: name, as: UTF8.self), Substring(bytes))
            }
        }
        return nil
    }
}

extension CellRange {
    /// Reads `$B$2`, `B2:C9`, `$A:$C` (whole columns) or `$2:$5` (whole rows); nil for anything else.
    init?(absolute text: some StringProtocol) {
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
