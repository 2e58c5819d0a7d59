import Foundation
import Intake
import Ledger
import Mail
import Records
import Testing

/// What the worker tells the house itself: the day's digest, and the alarm when something has stopped. The clock is given.
@Suite struct HouseWatchTests {
    private let folder: URL
    private let ledger: Ledger
    private let office: Office

    init() throws {
        office = try SampleOffice.office.get()
        folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try Ledger.open(folder: folder.path, mode: .work)
    }

    private func close() throws {
        try ledger.close()
        try FileManager.default.removeItem(at: folder)
    }

    /// A time of a day in December 2019, in Viet Nam. The 18th is a Wednesday.
    private static func time(_ day: Int, _ hour: Int, _ minute: Int = 0) throws -> Date {
        let date = try #require(CivilDate(year: 2019, month: 12, day: day))
        return Date(timeIntervalSince1970: Double(date.daysSince1970 * 86_400 + (hour - 7) * 3600 + minute * 60))
    }

    private static func watch(_ contact: String = "", free: UInt64 = 50, accounts: [String] = ["thu"]) -> HouseWatch {
        HouseWatch(
            technicalContact: contact, accounts: accounts,
            space: { .init(folder: "/data", free: free << 30, size: 100 << 30) })
    }

    /// A letter that waits for a press from that moment on.
    private func hold(_ id: String, at now: Date) throws {
        _ = try ledger.write {
            try $0.enqueue(
                OutboxDraft(
                    kind: .reminder, recipient: "xa@canloc.example", subject: "x", messageID: id, mime: [0x41],
                    isHeld: true, created: now))
        }
    }

    private func written(_ kind: NoticeKind) throws -> [OutboxEntry] {
        try ledger.read { try $0.outbox() }.filter { $0.kind == kind }
    }

    private func text(_ entry: OutboxEntry) throws -> String {
        let mime = try #require(try ledger.read { try $0.mime(of: entry.id) })
        return try MessageReader.read(mime).text.replacing("\r\n", with: "\n")
    }

    @Test func theDigestIsWrittenOnceAtTheEndOfAWorkingDayOnWhichSomethingHappened() throws {
        let watch = Self.watch()
        try watch.look(ledger, office, at: try Self.time(18, 17))
        #expect(try written(.dailyDigest).isEmpty)
        try hold("1", at: try Self.time(19, 9))
        try watch.look(ledger, office, at: try Self.time(19, 16, 29))
        #expect(try written(.dailyDigest).isEmpty)
        try watch.look(ledger, office, at: try Self.time(19, 16, 30))
        let letters = try written(.dailyDigest)
        #expect(
            letters.map(\.recipient) == ["tuan.noivu@canloc.example", "lien.ldtbxh@canloc.example"])
        #expect(
            letters.allSatisfy { $0.state == .pending && $0.subject.hasPrefix("Bản tin ngày 19/12/2019: 1 thư chờ") })
        let words = try text(try #require(letters.first))
        #expect(words.contains("Từ 16 giờ 30 phút ngày 18/12/2019 đến 16 giờ 30 phút ngày 19/12/2019"))
        #expect(words.contains("- 1 thư chờ duyệt gửi\n"))
        // Neither again on that day, nor on a day of which only that is left.
        try watch.look(ledger, office, at: try Self.time(19, 17))
        try watch.look(ledger, office, at: try Self.time(20, 17))
        #expect(try written(.dailyDigest).count == 2)
        // What happens on a Friday evening or a Saturday is told on Monday.
        try hold("2", at: try Self.time(20, 18))
        try watch.look(ledger, office, at: try Self.time(21, 17))
        #expect(try written(.dailyDigest).count == 2)
        try watch.look(ledger, office, at: try Self.time(23, 16, 31))
        #expect(try written(.dailyDigest).count == 4)
        #expect(try text(try #require(written(.dailyDigest).last)).contains("- 2 thư chờ duyệt gửi"))
        try close()
    }

    @Test func aLetterThatCameBackIsNamed() throws {
        try hold("1", at: try Self.time(17, 9))
        let letter = try #require(try written(.reminder).first)
        _ = try ledger.write { try $0.recordBounce(of: letter.id, "5.1.1", at: try Self.time(18, 10)) }
        try Self.watch().look(ledger, office, at: try Self.time(18, 16, 40))
        let words = try text(try #require(try written(.dailyDigest).first))
        #expect(words.contains("- 1 địa chỉ không nhận được thư: xa@canloc.example"))
        try close()
    }

    @Test func aMailboxThatIsNotSeenForAnHourAlarmsAtMostOnceAnHour() throws {
        let watch = Self.watch("dung@canloc.example")
        func look(_ hour: Int, _ minute: Int = 0) throws -> Int {
            try watch.look(ledger, office, at: try Self.time(18, hour, minute))
            return try written(.technicalAlarm).count
        }
        // The worker's first start is the last thing that is known of the mailbox.
        #expect(try look(8) == 0)
        try ledger.write { try $0.noteCheck(.mailbox(account: "thu"), at: try Self.time(18, 8, 30)) }
        #expect(try look(9, 30) == 0)
        #expect(try look(9, 31) == 1)
        #expect(try look(10, 30) == 1)
        #expect(try look(10, 31) == 2)
        let letter = try #require(try written(.technicalAlarm).last)
        #expect(letter.recipient == "dung@canloc.example" && letter.state == .pending)
        #expect(letter.subject == "Cảnh báo kỹ thuật: chưa vào được hộp thư thu")
        let words = try text(letter).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("Lần cuối bình thường: 08 giờ 30 phút ngày 18/12/2019."))
        #expect(words.contains("formpost doctor"))
        // It is seen again.
        try ledger.write { try $0.noteCheck(.mailbox(account: "thu"), at: try Self.time(18, 11)) }
        #expect(try look(11, 45) == 2)
        try close()
    }

    @Test(arguments: [(UInt64(9), 1), (10, 0)])
    func aDiskWithLessThanATenthLeftAlarms(free: UInt64, alarms: Int) throws {
        try Self.watch("dung@canloc.example", free: free).look(ledger, office, at: try Self.time(18, 8))
        #expect(try written(.technicalAlarm).count == alarms)
        #expect(try written(.technicalAlarm).allSatisfy { try text($0).contains("9216 MB / 102400 MB") })
        try close()
    }

    @Test func aBackupOlderThanADayAlarms() throws {
        let watch = Self.watch("dung@canloc.example", accounts: [])
        try watch.look(ledger, office, at: try Self.time(17, 8))
        try ledger.write { try $0.noteCheck(.backup, at: try Self.time(17, 12)) }
        try watch.look(ledger, office, at: try Self.time(18, 12))
        #expect(try written(.technicalAlarm).isEmpty)
        try watch.look(ledger, office, at: try Self.time(18, 12, 1))
        #expect(try written(.technicalAlarm).map(\.subject) == ["Cảnh báo kỹ thuật: chưa có bản sao lưu mới"])
        try close()
    }

    @Test func whereNobodyIsNamedNobodyIsAlarmed() throws {
        try Self.watch(free: 1).look(ledger, office, at: try Self.time(18, 8))
        #expect(try written(.technicalAlarm).isEmpty)
        try close()
    }
}
