import Foundation
import Mail
import Records
import Support
import Testing

/// `IMAPSession` on a real Dovecot.
@Suite(.enabled(if: TestServers.unavailable == nil, Comment(rawValue: TestServers.unavailable ?? "")))
struct IMAPTests {
    private static let megabyte = 1 << 20
    private let first: UID

    init() throws {
        first = try #require(UID(1))
    }

    private func letter(_ number: Int, size: Int = 200) -> [UInt8] {
        let head = "From: unit@example.test\r\nSubject: letter \(number)\r\n\r\n"
        return Array(head.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: size) + [13, 10]
    }

    @Test func thousandMessagesArriveWholeAndInOrder() async throws {
        let servers = try TestServers.shared.get()
        let letters = (0..<1000).map { letter($0, size: 100 + $0 * 7) }
        try servers.deliver(letters, to: "thousand", at: 1_600_000_000)
        let session = servers.session(for: "thousand")
        let status = try await session.open()
        #expect(status.exists == 1000)

        let entries = try await session.list(from: first)
        #expect(entries.map(\.size) == letters.map(\.count))
        #expect(entries.map(\.uid) == entries.map(\.uid).sorted())
        #expect(entries.last.map { $0.uid.rawValue + 1 } == status.uidNext.rawValue)

        let fetched = try await session.fetch(entries.map(\.uid), maximumBytes: Self.megabyte)
        #expect(fetched.map(\.bytes) == letters)
        #expect(fetched.map(\.uid) == entries.map(\.uid))
        // Every other one: more ranges than one command may name.
        let other = entries.indices.filter { $0 % 2 == 0 }
        let half = try await session.fetch(other.map { entries[$0].uid }, maximumBytes: Self.megabyte)
        #expect(half.map(\.bytes) == other.map { letters[$0] })
        #expect(fetched.map { Int($0.received.timeIntervalSince1970) } == (0..<1000).map { 1_600_000_000 + $0 })
        await session.close()
    }

    @Test func listStartsWhereItIsTold() async throws {
        let servers = try TestServers.shared.get()
        try servers.deliver((0..<5).map { letter($0) }, to: "cursor")
        let session = servers.session(for: "cursor")
        let status = try await session.open()
        let all = try await session.list(from: first)
        #expect(try await session.list(from: all[3].uid) == Array(all[3...]))
        // n:* names the last message even when its UID is below n.
        #expect(try await session.list(from: status.uidNext) == [])
        await session.close()
    }

    @Test func listSinceADayTakesThatDayAndLater() async throws {
        let servers = try TestServers.shared.get()
        let day = try #require(CivilDate(iso8601: "2020-06-11"))
        let noon = day.daysSince1970 * 86_400 + 43_200
        try servers.deliver([letter(0)], to: "since", at: noon - 86_400)
        try servers.deliver([letter(1)], to: "since", at: noon)
        let session = servers.session(for: "since")
        _ = try await session.open()
        let entries = try await session.list(since: day)
        let fetched = try await session.fetch(entries.map(\.uid), maximumBytes: Self.megabyte)
        #expect(fetched.map(\.bytes) == [letter(1)])
        await session.close()
    }

