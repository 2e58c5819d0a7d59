import ArgumentParser
import Foundation
import Intake
import Ledger
import Records
import Review

struct AskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Asks the Labour office or another office for its opinion of a nomination.",
        discussion: """
            The letter says what, which file and until when; a plain reply to it is filed as the opinion. The Labour office is \
            the one whose e-mail stands in plan.xlsx, sheet lien_he, under ho_ngheo; others are named by their code in \
            units.xlsx.

            Example:
              formpost ask KT-2020-0017 --of labour --until 2020-05-05
              formpost ask KT-2020-0031 --of taichinh --until 2020-05-05 --question "Nghĩa vụ thuế các năm 2018, 2019."
            """)

    @Argument(help: "The receipt, in any spelling.")
    var receipt: String

    @Option(help: "labour, or a unit's code.")
    var of: String

    @Option(help: "The day until which an answer is needed, e.g. 2020-05-05.")
    var until: String

    @Option(help: "What is asked; may be given several times. Otherwise: whether the office agrees.")
    var question: [String] = []

    @OptionGroup var options: SettingsOption

    func run() throws {
        guard let day = CivilDate(iso8601: until) else {
            throw CommandFailure.usage("--until \(until): no day; write it like 2020-05-05")
        }
        let campaign = try CampaignOffice(options, mode: .edit)
        let today = CivilDate(campaign.now, in: campaign.office.zone)
        guard let asked = campaign.office.askedOffice(of, on: today) else {
            throw CommandFailure.usage(
                "--of \(of): no such office with an address; say labour (plan.xlsx, sheet lien_he, ho_ngheo) or a code of "
                    + "units.xlsx, sheet don_vi")
        }
        do {
            let outcome = try campaign.ledger.write { transaction in
                let submission = try ReceiptArgument.submission(receipt, transaction.stored)
                return try Reviewing(
                    office: campaign.office, transaction: transaction, now: campaign.now, who: CampaignOffice.who
                ).ask(asked, about: submission, until: day, questions: question)
            }
            var output = StandardOutput()
            try output.write("\(receipt)\t\(asked.name)\t\(outcome.words)")
            try output.flush()
        } catch let refusal as Reviewing.Refusal {
            if case .state(let state) = refusal {
                throw CommandFailure.usage("\(receipt): it is \(state.rawValue) now; it must be queued or in-review")
            }
            throw CommandFailure.usage("\(receipt): it is no nomination; there is nothing to ask")
        }
    }
}
