import Foundation
import Mail
import Records
import Support
import Testing

/// `SMTPSession` on a real Postfix, which hands on to a real Dovecot.
@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct SMTPTests {
    private let office = "office@example.test"

    /// With everything that Postfix would add.
    private func letter(_ subject: String, body: String = "text\r\n") -> [UInt8] {
        let head = """
            From: office@example.test
            To: unit@example.test
            Date: Thu, 11 Jun 2020 07:00:00 +0700
            Message-ID: <1@example.test>
            Subject: \(subject)


            """
        return Array(
            (head.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") + body).utf8)
    }

    /// Waits for mail that is under way: Postfix delivers when it likes.
    private func received(_ count: Int, by user: String, on servers: TestServers) async throws -> [[UInt8]] {
        let session = servers.session(for: user)
        _ = try await session.open()
        let first = try #require(UID(1))
        var entries = try await session.list(from: first)
        while entries.count < count {
            try await session.waitForNews(upTo: .seconds(5))
            entries = try await session.list(from: first)
        }
        let messages = try await session.fetch(entries.map(\.uid), maximumBytes: 1 << 20)
        await session.close()
        return messages.map(\.bytes)
    }

    @Test(arguments: [ServerAddress.Security.tls, .startTLS])
    func lettersArriveByteForByte(security: ServerAddress.Security) async throws {
        let servers = try TestServers.shared.get()
        let user = "round\(security.rawValue)"
        let session = servers.sender("office", at: servers.smtp(security))
        let body = "đủ dấu\r\n.dot\r\n..two dots\r\n.\r\n\r\nlast line\r\n"
        let letters = (0..<3).map { letter("letter \($0)", body: body) }
        for letter in letters {
            let result = await session.send(letter, from: office, to: "\(user)@example.test")
            guard case .sent = result else {
                Issue.record("\(result)")
                return
            }
        }
        await session.close()
        let arrived = try await received(3, by: user, on: servers)
        // The servers put their own lines in front.
        let cut = arrived.map { message in letters.filter { Array(message.suffix($0.count)) == $0 } }
        #expect(Set(cut.flatMap { $0 }) == Set(letters))
        #expect(cut.allSatisfy { $0.count == 1 })
        #expect(arrived.allSatisfy { String(decoding: $0, as: UTF8.self).contains("from office.test") })
    }

    /// A leader's mistyped address keeps no reminder from the clerk.
    @Test func copiesGoAlongAndOneThatIsRefusedHoldsNothingBack() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.sender("office")
        let result = await session.send(
            letter("to clerk and leader"), from: office, to: "clerk@example.test",
            copies: ["leader@example.test", "stranger@example.test"])
        guard case .sent(let words) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(words.contains("no copy to stranger@example.test: 550"))
        #expect(!words.contains("leader"))
        await session.close()
        #expect(try await received(1, by: "clerk", on: servers).count == 1)
        #expect(try await received(1, by: "leader", on: servers).count == 1)
    }

    @Test func refusedRecipientLeavesTheConnectionFitForTheNext() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.sender("office")
        let refused = await session.send(letter("to a stranger"), from: office, to: "stranger@example.test")
        guard case .refused(code: 550, _) = refused else {
            Issue.record("\(refused)")
            return
        }
        let deferred = await session.send(letter("to a full box"), from: office, to: "busy@example.test")
        guard case .deferred(code: 450, _) = deferred else {
            Issue.record("\(deferred)")
            return
        }
        let sent = await session.send(letter("to a unit"), from: office, to: "afterwards@example.test")
        guard case .sent = sent else {
            Issue.record("\(sent)")
            return
        }
        await session.close()
        #expect(try await received(1, by: "afterwards", on: servers).count == 1)
    }

    @Test func tooLargeLetterIsRefusedBeforeItIsSent() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.sender("office")
        let body = String(repeating: "0123456789\r\n", count: 100_000)
        let result = await session.send(letter("large", body: body), from: office, to: "large@example.test")
        guard case .refused(code: 552, _) = result else {
            Issue.record("\(result)")
            return
        }
        await session.close()
    }

    @Test func wrongPasswordBlamesNoLetter() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.sender("forgetful", password: Secret("another"))
        let result = await session.send(letter("unsent"), from: office, to: "unsent@example.test")
        guard case .unreachable(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.hasPrefix("535"))
        #expect(try !servers.signInLog(about: "forgetful").isEmpty)
    }

    @Test func withoutSignInNothingIsTaken() async throws {
        let servers = try TestServers.shared.get()
        let session = SMTPSession(server: servers.smtp(), trust: servers.trust)
        let result = await session.send(letter("unsigned"), from: office, to: "unsigned@example.test")
        guard case .refused = result else {
            Issue.record("\(result)")
            return
        }
        await session.close()
    }

    @Test(arguments: ["unit@example.test\r\nDATA", "unit@example.test> SIZE=1", "two words@example.test", "", "nobody"])
    func onlyPlainAddressesGoOnTheWire(address: String) async throws {
        let session = SMTPSession(server: ServerAddress(host: "127.0.0.1", port: 1, security: .plain))
        let forward = await session.send(letter("injected"), from: office, to: address)
        let back = await session.send(letter("injected"), from: address, to: office)
        for result in [forward, back] {
            guard case .refused(code: nil, _) = result else {
                Issue.record("\(result)")
                return
            }
        }
    }
}
