import Mail
import Support
import Testing

/// What is wrapped is opened, and its parts follow with longer paths.
@Suite struct WrapperTests {
    private func message(_ attachments: [MessageBuilder.Attachment]) throws -> Message {
        try MessageReader.read(MessageBuilder(from: "a@example.vn", attaching: attachments).bytes(as: .zimbra))
    }

    @Test func aZipIsOpenedOneLevelDeep() throws {
        let inner = SampleFiles.archive(["x.txt"])
        let zip = SampleFiles.archive([
            ("Bao cao/", []), ("Bao cao/bieu.xlsx", SampleFiles.xlsx), ("Bao cao/~$bieu.xlsx", [1, 2]),
            ("Thumbs.db", [0xD0]), ("__MACOSX/._bieu.xlsx", [0]), ("trong.zip", inner),
        ])
        let message = try message([.init("hoso.zip", zip)])
        let parts = message.parts.filter { $0.role != .body }
        #expect(parts.map(\.path) == ["2", "2.1", "2.2", "2.3", "2.4", "2.5"])
        #expect(parts.map(\.role) == [.wrapper, .attachment, .ignorable, .ignorable, .ignorable, .attachment])
        #expect(message.attachments.map(\.filename) == ["bieu.xlsx", "trong.zip"])
        #expect(message.attachments.map(\.kind) == [.xlsx, .zip])
        #expect(message.attachments[0].bytes == SampleFiles.xlsx)
    }

    @Test func aZipThatCannotBeOpenedIsNamed() throws {
        var encrypted = SampleFiles.archive([("a.xlsx", SampleFiles.xlsx)])
        // General purpose bit 0 says encrypted, in the local header (offset 6) and in the directory (offset 8).
        encrypted[6] |= 1
        let directory = try #require(encrypted.indices.first { encrypted[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        encrypted[directory + 8] |= 1
        let cut = Array(SampleFiles.archive([("a.txt", Array("số liệu".utf8))]).dropLast(40))
        let parts = try message([.init("a.zip", encrypted), .init("b.zip", cut)]).attachments
        #expect(parts.map(\.kind) == [.zip, .zip])
        #expect(parts.map(\.obstacle) == [.encrypted, .damaged])
    }

    @Test func aZipThatInflatesTooFarIsNamed() throws {
        var limits = MessageLimits.standard
        limits.decodedBytes = 100_000
        let bomb = SampleFiles.archive([("a.txt", [UInt8](repeating: 0x41, count: 200_000))])
        let bytes = MessageBuilder(from: "a@example.vn", attaching: [.init("a.zip", bomb)]).bytes()
        #expect(try MessageReader.read(bytes, limits: limits).attachments.map(\.obstacle) == [.limits])
    }

    @Test(arguments: [
        ("message/rfc822", "7bit"), ("application/octet-stream", "base64"), ("message/rfc822", "base64"),
    ])
    func aForwardedMessageIsOpened(contentType: String, encoding: String) throws {
        let inner = MessageBuilder(from: "b@example.vn", attaching: [.init("bieu.xlsx", SampleFiles.xlsx)])
        let outer = MessageBuilder(
            from: "a@example.vn", attaching: [.init("cũ.eml", contentType: contentType, inner.bytes())])
        var bytes = outer.bytes(as: .outlook)
        if encoding == "7bit" {
            let text = """
                From: a@example.vn\r\nContent-Type: multipart/mixed; boundary=ng\r\n\r\n--ng\r\n\r\nXem thư.\r\n--ng\r
                Content-Type: message/rfc822\r\n\r\n
                """
            bytes = Array(text.utf8) + inner.bytes() + Array("\r\n--ng--\r\n".utf8)
        }
        let message = try MessageReader.read(bytes)
        let wrapper = try #require(message.parts.first { $0.path == "2" })
        #expect(wrapper.role == .wrapper)
        #expect(wrapper.kind == .message)
        #expect(message.attachments.map(\.path) == ["2.2"])
        #expect(message.attachments.map(\.bytes) == [SampleFiles.xlsx])
        #expect(message.from.map(\.address) == ["a@example.vn"])
    }

