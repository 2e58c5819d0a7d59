import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Testing

/// Sending what waits: what a server that goes away in the middle leaves behind.
@Suite struct OutboxSenderTests {
    @Test func aServerThatGoesAwayIsAskedOnceAndTheRestWaitsUntried() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        let now = Date(timeIntervalSince1970: 1_576_663_200)
        try ledger.write { transaction in
            for number in 1...6 {
                try transaction.enqueue(
                    OutboxDraft(
                        kind: .reportReceipt, recipient: "xa@canloc.example",
                        copies: number == 1 ? ["a@canloc.example", "b@canloc.example"] : [], subject: "x",
                        messageID: "<\(number)@office>", mime: [0x41], created: now))
            }
        }
        let transport = FleetingTransport(taking: 1)
        let sender = OutboxSender(
            books: Books(ledger: ledger, archive: try Archive(folder: folder.path)), transport: transport,
            returnPath: try #require(MailAddress("office@canloc.example")), logger: Logger(label: "test"))
        #expect(try await sender.drain(now: { now }) == 1)
        #expect(await transport.asked == 2)
        #expect(await transport.copies == [["a@canloc.example", "b@canloc.example"], []])
        let entries = try ledger.read { try $0.outbox() }.sorted { $0.messageID < $1.messageID }
        #expect(entries.map(\.state) == [.sent, .deferred, .pending, .pending, .pending, .pending])
        #expect(entries.map(\.attempts) == [1, 1, 0, 0, 0, 0])
        try ledger.close()
    }
}

/// A server that takes a few letters and is gone then.
private actor FleetingTransport: MailTransport {
    private(set) var asked = 0
    private(set) var copies: [[String]] = []
    private let most: Int

    init(taking most: Int) {
        self.most = most
    }

    func check() -> String? { nil }

    func send(_ message: [UInt8], from sender: String, to recipient: String, copies: [String]) -> DeliveryResult {
        asked += 1
        self.copies.append(copies)
        return asked <= most ? .sent("250 ok") : .unreachable("gone")
    }

    func close() {}
}
