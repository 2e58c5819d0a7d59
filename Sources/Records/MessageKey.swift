/// How the ledger knows a message of a mailbox again: the account, the folder, and the folder's UIDVALIDITY and UID
/// (RFC 9051, 2.3.1.1).
package struct MessageKey: Hashable, Sendable, Codable {
    package let account: String
    package let folder: String
    package let uidValidity: UIDValidity
    package let uid: UID

    package init(account: String, folder: String, uidValidity: UIDValidity, uid: UID) {
        self.account = account
        self.folder = folder
        self.uidValidity = uidValidity
        self.uid = uid
    }
}

/// A folder's UIDVALIDITY: 1…2^32 − 1 (RFC 9051, 2.3.1.1).
package struct UIDValidity: Hashable, Sendable, Codable {
    package let rawValue: UInt32

    package init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }
}

/// A message's UID within its folder: 1…2^32 − 1 (RFC 9051, 2.3.1.1).
package struct UID: Hashable, Sendable, Codable, Comparable {
    package let rawValue: UInt32

    package init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