    @Test func aSignedMessageIsJustRead() throws {
        let text = """
            From: a@example.vn\r\nContent-Type: multipart/signed; boundary=k; protocol=a\r\n\r
            --k\r\nContent-Type: text/plain\r\n\r\nXin gửi.\r\n--k\r
            Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r
            MIIBADALBgkqhkiG9w0BBwI=\r\n--k--\r\n
            """
        let message = try MessageReader.read(Array(text.utf8))
        #expect(message.parts.map(\.role) == [.body, .ignorable])
        #expect(message.text == "Xin gửi.")
    }

    @Test func picturesOfASignatureAreIgnoredAndPhotosAreNot() throws {
        func related(_ type: String, _ filename: String, _ count: Int) throws -> MessagePart? {
            let picture = SampleFiles.png + [UInt8](repeating: 7, count: count)
            let inner = MessageBuilder(
                from: "a@example.vn", attaching: [.init(filename, contentType: "image/png", picture)])
            let text = String(decoding: inner.bytes(as: .scanner), as: UTF8.self)
            return try MessageReader.read(Array(text.replacing("multipart/mixed", with: type).utf8)).parts.last
        }
        #expect(try related("multipart/related", "logo.png", 2_000)?.role == .ignorable)
        #expect(try related("multipart/mixed", "image001.png", 2_000)?.role == .ignorable)
        #expect(try related("multipart/mixed", "IMG_2019.png", 2_000)?.role == .attachment)
        #expect(try related("multipart/related", "image001.png", 900_000)?.role == .attachment)
    }

    /// A winmail.dat ([MS-OXTNEF]) with two attachments: one with a long name in its properties, one with a title
    /// alone.
    private static func winmail() -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }
        func attribute(_ level: Int, _ id: Int, _ content: [UInt8]) -> [UInt8] {
            number(level, 1) + number(id, 4) + number(content.count, 4) + content
                + number(content.reduce(0) { $0 + Int($1) }, 2)
        }
        var name: [UInt8] = []
        for unit in "Báo cáo.xlsx".utf16 { name += number(Int(unit), 2) }
        name += [0, 0]
        // An integer; a named property with a text; then PidTagAttachLongFilename in Unicode.
        var properties = number(3, 4) + number(0x3705_0003, 4) + number(1, 4)
        properties += number(0x8001_001E, 4) + [UInt8](repeating: 9, count: 16)
        properties += number(1, 4) + number(6, 4) + Array("a\0b\0\0\0".utf8) + [0, 0]
        properties += number(1, 4) + number(2, 4) + [0x78, 0, 0, 0]
        properties += number(0x3707_001F, 4) + number(1, 4) + number(name.count, 4) + name
        properties += [UInt8](repeating: 0, count: -name.count & 3)
        var stream = number(0x223E_9F78, 4) + number(1, 2) + attribute(1, 0x0008_9006, [0, 0, 1, 0])
        stream += attribute(2, 0x0006_9002, [1]) + attribute(2, 0x0001_8010, Array("BAOCAO~1.XLS\0".utf8))
        stream += attribute(2, 0x0006_800F, SampleFiles.xlsx) + attribute(2, 0x0006_9005, properties)
        stream += attribute(2, 0x0006_9002, [1]) + attribute(2, 0x0001_8010, Array("scan.pdf\0".utf8))
        return stream + attribute(2, 0x0006_800F, SampleFiles.pdf)
    }

    @Test func aWinmailIsOpened() throws {
        let message = try message([.init("winmail.dat", contentType: "application/ms-tnef", Self.winmail())])
        #expect(message.parts.filter { $0.role == .wrapper }.map(\.path) == ["2"])
        #expect(message.attachments.map(\.path) == ["2.1", "2.2"])
        #expect(message.attachments.map(\.filename) == ["Báo cáo.xlsx", "scan.pdf"])
        #expect(message.attachments.map(\.bytes) == [SampleFiles.xlsx, SampleFiles.pdf])
    }

    /// Cut anywhere, it gives what was whole, and never seems complete.
    @Test func aWinmailCutOffIsReadSafely() throws {
        let whole = Self.winmail()
        for count in 4..<whole.count {
            let message = try message([.init("winmail.dat", Array(whole.prefix(count)))])
            let wrapper = try #require(message.parts.first { $0.kind == .tnef })
            let held = message.attachments.map(\.bytes)
            #expect(held.count <= 2)
            #expect(wrapper.obstacle == .damaged || held != [SampleFiles.xlsx, SampleFiles.pdf])
        }
    }
}
