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
        let forms = Set(campaign.office.campaign.duties(year: year).map(\.obligation.form)).sorted()
        var output = StandardOutput()
        for form in forms {
            do {
                let lines = try campaign.ledger.write { try freeze(form, String(year), campaign, $0) }
                for line in lines { try output.write(line) }
            } catch let error as LedgerError where error.code == .conflict {
                try output.write("\(form) \(year)\tfrozen before")
            }
        }
        try output.flush()
    }

    private func freeze(
        _ form: String, _ year: String, _ campaign: CampaignOffice, _ transaction: LedgerTransaction
    ) throws -> [String] {
        try transaction.freeze(
            form: form, period: year, by: CampaignOffice.who, document: document, at: campaign.now)
        let standings = try transaction.stored.dutyStandings(form: form, period: year)
        let letters = CampaignLetters(office: campaign.office, transaction: transaction, now: campaign.now)
        let record = FreezeRecord(
            form: form, period: year, frozen: campaign.now, who: CampaignOffice.who, document: document)
        let filed = standings.filter { $0.value.filed != nil }.sorted { $0.key < $1.key }
        return try ["\(form) \(year)\tfrozen: \(filed.count) reports"]
            + filed.map { "\($0.key)\t\(try letters.tellFrozen($0.value, record).words)" }
    }
}
