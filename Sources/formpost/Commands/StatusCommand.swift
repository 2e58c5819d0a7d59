import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Records
import XLSForm

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Who owes what, and who has sent it.",
        discussion: """
            A line for each form that a unit owes for the year: the unit's name, the form, how far it is (missing, correction, \
            waiting, filed), when the newest version came, its receipt, and the due day where the office has set one.

            Example:
              formpost status --period 2019
              formpost status --period 2019 --json
            """)

    @Option(help: "The year; the newest one that the plan asks reports for, otherwise.")
    var period: Int?

    @OptionGroup var options: SettingsOption

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let campaign = try CampaignOffice(options, mode: .read)
        let year = try campaign.year(period)
        let lines = try campaign.ledger.read { stored in
            try campaign.office.duties(of: year, stored).map { Line($0, in: campaign.office) }
        }
        var output = StandardOutput()
        for line in lines { try output.write(json ? JSONLine.text(line) : line.text) }
        try output.flush()
        for form in Set(lines.map(\.form)).sorted() {
            let owed = lines.filter { $0.form == form }
            let filed = owed.count { $0.state == DutyState.filed.rawValue }
            CommandFailure.say("\(form) \(year): \(filed) of \(owed.count) filed")
        }
    }

    private struct Line: Encodable {
        let unit: String
        let name: String
        let form: String
        let period: String
        let state: String
        let received: String?
        let receipt: String?
        let due: String?

        init(_ duty: OwedDuty, in office: Office) {
            let obligation = duty.duty.obligation
            unit = duty.duty.unit.rawValue
            name = office.campaign.units.label(of: duty.duty.unit, on: CivilDate(lastOf: obligation.year))
            form = obligation.form
            period = String(obligation.year)
            state = duty.state.rawValue
            received = duty.received.map { CivilDate($0, in: office.zone).description }
            receipt = duty.standing?.submission.receipt.description
            due = obligation.due?.day.description
        }

        var text: String {
            [name, form, period, state, received ?? "", receipt ?? "", due ?? ""].joined(separator: "\t")
        }
    }
}
