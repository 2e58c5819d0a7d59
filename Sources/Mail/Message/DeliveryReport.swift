/// What a server reports of a letter that was sent (RFC 3464).
package struct DeliveryReport: Hashable, Sendable, Codable {
    /// What became of it for one recipient (2.3.3).
    package enum Action: String, Sendable, Codable, CaseIterable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// One recipient's fields.
    package struct Recipient: Hashable, Sendable, Codable {
        /// As the last server knew it, or as it was written first; nil when neither can be read.
        package let address: MailAddress?
        package let action: Action
        /// `5.1.1` (RFC 3463); empty when it is missing.
        package let status: String
        /// The server's own words, for people.
        package let diagnostic: String
    }

    /// The identifier of the letter, from what the report returns of it; nil when it returns nothing.
    package let originalMessageID: String?
    /// What the sender named the letter by on its envelope (2.2.1).
    package let envelopeID: String?
    package let recipients: [Recipient]

    /// Nil when the message is no delivery report. It may be forged like any mail: it proves nothing by itself.
    package init?(_ message: Message) {
        guard let part = message.parts.first(where: { $0.contentType == "message/delivery-status" }) else { return nil }
        let blocks = Self.blocks(MIMEText.text(part.bytes[...], charset: nil))
        envelopeID = blocks.first?["original-envelope-id"]
        recipients = blocks.dropFirst().compactMap { Recipient($0) }
        guard !recipients.isEmpty else { return nil }
        originalMessageID = Self.returnedMessageID(message.parts)
    }

    /// Fields by their names in lower case, block by block; blocks are divided by empty lines (2.1).
    private static func blocks(_ text: String) -> [[String: String]] {
        var blocks: [[String: String]] = [[:]]
        var last: String?
        for line in PlainText.withLineFeeds(text).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                if blocks.last?.isEmpty == false { blocks.append([:]) }
                last = nil
            } else if line.first?.isWhitespace == true {
                if let last { blocks[blocks.count - 1][last, default: ""] += " " + trimmed(line) }
            } else if let colon = line.firstIndex(of: ":") {
                let name = MailAddress.lowercased(line[..<colon].utf8)
                blocks[blocks.count - 1][name] = trimmed(line[line.index(after: colon)...])
                last = name
            }
        }
        return blocks.filter { !$0.isEmpty }
    }

    private static func returnedMessageID(_ parts: [MessagePart]) -> String? {
        for part in parts where part.kind == .message || part.contentType == "text/rfc822-headers" {
            if let id = (try? MessageReader.read(part.bytes))?.messageID { return id }
        }
        return nil
    }

    fileprivate static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return MIMEText.withoutControls(String(start[...end]))
    }
}

extension DeliveryReport.Recipient {
    /// Nil without an action that is known.
    fileprivate init?(_ fields: [String: String]) {
        guard let word = fields["action"],
            let action = DeliveryReport.Action(rawValue: MailAddress.lowercased(word.utf8))
        else { return nil }
        /// The value behind the type that stands before the semicolon: `rfc822; a@example.vn`.
        func typed(_ name: String) -> String? {
            fields[name]?.split(separator: ";", maxSplits: 1).last.map { DeliveryReport.trimmed($0) }
        }
        self.action = action
        address = (typed("final-recipient") ?? typed("original-recipient")).flatMap { MailAddress($0) }
        status = fields["status"].map { String($0.prefix { !$0.isWhitespace }) } ?? ""
        diagnostic = typed("diagnostic-code") ?? ""
    }
}
