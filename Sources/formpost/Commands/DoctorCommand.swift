import ArgumentParser
import Foundation
import Intake
import Mail
import Records

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the settings, the forms, the disk, the mailboxes, the outgoing server, the clock.",
        discussion: """
            A line each; where one fails, what to do. Of the newest mails in a mailbox the headers are looked at: whether \
            they bear out what `sender-trust` says. Marks no mail, and changes nothing but making the folders that are \
            missing. Ends with 78 when the settings or forms are wrong, with 69 when a server cannot be used.

            Example:
              formpost doctor --config /etc/formpost/formpost.yaml
            """)

    @OptionGroup var options: SettingsOption

    /// Somebody waits for the answer.
    private static let patience = Duration.seconds(20)

    func run() async throws {
        let settings = try options.settings()
        let composition = Composition(settings: settings)
        var report = DoctorReport()
        try report.tell(Self.start(options.config))
        try report.tell([FormsCheckup.diagnosis(settings.forms, zone: settings.zone, data: settings.data)])
        try report.tell(DataCheckup.diagnoses(settings))
        try report.tell([Self.reading(composition)])
        for account in settings.accounts {
            let checkup = MailboxCheckup(account: account, senderTrust: settings.senderTrust)
            try report.tell(await checkup.diagnoses(composition.mailbox(account, deadline: Self.patience)))
        }
        try report.tell([await Self.outgoing(composition.transport(deadline: Self.patience), settings.outgoing.route)])
        try report.tell([Self.clock(settings.zone)])
        if let status = report.status { throw status }
    }

    private static func start(_ config: String) -> [Diagnosis] {
        let settings = Diagnosis.good("settings", config)
        guard getuid() == 0 else { return [settings] }
        return [
            settings,
            .note(
                "user", "root, who may read and write everything",
                "run the doctor as the user that the worker runs as: that one's rights count"),
        ]
    }

    private static func reading(_ composition: Composition) -> Diagnosis {
        do {
            guard try composition.reader(rules: composition.rules(forms: [], tables: ReferenceSnapshot())).check()
            else {
                return .note(
                    "reading", "the kernel does not keep the reading process from files and the network",
                    "allow seccomp filters where the worker runs, for example in the container's settings")
            }
            return .good("reading", "in a process without files and network")
        } catch {
            return .bad("reading", "\(error)", "let the worker's user run the program formpost")
        }
    }

    private static func outgoing(
        _ transport: any MailTransport, _ route: Settings.Outgoing.Route
    ) async -> Diagnosis {
        let trouble = await transport.check()
        await transport.close()
        guard let trouble else { return .good("outgoing", "ready to take mail") }
        let remedy =
            switch route {
            case .maildir(let folder): "give the worker's user the right to write \(folder), or correct `maildir:`"
            case .smtp:
                "check what stands under `smtp:`: host, port and security, user and password; a certificate of your own "
                    + "authority needs `ca-file:`, one for another name `certificate-name:`"
            }
        return .bad("outgoing", trouble, remedy, ExitStatus.unavailable)
    }

    private static func clock(_ zone: OfficeZone) -> Diagnosis {
        let day = CivilDate(Date(), in: zone)
        guard !(2024...2100).contains(day.year) else { return .good("clock", "\(day)") }
        return .bad("clock", "it says \(day)", "set the clock; certificates and reminders depend on it")
    }
}
