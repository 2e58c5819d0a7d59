/// The ledger's number of a row; it cannot be mistaken for the number of a row of another kind.
package struct RowID<Row>: Hashable, Sendable, Codable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}
