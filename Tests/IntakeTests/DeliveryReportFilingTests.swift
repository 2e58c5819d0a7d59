import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records
import Support
import Testing

/// Delivery reports and the letters that they are about.
@Suite struct DeliveryReportFilingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "formpost-\(UUID().uuidString)")
    private let ledger: Ledger
    private let archive: Archive
    private let notice: OutboxEntry

    /// A question of a listed sender, and the letter that answers it.
    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        ledger = try Ledger.open(folder: folder.path, mode: .work)
        archive = try Archive(folder: folder.path)
        try Self.file(MessageBuilder(from: "thienloc@canloc.example").bytes(), 1, ledger, archive)
        notice = try #require(try ledger.read { try $0.outbox().first })
    }

    private static func file(_ mail: [UInt8], _ uid: UInt32, _ ledger: Ledger, _ archive: Archive) throws {
        let key = MessageKey(
            account: "mau", folder: "INBOX", uidValidity: try #require(UIDValidity(1)), uid: try #require(UID(uid)))
        let mail = ArrivedMail(key: key, received: Date(timeIntervalSince1970: 1_576_663_200), bytes: mail)
        _ = try SampleOffice.pipeline(trust: SenderTrust(settings: .trustedServer)).run(
            [mail], ledger: ledger, archive: archive, logger: Logger(label: "test"))
    }

    /// What a server wrote about a letter, as it is shown afterwards.
    private func bounce(
        _ action: String, of recipient: String = "thienloc@canloc.example", to: String = "noivu@canloc.example",
        returning id: String? = nil, uid: UInt32 = 2
    ) throws -> String? {
        let returned = id.map { "Content-Type: text/rfc822-headers\n\nMessage-ID: <\($0)>" } ?? "\n"
        let report = """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.test
            To: \(to)
            Content-Type: multipart/report; report-type=delivery-status; boundary=k

            --k

            Undeliverable.
            --k
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.test

            Final-Recipient: rfc822; \(recipient)
            Action: \(action)
            Status: 5.2.2
            Diagnostic-Code: smtp; 552 mailbox full
            --k
            \(returned)
            --k--
            """
        try Self.file(Array(report.utf8), uid, ledger, archive)
        #expect(try ledger.read { try $0.outbox().count } == 1, "a report is never answered")
        return try ledger.read { try $0.notice(messageID: notice.messageID) }?.bounce
    }

    @Test func aReportThatReturnsTheLetterIsNotedWithIt() throws {
        #expect(try bounce("failed", returning: notice.messageID) == "failed 5.2.2 552 mailbox full")
    }

    @Test func theTokenInTheReturnPathNamesTheLetter() throws {
        let token = String(notice.id.rawValue, radix: 36)
        #expect(try bounce("failed", to: "noivu+\(token)@canloc.example") == "failed 5.2.2 552 mailbox full")
    }

    @Test func whatFailedForGoodOutweighsADelay() throws {
        #expect(try bounce("delayed", returning: notice.messageID)?.hasPrefix("delayed") == true)
        #expect(try bounce("failed", returning: notice.messageID, uid: 3)?.hasPrefix("failed") == true)
        #expect(try bounce("delayed", returning: notice.messageID, uid: 4)?.hasPrefix("failed") == true)
    }

    /// Reports of nothing that was sent, to nobody it was sent to, or of success.
    @Test func otherReportsChangeNothing() throws {
        #expect(try bounce("failed", returning: "another@example.test") == "")
        #expect(try bounce("failed", of: "kimloc@canloc.example", returning: notice.messageID, uid: 3) == "")
        #expect(try bounce("delivered", returning: notice.messageID, uid: 4) == "")
        #expect(try bounce("failed", to: "noivu+zz9@canloc.example", uid: 5) == "")
    }
}
