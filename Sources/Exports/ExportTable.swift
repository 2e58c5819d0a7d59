package import Foundation
package import Records

/// A table as the office signs or keeps it: columns under heads of one or two rows, and rows of values.
package struct ExportTable: Sendable {
    package struct Column: Sendable {
        /// The head above several columns; columns of one group stand side by side. Empty for none.
        package let group: String
        package let head: String
        /// In characters.
        package let width: Double
        package let kind: Kind

        package init(_ head: String, group: String = "", width: Double, _ kind: Kind) {
            self.group = group
            self.head = head
            self.width = width
            self.kind = kind
        }
    }

    package enum Kind: Sendable {
        case text
        /// Whole numbers: households, đồng.
        case whole
        /// Percent or percentage points, two decimals.
        case percent
        case day
    }

    package enum Value: Hashable, Sendable {
        case blank
        case text(String)
        case number(Decimal)
        case day(CivilDate)

        package init(_ number: Decimal?) { self = number.map { .number($0) } ?? .blank }
        package init(_ text: String?) { self = text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .blank }
        package init(_ day: CivilDate?) { self = day.map { .day($0) } ?? .blank }
    }

    package struct Row: Hashable, Sendable {
        package let values: [Value]
        /// A sum over others: printed bold.
        package let isTotal: Bool

        package init(_ values: [Value], isTotal: Bool = false) {
            self.values = values
            self.isTotal = isTotal
        }
    }

    package let columns: [Column]
    package let rows: [Row]

    package init(columns: [Column], rows: [Row]) {
        self.columns = columns
        self.rows = rows
    }
}
