/// Everything that a rule may look up, as it stood when the message's turn came: plan figures, units, earlier reports.
package struct ReferenceSnapshot: Sendable, Codable {
    package private(set) var tables: [String: ReferenceTable]

    package init(tables: [String: ReferenceTable] = [:]) {
        self.tables = tables
    }

    package subscript(name: String) -> ReferenceTable? {
        get { tables[name] }
        set { tables[name] = newValue }
    }
}

/// A table of texts with named columns, indexed by whichever column is asked for.
package struct ReferenceTable: Sendable, Codable {
    package let columns: [String]
    package let rows: [[String]]
    private let indexes: [String: [String: Int]]

    /// Rows shorter than the header are filled with empty texts; of two rows with the same key the first counts.
    /// - Parameter keys: the columns by which rows will be looked up; others are searched one by one.
    package init(columns: [String], rows: [[String]], keys: [String] = ["khoa"]) {
        self.columns = columns
        self.rows = rows.map {
            $0.count < columns.count ? $0 + Array(repeating: "", count: columns.count - $0.count) : $0
        }
        var indexes: [String: [String: Int]] = [:]
        for key in keys {
            guard let column = columns.firstIndex(of: key) else { continue }
            indexes[key] = Dictionary(
                self.rows.enumerated().map { ($0.element[column], $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        self.indexes = indexes
    }

    /// The cell of the first row whose `keyColumn` holds `key`; nil when there is no such row or column.
    package func value(_ column: String, where keyColumn: String, is key: String) -> String? {
        guard let wanted = columns.firstIndex(of: column), let row = row(where: keyColumn, is: key) else { return nil }
        return rows[row][wanted]
    }

    private func row(where keyColumn: String, is key: String) -> Int? {
        if let index = indexes[keyColumn] { return index[key] }
        guard let column = columns.firstIndex(of: keyColumn) else { return nil }
        return rows.firstIndex { $0[column] == key }
    }
}
