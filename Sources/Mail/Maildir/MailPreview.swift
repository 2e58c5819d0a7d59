package import Foundation

/// A mailbox whose newest mail can be looked at without anything being touched or marked.
package protocol PreviewableMailbox: Mailbox {
    /// The headers of the newest messages, of those that lie in the folder and of those that were moved to `processed` and
    /// `quarantine`, the newest first. The mailbox must be open.
    func newestHeaders(_ count: Int) async throws(MailboxError) -> [MailPreview]
}

/// A message's header and its time of receipt.
package struct MailPreview: Hashable, Sendable {
    package let received: Date
    /// With the blank line that ends it; cut off where it is too long.
    package let header: [UInt8]

    /// A longer header tells nothing of the servers on the way, which stands at its top.
    static let limit = 64 << 10

    /// - Parameter bytes: the message, or its beginning.
    init(received: Date, bytes: [UInt8]) {
        self.received = received
        var end = 0
        var isLineEmpty = true
        for byte in bytes.prefix(Self.limit) {
            end += 1
            if byte == UInt8(ascii: "\n") {
                if isLineEmpty { break }
                isLineEmpty = true
            } else if byte != UInt8(ascii: "\r") {
                isLineEmpty = false
            }
        }
        header = Array(bytes.prefix(end))
    }

    static func newest(_ count: Int, of previews: [MailPreview]) -> [MailPreview] {
        Array(previews.sorted { $0.received > $1.received }.prefix(count))
    }
}
