import Foundation
import GRDB
import Records

/// What can be asked of the ledger. Valid only inside the closure that it is given to.
package struct LedgerView {
    let db: Database
    let figures: FiguresCache

    /// All rows of a query that is prepared once.
    func rows<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ decode: (Row) throws -> T
    ) throws -> [T] {
        let cursor = try Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: arguments)
        var found: [T] = []
        while let row = try cursor.next() { found.append(try decode(row)) }
        return found
    }

    /// The first row of a query that is prepared once.
    func first<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ decode: (Row) throws -> T
    ) throws -> T? {
        let cursor = try Row.fetchCursor(try db.cachedStatement(sql: sql), arguments: arguments)
        return try cursor.next().map(decode)
    }

    func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try first(sql, arguments) { $0[0] } ?? 0
    }
}

// MARK: - Stored values

extension Date {
    /// Milliseconds since 1970, as the ledger keeps instants.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

/// Turns a stored text back into the value that it was, or says which column is damaged.
func decoded<T>(_ value: T?, _ column: String) throws(LedgerError) -> T {
    guard let value else { throw LedgerError(.damaged, "column \(column) holds what it cannot hold") }
    return value
}

extension Receipt {
    /// Reads `BC-2019-0042` as the ledger wrote it, without the patience that people's spelling needs.
    init?(stored text: String) {
        let parts = text.split(separator: "-")
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])), let year = Int(parts[1]),
            let number = Int(parts[2])
        else { return nil }
        self.init(kind: kind, year: year, number: number)
    }
}

extension SubmissionKey {
    /// Reads six columns beginning at the given one: form, unit, period, stage, nominee, place. Blank stands for none.
    init(_ row: Row, from column: Int) throws {
        func text(_ offset: Int) -> String? {
            let text: String = row[column + offset]
            return text.isEmpty ? nil : text
        }
        self.init(
            form: row[column], unit: try decoded(UnitCode(row[column + 1] as String), "unit"), period: text(2),
            stage: text(3), nominee: text(4), place: text(5))
    }

    /// The six key columns in the schema's order.
    var columns: [any DatabaseValueConvertible] {
        [form, unit.rawValue, period ?? "", stage ?? "", nominee ?? "", place ?? ""]
    }
}
