import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Records

struct RemindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind",
        abstract: "Writes the reminders that are due.",
        discussion: """
            One letter a unit and day lists all that is due; nobody is reminded of what has arrived. plan.xlsx, sheet \
            nghia_vu, says how many days before and after the due day; without a due day and its document there is no \
            reminder. After the due day the unit's leader gets a copy, and from the second reminder on the Council member of \
            the cluster a list. The letters wait for a press where the sheet thu says so, and leave in its hours. To be run \
            once a day, e.g. by cron.

            With --period it reminds of what has no due day, at once and on your word alone: nobody is called late.

            Example:
              formpost remind --dry-run
              formpost remind
              formpost remind --period 2020 --form bao_cao_xa
            """)

    @Flag(help: "Show what is due; write nothing.")
    var dryRun = false

    @Option(help: "As if it were this day, e.g. 2019-12-13.")
    var on: String?

    @Option(help: "Remind of what this year asks for without a due day.")
    var period: Int?

    @Option(help: "With --period: of this form only.")
    var form: String?

    @OptionGroup var options: SettingsOption

    func run() throws {
        let campaign = try CampaignOffice(options, mode: dryRun ? .read : .edit)
        let office = campaign.office
        let now = try on.map { text in
            guard let instant = ReceivedTime.read(text, zone: office.zone) else {
                throw CommandFailure.usage("--on \(text): write it like 2019-12-13 or 2019-12-13T08:00")
            }
            return instant
        }
        let instant = now ?? campaign.now
        if form != nil, period == nil { throw CommandFailure.usage("--form goes with --period YEAR") }
        let year = try period.map { try campaign.year($0) }
        let due = try campaign.ledger.read { stored in
            guard let year else { return try office.dueReminders(stored, at: instant) }
            return try office.remindersWithoutDueDay(of: year, form: form, stored)
        }
        let lists = try year == nil ? campaign.ledger.read { try office.dueOverdueLists($0, at: instant) } : []
        var output = StandardOutput()
        var isNothing = due.isEmpty
        for reminder in due {
            let forms = reminder.items.map { "\($0.duty.obligation.form) \($0.duty.obligation.year)" }
            var line = "\(reminder.unit)\t\(forms.joined(separator: ", "))"
            if !dryRun {
                let outcome = try campaign.ledger.write {
                    try CampaignLetters(office: office, transaction: $0, now: instant).remind(reminder)
                }
                line += "\t\(outcome.words)"
            }
            try output.write(line)
        }
        for list in lists {
            let outcome =
                dryRun
                ? nil
                : try campaign.ledger.write {
                    try CampaignLetters(office: office, transaction: $0, now: instant).tell(list)
                }
            if outcome == .alreadyWritten { continue }
            let forms = list.obligations.map { "\($0.form) \($0.year)" }
            var line = "\(list.cluster.code)\t\(forms.joined(separator: ", ")): \(list.owed.count) owed"
            if let outcome { line += "\t\(outcome.words)" }
            try output.write(line)
            isNothing = false
        }
        if isNothing { try output.write("No reminder is due.") }
        try output.flush()
    }
}
