import Foundation
import Mail
import Records
import Support
import Testing

/// What a real server can hardly be made to do to a session, done by a scripted one.
struct IMAPTroubleTests {
    typealias Step = ScriptedServer.Step

    private static let signIn: [Step] = [
        .say("* OK test\r\n"),
        .hear, .say("* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"),
        .hear, .say("{tag} OK signed in\r\n"),
        .hear, .say("* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"),
    ]
    private static let folders: [Step] = [
        .hear, .say("* LIST () \"/\" Processed\r\n{tag} OK done\r\n"),
        .hear, .say("* LIST () \"/\" Quarantine\r\n{tag} OK done\r\n"),
    ]
    private static let select: [Step] = [
        .hear, .say("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 12] ok\r\n{tag} OK [READ-WRITE] done\r\n"),
    ]
    private static let opened = signIn + folders + select

    private func session(_ server: ScriptedServer, deadline: Duration = .seconds(60)) -> IMAPSession {
        IMAPSession(account: "test", server: server.address, user: "user", password: Secret("word"), deadline: deadline)
    }

    private func uids(_ numbers: UInt32...) throws -> [UID] {
        try numbers.map { try #require(UID($0)) }
    }

    @Test func statusIsReadFromSelect() async throws {
        let server = try ScriptedServer(Self.opened + [.hang])
        let session = session(server)
        let status = try await session.open()
        #expect(status.uidValidity.rawValue == 7)
        #expect(status.uidNext.rawValue == 12)
        #expect(status.exists == 2)
    }

    /// Servers that keep UIDNEXT to themselves are asked for the last message.
    @Test func missingUIDNextIsFoundOut() async throws {
        let server = try ScriptedServer(
            Self.signIn + Self.folders + [
                .hear, .say("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK done\r\n"),
                .hear, .say("* SEARCH 41\r\n{tag} OK done\r\n"), .hang,
            ])
        #expect(try await session(server).open().uidNext.rawValue == 42)
    }

    @Test func bytesAreKeptWhateverTheyAre() async throws {
        let server = try ScriptedServer(
            Self.opened + [
                .hear,
                .say(
                    "* 1 FETCH (FLAGS (\\Seen))\r\n"
                        + "* 1 FETCH (UID 10 INTERNALDATE \"11-Jun-2020 07:00:00 +0700\" BODY[]<0> {5}\r\na\0b\r\n)\r\n"
                        + "* 2 FETCH (BODY[]<0> \"\" INTERNALDATE \" 1-Jan-2020 00:00:00 -0130\" UID 11)\r\n{tag} OK done\r\n"
                ),
                .hang,
            ])
        let session = session(server)
        _ = try await session.open()
        let messages = try await session.fetch(uids(10, 11), maximumBytes: 100)
        #expect(messages.map(\.bytes) == [[97, 0, 98, 13, 10], []])
        #expect(messages.map(\.received.timeIntervalSince1970) == [1_591_833_600, 1_577_842_200])
        #expect(server.heard.last?.contains("UID FETCH 10:11 (INTERNALDATE BODY.PEEK[]<0.101> UID)") == true)
    }

    /// The end of a plain stream in the middle of a literal: libetpan's own driver would wait for ever.
    @Test func connectionLostInTheMiddleOfAMessage() async throws {
        let server = try ScriptedServer(
            Self.opened + [
                .hear, .say("* 1 FETCH (UID 10 INTERNALDATE \"11-Jun-2020 07:00:00 +0700\" BODY[]<0> {500}\r\nhalf"),
            ])
        let session = session(server)
        _ = try await session.open()
        let error = await #expect(throws: MailboxError.self) { try await session.fetch(uids(10), maximumBytes: 1000) }
        guard case .lost = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await #expect(throws: MailboxError.lost("not open")) { try await session.fetch(uids(10), maximumBytes: 1000) }
    }

    @Test(arguments: ["x", "* OK still here\r\n"])
    func drippingServerMeetsTheDeadline(drop: String) async throws {
        let server = try ScriptedServer(Self.opened + [.hear, .drip(drop)])
        let session = session(server, deadline: .milliseconds(500))
        _ = try await session.open()
        let error = await #expect(throws: MailboxError.self) { try await session.list(from: uids(1)[0]) }
        #expect(error == .lost("no answer in time"))
    }

    @Test func floodingServerIsLeft() async throws {
        let server = try ScriptedServer(Self.opened + [.hear, .flood("* OK more of the same\r\n")])
        let session = session(server)
        _ = try await session.open()
        let error = await #expect(throws: MailboxError.self) { try await session.list(from: uids(1)[0]) }
        #expect(error == .lost("the server sent more than was asked for"))
    }

    @Test(arguments: [
        "* BYE shutting down\r\n", "* BYE shutting down\r\n* OK and on\r\n", "+ what\r\n", "\0\0\0\r\n", "\r\n",
        "* SEARCH x\r\n",
        "{tag} BAD no\r\n", "999 OK whose tag\r\n", "* 1 FETCH (BODY[] {99999999999}\r\n", "* 1 FETCH (((((((((\r\n",
        "* 1 FETCH (UID 1 BODY[] {4294967295}\r\nx",
        "{tag} OK\r\n",
    ])
    func whatIsNoAnswerEndsTheConnection(words: String) async throws {
        let server = try ScriptedServer(Self.opened + [.hear, .say(words)])
        let session = session(server)
        _ = try await session.open()
        let error = await #expect(throws: MailboxError.self) { try await session.list(from: uids(1)[0]) }
        switch error {
        case .lost, .protocolViolation: break
        default: Issue.record("\(String(describing: error))")
        }
        await #expect(throws: MailboxError.lost("not open")) { try await session.list(from: uids(1)[0]) }
    }

    @Test func refusedCommandLeavesTheConnection() async throws {
        let server = try ScriptedServer(
            Self.opened + [
                .hear, .say("{tag} NO [OVERQUOTA] full\r\n"), .hear, .say("* SEARCH\r\n{tag} OK done\r\n"), .hang,
            ])
        let session = session(server)
        _ = try await session.open()
        let error = await #expect(throws: MailboxError.self) { try await session.move(uids(10), to: .processed) }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await session.list(from: uids(12)[0]) == [])
    }

    /// Words in the clear behind the answer to STARTTLS come from somebody in between (CVE-2020-15953); so may a refusal.
    @Test(arguments: [
        "{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "{tag} NO not today\r\n", "{tag} BAD what\r\n",
    ])
    func nothingIsSaidInTheClearInPlaceOfTLS(answer: String) async throws {
        let server = try ScriptedServer([.say("* OK test\r\n"), .hear, .say(answer), .hang])
        let session = IMAPSession(
            account: "test", server: server.address(with: .startTLS), user: "user", password: Secret("word"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .protocolViolation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(server.heard.count == 1)
    }

    /// A connection that the server ended while it lay idle is made anew.
    @Test(arguments: [[Step](), [.say("* BYE idle for too long\r\n")]])
    func idleEndIsNoTrouble(ending: [Step]) async throws {
        let server = try ScriptedServer(Self.opened + ending, Self.opened + [.hang])
        let session = session(server)
        let status = try await session.open()
        #expect(try await session.open() == status)
    }

    /// Whoever greets as signed in keeps the client from asking for TLS.
    @Test func greetingAsSignedInDoesNotReplaceTLS() async throws {
        let server = try ScriptedServer([.say("* PREAUTH welcome\r\n"), .hang])
        let session = IMAPSession(
            account: "test", server: server.address(with: .startTLS), user: "user", password: Secret("word"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .protocolViolation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(server.heard.isEmpty)
    }

    @Test func silentServerMeetsTheDeadline() async throws {
        let server = try ScriptedServer([.hang])
        let error = await #expect(throws: MailboxError.self) {
            try await session(server, deadline: .milliseconds(300)).open()
        }
        #expect(error == .lost("no answer in time"))
    }

    /// A name may stand for several addresses, of which only some answer.
    @Test func everyAddressOfANameIsTried() async throws {
        let server = try ScriptedServer(Self.opened + [.hang])
        let address = ServerAddress(host: "localhost", port: server.address.port, security: .plain)
        let session = IMAPSession(account: "test", server: address, user: "user", password: Secret("word"))
        #expect(try await session.open().exists == 2)
    }

    @Test func nobodyListens() async throws {
        let session = IMAPSession(
            account: "test", server: ServerAddress(host: "127.0.0.1", port: 1, security: .plain), user: "user",
            password: Secret("word"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func controlCharactersReachNoCommand() async throws {
        let server = try ScriptedServer(Array(Self.signIn.prefix(3)) + [.hang])
        let session = IMAPSession(
            account: "test", server: server.address, user: "user\r\n1 NOOP", password: Secret("word"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .signInRefused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(server.heard.count == 1)
    }
}
