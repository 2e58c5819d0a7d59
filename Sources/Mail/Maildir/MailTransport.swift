/// A way out for the office's letters.
package protocol MailTransport: Sendable {
    /// Hands one message over. Never throws: what became of it is the answer.
    /// - Parameters:
    ///   - message: the bytes of RFC 5322 with CRLF.
    ///   - sender: the envelope's return path, an address.
    ///   - recipient: the envelope's recipient, an address. What becomes of the message is what becomes of it there.
    ///   - copies: more recipients. One that is not taken keeps the letter from nobody else; the answer names it.
    func send(
        _ message: [UInt8], from sender: String, to recipient: String, copies: [String]
    ) async -> DeliveryResult

    /// Goes as far as a message could be handed over, and hands none over.
    /// - Returns: what keeps it from working; nil when all is well.
    func check() async -> String?

    func close() async
}

extension MailTransport {
    package func send(_ message: [UInt8], from sender: String, to recipient: String) async -> DeliveryResult {
        await send(message, from: sender, to: recipient, copies: [])
    }
}

/// What became of a message that was handed over. Codes are those of SMTP (RFC 5321, 4.2).
package enum DeliveryResult: Hashable, Sendable, Codable {
    /// Taken over by the server, with its last words.
    case sent(String)
    /// Not taken now (4xx, or the connection ended before the data did): try again later.
    case deferred(code: Int?, String)
    /// Refused for good (5xx), or an address that must not be put on the wire.
    case refused(code: Int?, String)
    /// The connection was lost after the data had been sent: nobody knows.
    case unknown(String)
    /// No connection, no trust, or no sign-in: this message is not at fault.
    case unreachable(String)
}
