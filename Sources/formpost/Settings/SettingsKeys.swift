/// The keys of `formpost.yaml`, by the part in which they stand. Any other is refused.
enum SettingsKeys {
    /// At the top, with one value each; `FORMPOST_POLL_SECONDS` in the environment overrides `poll-seconds`, and so on.
    static let simple = [
        "data", "forms", "time-zone", "poll-seconds", "maximum-message-megabytes", "maximum-attempts", "rehearsal",
    ]
    static let parts = ["office", "accounts", "outgoing", "sender-trust", "own-lists", "limits"]
    static let office = ["general-mailbox", "phone", "console", "technical-contact"]
    static let account = ["name", "maildir", "imap"]
    static let imap = server + ["user", "password-file", "folder", "processed", "quarantine"]
    static let outgoing = ["from", "maildir", "smtp"]
    static let smtp = server + ["user", "password-file", "helo"]
    static let senderTrust = ["authserv-id", "trusted-host", "trusted-server"]
    static let limits = ["notices-per-sender-and-day", "stranger-notices-per-day", "notices-per-hour"]

    private static let server = ["host", "port", "security", "ca-file", "certificate-name"]

    /// Every part with its keys.
    static let all: [(part: String, keys: [String])] = [
        ("", simple + parts), ("office", office), ("accounts", account), ("imap", imap), ("outgoing", outgoing),
        ("smtp", smtp), ("sender-trust", senderTrust), ("limits", limits),
    ]
}
