/// A cell of a workbook: the sheet's name and the row and column, both counted from 1.
///
/// The A1 form follows ECMA-376 Part 1, 18.18.62 (`ST_Ref`): columns A…XFD, rows 1…1048576.
package struct CellReference: Hashable, Sendable, Codable {
    package static let maximumRow = 1_048_576
    package static let maximumColumn = 16_384

    package let sheet: String
    package let row: Int
    package let column: Int

    /// Fails when the row or the column lies outside what a worksheet can hold.
    package init?(sheet: String, row: Int, column: Int) {
        guard (1...Self.maximumRow).contains(row), (1...Self.maximumColumn).contains(column) else { return nil }
        self.sheet = sheet
        self.row = row
        self.column = column
    }

    /// Reads `B12` or `$B$12`; fails on anything else.
    package init?(sheet: String, a1: some StringProtocol) {
        guard let (row, column) = Self.position(a1.utf8) else { return nil }
        self.init(sheet: sheet, row: row, column: column)
    }

    /// The reference without its sheet: `B12`.
    package var a1: String { Self.letters(column) + String(row) }

    /// Row and column of an A1 reference given as bytes, dollar signs ignored; nil when it is none.
    package static func position(_ bytes: some Collection<UInt8>) -> (row: Int, column: Int)? {
        var row = 0
        var column = 0
        var sawDigit = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "$"): continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where !sawDigit:
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "a")...UInt8(ascii: "z") where !sawDigit:
                column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                sawDigit = true
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
            default: return nil
            }
            guard row <= maximumRow, column <= maximumColumn else { return nil }
        }
        return row > 0 && column > 0 ? (row, column) : nil
    }

    /// The letters of a column counted from 1: 1 is `A`, 27 is `AA`.
    package static func letters(_ column: Int) -> String {
        var rest = column
        var letters: [UInt8] = []
        while rest > 0 {
            letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}

extension CellReference: Comparable {
    /// By sheet name, then row, then column.
    package static func < (left: Self, right: Self) -> Bool {
        (left.sheet, left.row, left.column) < (right.sheet, right.row, right.column)
    }
}
