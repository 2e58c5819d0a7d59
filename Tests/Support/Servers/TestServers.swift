import Foundation
import Glibc
package import Mail
package import Records

/// A Dovecot and a Postfix of the tests' own, on loopback, in a temporary folder; the machine's instances are not touched.
///
/// Every user name is known and has the same password. Mail for `user@example.test` that Postfix takes comes to Dovecot by
/// LMTP. The certificates that must be refused are shown at other addresses (IMAP) or ports (SMTP).
package final class TestServers: Sendable {
    /// What Dovecot offers in place of everything: no MOVE, no UIDPLUS, no IDLE, no NAMESPACE.
    static let poorCapabilities = "IMAP4rev1 SASL-IR LITERAL+ STARTTLS AUTH=PLAIN"

    package static let password = Secret("mat-khau.8")
    package static let domain = "example.test"

    package let certificates: TestCertificates
    private let folder: URL
    private let ports: Ports
    private let keeper: ServerKeeper

    /// Why the servers cannot be started here; nil when they can. Nil as well when `FORMPOST_REQUIRE_SERVERS` is 1: then
    /// the tests fail instead of being skipped.
    package static let unavailable: String? = {
        if ProcessInfo.processInfo.environment["FORMPOST_REQUIRE_SERVERS"] == "1" { return nil }
        let missing = ["dovecot", "postfix", "openssl"].filter { Command.path(of: $0) == nil }
        if !missing.isEmpty { return "not installed: \(missing.joined(separator: ", "))" }
        return getuid() == 0 ? nil : "Dovecot and Postfix are started by root only"
    }()

    /// One pair for all tests of a run; each test takes users of its own.
    package static let shared = Result { try TestServers() }

    /// Starts the servers.
    /// - Parameter withSMTP: false for Dovecot alone.
    package init(withSMTP: Bool = true) throws {
        var template = Array("/tmp/formpost-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        folder = URL(filePath: String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
        // The servers' own users must get to their sockets.
        chmod(folder.path, 0o755)
        certificates = try TestCertificates(in: folder)
        ports = Ports()
        keeper = try ServerLayout(folder: folder, certificates: certificates, ports: ports).start(withSMTP: withSMTP)
    }

    /// Ends the servers and removes their folder.
    package func stop() {
        keeper.stop()
    }

    /// Trust in the tests' own authority alone.
    package var trust: TrustSettings { TrustSettings(caFile: certificates.authority, hostName: "localhost") }

    /// Dovecot's address.
    package func imap(
        _ security: ServerAddress.Security = .tls, showing kind: TestCertificates.Kind = .good
    ) -> ServerAddress {
        ServerAddress(
            host: ServerLayout.address(kind), port: security == .tls ? ports.imaps : ports.imap, security: security)
    }

    /// The address at which Dovecot plays a poorer server.
    package func poorIMAP(_ security: ServerAddress.Security = .tls) -> ServerAddress {
        ServerAddress(
            host: ServerLayout.poorAddress, port: security == .tls ? ports.imaps : ports.imap, security: security)
    }

    /// Postfix's address.
    package func smtp(
        _ security: ServerAddress.Security = .startTLS, showing kind: TestCertificates.Kind = .good
    ) -> ServerAddress {
        let port = security == .tls ? ports.submissions[kind] : ports.submission[kind]
        return ServerAddress(host: "127.0.0.1", port: port ?? 0, security: security)
    }

    /// A session on a user's mailbox.
    package func session(
        for user: String, at server: ServerAddress? = nil, password: Secret<String> = TestServers.password,
        processed: String = MailboxFolder.processed.rawValue, deadline: Duration = .seconds(60)
    ) -> IMAPSession {
        IMAPSession(
            account: user, server: server ?? imap(), trust: trust, user: user, password: password, processed: processed,
            deadline: deadline)
    }

    /// A session that submits as a user.
    package func sender(
        _ user: String, at server: ServerAddress? = nil, password: Secret<String> = TestServers.password
    ) -> SMTPSession {
        SMTPSession(server: server ?? smtp(), trust: trust, user: user, password: password, ownName: "office.test")
    }

    /// Puts messages into a user's INBOX as a delivery would, in this order, received at the given second each.
    package func deliver(_ messages: [[UInt8]], to user: String, at first: Int = 1_600_000_000) throws {
        let inbox = try maildir(of: user)
        for (index, message) in messages.enumerated() {
            let number = String(index)
            let name = "\(first + index).M\(String(repeating: "0", count: 8 - number.count))\(number).test"
            let file = inbox.appending(path: "tmp/\(name)").path
            try Data(message).write(to: URL(filePath: file))
            chown(file, ServerLayout.owner, ServerLayout.owner)
            // Dovecot takes INTERNALDATE from the file's own time.
            var times = [timeval(tv_sec: first + index, tv_usec: 0), timeval(tv_sec: first + index, tv_usec: 0)]
            utimes(file, &times)
            rename(file, inbox.appending(path: "new/\(name)").path)
        }
    }

    /// The messages in a user's INBOX or another folder as they lie on disk, in the order of arrival.
    package func messages(of user: String, in subfolder: String? = nil) throws -> [[UInt8]] {
        try files(of: user, in: subfolder).map { [UInt8](try Data(contentsOf: $0)) }
    }

    /// The names of the messages' files, which end in the letters of their flags.
    package func fileNames(of user: String, in subfolder: String? = nil) throws -> [String] {
        try files(of: user, in: subfolder).map(\.lastPathComponent)
    }

    /// Begins a user's INBOX anew under another UIDVALIDITY, as a restored server would.
    package func rebuild(_ user: String, as validity: UIDValidity) throws {
        try FileManager.default.removeItem(at: try maildir(of: user))
        let list = try maildir(of: user).appending(path: "dovecot-uidlist")
        try Data("3 V\(validity.rawValue) N1\n".utf8).write(to: list)
        chown(list.path, ServerLayout.owner, ServerLayout.owner)
    }

    /// What Dovecot has written about a user: sign-ins to IMAP, and passwords refused there or to Postfix.
    package func signInLog(about user: String) throws -> [String] {
        let text = try String(contentsOf: folder.appending(path: "dovecot.log"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.contains("user=<\(user)>") || $0.contains("(\(user),") }
            .map(String.init)
    }

    private func files(of user: String, in subfolder: String?) throws -> [URL] {
        let box = try maildir(of: user).appending(path: subfolder.map { "." + $0 } ?? "")
        let files = ["new", "cur"].flatMap { part -> [URL] in
            let directory = box.appending(path: part)
            return (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
        }
        return files.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    private func maildir(of user: String) throws -> URL {
        let home = folder.appending(path: "mail/\(user)")
        let box = home.appending(path: "Maildir")
        for part in ["tmp", "new", "cur"] {
            try FileManager.default.createDirectory(
                at: box.appending(path: part), withIntermediateDirectories: true)
            chown(box.appending(path: part).path, ServerLayout.owner, ServerLayout.owner)
        }
        for path in [home.path, box.path] { chown(path, ServerLayout.owner, ServerLayout.owner) }
        return box
    }
}
