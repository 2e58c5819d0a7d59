import Foundation
import GRDB
package import Records

/// How far the mailbox has been read, and how often each message was attempted.
extension Ledger {
    /// Where the next search of a folder begins; nil before the first contact.
    package func cursor(account: String, folder: String) throws(LedgerError) -> MailboxCursor? {
        try LedgerError.wrap {
            try read { view in
                try view.first(
                    "SELECT uid_validity, next_uid, first_contact FROM cursors WHERE account = ? AND folder = ?",
                    [account, folder]
                ) { row in
                    MailboxCursor(
                        uidValidity: try decoded(UIDValidity(row[0]), "uid_validity"),
                        nextUID: UInt64(clamping: row[1] as Int64), firstContact: Date(milliseconds: row[2]))
                }
            }
        }
    }

    /// The first contact stands as it was recorded first.
    package func setCursor(_ cursor: MailboxCursor, account: String, folder: String) throws(LedgerError) {
        try LedgerError.wrap {
            try write { transaction in
                try transaction.run(
                    """
                    INSERT INTO cursors (account, folder, uid_validity, next_uid, first_contact)
                    VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (account, folder)
                    DO UPDATE SET uid_validity = excluded.uid_validity, next_uid = excluded.next_uid
                    """,
                    [
                        account, folder, cursor.uidValidity.rawValue, Int64(clamping: cursor.nextUID),
                        cursor.firstContact.milliseconds,
                    ])
            }
        }
    }

    /// The UIDs of a folder, from the given one on, that are recorded.
    package func known(
        account: String, folder: String, uidValidity: UIDValidity, from uid: UID
    ) throws(LedgerError) -> Set<UID> {
        try LedgerError.wrap {
            try read { view in
                Set(
                    try view.rows(
                        """
                        SELECT uid FROM messages WHERE account = ? AND folder = ? AND uid_validity = ? AND uid >= ?
                        """, [account, folder, uidValidity.rawValue, uid.rawValue]
                    ) { try decoded(UID($0[0]), "uid") })
            }
        }
    }

    /// Counts an attempt at each message, committed before anything is tried. A process that dies in the attempt has counted.
    /// - Returns: how often each has been tried, this attempt included.
    package func beginAttempts(_ keys: [MessageKey]) throws(LedgerError) -> [Int] {
        try LedgerError.wrap {
            try write { transaction in
                try keys.map { key in
                    try transaction.stored.first(
                        """
                        INSERT INTO attempts (account, folder, uid_validity, uid, count) VALUES (?, ?, ?, ?, 1)
                        ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count
                        """, key.arguments
                    ) { $0[0] } ?? 1
                }
            }
        }
    }

    /// Takes attempts back that failed because of the surroundings, which count against nobody.
    package func forgiveAttempts(_ keys: [MessageKey]) throws(LedgerError) {
        try LedgerError.wrap {
            try write { transaction in
                for key in keys {
                    try transaction.run(
                        """
                        UPDATE attempts SET count = max(count - 1, 0)
                        WHERE account = ? AND folder = ? AND uid_validity = ? AND uid = ?
                        """, key.arguments)
                }
            }
        }
    }

    /// The messages of an account that were attempted and never recorded, with the number of attempts: after a crash these
    /// are dealt with one by one.
    package func unfinishedAttempts(account: String) throws(LedgerError) -> [MessageKey: Int] {
        try LedgerError.wrap {
            try read { view in
                let found = try view.rows(
                    "SELECT account, folder, uid_validity, uid, count FROM attempts WHERE account = ? AND count > 0",
                    [account]
                ) { row in
                    (
                        MessageKey(
                            account: row[0], folder: row[1],
                            uidValidity: try decoded(UIDValidity(row[2]), "uid_validity"),
                            uid: try decoded(UID(row[3]), "uid")), row[4] as Int
                    )
                }
                return Dictionary(found, uniquingKeysWith: max)
            }
        }
    }
}
