import Records

/// Prints the formula of a defined name where it is a reference, or several, to cells of the workbook
/// ([MS-XLS] 2.5.198). Other formulas are not printed.
struct ReferenceTokens {
    let links: BinaryLinks
    /// The names of all sheets of the workbook, those without cells included.
    let sheets: [String]
    let encoding: BinaryEncoding

    /// `'A. Chung'!$C$4`, `'S'!$A:$C`, several with commas; `#REF!` for what leads to no sheet of this workbook; empty
    /// for any other formula.
    func formula(_ tokens: [UInt8]) -> String {
        (try? print(ByteView(tokens))) ?? ""
    }

    private func print(_ view: ByteView) throws(WorkbookError) -> String {
        var references: [String] = []
        var place = 0
        while place < view.count {
            let token = try view.byte(place)
            place += 1
            // The two upper bits say what kind of operand is wanted.
            switch token < 0x20 ? token : token & 0x1F | 0x20 {
            case 0x10: break  // a union of the two before
            case 0x15: break  // parentheses
            case 0x26, 0x27, 0x28: place += 6  // what follows, evaluated before
            case 0x29: place += 2  // what follows, to be evaluated
            case 0x1C:
                references.append(BinaryWorksheet.error(try view.byte(place)))
                place += 1
            case 0x3A: references.append(try cell(view, &place, isArea: false))
            case 0x3B: references.append(try cell(view, &place, isArea: true))
            // Deleted cells, of this sheet and of a named one.
            case 0x2A, 0x2B, 0x3C, 0x3D:
                references.append("#REF!")
                place += Self.deletedBytes(token & 0x1F | 0x20, isBIFF8)
            default: return ""
            }
        }
        return references.joined(separator: ",")
    }

    private var isBIFF8: Bool {
        if case .unicode = encoding { true } else { false }
    }

    /// What follows the token of a deleted cell or area.
    private static func deletedBytes(_ token: Int, _ isBIFF8: Bool) -> Int {
        switch token {
        case 0x2A: isBIFF8 ? 4 : 3
        case 0x2B: isBIFF8 ? 8 : 6
        case 0x3C: isBIFF8 ? 6 : 17
        default: isBIFF8 ? 10 : 20
        }
    }

    /// A PtgRef3d or a PtgArea3d ([MS-XLS] 2.5.198.85, 2.5.198.28), or what BIFF5 has for it.
    private func cell(_ view: ByteView, _ place: inout Int, isArea: Bool) throws(WorkbookError) -> String {
        let sheet = try sheet(view, &place)
        let count = isArea ? 2 : 1
        var corners: [(row: Int, column: Int, flags: Int)] = []
        for index in 0..<count {
            let row = try view.short(place + 2 * index)
            let columns = place + 2 * count
            if isBIFF8 {
                let column = try view.short(columns + 2 * index)
                corners.append((row, column & 0x3FFF, column))
            } else {
                corners.append((row & 0x3FFF, try view.byte(columns + index), row))
            }
        }
        place += isBIFF8 ? 4 * count : 3 * count
        return sheet.map { "\($0)!\(range(corners))" } ?? "#REF!"
    }

    /// The sheet as a formula names it; nil for one that was deleted.
    private func sheet(_ view: ByteView, _ place: inout Int) throws(WorkbookError) -> String? {
        let span: BinaryLinks.Span
        if isBIFF8 {
            let index = try view.short(place)
            place += 2
            guard let found = links[index] else { return nil }
            span = found
        } else {
            // A number above zero leads into another workbook.
            let isOwn = try view.short(place) & 0x8000 != 0
            span = (first: try view.short(place + 10), last: try view.short(place + 12))
            place += 14
            guard isOwn else { return nil }
        }
        guard sheets.indices.contains(span.first), sheets.indices.contains(span.last) else { return nil }
        let name = span.first == span.last ? sheets[span.first] : "\(sheets[span.first]):\(sheets[span.last])"
        return "'\(name.replacing("'", with: "''"))'"
    }

    /// Bit 14 of the flags says that the column is relative, bit 15 the row.
    private func range(_ corners: [(row: Int, column: Int, flags: Int)]) -> String {
        let lastRow = isBIFF8 ? 0xFFFF : 0x3FFF
        let (first, last) = (corners[0], corners[corners.count - 1])
        let isWholeColumns = corners.count == 2 && first.row == 0 && last.row == lastRow
        let isWholeRows = corners.count == 2 && first.column == 0 && last.column == 0xFF
        let texts = corners.map { corner in
            let column = (corner.flags & 0x4000 != 0 ? "" : "$") + CellReference.letters(corner.column + 1)
            let row = (corner.flags & 0x8000 != 0 ? "" : "$") + String(corner.row + 1)
            return isWholeColumns ? column : isWholeRows ? row : column + row
        }
        return texts.joined(separator: ":")
    }
}
