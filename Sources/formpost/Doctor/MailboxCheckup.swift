import ArgumentParser
import Mail
import Records

/// Can the worker use a mailbox, and do its newest mails bear out what the settings say of the office's server?
struct MailboxCheckup {
    let account: Settings.Account
    let senderTrust: Settings.SenderTrustSetting

    /// How many mails are looked at.
    private static let sample = 10

    func diagnoses(_ mailbox: any Mailbox) async -> [Diagnosis] {
        let name = "mailbox \(account.name)"
        var found: [Diagnosis] = []
        do {
            let status = try await mailbox.open()
            found.append(await state(name, status, mailbox))
            if let mailbox = mailbox as? any PreviewableMailbox {
                let previews = try await mailbox.newestHeaders(Self.sample)
                let messages = previews.compactMap { try? MessageReader.read($0.header) }
                found.append(TrustCheckup.diagnosis(TrustSurvey(messages, settings: trust), senderTrust, account.name))
            }
        } catch {
            found.append(.bad(name, "\(error)", Self.advice(error, account), ExitStatus.unavailable))
        }
        await mailbox.close()
        return found
    }

    private var trust: SenderTrust.Settings { SenderTrust.Settings(senderTrust) }

    private func state(_ name: String, _ status: MailboxStatus, _ mailbox: any Mailbox) async -> Diagnosis {
        let mails = "\(status.exists) messages in \(mailbox.folder)"
        guard let session = mailbox as? IMAPSession else { return .good(name, mails) }
        let offered = await session.capabilities
        let lacking = ["MOVE", "UIDPLUS", "IDLE"].filter { !offered.contains($0) }
        guard !lacking.isEmpty else { return .good(name, mails) }
        return .good(
            name, "\(mails); the server lacks \(lacking.joined(separator: ", ")), which is slower but works")
    }

    private static func advice(_ error: MailboxError, _ account: Settings.Account) -> String {
        if case .maildir(let folder) = account.source {
            return "give the worker's user the right to read and write \(folder), or correct `maildir:`"
        }
        return switch error {
        case .unreachable:
            "check `host:`, `port:` and `security:`, and whether the server can be reached from here"
        case .certificate:
            "check `host:`; a certificate of your own authority needs `ca-file:`, one for another name `certificate-name:`"
        case .signInRefused: "check `user:` and the password; webmail-only accounts must have IMAP switched on"
        case .refused: "check the names after `folder:`, `processed:` and `quarantine:`"
        case .protocolViolation, .lost:
            "check `port:` and `security:`; if they are right try again, and ask the server's administrator if it stays"
        case .cancelled: "try again"
        }
    }
}

extension SenderTrust.Settings {
    init(_ setting: Settings.SenderTrustSetting) {
        self =
            switch setting {
            case .authservID(let name, let host): .authservID(name, trustedHost: host)
            case .trustedServer: .trustedServer
            }
    }
}
