import Foundation
import Mail
import Support
import Testing

@Suite struct MessageReaderTests {
    static let name = "MC1 - Báo cáo tổng hợp số liệu hộ nghèo, hộ cận nghèo năm 2019 (bản sửa).xlsx"

    /// One report as each program sends it: the name arrives whole, the bytes too, whatever was declared.
    @Test(arguments: MessageBuilder.Program.allCases)
    func everyProgramsAttachmentIsRead(program: MessageBuilder.Program) throws {
        let builder = MessageBuilder(
            from: "UBND xã <kimloc@example.vn>", attaching: [.init(Self.name, SampleFiles.xlsx)])
        let message = try MessageReader.read(builder.bytes(as: program))
        let attachment = try #require(message.attachments.first)
        #expect(message.attachments.count == 1)
        #expect(attachment.filename == Self.name)
        #expect(attachment.kind == .xlsx)
        #expect(attachment.bytes == SampleFiles.xlsx)
        #expect(attachment.path == "2")
        #expect(attachment.sha256.count == 64)
        #expect(message.text.hasPrefix("Kính gửi Phòng Nội vụ,\nXin gửi báo cáo."))
        #expect(message.subject == "Báo cáo năm 2019")
        let bodies = message.parts.filter { $0.role == .body }.map(\.path)
        #expect(bodies == (program == .scanner ? ["1"] : ["1.1", "1.2"]))
    }

    @Test func fieldsAreRead() throws {
        var builder = MessageBuilder(from: "=?utf-8?q?Nguy=E1=BB=85n?= =?utf-8?q?_V=C4=83n_A?= <a@example.vn>")
        builder.trace = [("Return-Path", "<tra-lai@example.vn>")]
        builder.fields = [
            ("Sender", "may@example.vn"), ("Reply-To", "\"B, C\" <b@example.vn>, nhom: c@example.vn, d@example.vn;"),
            ("In-Reply-To", "<x1@noivu.example.vn> (trong thư)"), ("References", "<r1@a>\r\n <r2@b>"),
        ]
        let message = try MessageReader.read(builder.bytes())
        #expect(message.from.map(\.displayName) == ["Nguyễn Văn A"])
        #expect(message.from.map(\.address) == ["a@example.vn"])
        #expect(message.sender?.address == "may@example.vn")
        #expect(message.replyTo.map(\.address) == ["b@example.vn", "c@example.vn", "d@example.vn"])
        #expect(message.messageID == "1@may.example.vn")
        #expect(message.inReplyTo == ["x1@noivu.example.vn"])
        #expect(message.references == ["r1@a", "r2@b"])
        #expect(message.returnPath == .address("tra-lai@example.vn"))
        #expect(message.date == Date(timeIntervalSince1970: 1_591_839_000))
        #expect(message.dateOffset == 7 * 3600)
        #expect(message.rawValues("references") == ["<r1@a> <r2@b>"])
        #expect(message.automatic == nil)
    }

    private static let words: [(raw: String, expected: String)] = [
        // Padded words, as most programs write them; GMime alone stops at the first padding.
        ("=?UTF-8?B?QsOhbyA=?= =?utf-8?B?Y8Ohbw==?=", "Báo cáo"),
        // A character cut in two, with and without padding.
        ("=?utf-8?B?QsM=?=\r\n =?utf-8?B?oW8=?=", "Báo"),
        ("=?utf-8?Q?B=C3?= =?utf-8?B?oW8?= x", "Báo x"),
        ("a =?utf-8?q?b?= c =?utf-8?q?d?=  =?iso-8859-1?q?=E1?= e", "a b c dá e"),
        ("=?utf-8?q?m=E1=BB=99t?= hai", "một hai"),
        ("=?utf-8?x?abc?= =?", "=?utf-8?x?abc?= =?"),
    ]

    @Test(arguments: words)
    func encodedWordsAreJoined(raw: String, expected: String) throws {
        let text = """
            From: \(raw) <a@example.vn>\r\nSubject: \(raw)\r\nContent-Disposition: attachment; filename="\(raw)"\r
            Content-Type: application/pdf\r\n\r\n%PDF-1.4
            """
        let message = try MessageReader.read(Array(text.utf8))
        #expect(message.subject == expected)
        if expected.first != "=" {
            #expect(message.from.map(\.displayName) == [expected])
            #expect(message.parts.map(\.filename) == [expected])
        }
    }

