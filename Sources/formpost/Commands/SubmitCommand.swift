import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Mail
import Records

struct SubmitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Files a workbook that came by hand.",
        discussion: """
            The workbook is judged and filed as if the unit had mailed it at the time of receipt; the unit is answered by \
            mail when the worker runs. The worker must not be running on the same data folder meanwhile.

            Example:
              formpost submit "BC 2019.xlsx" --unit thienloc --received 2019-12-18T16:55 --note "USB, chị Hà nộp tại Phòng"
              formpost submit "BC 2019.xlsx" MC1.pdf --unit thienloc --received 2019-12-18 --note "Zalo"
            """)

    @Argument(
        help: .init("The workbook, and papers that came along.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(help: "The unit's code in units.xlsx.")
    var unit: String

    @Option(help: "When the unit handed it in, e.g. 2019-12-18 or 2019-12-18T16:55.")
    var received: String

    @Option(help: "How it came, for the trail.")
    var note: String

    @OptionGroup var options: SettingsOption

    func run() throws {
        let intake = try HandIntake(options)
        let office = intake.campaign.office
        let code = try intake.campaign.unit(unit)
        guard let instant = ReceivedTime.read(received, zone: office.zone), instant <= intake.campaign.now else {
            throw CommandFailure.usage(
                "--received \(received): write a time that is past, like 2019-12-18 or 2019-12-18T16:55")
        }
        let files = try files.map { path in
            NoticeAttachment(
                filename: URL(fileURLWithPath: path).lastPathComponent, contentType: "application/octet-stream",
                bytes: Data(try CommandFile.read(path)))
        }
        let filed = try intake.pipeline.submit(
            HandedIn(unit: code, files: files, received: instant, note: note, who: CampaignOffice.who),
            ledger: intake.campaign.ledger, archive: intake.archive)
        guard filed != nil else {
            throw CommandFailure.usage(
                "--unit \(unit): units.xlsx, sheet dia_chi_thu, has no address of it for that day; add one first, its "
                    + "answer goes there")
        }
        try intake.report()
    }
}

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in a folder of .eml files.",
        discussion: """
            For mail that no server hands out: saved from a web mail, or of years past. Each is taken in by its own time of \
            receipt, in that order, and once. Nothing is answered unless --answer is given. The worker must not be running on \
            the same data folder meanwhile.

            Example:
              formpost import mails-2018/
              formpost import from-webmail/ --answer
            """)

    @Argument(help: "The folder; its subfolders are looked through too.", completion: .directory)
    var folder: String

    @Flag(help: "Answer the mails as if they had just come.")
    var answer = false

    @OptionGroup var options: SettingsOption

    func run() throws {
        let paths = try Self.mails(in: folder)
        let intake = try HandIntake(options)
        let mails = try paths.map { path in
            let bytes = try CommandFile.read(path)
            return (path: path, bytes: bytes, received: ReceiptTime.of(bytes))
        }.sorted { left, right in
            let instants = (left.received ?? .distantPast, right.received ?? .distantPast)
            return instants.0 == instants.1 ? left.path < right.path : instants.0 < instants.1
        }
        var known = 0
        for (number, mail) in mails.enumerated() {
            guard let received = mail.received else {
                CommandFailure.say("\(mail.path): no Received and no Date that can be read; it is left out")
                continue
            }
            let filed = try intake.pipeline.importMail(
                mail.bytes, received: received, isAnswered: answer, ledger: intake.campaign.ledger,
                archive: intake.archive)
            if filed == nil { known += 1 }
            if (number + 1) % 500 == 0 { CommandFailure.say("\(number + 1) of \(mails.count) mails") }
        }
        if known > 0 { CommandFailure.say("\(known) of \(mails.count) mails were taken in before") }
        try intake.report()
    }

    /// - Throws: exit status 65 when there is no such folder, or it holds no mail.
    private static func mails(in folder: String) throws -> [String] {
        // A link to a folder is looked through as the folder itself.
        let folder = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard let names = FileManager.default.enumerator(atPath: folder) else {
            throw CommandFailure.unreadable(folder, "file.missing: there is no such folder")
        }
        let paths = names.compactMap { $0 as? String }.filter { $0.lowercased().hasSuffix(".eml") }.sorted()
            .map { folder + "/" + $0 }
        if paths.isEmpty { throw CommandFailure.unreadable(folder, "file.missing: there are no .eml files in it") }
        return paths
    }
}

/// The line through the house, for mail that comes by another way than the mailbox.
struct HandIntake {
    let campaign: CampaignOffice
    let pipeline: Pipeline
    let archive: Archive
    private let settings: Settings
    private let before: MessageRecord.ID?

    /// - Throws: exit status 75 when a worker is at work on the data folder.
    init(_ options: SettingsOption) throws {
        settings = try options.settings()
        campaign = try CampaignOffice(options, mode: .work)
        pipeline = Composition(settings: settings).pipeline(campaign.office)
        archive = try Archive(folder: settings.data)
        try campaign.office.recordDefinitions(in: campaign.ledger, at: campaign.now)
        before = try campaign.ledger.read { try $0.messages(limit: 1).first?.id }
    }

    /// Prints what came of it.
    func report() throws {
        let lines = try campaign.ledger.read { try $0.intake(after: before) }
        try campaign.ledger.close()
        var output = StandardOutput()
        if lines.isEmpty {
            try output.write("Nothing new.")
        } else {
            for line in IntakeTable(lines, zone: settings.zone).lines { try output.write(line) }
        }
        try output.flush()
        if lines.contains(where: { $0.notice != nil }) {
            CommandFailure.say("answers leave with the next `formpost run`")
        }
    }
}
