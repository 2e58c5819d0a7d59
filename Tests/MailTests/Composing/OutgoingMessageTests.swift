import Foundation
import Mail
import Records
import Support
import Testing

@Suite struct OutgoingMessageTests {
    private static let text = """
        Kính gửi Ủy ban nhân dân xã Kim Lộc,

        .dòng bắt đầu bằng dấu chấm
        From đầu dòng, 100% = tất cả, cuối dòng có khoảng trắng\u{20}
        \(String(repeating: "Dòng này dài hơn bảy mươi sáu ký tự. ", count: 6))

        Trân trọng.

        """
    private static let long =
        "Biểu tổng hợp số liệu hộ nghèo, hộ cận nghèo và kết quả huy động nguồn lực năm 2019 (đánh dấu).xlsx"

    private static func notice(
        to recipient: String = "kimloc@example.vn",
        subject: String = "Đã nhận báo cáo năm 2019 - UBND xã Kim Lộc, huyện Can Lộc [BC-2019-0042]",
        attachments: [NoticeAttachment] = []
    ) -> Notice {
        Notice(
            kind: .reportReceipt, recipient: recipient, subject: subject, text: text, html: "<p>Kính gửi</p>\n",
            attachments: attachments)
    }

    private static func outgoing(
        _ notice: Notice, name: String = "Phòng Nội vụ, huyện Can Lộc", messageID: String = "n1@noivu.example.vn",
        inReplyTo: String? = "1@may.example.vn", references: [String] = ["0@may.example.vn", "1@may.example.vn"]
    ) throws -> OutgoingMessage {
        OutgoingMessage(
            notice: notice, from: try #require(MailAddress("vanthu@noivu.example.vn", displayName: name)),
            messageID: messageID, inReplyTo: inReplyTo, references: references,
            date: Date(timeIntervalSince1970: 1_591_839_000), zone: .indochina)
    }

    private static func attachment(_ name: String, _ bytes: [UInt8]) -> NoticeAttachment {
        NoticeAttachment(filename: name, contentType: FileKind.xlsx.contentType, bytes: Data(bytes))
    }

    /// What goes out reads back as it was meant, by the same reader that reads the units' mail.
    @Test func aLetterReadsBack() throws {
        let attachments = [
            Self.attachment(Self.long, SampleFiles.xlsx), Self.attachment("bieu-trong.xlsx", SampleFiles.xlsx),
        ]
        let notice = Self.notice(attachments: attachments)
        let message = try MessageReader.read(try Self.outgoing(notice).bytes())
        #expect(message.subject == notice.subject)
        #expect(message.from.map(\.address) == ["vanthu@noivu.example.vn"])
        #expect(message.from.map(\.displayName) == ["Phòng Nội vụ, huyện Can Lộc"])
        #expect(message.to.map(\.address) == ["kimloc@example.vn"])
        #expect(message.messageID == "n1@noivu.example.vn")
        #expect(message.inReplyTo == ["1@may.example.vn"])
        #expect(message.references == ["0@may.example.vn", "1@may.example.vn"])
        #expect(message.dateText == "Thu, 11 Jun 2020 08:30:00 +0700")
        #expect(message.rawValues("X-Auto-Response-Suppress") == ["All"])
        #expect(message.automatic == .autoSubmitted)
        #expect(message.attachments.map(\.filename) == [Self.long, "bieu-trong.xlsx"])
        #expect(message.attachments.map(\.bytes) == [SampleFiles.xlsx, SampleFiles.xlsx])
        #expect(message.parts.map(\.path) == ["1.1", "1.2", "2", "3"])
        let plain = try #require(message.parts.first)
        #expect(String(decoding: plain.bytes, as: UTF8.self).replacing("\r\n", with: "\n").hasPrefix(Self.text))
    }

    @Test func withoutAttachmentsThereAreTwoBodiesAlone() throws {
        let message = try MessageReader.read(try Self.outgoing(Self.notice()).bytes())
        #expect(message.parts.map(\.contentType) == ["text/plain", "text/html"])
        #expect(message.parts.map(\.path) == ["1", "2"])
    }

    @Test func originIsTold() throws {
        let reminder = OutgoingMessage(
            notice: Self.notice(), origin: .generated, from: try #require(MailAddress("vanthu@noivu.example.vn")),
            messageID: "n2@noivu.example.vn", date: Date(timeIntervalSince1970: 0), zone: .indochina)
        let message = try MessageReader.read(try reminder.bytes())
        #expect(message.rawValues("Auto-Submitted") == ["auto-generated"])
        #expect(message.inReplyTo.isEmpty)
        #expect(message.rawValues("References").isEmpty)
    }

