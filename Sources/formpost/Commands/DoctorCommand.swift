import ArgumentParser
import Foundation
import Intake
import Ledger
import Mail
import Records

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the settings, the forms, the disk, the mailboxes, the outgoing server, the clock.",
        discussion: """
            A line each; where one fails, what to do. Changes nothing but making the mailbox's folders. Ends with 78 when \
            the settings or forms are wrong, with 69 when a server cannot be used.

            Example:
              formpost doctor --config /etc/formpost/formpost.yaml
            """)

    @OptionGroup var options: SettingsOption

    func run() async throws {
        let settings = try options.settings()
        var report = DoctorReport()
        report.good("settings", options.config)
        let composition = Composition(settings: settings)
        checkForms(settings, &report)
        checkDisk(settings, &report)
        checkLedger(settings, &report)
        for account in settings.accounts { await checkMailbox(account, composition, &report) }
        await checkOutgoing(composition, &report)
        checkClock(&report)
        if let status = report.status { throw status }
    }

    private func checkForms(_ settings: Settings, _ report: inout DoctorReport) {
        let problems = OfficeReader(folder: FormsFolder(settings.forms), zone: settings.zone).problems()
        let errors = problems.filter(\.isError)
        if errors.isEmpty {
            report.good("forms", "\(settings.forms), \(problems.count) warnings")
        } else {
            report.bad(
                "forms", "\(errors.count) errors, the first: \(errors[0].sentence)", "run formpost check",
                ExitStatus.settings)
        }
    }

    private func checkDisk(_ settings: Settings, _ report: inout DoctorReport) {
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        } catch {
            report.bad(
                "data folder", "\(settings.data) cannot be made", "give the worker's user the right to write there",
                ExitStatus.settings)
            return
        }
        guard manager.isWritableFile(atPath: settings.data) else {
            report.bad(
                "data folder", "\(settings.data) cannot be written", "give the worker's user the right to write there",
                ExitStatus.settings)
            return
        }
        let attributes = try? manager.attributesOfFileSystem(forPath: settings.data)
        guard let free = attributes?[.systemFreeSize] as? NSNumber, let all = attributes?[.systemSize] as? NSNumber
        else {
            report.good("data folder", settings.data)
            return
        }
        let percent = all.doubleValue > 0 ? Int(free.doubleValue * 100 / all.doubleValue) : 0
        if percent < 10 {
            report.bad(
                "disk", "\(percent) % free at \(settings.data)",
                "make room: mail is not taken in when the disk is full", ExitStatus.settings)
        } else {
            report.good("disk", "\(percent) % free at \(settings.data)")
        }
    }

    private func checkLedger(_ settings: Settings, _ report: inout DoctorReport) {
        do {
            let ledger = try Ledger.open(folder: settings.data, mode: .read)
            let last = try ledger.read { try $0.messages(limit: 1).first }
            let time = last.map { "last mail received \(CivilDate($0.message.received, in: settings.zone))" }
            report.good("ledger", time ?? "empty")
            try ledger.close()
        } catch let error as LedgerError where error.code == .missing {
            report.good("ledger", "none yet; the first run makes it")
        } catch {
            report.bad("ledger", "\(error)", "restore it from a backup", ExitStatus.settings)
        }
    }

    private func checkMailbox(
        _ account: Settings.Account, _ composition: Composition, _ report: inout DoctorReport
    ) async {
        let mailbox = composition.mailbox(account)
        let name = "mailbox \(account.name)"
        do {
            let status = try await mailbox.open()
            var detail = "\(status.exists) messages in \(mailbox.folder)"
            if let session = mailbox as? IMAPSession {
                let offered = await session.capabilities
                let wanted = ["MOVE", "UIDPLUS", "IDLE"].filter { !offered.contains($0) }
                detail +=
                    wanted.isEmpty
                    ? "" : "; the server lacks \(wanted.joined(separator: ", ")), which is slower but works"
            }
            report.good(name, detail)
        } catch {
            report.bad(name, "\(error)", Self.advice(error), ExitStatus.unavailable)
        }
        await mailbox.close()
    }

    private func checkOutgoing(_ composition: Composition, _ report: inout DoctorReport) async {
        let transport = composition.transport()
        switch await transport.check() {
        case nil: report.good("outgoing", "ready to take mail")
        case let trouble?:
            report.bad(
                "outgoing", trouble, "check host, port, security, user and password under `outgoing:`",
                ExitStatus.unavailable)
        }
        await transport.close()
    }

    private func checkClock(_ report: inout DoctorReport) {
        let day = CivilDate(Date(), in: .indochina)
        if (2024...2100).contains(day.year) {
            report.good("clock", "\(day)")
        } else {
            report.bad(
                "clock", "it says \(day)", "set the clock; certificates and reminders depend on it", ExitStatus.settings
            )
        }
    }

    private static func advice(_ error: MailboxError) -> String {
        switch error {
        case .unreachable: "check `host:` and `port:`, and whether the server can be reached from here"
        case .certificate: "check `host:`; a certificate of your own authority needs `ca-file:`"
        case .signInRefused: "check `user:` and the password; webmail-only accounts must have IMAP switched on"
        case .refused: "check the names of the folders"
        case .protocolViolation, .lost: "try again; if it stays, ask the server's administrator"
        case .cancelled: "try again"
        }
    }
}

/// The lines that the doctor prints.
struct DoctorReport {
    private(set) var status: ExitCode?

    mutating func good(_ what: String, _ detail: String) {
        print("ok    \(what): \(detail)")
    }

    mutating func bad(_ what: String, _ detail: String, _ remedy: String, _ status: ExitCode) {
        print("FAIL  \(what): \(detail)")
        print("      → \(remedy)")
        self.status = self.status ?? status
    }
}
