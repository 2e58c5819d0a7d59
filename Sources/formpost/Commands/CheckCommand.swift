import ArgumentParser
import Foundation
import Intake
import Ledger
import Records
import Sheets
import XLSForm

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks form definitions, plan.xlsx, units.xlsx and the notices.",
        discussion: """
            Says for each problem the file, the sheet, the row, the column, and what to do. Without arguments the whole \
            forms folder is checked. A form that has changed since the worker used it needs another version: the \
            ledger of the data folder tells. Ends with 1 when something is to be mended.

            Example:
              formpost check
              formpost check Forms/bao_cao_xa.xlsx --json
            """)

    @Argument(help: "Form workbooks; none means everything in the forms folder.", completion: .file())
    var definitions: [String] = []

    @Option(help: "The forms folder; the settings name it otherwise.", completion: .directory)
    var forms: String?

    @OptionGroup var options: SettingsOption

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let location = try FormsLocation(forms, options: options)
        let reader = OfficeReader(folder: location.folder, zone: location.zone)
        for path in definitions { try look(path) }
        let published = Self.published(in: location.data)
        let problems =
            try definitions.isEmpty
            ? reader.problems(after: published)
            : definitions.flatMap { try reader.problems(ofForm: $0, after: published) }
        var output = StandardOutput()
        for problem in problems { try output.write(json ? try JSONLine.text(Line(problem)) : problem.sentence) }
        if problems.isEmpty, !json { try output.write("Nothing to mend.") }
        try output.flush()
        if !problems.isEmpty { throw ExitStatus.findings }
    }

    /// Forms can be checked where there is no ledger, or none that this user may read.
    private static func published(in folder: String) -> PublishedForms {
        do {
            return PublishedForms(try Ledger.open(folder: folder, mode: .read))
        } catch {
            if error.code != .missing {
                CommandFailure.say("\(folder): \(error); whether a changed form needs another version is not checked")
            }
            return PublishedForms(nil)
        }
    }

    private func look(_ path: String) throws {
        if FormsFolder.isForm(path), FolderState(path) == .filled { return }
        let bytes: [UInt8]
        do {
            bytes = try CommandFile.read(path)
        } catch {
            if FolderState(path) == .filled {
                CommandFailure.say("`formpost check --forms \(path)` checks a whole folder")
            }
            throw error
        }
        // A workbook that is none of a form's is a finding, and most often the one that was filled in.
        if let workbook = try? WorkbookReader.read(bytes), !FormReader.isDefinition(workbook) {
            CommandFailure.say(
                "\(path): no definition of a form; `formpost validate` judges a workbook that is filled in")
        }
    }

    private struct Line: Encodable {
        let file: String
        let sheet: String?
        let row: Int?
        let column: String?
        let code: String
        let message: String
        let remedy: String

        init(_ problem: OfficeProblem) {
            file = problem.file
            sheet = problem.sheet
            row = problem.row
            column = problem.column
            code = problem.code
            message = problem.message
            remedy = problem.remedy
        }

        enum CodingKeys: String, CodingKey { case file, sheet, row, column, code, message, remedy }

        /// Machines find every key on every line.
        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(file, forKey: .file)
            try values.encode(sheet, forKey: .sheet)
            try values.encode(row, forKey: .row)
            try values.encode(column, forKey: .column)
            try values.encode(code, forKey: .code)
            try values.encode(message, forKey: .message)
            try values.encode(remedy, forKey: .remedy)
        }
    }
}

/// One JSON object on one line.
enum JSONLine {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
