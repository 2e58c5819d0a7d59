import Foundation
import GRDB

extension LedgerView {
    private static let accountColumns = "a.name, a.display, a.role, a.password, a.created, a.is_disabled"

    package func account(_ name: String) throws -> AccountRecord? {
        try first("SELECT \(Self.accountColumns) FROM accounts a WHERE a.name = ?", [name], account)
    }

    /// By name.
    package func accounts() throws -> [AccountRecord] {
        try rows("SELECT \(Self.accountColumns) FROM accounts a ORDER BY a.name", [], account)
    }

    /// The session of a token's hash, whatever its age; none of an account that is disabled.
    package func session(tokenHash: String) throws -> SessionRecord? {
        try first(
            """
            SELECT \(Self.accountColumns), s.csrf, s.created, s.seen FROM sessions s JOIN accounts a ON a.name = s.account
            WHERE s.token = ? AND a.is_disabled = 0
            """, [tokenHash]
        ) { row in
            SessionRecord(
                account: try account(row), csrf: row[6], created: Date(milliseconds: row[7]),
                seen: Date(milliseconds: row[8]))
        }
    }

    private func account(_ row: Row) throws -> AccountRecord {
        AccountRecord(
            name: row[0], display: row[1], role: try decoded(Role(rawValue: row[2]), "role"), password: row[3],
            created: Date(milliseconds: row[4]), isDisabled: row[5])
    }
}