    @Test func tooLongAndVanishedMessagesAreMissing() async throws {
        let servers = try TestServers.shared.get()
        let fitting = letter(1, size: 5000)
        try servers.deliver([letter(0, size: 5001), fitting, letter(2, size: 3 << 20)], to: "long")
        let session = servers.session(for: "long")
        _ = try await session.open()
        var uids = try await session.list(from: first).map(\.uid)
        uids.append(try #require(UID(4_000_000)))
        let fetched = try await session.fetch(uids, maximumBytes: fitting.count)
        #expect(fetched.map(\.bytes) == [fitting])
        #expect(try await session.fetch(uids, maximumBytes: 4 << 20).count == 3)
        #expect(try await session.fetch([], maximumBytes: 100) == [])
        await session.close()
    }

    @Test func fetchingMarksNothingAsSeen() async throws {
        let servers = try TestServers.shared.get()
        try servers.deliver([letter(0)], to: "unseen")
        let session = servers.session(for: "unseen")
        _ = try await session.open()
        let uids = try await session.list(from: first).map(\.uid)
        #expect(try await session.fetch(uids, maximumBytes: Self.megabyte).count == 1)
        await session.close()
        #expect(try servers.fileNames(of: "unseen").allSatisfy { !$0.contains(",") || $0.hasSuffix(",") })
    }

    @Test(arguments: [false, true])
    func movedMessagesLeaveTheInbox(onPoorServer isPoor: Bool) async throws {
        let servers = try TestServers.shared.get()
        let user = isPoor ? "movepoor" : "move"
        let letters = (0..<20).map { letter($0) }
        try servers.deliver(letters, to: user)
        let session = servers.session(for: user, at: isPoor ? servers.poorIMAP() : nil)
        _ = try await session.open()
        #expect(await session.capabilities.contains("MOVE") == !isPoor)
        let uids = try await session.list(from: first).map(\.uid)
        // Odd ones out: many ranges.
        let odd = uids.indices.filter { $0 % 2 == 1 }
        try await session.move(odd.map { uids[$0] } + [try #require(UID(4_000_000))], to: .processed)
        try await session.move([uids[0]], to: .quarantine)
        #expect(try servers.messages(of: user, in: "Processed") == odd.map { letters[$0] })
        #expect(try servers.messages(of: user, in: "Quarantine") == [letters[0]])
        if !isPoor {
            #expect(try await session.list(from: first).count == 9)
        }
        await session.close()
    }

    /// Where COPY is all there is, nothing may be expunged, since another program's deleted mail would go with it.
    @Test func poorServerKeepsTheOriginals() async throws {
        let servers = try TestServers.shared.get()
        try servers.deliver((0..<3).map { letter($0) }, to: "keeps")
        let session = servers.session(for: "keeps", at: servers.poorIMAP(.startTLS))
        _ = try await session.open()
        let uids = try await session.list(from: first).map(\.uid)
        try await session.move([uids[1]], to: .processed)
        await session.close()
        #expect(try servers.messages(of: "keeps", in: "Processed") == [letter(1)])
        #expect(try servers.messages(of: "keeps").count == 3)
        #expect(try servers.fileNames(of: "keeps").filter { $0.hasSuffix("T") }.count == 1)
    }

    /// The newest of all folders, and nothing marked, moved or unselected by looking.
    @Test func theNewestHeadersAreSeenWithoutATrace() async throws {
        let servers = try TestServers.shared.get()
        try servers.deliver((0..<5).map { letter($0) }, to: "preview", at: 1_600_000_000)
        let session = servers.session(for: "preview")
        _ = try await session.open()
        let uids = try await session.list(from: first).map(\.uid)
        try await session.move([uids[4]], to: .processed)
        try await session.move([uids[0]], to: .quarantine)
        let before = try servers.fileNames(of: "preview")
        let previews = try await session.newestHeaders(3)
        #expect(
            previews.map { String(decoding: $0.header, as: UTF8.self) }
                == [4, 3, 2].map {
                    "From: unit@example.test\r\nSubject: letter \($0)\r\n\r\n"
                })
        #expect(previews.map { Int($0.received.timeIntervalSince1970) - 1_600_000_000 } == [4, 3, 2])
        #expect(try await session.newestHeaders(10).count == 5)
        #expect(try await session.list(from: first).map(\.uid) == Array(uids[1...3]))
        try await session.move([uids[1]], to: .processed)
        await session.close()
        #expect(try servers.fileNames(of: "preview") == Array(before.dropFirst()))
        #expect(before.count == 3)
        #expect(before.allSatisfy { !$0.hasSuffix("S") })
    }

    @Test(arguments: [false, true])
    func aMessageIsReleasedFromQuarantineByItsBytes(onPoorServer isPoor: Bool) async throws {
        let servers = try TestServers.shared.get()
        let user = isPoor ? "releasepoor" : "release"
        let letters = (0..<4).map { letter($0) }
        try servers.deliver(letters, to: user)
        let session = servers.session(for: user, at: isPoor ? servers.poorIMAP() : nil)
        _ = try await session.open()
        let uids = try await session.list(from: first).map(\.uid)
        try await session.move(Array(uids.prefix(3)), to: .quarantine)
        #expect(try await session.release(letters[1], to: .processed))
        #expect(try await !session.release(letters[3], to: .processed))
        // The folder that is read is open again.
        #expect(try await session.list(from: uids[3]).map(\.uid) == [uids[3]])
        #expect(try servers.messages(of: user, in: "Processed") == [letters[1]])
        if !isPoor {
            #expect(try await !session.release(letters[1], to: .processed))
            #expect(try servers.messages(of: user, in: "Quarantine") == [letters[0], letters[2]])
        }
        await session.close()
    }

    @Test func foldersAreMadeWithLevelsAndVietnameseNames() async throws {
        let servers = try TestServers.shared.get()
        try servers.deliver([letter(0)], to: "folders")
        let session = servers.session(for: "folders", processed: "Biểu/Đã & xong")
        _ = try await session.open()
        let uids = try await session.list(from: first).map(\.uid)
        try await session.move(uids, to: .processed)
        #expect(try servers.messages(of: "folders", in: "Bi&HsM-u.&ARAA4w- &- xong") == [letter(0)])
        _ = try await session.open()
        await session.close()
    }

    @Test func uidValidityTellsARebuiltFolder() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.session(for: "validity")
        let before = try await session.open()
        #expect(try await session.open() == before)
        await session.close()
        let other = try #require(UIDValidity(12_345))
        try servers.rebuild("validity", as: other)
        #expect(try await session.open().uidValidity == other)
        await session.close()
    }

    @Test func wrongPasswordIsSaidToBeWrong() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.session(for: "wrong", password: Secret("another"))
        let error = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .signInRefused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func idleEndsWhenMailArrives() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.session(for: "idle")
        let status = try await session.open()
        async let waiting: Void = session.waitForNews(upTo: .seconds(600))
        try servers.deliver([letter(0)], to: "idle")
        try await waiting
        // The news may have come before the wait, or the server may just have cleared its throat: wait until it is there.
        while try await session.list(from: status.uidNext).isEmpty {
            try await session.waitForNews(upTo: .seconds(600))
        }
        #expect(try await session.list(from: status.uidNext).count == 1)
        await session.close()
    }

    @Test func cancellationEndsTheWait() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.session(for: "cancelled")
        _ = try await session.open()
        let waiting = Task { try await session.waitForNews(upTo: .seconds(600)) }
        waiting.cancel()
        await #expect(throws: MailboxError.cancelled) { try await waiting.value }
        // The connection may be gone; opening makes another.
        _ = try await session.open()
        await session.close()
    }

    @Test func nothingWorksBeforeOpen() async throws {
        let servers = try TestServers.shared.get()
        let session = servers.session(for: "closed")
        await #expect(throws: MailboxError.self) { try await session.list(from: first) }
    }

    @Test func stoppedServerIsLostAndThenUnreachable() async throws {
        let servers = try TestServers(withSMTP: false)
        let session = servers.session(for: "stopped")
        _ = try await session.open()
        servers.stop()
        let first = await #expect(throws: MailboxError.self) { try await session.list(from: self.first) }
        guard case .lost = first else {
            Issue.record("\(String(describing: first))")
            return
        }
        let second = await #expect(throws: MailboxError.self) { try await session.open() }
        guard case .unreachable = second else {
            Issue.record("\(String(describing: second))")
            return
        }
    }
}
