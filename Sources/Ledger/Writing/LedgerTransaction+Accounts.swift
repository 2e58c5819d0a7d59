package import Foundation
import GRDB

extension LedgerTransaction {
    /// - Throws: `conflict` when the name is taken.
    package func add(_ account: AccountRecord, by who: String) throws {
        guard try stored.account(account.name) == nil else {
            throw LedgerError(.conflict, "there is an account \(account.name) already")
        }
        try run(
            "INSERT INTO accounts (name, display, role, password, created) VALUES (?, ?, ?, ?, ?)",
            [account.name, account.display, account.role.rawValue, account.password, account.created.milliseconds])
        try audit(
            AuditEntry(
                at: account.created, who: who, action: "account.add", subject: account.name,
                detail: account.role.rawValue))
    }

    /// Another password; every session of the account ends.
    package func setPassword(_ hash: String, of name: String, by who: String, at now: Date) throws {
        try runOnOne("UPDATE accounts SET password = ? WHERE name = ?", [hash, name], "account")
        try endSessions(of: name)
        try audit(AuditEntry(at: now, who: who, action: "account.password", subject: name))
    }

    package func setRole(_ role: Role, of name: String, by who: String, at now: Date) throws {
        try runOnOne("UPDATE accounts SET role = ? WHERE name = ?", [role.rawValue, name], "account")
        try endSessions(of: name)
        try audit(AuditEntry(at: now, who: who, action: "account.role", subject: name, detail: role.rawValue))
    }

    /// A disabled account stays, because the audit trail names it; its sessions end at once.
    package func setDisabled(_ isDisabled: Bool, of name: String, by who: String, at now: Date) throws {
        try runOnOne("UPDATE accounts SET is_disabled = ? WHERE name = ?", [isDisabled, name], "account")
        try endSessions(of: name)
        try audit(
            AuditEntry(
                at: now, who: who, action: isDisabled ? "account.disable" : "account.enable", subject: name))
    }

    /// - Parameter hash: SHA-256 of the token, in hexadecimal.
    package func openSession(_ hash: String, of name: String, csrf: String, from address: String, at now: Date) throws {
        try run(
            "INSERT INTO sessions (token, account, csrf, address, created, seen) VALUES (?, ?, ?, ?, ?, ?)",
            [hash, name, csrf, address, now.milliseconds, now.milliseconds])
        try audit(AuditEntry(at: now, who: name, action: "session.open", subject: name, detail: address))
    }

    package func touchSession(_ hash: String, at now: Date) throws {
        try run("UPDATE sessions SET seen = ? WHERE token = ?", [now.milliseconds, hash])
    }

    package func closeSession(_ hash: String) throws {
        try run("DELETE FROM sessions WHERE token = ?", [hash])
    }

    package func endSessions(of name: String) throws {
        try run("DELETE FROM sessions WHERE account = ?", [name])
    }

    /// Sessions that began before one instant or were last used before another.
    package func endSessions(begunBefore first: Date, unusedSince last: Date) throws {
        try run("DELETE FROM sessions WHERE created < ? OR seen < ?", [first.milliseconds, last.milliseconds])
    }
}
