import Foundation
import Ledger
import Mail
import Records
import Support
import Testing

/// The whole way round on real servers: a unit's mail to Postfix, to Dovecot, through Formpost, through Postfix, into the
/// unit's own mailbox.
@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct RoundTripTests {
    @Test func aUnitGetsItsReceipt() async throws {
        let servers = try TestServers.shared.get()
        let installation = try Installation(user: "vong-tron", servers: servers)
        defer { installation.remove() }
        let unit = try #require(UnitCode("thuanthien"))
        let workbook = try SampleNomination(name: "Công ty Hồng Lam").workbook(for: unit, installation.office)
        var mail = MessageBuilder(from: "thuanthien@example.test", attaching: [.init("De nghi.xlsx", workbook)])
        mail.to = "vong-tron@example.test"
        mail.subject = "De nghi khen thuong"
        mail.messageID = "round-1@example.test"

        // The first contact leaves what lies there alone, so it comes before the mail does.
        #expect(try await installation.run(["run", "--once"]) == 0)
        let sender = servers.sender("thuanthien")
        let handedOver = await sender.send(
            mail.bytes(), from: "thuanthien@example.test", to: "vong-tron@example.test")
        await sender.close()
        guard case .sent = handedOver else {
            Issue.record("Postfix did not take the mail: \(handedOver)")
            return
        }
        try await eventually { try !servers.messages(of: "vong-tron").isEmpty }
        #expect(try await installation.run(["run", "--once"]) == 0)

        try await eventually { try !servers.messages(of: "thuanthien").isEmpty }
        let session = servers.session(for: "thuanthien")
        let status = try await session.open()
        let first = try #require(UID(1))
        let entries = try await session.list(from: first)
        #expect(status.exists == 1)
        let fetched = try await session.fetch(entries.map(\.uid), maximumBytes: 1 << 20)
        await session.close()
        let reply = try MessageReader.read(try #require(fetched.first).bytes)
        #expect(reply.inReplyTo == ["round-1@example.test"])
        #expect(reply.subject.contains("KT-2020-0001"))
        #expect(reply.automatic == .autoSubmitted)
        #expect(reply.text.contains("Công ty Hồng Lam"))
        #expect(try servers.messages(of: "vong-tron").isEmpty)
        #expect(try servers.messages(of: "vong-tron", in: "Processed").count == 1)
    }

    @Test func theFirstContactLeavesOldMailAlone() async throws {
        let servers = try TestServers.shared.get()
        let installation = try Installation(user: "lan-dau", servers: servers)
        defer { installation.remove() }
        var old = MessageBuilder(from: "thuanthien@example.test")
        old.to = "lan-dau@example.test"
        try servers.deliver([old.bytes()], to: "lan-dau")
        #expect(try await installation.run(["run", "--once"]) == 0)
        let ledger = try Ledger.open(folder: installation.data, mode: .read)
        #expect(try ledger.read { try $0.messages().isEmpty })
        #expect(try servers.messages(of: "lan-dau").count == 1)
        try ledger.close()
    }

    @Test func aSecondWorkerOnTheSameFolderIsTurnedAway() async throws {
        let servers = try TestServers.shared.get()
        let installation = try Installation(user: "mot-minh", servers: servers)
        defer { installation.remove() }
        let worker = try installation.start(["run"])
        try await eventually { FileManager.default.fileExists(atPath: installation.data + "/ledger.sqlite") }
        #expect(try await installation.run(["run", "--once"]) == 75)
        // Once the mailbox has been looked at, the worker is beyond starting up and hears SIGTERM.
        try await eventually {
            let ledger = try Ledger.open(folder: installation.data, mode: .read)
            defer { try? ledger.close() }
            return try ledger.cursor(account: "test", folder: "INBOX") != nil
        }
        worker.terminate()
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
    }
}

/// Waits until a condition holds, at most for twenty seconds; looks again every 20 ms, and once more at the end.
func eventually(_ condition: () throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(20)
    while clock.now < end {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    // A busy machine may have let the whole time pass between two looks.
    #expect(try condition(), "what was waited for did not come")
}
