import Mail
import Records
import Support
import Testing

/// What a real server can hardly be made to do to a letter, done by a scripted one.
struct SMTPTroubleTests {
    typealias Step = ScriptedServer.Step

    private static let hello: [Step] = [.say("220 test\r\n"), .hear, .say("250-test\r\n250 SIZE 0\r\n")]
    private static let envelope: [Step] = [
        .hear, .say("250 ok\r\n"), .hear, .say("250 ok\r\n"), .hear, .say("354 go on\r\n"),
    ]
    private let message = Array("Subject: x\r\n\r\ntext\r\n".utf8)

    private func session(_ server: ScriptedServer, deadline: Duration = .seconds(60)) -> SMTPSession {
        SMTPSession(server: server.address, ownName: "office.test", deadline: deadline)
    }

    private func send(by session: SMTPSession) async -> DeliveryResult {
        await session.send(message, from: "office@example.test", to: "unit@example.test")
    }

    @Test func letterIsTaken() async throws {
        let server = try ScriptedServer(
            Self.hello + Self.envelope + [.hearData, .say("250-2.0.0 Ok:\r\n250 queued as 1\r\n"), .hear])
        let session = session(server)
        #expect(await send(by: session) == .sent("2.0.0 Ok: queued as 1"))
        await session.close()
        #expect(
            server.heard.prefix(8) == [
                "EHLO office.test", "MAIL FROM:<office@example.test> SIZE=20", "RCPT TO:<unit@example.test>", "DATA",
                "Subject: x", "", "text", ".",
            ])
    }

    /// DSN parameters where they are offered, and only there (RFC 3461).
    @Test func reportsAreAskedForWhereOffered() async throws {
        let server = try ScriptedServer(
            [.say("220 test\r\n"), .hear, .say("250-test\r\n250 DSN\r\n")] + Self.envelope
                + [.hearData, .say("250 ok\r\n"), .hear])
        let session = session(server)
        #expect(await send(by: session) == .sent("ok"))
        await session.close()
        #expect(server.heard.contains("MAIL FROM:<office@example.test> RET=HDRS"))
        #expect(server.heard.contains("RCPT TO:<unit@example.test> NOTIFY=FAILURE,DELAY"))
    }

    @Test(arguments: [
        (450, DeliveryResult.deferred(code: 450, "words")), (421, .deferred(code: 421, "words")),
        (550, .refused(code: 550, "words")), (554, .refused(code: 554, "words")),
    ])
    func answersToTheRecipientAreToldApart(code: Int, expected: DeliveryResult) async throws {
        let server = try ScriptedServer(
            Self.hello + [
                .hear, .say("250 ok\r\n"), .hear, .say("\(code) words\r\n"), .hear, .say("250 ok\r\n"), .hang,
            ])
        let session = session(server)
        #expect(await send(by: session) == expected)
        await session.close()
    }

    @Test(arguments: [
        (452, DeliveryResult.deferred(code: 452, "words")), (554, .refused(code: 554, "words")),
    ])
    func answersToTheDataAreToldApart(code: Int, expected: DeliveryResult) async throws {
        let server = try ScriptedServer(
            Self.hello + Self.envelope + [.hearData, .say("\(code) words\r\n"), .hear, .say("250 ok\r\n"), .hang])
        let session = session(server)
        #expect(await send(by: session) == expected)
        await session.close()
        #expect(server.heard.last == "RSET" || server.heard.last == "QUIT")
        #expect(server.heard.contains("RSET"))
    }

    @Test func lostBeforeTheDataIsDeferred() async throws {
        let server = try ScriptedServer(Self.hello + [.hear, .say("250 ok\r\n"), .hear])
        guard case .deferred(code: nil, _) = await send(by: session(server)) else {
            Issue.record("not deferred")
            return
        }
    }

    @Test func lostAfterTheDataIsUnknown() async throws {
        let server = try ScriptedServer(Self.hello + Self.envelope + [.hearData])
        guard case .unknown = await send(by: session(server)) else {
            Issue.record("not unknown")
            return
        }
    }

    @Test func silenceAfterTheDataIsUnknownWhenTheDeadlinePasses() async throws {
        let server = try ScriptedServer(Self.hello + Self.envelope + [.hearData, .hang])
        guard case .unknown = await send(by: session(server, deadline: .milliseconds(300))) else {
            Issue.record("not unknown")
            return
        }
    }

    /// A line that never ends satisfies every time-out on a single read.
    @Test(arguments: ["2", "250-more\r\n"])
    func drippingServerMeetsTheDeadline(drop: String) async throws {
        let server = try ScriptedServer([.say("220 test\r\n"), .hear, .drip(drop)])
        guard case .unreachable = await send(by: session(server, deadline: .milliseconds(300))) else {
            Issue.record("not unreachable")
            return
        }
    }

    @Test func floodingServerIsLeft() async throws {
        let server = try ScriptedServer([.say("220 test\r\n"), .hear, .flood("250-more of the same\r\n")])
        guard case .unreachable(let reason) = await send(by: session(server)) else {
            Issue.record("not unreachable")
            return
        }
        #expect(reason.contains("more than was asked"))
    }

    /// A connection that lay idle and was ended in between is made anew: nothing had been said of the second letter.
    @Test(arguments: [[Step](), [.hear, .say("421 bye\r\n")]])
    func idleEndIsNobodysFault(ending: [Step]) async throws {
        let one = Self.hello + Self.envelope + [.hearData, .say("250 ok\r\n")]
        let server = try ScriptedServer(one + ending, one + [.hear])
        let session = session(server)
        #expect(await send(by: session) == .sent("ok"))
        #expect(await send(by: session) == .sent("ok"))
        await session.close()
        #expect(server.heard.filter { $0 == "." }.count == 2)
    }

    @Test func busyGreetingIsUnreachable() async throws {
        let server = try ScriptedServer([.say("421 too many connections\r\n"), .hang])
        #expect(await send(by: session(server)) == .unreachable("421 too many connections"))
    }

    /// Words in the clear behind the answer to STARTTLS come from somebody in between (CVE-2020-15953); so may a refusal,
    /// or a list of capabilities without it.
    @Test(
        arguments: [
            [.say("250-test\r\n250 STARTTLS\r\n"), .hear, .say("220 go\r\n250 AUTH PLAIN\r\n")],
            [.say("250-test\r\n250 STARTTLS\r\n"), .hear, .say("454 not today\r\n")],
            [.say("250-test\r\n250 AUTH PLAIN\r\n")],
        ] as [[Step]])
    func nothingIsSaidInTheClearInPlaceOfTLS(answers: [Step]) async throws {
        let server = try ScriptedServer([.say("220 test\r\n"), .hear] + answers + [.hang])
        let session = SMTPSession(server: server.address(with: .startTLS), user: "office", password: Secret("secret"))
        guard case .unreachable = await send(by: session) else {
            Issue.record("not unreachable")
            return
        }
        #expect(server.heard.allSatisfy { $0 == "EHLO localhost" || $0 == "STARTTLS" })
    }

    @Test func noSignInIsTriedWhereNoneIsOffered() async throws {
        let server = try ScriptedServer(Self.hello + [.hang])
        let session = SMTPSession(server: server.address, user: "office", password: Secret("secret"))
        guard case .unreachable = await send(by: session) else {
            Issue.record("not unreachable")
            return
        }
        #expect(server.heard == ["EHLO localhost"])
    }

    @Test func cancellationEndsTheTransaction() async throws {
        let server = try ScriptedServer(Self.hello + [.hang])
        let session = session(server)
        let sending = Task { await send(by: session) }
        sending.cancel()
        switch await sending.value {
        case .deferred(code: nil, _), .unreachable: break
        case let result: Issue.record("\(result)")
        }
    }
}
