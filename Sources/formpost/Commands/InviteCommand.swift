import ArgumentParser
import Campaign
import Foundation
import Intake
import Ledger
import Records

struct InviteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Mails each unit its own blank workbooks.",
        discussion: """
            The workbooks hold the unit, the year or stage, and the figures that the office has already. The letters wait \
            for a press where plan.xlsx, sheet thu, says so: `formpost outbox list` shows them, `formpost outbox approve` \
            lets them go; a running worker sends them. A unit is invited once, unless --again is given.

            Example:
              formpost invite --period 2019
              formpost invite --stage tong_ket_2020 --unit thienloc
            """)

    @Option(help: "The year: each unit gets the reports that it owes for it.")
    var period: Int?

    @Option(help: "The code of a stage in plan.xlsx: each unit gets the nominations of that stage.")
    var stage: String?

    @Option(help: "Only this unit: its code in units.xlsx.")
    var unit: String?

    @Flag(help: "Also the units that were invited before.")
    var again = false

    @OptionGroup var options: SettingsOption

    func run() throws {
        guard (period == nil) != (stage == nil) else {
            throw CommandFailure.usage("give either --period YEAR or --stage CODE, e.g. --period 2019")
        }
        let campaign = try CampaignOffice(options, mode: .edit)
        let office = campaign.office
        let only = try unit.map { try campaign.unit($0) }
        if let code = stage {
            guard let stage = office.campaign.plan.stage(code) else {
                let known = office.campaign.plan.stages.map(\.code).joined(separator: ", ")
                throw CommandFailure.usage("--stage \(code): no such stage; plan.xlsx has \(known)")
            }
            let today = CivilDate(campaign.now, in: office.zone)
            let units = only.map { [$0] } ?? office.campaign.units.units(on: today).map(\.code)
            try write(campaign, units) { try $0.invite($1, stage: stage, again: again) }
        } else {
            let year = try campaign.year(period)
            var seen = Set<UnitCode>()
            let owing = office.campaign.duties(year: year).map(\.unit).filter { seen.insert($0).inserted }
            try write(campaign, only.map { [$0] } ?? owing) { try $0.invite($1, year: year, again: again) }
        }
    }

    private func write(
        _ campaign: CampaignOffice, _ units: [UnitCode],
        _ invite: (CampaignLetters, UnitCode) throws -> CampaignLetters.Outcome
    ) throws {
        var output = StandardOutput()
        for unit in units {
            let outcome = try campaign.ledger.write {
                try invite(CampaignLetters(office: campaign.office, transaction: $0, now: campaign.now), unit)
            }
            try output.write("\(unit)\t\(outcome.words)")
        }
        try output.flush()
    }
}

extension CampaignLetters.Outcome {
    /// For a terminal.
    var words: String {
        switch self {
        case .written(let address, let isHeld): "\(isHeld ? "held" : "pending")\t\(address)"
        case .alreadyWritten: "written before"
        case .noAddress: "no address in units.xlsx, sheet dia_chi_thu"
        case .nothing: "nothing to send"
        }
    }
}
