/// Reads the bytes of a mail (RFC 5322, MIME).
package struct MessageReader {
    /// - Parameters:
    ///   - limits: checked before the bytes reach the parser wherever that is possible.
    ///   - automaticMail: knows the office's own addresses and lists.
    package static func read(
        _ bytes: [UInt8], limits: MessageLimits = .standard, automaticMail: AutomaticMail = AutomaticMail()
    ) throws(MessageError) -> Message {
        try MessageScan.check(bytes, limits)
        throw MessageError(.notMessage, "")
    }
}
