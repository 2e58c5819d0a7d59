import Digest
import Foundation
import Zip

/// Reads the bytes of a mail (RFC 5322, MIME).
package struct MessageReader {
    /// Throws when the bytes are no mail or exceed the limits; whatever else is wrong with a mail, something is read.
    /// - Parameters:
    ///   - limits: checked before the bytes reach the parser wherever that is possible.
    ///   - automaticMail: knows the office's own addresses and lists.
    package static func read(
        _ bytes: [UInt8], limits: MessageLimits = .standard, automaticMail: AutomaticMail = AutomaticMail()
    ) throws(MessageError) -> Message {
        try MessageScan.check(bytes, limits)
        guard let tree = MIMETree(bytes) else { throw MessageError(.notMessage, "nothing that could be a message") }
        var parts = PartCollector(limits: limits)
        try parts.collect(tree)
        return message(
            headers: tree.headers, parts: parts.parts, text: parts.text.prefix(limits.text), by: automaticMail)
    }

    /// Loads what reading may need from the disk, so that none is needed afterwards.
    package static func prepare() { MIMEText.loadConverters() }

    private static func message(
        headers: [MessageHeader], parts: [MessagePart], text: Substring, by automaticMail: AutomaticMail
    ) -> Message {
        func values(_ name: String) -> [String] { headers.filter { $0.isNamed(name) }.map(\.raw) }
        func addresses(_ name: String) -> [MailAddress] { values(name).flatMap { MIMEText.addresses($0) } }
        // Others look them up one by one: a field of thousands was not written by any program of people's.
        func identifiers(_ name: String, most: Int) -> [String] {
            Array(values(name).lazy.flatMap { MessageID.all(in: $0) }.prefix(most))
        }
        let from = addresses("From")
        let dateText = values("Date").first ?? ""
        let date = MIMEText.date(dateText)
        let returnPath = values("Return-Path").first.flatMap { ReturnPath(field: $0) }
        return Message(
            subject: values("Subject").first.map { MIMEText.decodedHeader($0) } ?? "",
            from: from, sender: addresses("Sender").first, replyTo: addresses("Reply-To"), to: addresses("To"),
            cc: addresses("Cc"), date: date?.date, dateOffset: date?.offset ?? 0, dateText: dateText,
            messageID: values("Message-ID").lazy.flatMap { MessageID.all(in: $0) }.first,
            inReplyTo: identifiers("In-Reply-To", most: 20), references: identifiers("References", most: 1_000),
            returnPath: returnPath, headers: headers,
            automatic: automaticMail.reason(headers: headers, from: from, returnPath: returnPath), parts: parts,
            text: String(text))
    }
}

extension ReturnPath {
    /// Reads `<>` or `<address>`, the brackets optional; fails on anything else.
    package init?(field: String) {
        var text = field.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("<"), text.hasSuffix(">") { text = String(text.dropFirst().dropLast()) }
        text = text.trimmingCharacters(in: .whitespaces)
        if text.isEmpty {
            self = .null
        } else if let address = MailAddress(text) {
            self = .address(address.address)
        } else {
            return nil
        }
    }
}

/// Message identifiers (RFC 5322, 3.6.4).
package enum MessageID {
    /// Every identifier in a field, without its angle brackets; a bare word counts when the field has no brackets.
    package static func all(in field: String) -> [String] {
        var found: [String] = []
        var open: String.UTF8View.Index?
        let bytes = field.utf8
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "<") {
                open = bytes.index(after: index)
            } else if bytes[index] == UInt8(ascii: ">"), let start = open {
                found.append(cleaned(field[start..<index]))
                open = nil
            }
        }
        if found.isEmpty, !field.contains("<") {
            found = field.split(whereSeparator: \.isWhitespace).map { cleaned($0) }
        }
        return found.filter { !$0.isEmpty }
    }

    /// Old servers fold within an identifier; blanks are no part of one.
    private static func cleaned(_ text: Substring) -> String {
        text.filter { !$0.isWhitespace && !$0.unicodeScalars.contains { $0.value < 0x20 } }
    }
}
