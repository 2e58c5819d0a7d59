import Foundation

/// A message as the command line shows it to machines.
package enum MailListing {
    /// One JSON object on one line, keys in alphabetical order.
    ///
    /// `from` and `replyTo` are addresses without names, several joined by `, `; what is missing is null. `date` is
    /// RFC 3339 in the zone in which it was written.
    package static func json(of message: Message) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Listing(message)), as: UTF8.self)
    }

    private struct Listing: Encodable {
        let message: Message

        init(_ message: Message) {
            self.message = message
        }

        private enum Key: String, CodingKey {
            case subject, from, replyTo, date, messageID, automatic, parts
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            try object.encode(message.subject, forKey: .subject)
            try object.encode(Self.joined(message.from), forKey: .from)
            try object.encode(Self.joined(message.replyTo), forKey: .replyTo)
            try object.encode(message.date.map { MailDate.rfc3339($0, offset: message.dateOffset) }, forKey: .date)
            try object.encode(message.messageID, forKey: .messageID)
            try object.encode(message.automatic, forKey: .automatic)
            try object.encode(message.parts.map { PartListing(part: $0) }, forKey: .parts)
        }

        private static func joined(_ addresses: [MailAddress]) -> String? {
            addresses.isEmpty ? nil : addresses.map(\.address).joined(separator: ", ")
        }
    }

    private struct PartListing: Encodable {
        let part: MessagePart

        private enum Key: String, CodingKey {
            case path, contentType, filename, size, sha256, kind
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            try object.encode(part.path, forKey: .path)
            try object.encode(part.contentType, forKey: .contentType)
            try object.encode(part.filename, forKey: .filename)
            try object.encode(part.size, forKey: .size)
            try object.encode(part.sha256, forKey: .sha256)
            try object.encode(part.kind, forKey: .kind)
        }
    }
}
