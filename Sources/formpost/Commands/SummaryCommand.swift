import ArgumentParser
import Campaign
import Exports
import Foundation
import Intake
import Ledger
import Records
import Sheets

struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Writes the consolidated report of a year.",
        discussion: """
            A workbook: results by target and unit (E3), the movement of poor and near-poor households (E5), who has reported \
            (E4), what units propose (E9), and how the figures were computed. Rates are sums over sums, of the units whose \
            report counts.

            Example:
              formpost summary --period 2019 -o tong-hop-2019.xlsx
            """)

    @Option(help: "The year.")
    var period: Int

    @Option(name: .shortAndLong, help: "The workbook to write; tong-hop_YEAR_DAY.xlsx otherwise.", completion: .file())
    var output: String?

    @OptionGroup var options: SettingsOption

    func run() throws {
        let campaign = try CampaignOffice(options, mode: .read)
        let year = try campaign.year(period)
        let report = try campaign.ledger.read {
            try ConsolidatedReport(of: year, campaign.office, $0, at: campaign.now)
        }
        let today = CivilDate(campaign.now, in: campaign.office.zone)
        try CommandFile.write(try WorkbookWriter.write(report.draft), to: output ?? "tong-hop_\(year)_\(today).xlsx")
        CommandFailure.say(report.remark)
    }
}