    @Test func copiesAreNamed() throws {
        let letter = Self.notice()
        func message(_ copies: [String]) throws -> Message {
            let notice = Notice(
                kind: letter.kind, recipient: letter.recipient, copies: copies, subject: letter.subject,
                text: letter.text, html: letter.html)
            return try MessageReader.read(try Self.outgoing(notice).bytes())
        }
        #expect(try message([]).rawValues("Cc").isEmpty)
        #expect(
            try message(["lanhdao@xa.example.vn", "b@xa.example.vn"]).rawValues("Cc")
                == ["<lanhdao@xa.example.vn>, <b@xa.example.vn>"])
        #expect(throws: OutgoingMessage.Failure.recipient("x\r\nBcc: b@example.vn")) {
            _ = try message(["x\r\nBcc: b@example.vn"])
        }
    }

    /// RFC 5322, 2.1.1 and 2.3: ASCII, CRLF, no line beyond 78 bytes (but for a type that is longer by itself).
    @Test func everyLineIsFitForTheWire() throws {
        let notice = Self.notice(
            subject: String(repeating: "Tiêu đề rất dài ", count: 30),
            attachments: [Self.attachment(Self.long, SampleFiles.xlsx)])
        let bytes = try Self.outgoing(notice).bytes()
        #expect(bytes.allSatisfy { $0 == 0x0D || $0 == 0x0A || (0x20...0x7E).contains($0) })
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        #expect(lines.dropLast().allSatisfy { $0.last == 0x0D && !$0.dropLast().contains(0x0D) })
        let long = lines.filter { $0.count > 79 }
        #expect(
            long.allSatisfy { $0.starts(with: "Content-Type: \(FileKind.xlsx.contentType);".utf8) && $0.count < 100 })
        #expect(!lines.contains { $0.first == UInt8(ascii: ".") || $0.starts(with: "From ".utf8) })
    }

    @Test func theSameLetterHasTheSameBytes() throws {
        let notice = Self.notice(attachments: [Self.attachment("a.xlsx", SampleFiles.xlsx)])
        #expect(try Self.outgoing(notice).bytes() == Self.outgoing(notice).bytes())
        #expect(try Self.outgoing(notice).bytes() != Self.outgoing(notice, messageID: "n2@noivu.example.vn").bytes())
    }

    private static let injections = [
        "x\r\nBcc: b@example.vn", "x\nBcc: b@example.vn", "x\rBcc: b@example.vn",
        "x\u{0}\u{85}\u{2028}Bcc: b@example.vn",
    ]

    @Test(arguments: injections)
    func noTextBeginsAFieldOfItsOwn(text: String) throws {
        let attachment = NoticeAttachment(filename: text, contentType: "text/plain\(text)", bytes: Data([0x41]))
        let letter = try Self.outgoing(
            Self.notice(subject: text, attachments: [attachment]), name: text, references: [text, "ok@example.vn"])
        let bytes = try letter.bytes()
        #expect(!bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { $0.starts(with: "Bcc".utf8) })
        let message = try MessageReader.read(bytes)
        #expect(message.rawValues("Bcc").isEmpty)
        #expect(message.references == ["ok@example.vn"])
        #expect(message.parts.count == 3)
        #expect(throws: OutgoingMessage.Failure.recipient(text)) { try Self.outgoing(Self.notice(to: text)).bytes() }
        #expect(throws: OutgoingMessage.Failure.identifier(text)) {
            try Self.outgoing(Self.notice(), messageID: text).bytes()
        }
        #expect(throws: OutgoingMessage.Failure.identifier(text)) {
            try Self.outgoing(Self.notice(), inReplyTo: text).bytes()
        }
    }

    @Test func anAnswerTakesTheThreadOver() throws {
        var builder = MessageBuilder(from: "a@example.vn")
        builder.fields = [("In-Reply-To", "<p@x>"), ("References", "<r@x> <p@x>")]
        let office = try #require(MailAddress("vanthu@noivu.example.vn"))
        func answer() throws -> OutgoingMessage {
            OutgoingMessage(
                Self.notice(), answering: try MessageReader.read(builder.bytes()), from: office,
                messageID: "n@noivu.example.vn",
                date: Date(timeIntervalSince1970: 0), zone: .indochina)
        }
        #expect(try answer().references == ["r@x", "p@x", "1@may.example.vn"])
        #expect(try answer().inReplyTo == "1@may.example.vn")
        builder.fields = [("In-Reply-To", "<p@x>")]
        #expect(try answer().references == ["p@x", "1@may.example.vn"])
    }

    @Test func theReturnPathCarriesItsToken() throws {
        let office = try #require(MailAddress("VanThu@noivu.example.vn"))
        let path = try #require(OutgoingMessage.returnPath(of: office, token: "k7Qa"))
        #expect(path == "VanThu+k7Qa@noivu.example.vn")
        #expect(OutgoingMessage.token(in: try #require(MailAddress(path.lowercased())), of: office) == "k7qa")
        #expect(OutgoingMessage.token(in: office, of: office) == nil)
        #expect(OutgoingMessage.token(in: try #require(MailAddress("vanthu+k@khac.vn")), of: office) == nil)
        #expect(OutgoingMessage.returnPath(of: office, token: "") == nil)
        #expect(OutgoingMessage.returnPath(of: office, token: "a@b") == nil)
        #expect(OutgoingMessage.returnPath(of: office, token: String(repeating: "a", count: 60)) == nil)
    }
}
