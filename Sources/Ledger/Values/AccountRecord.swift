package import Foundation

/// What a person who signs in may do.
package enum Role: String, Sendable, Codable, CaseIterable {
    /// Reviews and prepares decisions.
    case interior
    /// The head of the Interior office: approves letters and lists.
    case head
    /// The Labour office: gives its opinion, confirms figures.
    case labour
    /// Accounts, quarantine, health; no nominees.
    case administrator
    /// The figures only.
    case reader
}

/// A person who may sign in.
package struct AccountRecord: Hashable, Sendable {
    /// Lower-case letters, digits, `.`, `-`, `_`; for life, because the audit trail names it.
    package let name: String
    /// As pages and letters show it.
    package let display: String
    package let role: Role
    /// An Argon2id hash with its parameters, as libsodium writes it.
    package let password: String
    package let created: Date
    package let isDisabled: Bool

    package init(
        name: String, display: String, role: Role, password: String, created: Date, isDisabled: Bool = false
    ) {
        self.name = name
        self.display = display
        self.role = role
        self.password = password
        self.created = created
        self.isDisabled = isDisabled
    }

    /// Whether a name may be given to an account.
    package static func isName(_ name: String) -> Bool {
        (2...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
            }
    }
}

/// A browser that has signed in.
package struct SessionRecord: Hashable, Sendable {
    package let account: AccountRecord
    /// What every form of the session must bring back.
    package let csrf: String
    package let created: Date
    package let seen: Date
}
