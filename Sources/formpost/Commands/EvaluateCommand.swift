import ArgumentParser
import Foundation
import Intake
import Records
import XLSForm

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answers expressions from stdin, one a line.",
        discussion: """
            Each line is answered by one JSON object: {"type","value"}, or {"error","column"}.

            Example:
              echo 'round(5.1 - 3.85, 2)' | formpost evaluate
              echo 'sum(/data/ho/tien)' | formpost evaluate --instance answers.xml --context /data/ho
            """)

    @Option(help: "An instance: XML as ODK writes it.", completion: .file(extensions: ["xml"]))
    var instance: String?

    @Option(help: "The path that `.` stands for.")
    var context: String?

    @Option(help: "A form whose questions give the nodes their types, and ${name} its meaning.")
    var types: String?

    @Option(help: "The forms folder; the settings name it otherwise.", completion: .directory)
    var forms: String?

    @OptionGroup var options: SettingsOption

    func run() throws {
        let scope = try types.map { id in
            let office = try FormsOffice(try FormsLocation.folder(forms, options: options))
            guard let form = office.forms.current(id) else { throw CommandFailure.usage("--types \(id): no such form") }
            return form.expressionScope
        }
        let instance = try readInstance(scope)
        var evaluation = EvaluationContext(instance: instance, received: Date(), zone: .indochina)
        var node: Instance.Node?
        if let context {
            node = try? ExpressionConsole.node(at: context, in: &evaluation)
            guard node != nil else { throw CommandFailure.usage("--context \(context): no such node in the instance") }
        }
        var console = ExpressionConsole(context: evaluation, scope: scope, at: node)
        while let line = readLine(strippingNewline: true) {
            print(console.answer(line))
        }
    }

    private func readInstance(_ scope: ExpressionScope?) throws -> Instance {
        guard let path = instance else { return Instance() }
        let bytes = try InputFile.read(path)
        do {
            return try InstanceReader.read(bytes, scope: scope)
        } catch {
            throw CommandFailure.unreadable(path, "line \(error.line): not well-formed, or not an instance")
        }
    }
}
