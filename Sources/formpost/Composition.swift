import Campaign
import Foundation
import Intake
import Ledger
import Logging
import Mail
import Notices
import Records
import XLSForm

/// The composition root: makes the parts of the worker from the settings.
struct Composition {
    let settings: Settings
    let logger: Logger

    init(settings: Settings) {
        self.settings = settings
        logger = Self.logger
    }

    /// Remarks and progress go to stderr; results to stdout.
    static let logger: Logger = {
        var logger = Logger(label: "formpost") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .info
        return logger
    }()

    /// - Parameter ledger: keeps the forms as they were used before; a changed one needs another version.
    func office(_ ledger: Ledger) throws -> Office {
        var contact = OfficeContact(
            from: settings.outgoing.from, generalMailbox: settings.office.generalMailbox,
            phone: settings.office.phone, maximumMessageBytes: settings.maximumMessageBytes)
        contact.limits = settings.answerLimits
        contact.isRehearsal = settings.isRehearsal
        contact.console = settings.office.console.isEmpty ? nil : settings.office.console
        return try OfficeReader(folder: FormsFolder(settings.forms), zone: settings.zone).office(
            contact: contact, after: PublishedForms(ledger))
    }

    /// - Parameter contents: of the forms folder, taken before the office was read.
    func shelf(_ office: Office, contents: FormsContents) -> OfficeShelf {
        OfficeShelf(
            office, folder: FormsFolder(settings.forms), contents: contents, read: { try self.office($0) },
            pipeline: { pipeline($0) }, logger: logger, now: { Date() })
    }

    func pipeline(_ office: Office) -> Pipeline {
        Pipeline(office: office, reader: reader(office), now: { Date() })
    }

    func worker(books: Books, office: Office) -> Worker {
        let pipeline = pipeline(office)
        var limits = IntakeLimits()
        limits.attempts = settings.maximumAttempts
        let intakes = settings.accounts.map {
            MailIntake(mailbox: mailbox($0), books: books, pipeline: pipeline, limits: limits, logger: logger)
        }
        let sender = OutboxSender(
            books: books, transport: transport(), returnPath: settings.outgoing.from, logger: logger)
        return Worker(
            intakes: intakes, sender: sender, watch: watch(), pollInterval: .seconds(settings.pollSeconds),
            logger: logger,
            now: { Date() })
    }

    /// What the worker looks after beside the mail.
    func watch() -> HouseWatch {
        HouseWatch(
            technicalContact: settings.office.technicalContact, accounts: settings.accounts.map(\.name),
            space: { [folder = settings.data] in
                DiskSpace(of: folder).map { .init(folder: folder, free: $0.free, size: $0.size) }
            })
    }

    func reader(_ office: Office) -> ReaderProcess {
        reader(rules: rules(forms: office.forms.definitions, tables: office.bindingTables))
    }

    /// Reads mail in a process of this same program.
    func reader(rules: MailReading.Rules) -> ReaderProcess {
        ReaderProcess(
            ReaderProcess.Program(executable: URL(fileURLWithPath: "/proc/self/exe"), arguments: ["read"]),
            rules: rules, logger: logger)
    }

    func rules(forms: [FormDefinition], tables: ReferenceSnapshot) -> MailReading.Rules {
        MailReading.Rules(
            trust: SenderTrust(settings: SenderTrust.Settings(settings.senderTrust)),
            automaticMail: AutomaticMail(
                ownAddresses: [settings.outgoing.from.address], ownLists: settings.ownLists),
            forms: forms, tables: tables, maximumBytes: settings.maximumMessageBytes)
    }

    /// - Parameter deadline: how long the server may take for each step.
    func mailbox(_ account: Settings.Account, deadline: Duration = .seconds(60)) -> any Mailbox {
        switch account.source {
        case .maildir(let folder):
            Maildir(account: account.name, directory: URL(fileURLWithPath: folder))
        case .imap(let imap):
            IMAPSession(
                account: account.name, server: imap.server, trust: imap.trust, user: imap.user,
                password: imap.password, folder: imap.folder, processed: imap.processed, quarantine: imap.quarantine,
                deadline: deadline)
        }
    }

    /// - Parameter deadline: how long the server may take for one message.
    func transport(deadline: Duration = .seconds(300)) -> any MailTransport {
        switch settings.outgoing.route {
        case .maildir(let folder): MaildirTransport(directory: URL(fileURLWithPath: folder))
        case .smtp(let smtp):
            SMTPSession(
                server: smtp.server, trust: smtp.trust, user: smtp.user, password: smtp.password, ownName: smtp.helo,
                deadline: deadline)
        }
    }
}
