import Foundation
import Testing

/// What holds for every command: help, wrong usage, settings.
@Suite struct CommandLineTests {
    static let commands = [
        "init", "doctor", "run", "check", "template", "validate", "cells", "mail", "evaluate", "quarantine",
    ]

    @Test(arguments: commands)
    func helpHasAnExample(command: String) throws {
        let run = try ProgramRun([command, "--help"], in: Scratch())
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("Example:\n"))
        #expect(run.output.contains("\n  formpost \(command)") || run.output.contains(" | formpost \(command)"))
    }

    @Test(arguments: [
        ["nonsense"], ["cells"], ["cells", "--nonsense", "x"], ["mail"], ["template"], ["validate"],
        ["evaluate", "--types"], ["check", "--forms"],
    ])
    func wrongUsageIs64(arguments: [String]) throws {
        let run = try ProgramRun(arguments, in: Scratch())
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    /// Whoever errs is told what there is, or what to write instead.
    @Test(arguments: [
        (["nonsense"], 64, "quarantine"), (["run", "--answer"], 64, "--since"),
        (["run", "--since", "yesterday"], 64, "2019-12-01"), (["init", "new"], 64, "--forms"),
        (["doctor"], 78, "formpost init"), (["doctor", "--config", "."], 78, "formpost.yaml"),
        (["validate", "x.xlsx"], 78, "--forms"), (["template", "x"], 78, "--forms"),
        (["template", "x", "--forms", Repository.path("Forms")], 64, "bao_cao_xa"),
        (["template", "bao_cao_xa", "--forms", Repository.path("Forms")], 64, "--unit"),
        (["template", "bao_cao_xa", "--unit", "x", "--forms", Repository.path("Forms")], 64, "don_vi"),
        (["check", Repository.path("Forms")], 65, "--forms"),
        (["check", Repository.path(Repository.sheets + "inline.xlsx")], 1, "formpost validate"),
        (
            ["validate", Repository.path("Forms/bao_cao_xa.xlsx"), "--forms", Repository.path("Forms")], 65,
            "formpost check"
        ),
    ])
    func messagesSayWhatToDo(arguments: [String], status: Int32, hint: String) throws {
        let run = try ProgramRun(arguments, in: Scratch())
        #expect(run.status == status)
        #expect(run.errors.contains(hint))
    }

    static let readers = [["cells"], ["mail"], ["validate"], ["evaluate", "--instance"], ["check"]]

    @Test(arguments: readers, [("missing", "file.missing"), (".", "file.unreadable")])
    func anInputThatCannotBeReadIs65(arguments: [String], _ input: (path: String, code: String)) throws {
        let forms = ["cells", "mail"].contains(arguments[0]) ? [] : ["--forms", Repository.path("Forms")]
        let run = try ProgramRun(arguments + [input.path] + forms, in: Scratch())
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("\(input.path): \(input.code): "))
    }

    static let formCommands = [
        ["check"], ["template", "bao_cao_xa", "--unit", "thienloc", "--period", "2019"],
        ["validate", Repository.path(Repository.sheets + "inline.xlsx")], ["evaluate", "--types", "bao_cao_xa"],
    ]

    @Test(arguments: formCommands)
    func namedSettingsMustBeThere(arguments: [String]) throws {
        let run = try ProgramRun(arguments + ["--config", "missing.yaml"], in: Scratch())
        #expect(run.status == 78)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("missing.yaml: "))
    }

    @Test(arguments: ["time-zone: soon", "form: Forms", "forms: ''", "- list", "a: [", ""])
    func wrongSettingsAre78(yaml: String) throws {
        let scratch = try Scratch()
        _ = try scratch.write("formpost.yaml", yaml.utf8)
        let run = try ProgramRun(["check"], in: scratch)
        #expect(run.status == 78)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("formpost.yaml: "))
    }

    /// Whoever checks forms needs no mailbox and no password.
    @Test func settingsNameTheForms() throws {
        let scratch = try Scratch()
        _ = try scratch.write("formpost.yaml", "forms: \(Repository.path("Forms"))\n".utf8)
        let run = try ProgramRun(["check"], in: scratch)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
    }

    @Test func theEnvironmentOverridesTheSettings() throws {
        let scratch = try Scratch()
        _ = try scratch.write("formpost.yaml", "forms: nowhere\ntime-zone: '+01:00'\n".utf8)
        let environment = ["FORMPOST_FORMS": Repository.path("Forms"), "FORMPOST_TIME_ZONE": "+09:00"]
        let run = try ProgramRun(
            ["evaluate", "--types", "bao_cao_xa"], input: "substring(string(now()), 24)\n", environment: environment,
            in: scratch)
        #expect(run.status == 0)
        #expect(run.lines == [#"{"type":"text","value":"+09:00"}"#])
    }

    @Test func aWrongValueInTheEnvironmentIs78() throws {
        let run = try ProgramRun(["evaluate"], environment: ["FORMPOST_TIME_ZONE": "soon"], in: Scratch())
        #expect(run.status == 78)
        #expect(run.errors.contains("time-zone"))
    }

    /// A password given in the environment appears nowhere, whatever else is wrong.
    @Test func secretsStaySecret() throws {
        let scratch = try Scratch()
        let yaml = """
            accounts: [{name: a, imap: {host: h, user: u, security: nonsense}}]
            outgoing: {from: nobody, smtp: {host: h}}
            """
        _ = try scratch.write("formpost.yaml", yaml.utf8)
        let run = try ProgramRun(
            ["run", "--once"],
            environment: ["FORMPOST_PASSWORD_A": "hush-hush", "FORMPOST_SMTP_PASSWORD": "hush-hush"],
            in: scratch)
        #expect(run.status == 78)
        #expect(run.errors.contains("nonsense"))
        #expect(!run.errors.contains("hush-hush"))
    }
}
