import Mail
import Records
import Support
import Testing

@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct TLSTests {
    static let bad = TestCertificates.Kind.allCases.filter { $0 != .good }

    @Test(arguments: [ServerAddress.Security.tls, .startTLS])
    func goodCertificateIsAccepted(security: ServerAddress.Security) async throws {
        let servers = try TestServers.shared.get()
        let user = "good\(security.rawValue)"
        let session = servers.session(for: user, at: servers.imap(security))
        let status = try await session.open()
        await session.close()
        #expect(status.exists == 0)
        #expect(try servers.signInLog(about: user).contains { $0.contains("Login:") })
    }

    @Test(arguments: bad, [ServerAddress.Security.tls, .startTLS])
    func badCertificateEndsIMAPBeforeSignIn(kind: TestCertificates.Kind, security: ServerAddress.Security) async throws
    {
        let servers = try TestServers.shared.get()
        let user = "bad\(kind.rawValue)\(security.rawValue)".lowercased()
        let session = servers.session(for: user, at: servers.imap(security, showing: kind))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .certificate = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try servers.signInLog(about: user).isEmpty)
    }

    @Test(arguments: bad, [ServerAddress.Security.tls, .startTLS])
    func badCertificateEndsSMTPBeforeSignIn(kind: TestCertificates.Kind, security: ServerAddress.Security) async throws
    {
        let servers = try TestServers.shared.get()
        let user = "sends\(kind.rawValue)\(security.rawValue)".lowercased()
        // A wrong password would leave its trace in the log.
        let server = servers.smtp(security, showing: kind)
        let session = servers.sender(user, at: server, password: Secret("another"))
        let result = await session.send([], from: "office@example.test", to: "unit@example.test")
        guard case .unreachable(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("certificate"))
        #expect(try servers.signInLog(about: user).isEmpty)
    }

    @Test func certificateOfAnotherAuthorityIsRefused() async throws {
        let servers = try TestServers.shared.get()
        let session = IMAPSession(
            account: "test", server: servers.imap(), trust: TrustSettings(hostName: "localhost"),
            user: "otherauthority",
            password: TestServers.password)
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .certificate = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try servers.signInLog(about: "otherauthority").isEmpty)
    }

    @Test func addressInTheCertificateCounts() async throws {
        let servers = try TestServers.shared.get()
        let trust = TrustSettings(caFile: servers.certificates.authority)
        let session = IMAPSession(
            account: "test", server: servers.imap(), trust: trust, user: "byaddress", password: TestServers.password)
        let status = try await session.open()
        await session.close()
        #expect(status.exists == 0)
    }

    @Test func plainIsForThisMachineAlone() async {
        // RFC 5737 keeps this address for documentation: nobody must be asked for it.
        let server = ServerAddress(host: "192.0.2.1", port: 143, security: .plain)
        let session = IMAPSession(account: "test", server: server, user: "user", password: Secret("word"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .protocolViolation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
