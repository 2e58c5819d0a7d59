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
            reminder. The letters wait for a press where the sheet thu says so, and leave in its hours. To be run once a day, \
            e.g. by cron.

            Example:
              formpost remind --dry-run
              formpost remind
            """)

    @Flag(help: "Show what is due; write nothing.")
    var dryRun = false

    @Option(help: "As if it were this day, e.g. 2019-12-13.")
    var on: String?

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
        let due = try campaign.ledger.read { try office.dueReminders($0, at: instant) }
        var output = StandardOutput()
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
        if due.isEmpty { try output.write("No reminder is due.") }
        try output.flush()
    }
}
