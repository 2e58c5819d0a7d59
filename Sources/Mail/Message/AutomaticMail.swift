/// Tells mail that is never answered (RFC 3834, 2) from mail that people write.
package struct AutomaticMail: Sendable, Hashable, Codable {
    /// The office's own addresses.
    package var ownAddresses: [String]
    /// Addresses of distribution lists that the office runs for its units; mail that came through them is ordinary mail.
    package var ownLists: [String]

    package init(ownAddresses: [String] = [], ownLists: [String] = []) {
        self.ownAddresses = ownAddresses
        self.ownLists = ownLists
    }
}

/// Why a message is never answered. The raw value is what tools read.
package enum AutomaticReason: String, Sendable, Codable, CaseIterable {
    /// `Return-Path: <>`.
    case nullReturnPath = "null-return-path"
    /// From the office itself.
    case ownAddress = "own-address"
    /// `Auto-Submitted` other than `no` (RFC 3834, 5).
    case autoSubmitted = "auto-submitted"
    /// `Precedence: bulk`, `junk`, `list` or `auto_reply`.
    case precedence
    /// Any field whose name begins with `List-` (RFC 2369, RFC 2919).
    case list
    /// `X-Auto-Response-Suppress` other than `None` ([MS-OXCMAIL] 2.2.3.2.14).
    case responseSuppressed = "x-auto-response-suppress"
    /// A delivery report or receipt (RFC 6522).
    case report = "multipart-report"
    /// From a mailer-daemon.
    case mailerDaemon = "mailer-daemon"
}
