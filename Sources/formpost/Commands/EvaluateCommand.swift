import ArgumentParser
import Campaign
import Foundation
import Intake
import Records
import XLSForm

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answers expressions from stdin, one a line.",
        discussion: """
            Each line is answered by one JSON object: {"type","value"}, or {"error","column"}; column counts from 1. Type \
            is number, text, boolean, date or nodes; numbers that JSON has not are texts: "NaN", "Infinity". With \
            --types, look-ups see the form's tables and choices, plan.xlsx and units.xlsx, and no reports.

            Example:
              echo 'round(5.1 - 3.85, 2)' | formpost evaluate
              echo 'sum(/data/ho/tien)' | formpost evaluate --instance answers.xml --context /data/ho
              echo "count(instance('don_vi')/root/item)" | formpost evaluate --types bao_cao_xa
            """)

    @Option(help: "An instance: XML as ODK writes it.", completion: .file(extensions: ["xml"]))
    var instance: String?

    @Option(help: "The path that `.` stands for.")
    var context: String?

    @Option(help: "The id of a form that gives the nodes their types and ${name} its meaning.")
    var types: String?

    @Option(help: "The forms folder; the settings name it otherwise.", completion: .directory)
    var forms: String?

    @OptionGroup var options: SettingsOption

    func run() throws {
        let location = try FormsLocation(forms, options: options)
        let office = try types.map { _ in try FormsOffice(location) }
        let form = try types.flatMap { try office?.form($0, option: "--types ") }
        let scope = form?.expressionScope
        var evaluation = context(of: try readInstance(scope, location.zone), office, form, location.zone)
        var node: Instance.Node?
        if let context {
            node = try? ExpressionConsole.node(at: context, in: &evaluation)
            guard node != nil else { throw CommandFailure.usage("--context \(context): no such node in the instance") }
        }
        var console = ExpressionConsole(context: evaluation, scope: scope, at: node)
        // Each answer leaves at once: whoever asks the next question may wait for it.
        while let line = readLine(strippingNewline: true) {
            try StandardOutput.line(console.answer(line))
        }
    }

    /// With a form, its own tables and choices, and those of the plan and the units as they are today.
    private func context(
        of instance: Instance, _ office: FormsOffice?, _ form: CompiledForm?, _ zone: OfficeZone
    ) -> EvaluationContext {
        let now = Date()
        guard let office, let form else { return EvaluationContext(instance: instance, received: now, zone: zone) }
        let snapshot = office.campaign.snapshot(accepted: [], on: CivilDate(now, in: zone))
        return form.evaluationContext(of: instance, snapshot: snapshot, received: now, zone: zone)
    }

    private func readInstance(_ scope: ExpressionScope?, _ zone: OfficeZone) throws -> Instance {
        guard let path = instance else { return Instance() }
        let bytes = try CommandFile.read(path)
        do {
            return try InstanceReader.read(bytes, scope: scope, zone: zone)
        } catch {
            throw CommandFailure.unreadable(
                path, "file.damaged: line \(error.line): not well-formed XML, or not an instance")
        }
    }
}
