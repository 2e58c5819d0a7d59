import Foundation
import Mail
import Records
import Testing

@Suite struct MaildirTests {
    /// A folder of its own for each test, removed at its end.
    private static func withDirectory(_ body: (URL) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory)
    }

    private static func at(_ seconds: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    private static func names(_ directory: URL, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.appending(path: folder).path).sorted()
    }

    private static func numbers(_ entries: [MailboxEntry]) -> [UInt32] { entries.map(\.uid.rawValue) }

    @Test func messagesAreListedByTheirSecondsAndKeepTheirUIDs() async throws {
        try await Self.withDirectory { directory in
            for seconds in [900, 1_000_000_000, 50] {
                try Maildir.deliver(Array("m\(seconds)".utf8), into: directory, at: Self.at(seconds), name: "x")
            }
            let maildir = Maildir(account: "office", directory: directory)
            let status = try await maildir.open()
            #expect(status.exists == 3)
            #expect(status.uidNext.rawValue == 4)
            let all = try #require(UID(1))
            let fetched = try await maildir.fetch(try await maildir.list(from: all).map(\.uid), maximumBytes: 100)
            #expect(fetched.map(\.received) == [Self.at(50), Self.at(900), Self.at(1_000_000_000)])
            #expect(fetched.map { String(decoding: $0.bytes, as: UTF8.self) } == ["m50", "m900", "m1000000000"])

            // What arrives later gets a later UID, whatever its seconds say; another start sees the same numbers.
            try Maildir.deliver(Array("spät".utf8), into: directory, at: Self.at(10), name: "y")
            let again = Maildir(account: "office", directory: directory)
            let later = try await again.open()
            #expect(later.uidValidity == status.uidValidity)
            #expect(Self.numbers(try await again.list(from: status.uidNext)) == [4])
            #expect(Self.numbers(try await again.list(from: all)) == [1, 2, 3, 4])
            let day = try #require(CivilDate(year: 2001, month: 9, day: 9))
            #expect(Self.numbers(try await again.list(since: day)) == [3])
        }
    }

    @Test func aMessageIsReleasedFromQuarantineByItsBytes() async throws {
        try await Self.withDirectory { directory in
            let bodies = ["one", "two", "two", "three"].map { Array($0.utf8) }
            for (second, body) in bodies.enumerated() {
                try Maildir.deliver(body, into: directory, at: Self.at(second), name: "x")
            }
            let maildir = Maildir(account: "office", directory: directory)
            _ = try await maildir.open()
            let uids = try await maildir.list(from: try #require(UID(1))).map(\.uid)
            try await maildir.move(Array(uids.prefix(3)), to: .quarantine)
            #expect(try await maildir.release(bodies[1], to: .processed))
            // One that lies elsewhere stays there, and of two that are alike one moves at a time.
            #expect(try await !maildir.release(bodies[3], to: .processed))
            #expect(try Self.names(directory, ".Quarantine/cur").count == 2)
            #expect(try Self.names(directory, ".Processed/cur").count == 1)
            #expect(try await maildir.release(bodies[1], to: .processed))
            #expect(try await !maildir.release(bodies[1], to: .processed))
            #expect(try Self.names(directory, ".Quarantine/cur") == ["0.x:2,S"])
            #expect(Self.numbers(try await maildir.list(from: uids[0])) == [4])
        }
    }

    @Test func theNewestHeadersAreSeenWithoutATrace() async throws {
        try await Self.withDirectory { directory in
            let long = String(repeating: "x", count: 100_000)
            for (seconds, text) in [
                (5, "A: 5\n\nbody"), (7, "A: 7\r\n\r\n\r\nbody"), (6, "A: 6"), (4, "A: \(long)\n\n"),
            ] {
                try Maildir.deliver(Array(text.utf8), into: directory, at: Self.at(seconds), name: "x")
            }
            let maildir = Maildir(account: "office", directory: directory)
            _ = try await maildir.open()
            let uids = try await maildir.list(from: try #require(UID(1))).map(\.uid)
            try await maildir.move([uids[3]], to: .processed)
            try await maildir.move([uids[2]], to: .quarantine)
            let before = try Self.names(directory, "new")
            let previews = try await maildir.newestHeaders(3)
            #expect(
                previews.map { String(decoding: $0.header, as: UTF8.self) } == ["A: 7\r\n\r\n", "A: 6", "A: 5\n\n"])
            #expect(previews.map(\.received) == [7, 6, 5].map { Self.at($0) })
            let all = try await maildir.newestHeaders(10)
            #expect(all.count == 4)
            #expect(all[3].header.count < 70_000)
            #expect(try Self.names(directory, "new") == before)
            #expect(before.count == 2)
        }
    }

    @Test func aMovedMessageIsGoneAndItsNumberIsNotGivenAgain() async throws {
        try await Self.withDirectory { directory in
            for seconds in [1, 2, 3] {
                try Maildir.deliver([0x41], into: directory, at: Self.at(seconds), name: "x")
            }
            let maildir = Maildir(account: "office", directory: directory)
            _ = try await maildir.open()
            let uids = try await maildir.list(from: try #require(UID(1))).map(\.uid)
            try await maildir.move([uids[2]], to: .processed)
            try await maildir.move([uids[0]], to: .quarantine)
            try await maildir.move([uids[0]], to: .quarantine)
            #expect(try Self.names(directory, ".Processed/cur") == ["3.x:2,S"])
            #expect(try Self.names(directory, ".Quarantine/cur") == ["1.x:2,S"])
            #expect(try Self.names(directory, "new") == ["2.x"])
            #expect(try await maildir.fetch(uids, maximumBytes: 100).map(\.uid) == [uids[1]])
            try Maildir.deliver([0x42], into: directory, at: Self.at(4), name: "x")
            #expect(Self.numbers(try await maildir.list(from: uids[0])) == [2, 4])
        }
    }

    /// A mail program that reads along moves files to `cur` and adds flags.
    @Test func aFileThatChangedItsPlaceIsFound() async throws {
        try await Self.withDirectory { directory in
            let file = try Maildir.deliver([0x41], into: directory, at: Self.at(7), name: "x")
            let maildir = Maildir(account: "office", directory: directory)
            _ = try await maildir.open()
            let uid = try #require(UID(1))
            let seen = directory.appending(path: "cur").appending(path: "7.x:2,RS")
            try FileManager.default.moveItem(at: file, to: seen)
            let fetched = try await maildir.fetch([uid], maximumBytes: 10)
            #expect(fetched.map(\.received) == [Self.at(7)])
            #expect(Self.numbers(try await maildir.list(from: uid)) == [1])
            try FileManager.default.moveItem(at: seen, to: directory.appending(path: "cur").appending(path: "7.x:2,S"))
            try await maildir.move([uid], to: .processed)
            #expect(try Self.names(directory, "cur").isEmpty)
        }
    }

    @Test func whatIsTooLargeIsNotFetched() async throws {
        try await Self.withDirectory { directory in
            try Maildir.deliver([UInt8](repeating: 0x41, count: 11), into: directory, at: Self.at(1), name: "x")
            try Maildir.deliver([UInt8](repeating: 0x41, count: 10), into: directory, at: Self.at(2), name: "x")
            let maildir = Maildir(account: "office", directory: directory)
            _ = try await maildir.open()
            let entries = try await maildir.list(from: try #require(UID(1)))
            #expect(entries.map(\.size) == [11, 10])
            #expect(Self.numbers(entries) == [1, 2])
            #expect(try await maildir.fetch(entries.map(\.uid), maximumBytes: 10).map(\.uid.rawValue) == [2])
        }
    }

    /// A register that cannot be read any more gives a new UIDVALIDITY, never old numbers to other messages.
    @Test func anEmptyFolderKeepsItsNumber() async throws {
        try await Self.withDirectory { directory in
            var validities: Set<UInt32> = []
            for second in 1...3 {
                let maildir = Maildir(
                    account: "office", directory: directory, now: { Self.at(1_600_000_000 + second) })
                validities.insert(try await maildir.open().uidValidity.rawValue)
            }
            #expect(validities == [1_600_000_001])
        }
    }

    @Test func aBrokenRegisterStartsOver() async throws {
        try await Self.withDirectory { directory in
            try Maildir.deliver([0x41], into: directory, at: Self.at(1), name: "x")
            let register = directory.appending(path: "formpost-uidlist")
            try Data("formpost 1\n77 5\n9 1.x\n".utf8).write(to: register)
            let status = try await Maildir(account: "office", directory: directory).open()
            #expect(status.uidValidity.rawValue > 77)
            #expect(status.uidNext.rawValue == 2)
        }
    }

    @Test func aNameCannotLeaveTheFolder() async throws {
        try await Self.withDirectory { directory in
            let file = try Maildir.deliver([0x41], into: directory, at: Self.at(1), name: "../../a:2,\nb")
            #expect(file.deletingLastPathComponent().lastPathComponent == "new")
            #expect(try Self.names(directory, "new").count == 1)
            #expect(try Self.names(directory, "tmp").isEmpty)
        }
    }

    @Test func aFolderThatCannotBeMadeIsUnreachable() async throws {
        let maildir = Maildir(account: "office", directory: URL(filePath: "/dev/null/mail"))
        await #expect(throws: MailboxError.self) { try await maildir.open() }
    }

    @Test func theTransportWritesWhatItIsGiven() async throws {
        try await Self.withDirectory { directory in
            let transport = MaildirTransport(directory: directory, now: { Self.at(5) })
            let result = await transport.send(Array("thư".utf8), from: "a@example.vn", to: "b@example.vn")
            guard case .sent = result else {
                Issue.record("not sent: \(result)")
                return
            }
            let name = try #require(try Self.names(directory, "new").first)
            #expect(name.hasPrefix("5."))
            let content = try Data(contentsOf: directory.appending(path: "new").appending(path: name))
            #expect(content == Data("thư".utf8))
            let refused = await transport.send(
                [0x41], from: "a@example.vn", to: "b@example.vn\r\nRCPT TO:<c@example.vn>")
            guard case .refused = refused else {
                Issue.record("an address with a line break was taken: \(refused)")
                return
            }
            #expect(try Self.names(directory, "new").count == 1)
        }
    }
}
