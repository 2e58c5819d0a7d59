/// Why a message could not be read. It concerns this message alone.
package struct MessageError: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The raw value is printed by tools and stored with the message.
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// No bytes, or no header field at the start of them.
        case notMessage = "mail.notMessage"
        case tooLarge = "mail.tooLarge"
        case tooManyHeaders = "mail.limits.headers"
        case headerTooLong = "mail.limits.header"
        case tooManyParts = "mail.limits.parts"
        case tooDeep = "mail.limits.depth"
        /// The parts together decode to more than allowed.
        case tooLargeDecoded = "mail.limits.decoded"
    }

    package let code: Code
    /// What was found, in English, for logs and the command line.
    package let detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
