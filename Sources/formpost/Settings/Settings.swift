import Foundation
import Intake
import Mail
import Records

/// `formpost.yaml`: where the data and the forms are, which mailboxes are polled, and how answers go out.
///
/// Paths are relative to the file's own folder. A key that is not listed here is refused, so that a mistyped one is found.
struct Settings: Sendable {
    /// Folder of the ledger and the archive.
    var data: String
    /// Folder of `units.xlsx`, `plan.xlsx`, the forms and `notices/`.
    var forms: String
    var zone: OfficeZone
    var office: Office
    var accounts: [Account]
    var outgoing: Outgoing
    var senderTrust: SenderTrustSetting
    /// Distribution lists that the office runs for its units: mail that came through them is ordinary mail.
    var ownLists: [String]
    var pollSeconds: Int
    /// A mail above this size goes to quarantine unread.
    var maximumMessageBytes: Int
    /// After so many attempts a message goes to quarantine.
    var maximumAttempts: Int
    /// How many letters leave in a day before they wait for a person.
    var answerLimits: AnswerLimits
    /// Every letter waits for a press.
    var isRehearsal: Bool

    /// What letters say of the office itself.
    struct Office: Sendable {
        /// Where a stranger's other matters belong.
        var generalMailbox: String
        /// The number that a stranger may call.
        var phone: String
        /// Where browsers find the console, `https://thidua.canloc.example`; empty: letters name no page.
        var console: String
        /// Who is told when something stops; empty: nobody.
        var technicalContact: String
    }

    struct Account: Sendable {
        var name: String
        var source: Source

        enum Source: Sendable {
            case maildir(String)
            case imap(IMAP)
        }

        struct IMAP: Sendable {
            var server: ServerAddress
            var trust: TrustSettings
            var user: String
            var password: Secret<String>
            var folder: String
            var processed: String
            var quarantine: String
        }
    }

    struct Outgoing: Sendable {
        /// The office's own address, with the name that recipients see.
        var from: MailAddress
        var route: Route

        enum Route: Sendable {
            case maildir(String)
            case smtp(SMTP)
        }

        struct SMTP: Sendable {
            var server: ServerAddress
            var trust: TrustSettings
            var user: String?
            var password: Secret<String>?
            var helo: String
        }
    }

    /// How the office's own mail server says whom a mail is from.
    enum SenderTrustSetting: Sendable, Equatable {
        /// It writes Authentication-Results (RFC 8601) under this name.
        case authservID(String, trustedHost: String)
        /// It checks senders itself and writes no header.
        case trustedServer
    }
}

/// What is wrong with the settings: exit status 78.
struct SettingsError: Error, CustomStringConvertible {
    let file: String
    let problems: [String]

    var description: String {
        problems.map { "\(file): \($0)" }.joined(separator: "\n")
    }
}
