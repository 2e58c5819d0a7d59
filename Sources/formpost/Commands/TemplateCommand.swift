import ArgumentParser
import Campaign
import Foundation
import Intake
import Records
import XLSForm

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Writes the blank workbook of a form.",
        discussion: """
            A form whose unit and period or stage are printed by the office needs --unit and --period or --stage.

            Example:
              formpost template bao_cao_xa --unit thienloc --period 2019 -o "BC 2019 Thien Loc.xlsx"
              formpost template dn_tai_tro --unit thienloc --stage tong_ket_2020
            """)

    @Argument(help: "The form's id.")
    var form: String

    @Option(help: "The unit's code in units.xlsx.")
    var unit: String?

    @Option(help: "The year of a report.")
    var period: String?

    @Option(help: "The code of a stage in plan.xlsx.")
    var stage: String?

    @Option(name: .shortAndLong, help: "The workbook to write; FORM.xlsx otherwise.", completion: .file())
    var output: String?

    @Option(help: "The forms folder; the settings name it otherwise.", completion: .directory)
    var forms: String?

    @OptionGroup var options: SettingsOption

    func run() throws {
        if period != nil, stage != nil { throw CommandFailure.usage("give either --period or --stage") }
        let office = try FormsOffice(FormsLocation(forms, options: options))
        let definition = try office.form(form, option: "").definition
        let unit = try unit.map { try office.unit($0) }
        try checkContext(of: definition, unit: unit)
        if let stage, office.campaign.plan.stage(stage) == nil {
            let known = office.campaign.plan.stages.map(\.code).joined(separator: ", ")
            throw CommandFailure.usage("--stage \(stage): no such stage; plan.xlsx has \(known)")
        }
        if let period, CivilDate(iso8601: "\(period)-12-31") == nil {
            throw CommandFailure.usage("--period \(period): no year; write it like 2019")
        }
        if let years = office.campaign.plan.years, let period, let year = Int(period), !years.contains(year) {
            CommandFailure.say(
                "--period \(period): plan.xlsx speaks of the years \(years.lowerBound)–\(years.upperBound) only; is it meant?"
            )
        }
        let blank = BlankWorkbook(form: definition, unit: unit, period: period, stage: stage)
        try CommandFile.write(try blank.bytes(office.campaign), to: output ?? "\(form).xlsx")
    }

    /// Locked questions cannot be filled in by the unit: the office must say them.
    private func checkContext(of form: FormDefinition, unit: UnitCode?) throws {
        let given = [
            (form.settings.unitQuestion, unit != nil, "--unit CODE"),
            (form.settings.periodQuestion, period != nil, "--period YEAR"),
            (form.settings.stageQuestion, stage != nil, "--stage CODE"),
        ]
        for (name, isGiven, option) in given where !isGiven {
            if let name, let question = form.question(named: name), question.isReadOnly {
                throw CommandFailure.usage("\(form.identity.id) needs \(option): it is printed into the workbook")
            }
        }
    }
}
