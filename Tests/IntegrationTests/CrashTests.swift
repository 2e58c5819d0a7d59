import Foundation
import Ledger
import Mail
import Records
import Support
import Testing

/// Kills the worker at random moments while it takes in a hundred mails and answers them, and counts afterwards.
///
/// `FORMPOST_KILLS` says how often (40 here, 200 in `make soak`); `FORMPOST_SEED` repeats a run.
@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct CrashTests {
    private static let office = "sap-nguon"
    private static let senders = ["thienloc", "vuongloc", "myloc", "sonloc", "phuloc"]
    private static let count = 100

    @Test func nothingIsLostAndNothingIsFiledTwice() async throws {
        let environment = ProcessInfo.processInfo.environment
        let kills = environment["FORMPOST_KILLS"].flatMap { Int($0) } ?? 40
        let seed = environment["FORMPOST_SEED"].flatMap { UInt64($0) } ?? 20_191_218
        let servers = try TestServers.shared.get()
        // To be at hand at several kills makes no mail a culprit here: quarantine is not what is tried.
        let installation = try Installation(user: "sap-nguon", servers: servers, attempts: 100)
        defer { installation.remove() }
        #expect(try await installation.run(["run", "--once"]) == 0)
        try servers.deliver(try Self.mails(installation), to: Self.office)

        var random = SeededGenerator(seed: seed)
        var killed = 0
        for _ in 0..<kills {
            let worker = try installation.start(["run"])
            // Starting up takes a while; most kills should come after it.
            let moment = Duration.milliseconds(Int.random(in: 50...1500, using: &random))
            let clock = ContinuousClock()
            let end = clock.now + moment
            while clock.now < end, worker.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            if worker.isRunning {
                kill(worker.processIdentifier, SIGKILL)
                killed += 1
            }
            worker.waitUntilExit()
        }
        #expect(killed == kills)
        // What was interrupted is settled by workers that are left alone.
        for _ in 0..<2 { #expect(try await installation.run(["run", "--once"]) == 0) }
        try await check(installation, servers)
    }

    /// Mails with a workbook each; every tenth needs a correction.
    private static func mails(_ installation: Installation) throws -> [[UInt8]] {
        try (0..<count).map { index in
            let sender = senders[index % senders.count]
            guard let unit = UnitCode(sender) else { throw CocoaError(.formatting) }
            let nomination = SampleNomination(name: "Công ty số \(index)", isComplete: index % 10 != 0)
            var mail = MessageBuilder(
                from: "\(sender)@example.test",
                attaching: [.init("De nghi \(index).xlsx", try nomination.workbook(for: unit, installation.office))])
            mail.to = "\(office)@example.test"
            mail.subject = "De nghi \(index)"
            mail.messageID = "crash-\(index)@example.test"
            return mail.bytes()
        }
    }

    private func check(_ installation: Installation, _ servers: TestServers) async throws {
        let ledger = try Ledger.open(folder: installation.data, mode: .read)
        let (messages, submissions, notices) = try ledger.read { view in
            (try view.messages(), try view.submissions(), try view.outbox())
        }
        try ledger.close()
        let archive = try Archive(folder: installation.data)

        #expect(messages.count == Self.count)
        #expect(Set(messages.map(\.message.messageID)).count == Self.count)
        #expect(messages.allSatisfy { $0.message.outcome == .workbooks && $0.isMoved })
        for message in messages {
            #expect(try archive.read(message.message.rawSHA256).count == message.message.size)
        }
        #expect(submissions.count == Self.count)
        #expect(Set(submissions.map(\.receipt)).count == Self.count)
        #expect(try servers.messages(of: Self.office).isEmpty)
        #expect(try servers.messages(of: Self.office, in: "Processed").count == Self.count)

        // Each mail was answered by one notice; what may have gone out twice bears the same Message-ID.
        #expect(notices.count == Self.count)
        #expect(Set(notices.compactMap(\.inReplyTo)).count == Self.count)
        #expect(notices.filter { $0.state != .sent }.map { "\($0.state) \($0.response)" } == [])
        // Postfix has taken them all; the last are still on their way to Dovecot.
        try await eventually { try Self.replies(servers).count == Self.count }
        #expect(try Self.replies(servers).values.allSatisfy { $0.count == 1 })
    }

    /// The Message-IDs of the replies to each mail, as they lie in the units' mailboxes.
    private static func replies(_ servers: TestServers) throws -> [String: Set<String>] {
        var copies: [String: Set<String>] = [:]
        for sender in senders {
            for bytes in try servers.messages(of: sender) {
                let reply = try MessageReader.read(bytes)
                for answered in reply.inReplyTo where answered.hasPrefix("crash-") {
                    copies[answered, default: []].insert(reply.messageID ?? "")
                }
            }
        }
        return copies
    }
}

/// A generator that repeats itself (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
