package import Mail

/// Bytes in, values out: a raw mail, and what can be known of it without looking anything up.
package protocol MailReader: Sendable {
    /// - Returns: a failure counts against this mail alone.
    /// - Throws: trouble with the surroundings.
    func read(_ bytes: [UInt8]) throws -> Result<ReadMail, MailTrouble>
}

/// Why a mail was not read. It counts against this mail alone.
package enum MailTrouble: Error, Sendable {
    case attempts
    case unreadable(MessageError)
    /// The reading process ended over this mail, twice: how it ended.
    case readerEnded(String)

    /// For people, in the ledger.
    package var reason: String {
        switch self {
        case .attempts: "attempted too often"
        case .unreadable(let error): error.description
        case .readerEnded(let how): "the reading process ended over it: \(how)"
        }
    }
}
