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
        let office = try FormsOffice(try FormsLocation.folder(forms, options: options))
        guard let definition = office.forms.current(form)?.definition else {
            let known = office.forms.current.map(\.definition.identity.id).joined(separator: ", ")
            throw CommandFailure.usage("\(form): no such form; there are \(known)")
        }
        let unit = try unit.map { try office.unit($0) }
        try demandContext(of: definition, unit: unit)
        if let stage, office.campaign.plan.stage(stage) == nil {
            let known = office.campaign.plan.stages.map(\.code).joined(separator: ", ")
            throw CommandFailure.usage("--stage \(stage): no such stage; plan.xlsx has \(known)")
        }
        if let period, Int(period) == nil {
            throw CommandFailure.usage("--period \(period): no year; write it like 2019")
        }
        let blank = BlankWorkbook(form: definition, unit: unit, period: period, stage: stage)
        let path = output ?? "\(form).xlsx"
        try Data(try blank.bytes(office.campaign)).write(to: URL(fileURLWithPath: path))
        CommandFailure.say("\(path) written")
    }

    /// Locked questions cannot be filled in by the unit: the office must say them.
    private func demandContext(of form: FormDefinition, unit: UnitCode?) throws {
        func isLocked(_ name: String?) -> Bool { name.flatMap { form.question(named: $0) }?.isReadOnly ?? false }
        if isLocked(form.settings.unitQuestion), unit == nil {
            throw CommandFailure.usage("\(form.identity.id) needs --unit CODE: it is printed into the workbook")
        }
        if isLocked(form.settings.periodQuestion), period == nil {
            throw CommandFailure.usage("\(form.identity.id) needs --period YEAR: it is printed into the workbook")
        }
        if isLocked(form.settings.stageQuestion), stage == nil {
            throw CommandFailure.usage("\(form.identity.id) needs --stage CODE: it is printed into the workbook")
        }
    }
}
