import Mail
import Testing

/// Mails made to exhaust a reader. Each ends with the code that says why, or is read as far as it goes.
@Suite struct HostileMessageTests {
    private static let head = "From: a@example.vn\r\n"

    private func code(_ text: String, _ limits: MessageLimits = .standard) -> MessageError.Code? {
        do {
            _ = try MessageReader.read(Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func nestedMessages() {
        let one = "Content-Type: message/rfc822\r\n\r\n"
        #expect(code(Self.head + String(repeating: one, count: 200_000)) == .tooManyParts)
        #expect(code(Self.head + String(repeating: one, count: 400)) == .tooDeep)
        #expect(code(Self.head + String(repeating: one, count: 20)) == nil)
    }

    @Test func nestedMultiparts() {
        func nested(_ count: Int) -> String {
            (0..<count).map { "Content-Type: multipart/mixed; boundary=b\($0)\r\n\r\n--b\($0)\r\n" }.joined()
        }
        #expect(code(Self.head + nested(40_000)) == .tooManyParts)
        #expect(code(Self.head + nested(400)) == .tooDeep)
        #expect(code(Self.head + nested(20)) == nil)
    }

    @Test func quoteAsBoundary() throws {
        let text = Self.head + "Content-Type: multipart/mixed; boundary=\"\\\"\"\r\n\r\n--\"\r\n\r\nx\r\n--\"--\r\n"
        let message = try MessageReader.read(Array(text.utf8))
        #expect(message.parts.count == 1)
        #expect(message.text.hasPrefix("x"))
    }

    @Test func manyHeaders() {
        let fields = String(repeating: "X-A: b\r\n", count: 100_000)
        #expect(code(Self.head + fields + "\r\nx") == .tooManyHeaders)
        let part = Self.head + "Content-Type: multipart/mixed; boundary=k\r\n\r\n--k\r\n"
        #expect(code(part + fields + "\r\nx\r\n--k--\r\n") == .tooManyHeaders)
        let attached = Self.head + "Content-Type: message/rfc822\r\n\r\n"
        #expect(code(attached + fields + "\r\nx") == .tooManyHeaders)
    }

    @Test func longHeaders() {
        #expect(code(Self.head + "Subject: \(String(repeating: "a", count: 100_000))\r\n\r\nx") == .headerTooLong)
        let folded = String(repeating: "\r\n a", count: 50_000)
        #expect(code(Self.head + "Subject: a\(folded)\r\n\r\nx") == .headerTooLong)
        let part =
            Self.head + "Content-Type: multipart/mixed; boundary=k\r\n\r\n--k\r\nContent-Type: text/plain;\(folded)"
        #expect(code(part) == .headerTooLong)
    }

    @Test func manyEmptyParts() {
        let parts = String(repeating: "--k\n\nx\n", count: 1_000_000)
        #expect(code(Self.head + "Content-Type: multipart/mixed; boundary=k\r\n\r\n" + parts) == .tooManyParts)
    }

    /// Just under what the scan counts, the collector counts exactly.
    @Test func moreLeavesThanAllowed() {
        let parts = String(repeating: "--k\n\nx\n", count: 600)
        #expect(code(Self.head + "Content-Type: multipart/mixed; boundary=k\r\n\r\n" + parts) == .tooManyParts)
    }

    @Test func bytesBeyondTheLimit() {
        var limits = MessageLimits.standard
        limits.bytes = 100
        #expect(code(Self.head + "\r\n" + String(repeating: "a", count: 100), limits) == .tooLarge)
        limits = .standard
        limits.decodedBytes = 50
        #expect(code(Self.head + "\r\n" + String(repeating: "a", count: 100), limits) == .tooLargeDecoded)
    }

    @Test(arguments: ["", "\r\n\r\nx", "Đây không phải là thư", "\u{0}\u{1}\u{2}"])
    func whatIsNoMail(text: String) {
        #expect(code(text) == .notMessage)
    }

    /// Address lists and comments that nest: the reader comes back, and finds nobody.
    @Test(arguments: ["a:", "(", "<", "\"", "a@b,", "=?utf-8?q?"])
    func oddAddressFields(piece: String) throws {
        let text = "From: \(String(repeating: piece, count: 6_000))\r\n\r\nx"
        let message = try MessageReader.read(Array(text.utf8))
        #expect(message.from.allSatisfy { $0.domain == "b" })
    }

    /// Every prefix of an ordinary mail, and every mail with one byte changed, is read or refused, never worse.
    @Test func cutAndChangedMails() throws {
        let text =
            Self.head + """
                Subject: =?utf-8?b?QsOhbw==?=\r\nContent-Type: multipart/mixed; boundary="k"\r\n\r\n--k\r
                Content-Type: text/plain; charset=utf-8; name*0*=utf-8''a%20; name*1=b\r\n\r\nxin chào\r\n--k\r
                Content-Type: message/rfc822\r\n\r\nFrom: b@example.vn\r\n\r\nx\r\n--k--\r\n
                """
        let whole = Array(text.utf8)
        #expect(try MessageReader.read(whole).parts.count == 3)
        for place in whole.indices {
            for byte in [UInt8(0), 0x22, 0x3D, 0x0A, 0xFF] {
                var changed = whole
                changed[place] = byte
                let parts = (try? MessageReader.read(changed))?.parts.count ?? 0
                #expect(parts <= 4)
            }
            let cut = (try? MessageReader.read(Array(whole.prefix(place))))?.parts.count ?? 0
            #expect(cut <= 3)
        }
    }
}