    @Test func rawEightBitSubjectsAreRead() throws {
        let utf8 = Array("From: a@example.vn\r\nSubject: Báo cáo\r\n\r\nx".utf8)
        #expect(try MessageReader.read(utf8).subject == "Báo cáo")
        // Windows-1258: 0xEA is ê, 0xF2 the hook above that follows its letter.
        let windows = Array("From: a@example.vn\r\nSubject: ".utf8) + [0xEA, 0x20, 0xF5] + Array("\r\n\r\nx".utf8)
        #expect(try MessageReader.read(windows).subject == "ê ơ")
    }

    @Test func controlCharactersNeverLeaveAField() throws {
        let bytes = Array("From: a@example.vn\r\nSubject: =?utf-8?q?a=0D=0ABcc:_x=00y?=\r\n\r\nx".utf8)
        let subject = try MessageReader.read(bytes).subject
        #expect(!subject.unicodeScalars.contains { $0.value < 0x20 })
        #expect(subject.hasPrefix("a"))
    }

    @Test func declaredCharsetsAreDecoded() throws {
        let head = "From: a@example.vn\r\nContent-Type: text/plain; charset=windows-1258\r\n\r\n"
        let message = try MessageReader.read(Array(head.utf8) + [0xEA, 0x20, 0xF5])
        #expect(message.text == "ê ơ")
        let seven = "From: a@example.vn\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nB+AOE-o"
        #expect(try MessageReader.read(Array(seven.utf8)).text == "Báo")
    }

    @Test func htmlAloneGivesText() throws {
        let html = """
            From: a@example.vn\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>t</title>\
            <style>p{color:red}</style></head><body><p>Tệp ở&nbsp;<a href="https://drive.example/x?a=1">đây</a> &amp; \
            k&#233;o</p><!-- <p>ẩn</p> --><p>BC-2019-0042</p></body></html>
            """
        let message = try MessageReader.read(Array(html.utf8))
        #expect(message.text == "Tệp ở đây<https://drive.example/x?a=1> & kéo\nBC-2019-0042")
    }

    @Test func textIsCapped() throws {
        var limits = MessageLimits.standard
        limits.text = 10
        let bytes = Array("From: a@example.vn\r\n\r\n\(String(repeating: "ạ", count: 100))".utf8)
        #expect(try MessageReader.read(bytes, limits: limits).text.count == 10)
        // The cut falls within a character of three bytes, and no charset is declared.
        let long = Array("From: a@example.vn\r\n\r\nab\(String(repeating: "ạ", count: 100))".utf8)
        #expect(try MessageReader.read(long, limits: limits).text == "abạạạạạạạạ")
    }

    @Test func aCodedMessageIsTheSame() throws {
        let builder = MessageBuilder(from: "a@example.vn", attaching: [.init("b.xlsx", SampleFiles.xlsx)])
        let message = try MessageReader.read(builder.bytes())
        let data = try PropertyListEncoder().encode(message)
        let back = try PropertyListDecoder().decode(Message.self, from: data)
        #expect(back.parts == message.parts)
        #expect(back.headers == message.headers)
        #expect(back.text == message.text)
        #expect(back.from == message.from)
    }

    @Test func theListingNamesWhatMachinesRead() throws {
        let builder = MessageBuilder(from: "UBND <a@example.vn>", attaching: [.init("b.xlsx", SampleFiles.xlsx)])
        let json = try MailListing.json(of: try MessageReader.read(builder.bytes()))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["subject", "from", "replyTo", "date", "messageID", "automatic", "parts"])
        #expect(object["from"] as? String == "a@example.vn")
        #expect(object["replyTo"] is NSNull)
        #expect(object["automatic"] is NSNull)
        #expect(object["date"] as? String == "2020-06-11T08:30:00+07:00")
        #expect(object["messageID"] as? String == "1@may.example.vn")
        let parts = try #require(object["parts"] as? [[String: Any]])
        #expect(parts.map { $0["path"] as? String } == ["1.1", "1.2", "2"])
        #expect(parts.map { $0["kind"] as? String } == ["text", "html", "xlsx"])
        #expect(Set(parts[2].keys) == ["path", "contentType", "filename", "size", "sha256", "kind"])
        #expect(parts[2]["size"] as? Int == SampleFiles.xlsx.count)
        #expect(!json.contains("\n"))
    }
}
