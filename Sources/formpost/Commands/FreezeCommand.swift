import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Records

struct FreezeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "freeze",
        abstract: "Freezes the figures of a period.",
        discussion: """
            Later versions of these reports are received and kept, and wait for a person. Every unit whose report was filed \
            is told its final figures, by a letter that waits for a press where plan.xlsx, sheet thu, says so. It cannot be \
            undone here.

            Example:
              formpost freeze --period 2019 --document "Báo cáo số 12/BC-NV ngày 15/01/2020"
            """)

    @Option(help: "The year.")
    var period: Int

    @Option(help: "The document that reports the figures; letters name it.")
    var document = ""

    @OptionGroup var options: SettingsOption

    func run() throws {
        let campaign = try CampaignOffice(options, mode: .edit)
        let year = try campaign.year(period)
        let results = try campaign.ledger.write {
            try PeriodFreeze(office: campaign.office, transaction: $0, now: campaign.now)
                .freeze(year, by: CampaignOffice.who, document: document)
        }
        var output = StandardOutput()
        for result in results {
            let count = "frozen: \(result.letters.count) reports"
            try output.write("\(result.form) \(year)\t\(result.isOld ? "frozen before" : count)")
            for letter in result.letters { try output.write("\(letter.unit)\t\(letter.outcome.words)") }
        }
        try output.flush()
    }
}
