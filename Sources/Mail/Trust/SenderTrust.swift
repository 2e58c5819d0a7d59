/// Decides whether a message is from whom its From says.
package struct SenderTrust: Hashable, Sendable {
    /// What the office's mail server does for it.
    package enum Settings: Hashable, Sendable {
        /// It writes `Authentication-Results` (RFC 8601) under this authserv-id; its `Received` names it by this host.
        case authservID(String, trustedHost: String)
        /// It refuses forged mail itself and writes nothing.
        case trustedServer
    }

    package let settings: Settings

    package init(settings: Settings) {
        self.settings = settings
    }
}

/// What may be believed of a message's author.
package enum SenderStanding: Hashable, Sendable {
    /// The server vouches for the address.
    case pass(MailAddress)
    /// Nobody vouches for it, or there are several authors.
    case unverified(MailAddress)
    /// The server says that it is forged.
    case fail(MailAddress)
    /// There is no usable address in From.
    case nobody
}
