import Foundation

/// A mail as the programs of the units write it, in RFC 5322 bytes.
package struct MessageBuilder {
    /// Who wrote the mail: what differs is how names and bodies are declared.
    package enum Program: String, Sendable, CaseIterable {
        /// Names as base64 encoded words within quotes, everything typed by its name, sizes and dates beside it.
        case outlook
        /// Names as encoded words, each attachment with a Content-ID.
        case gmail
        /// Names as encoded words, bodies 8-bit.
        case zimbra
        /// Names by RFC 2231 in several pieces.
        case thunderbird
        /// Names as raw UTF-8, no disposition, everything `application/octet-stream`.
        case scanner
    }

    /// A file that is sent along.
    package struct Attachment: Sendable {
        package var filename: String
        package var contentType: String
        package var bytes: [UInt8]

        package init(_ filename: String, contentType: String = "application/octet-stream", _ bytes: [UInt8]) {
            self.filename = filename
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    /// Fields above all others, as servers add them, e.g. `Authentication-Results`; topmost first.
    package var trace: [(name: String, value: String)] = []
    /// The From field as it goes into the mail.
    package var from: String
    package var to = "vanthu@noivu.example.vn"
    package var subject = "Báo cáo năm 2019"
    package var date = "Thu, 11 Jun 2020 08:30:00 +0700"
    package var messageID = "1@may.example.vn"
    /// Further fields, e.g. `In-Reply-To`.
    package var fields: [(name: String, value: String)] = []
    package var text = "Kính gửi Phòng Nội vụ,\nXin gửi báo cáo."
    package var attachments: [Attachment]

    package init(from: String, attaching attachments: [Attachment] = []) {
        self.from = from
        self.attachments = attachments
    }

    package func bytes(as program: Program = .gmail) -> [UInt8] {
        var lines = trace.map { "\($0.name): \($0.value)" }
        lines += ["From: \(from)", "To: \(to)", "Subject: \(Self.encoded(subject))", "Date: \(date)"]
        lines += ["Message-ID: <\(messageID)>"] + fields.map { "\($0.name): \($0.value)" } + ["MIME-Version: 1.0"]
        if attachments.isEmpty {
            lines += body(program)
        } else {
            lines += ["Content-Type: multipart/mixed; boundary=\"outer\"", "", "--outer"] + body(program)
            for (index, attachment) in attachments.enumerated() {
                lines += ["--outer"] + header(of: attachment, index, program)
                lines += ["Content-Transfer-Encoding: base64", ""]
                lines += Self.base64(attachment.bytes)
            }
            lines += ["--outer--"]
        }
        return Array(lines.joined(separator: "\r\n").utf8) + Array("\r\n".utf8)
    }

    private func body(_ program: Program) -> [String] {
        let html = "<html><body><p>" + text.split(separator: "\n").joined(separator: "</p><p>") + "</p></body></html>"
        func part(_ type: String, _ content: String) -> [String] {
            if program == .zimbra || program == .scanner {
                return ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: 8bit", ""]
                    + content.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            }
            return ["Content-Type: \(type); charset=\"utf-8\"", "Content-Transfer-Encoding: base64", ""]
                + Self.base64(Array(content.utf8))
        }
        if program == .scanner { return part("text/plain", text) }
        return ["Content-Type: multipart/alternative; boundary=\"inner\"", "", "--inner"] + part("text/plain", text)
            + ["--inner"] + part("text/html", html) + ["--inner--", ""]
    }

    private func header(of attachment: Attachment, _ index: Int, _ program: Program) -> [String] {
        let name = attachment.filename
        switch program {
        case .outlook:
            return [
                "Content-Type: \(attachment.contentType);", "\tname=\"\(Self.encoded(name))\"",
                "Content-Description: \(Self.encoded(name))",
                "Content-Disposition: attachment; filename=\"\(Self.encoded(name))\";",
                "\tsize=\(attachment.bytes.count); creation-date=\"Thu, 11 Jun 2020 01:30:00 GMT\"",
            ]
        case .gmail:
            return [
                "Content-Type: \(attachment.contentType); name=\"\(Self.encoded(name))\"",
                "Content-Disposition: attachment; filename=\"\(Self.encoded(name))\"", "Content-ID: <f_\(index)>",
                "X-Attachment-Id: f_\(index)",
            ]
        case .zimbra:
            return [
                "Content-Type: \(attachment.contentType); name=\"\(Self.encoded(name))\"",
                "Content-Disposition: attachment; filename=\"\(Self.encoded(name))\"",
            ]
        case .thunderbird:
            let percent = name.utf8.map {
                $0 < 0x80 && $0 > 0x2C && $0 != 0x3B ? String(UnicodeScalar($0)) : Self.percent($0)
            }
            let half = percent.count / 2
            return [
                "Content-Type: \(attachment.contentType)", "Content-Disposition: attachment;",
                " filename*0*=UTF-8''\(percent[..<half].joined());", " filename*1*=\(percent[half...].joined())",
            ]
        case .scanner:
            return ["Content-Type: application/octet-stream; name=\"\(name)\""]
        }
    }

    /// Encoded words cut at bytes, not at characters, as many programs cut them; plain text as it is.
    private static func encoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return text }
        return stride(from: 0, to: bytes.count, by: 31).map {
            "=?utf-8?B?\(Data(bytes[$0..<min($0 + 31, bytes.count)]).base64EncodedString())?="
        }.joined(separator: "\r\n ")
    }

    private static func percent(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }

    private static func base64(_ bytes: [UInt8]) -> [String] {
        let encoded = Array(Data(bytes).base64EncodedString())
        return stride(from: 0, to: encoded.count, by: 76).map { String(encoded[$0..<min($0 + 76, encoded.count)]) }
    }
}
