import Foundation
import Sheets
import Testing

@testable import XLSForm

/// The forms that pyxform's own tests try, as `Scripts/record-pyxform --suite` recorded them: with how many of those that
/// use types meant here do we agree? They are pyxform's and no part of this project, so that this counts only where
/// FORMPOST_PYXFORM_SUITE names the record.
@Suite(.enabled(if: PyxformSuite.path != nil)) struct PyxformSuiteTests {
    @Test func agreesWithPyxformsOwnForms() throws {
        let forms = try PyxformSuite.read()
        let meant = forms.filter(\.usesTypesMeantHere)
        var (disagreed, unlike, paths) = (0, 0, 0)
        for form in meant {
            let problems = FormCheck.problems(form.workbook, file: "f.xlsx").filter { $0.severity == .error }
            if problems.isEmpty != form.accepted {
                disagreed += 1
                print(form.accepted ? "refused here only:" : "accepted here only:", form.test)
                for problem in problems.prefix(3) { print("   ", problem.code.rawValue, problem.message) }
            } else if form.accepted {
                let differences = try form.differingPaths()
                paths += form.bindings?.values.map(\.count).reduce(0, +) ?? 0
                unlike += differences.isEmpty ? 0 : 1
                for difference in differences { print("other paths:", form.test, difference) }
            }
        }
        let agreed = meant.count - disagreed - unlike
        print(
            "\(forms.count) forms, \(meant.count) of types meant here, \(agreed) agree: \(disagreed) are taken by one",
            "of the two only, \(unlike) have other paths (of \(paths) compared)")
        #expect(forms.count > 1_000)
        #expect(agreed * 100 >= meant.count * 95)
    }
}

enum PyxformSuite {
    static let path = ProcessInfo.processInfo.environment["FORMPOST_PYXFORM_SUITE"]

    static func read() throws -> [Form] {
        let data = try Data(contentsOf: URL(filePath: path ?? ""))
        return try JSONDecoder().decode([Form].self, from: data)
    }

    struct Form: Decodable {
        struct Table: Decodable {
            let name: String
            let rows: [[String?]]
        }

        let test: String
        let sheets: [Table]
        let accepted: Bool
        let bindings: [String: [String: String]]?

        var workbook: Workbook {
            let sheets = sheets.map { table in
                let cells = table.rows.enumerated().flatMap { row, texts in
                    texts.enumerated().compactMap { column, text in
                        text.flatMap { $0.isEmpty ? nil : Cell(row: row + 1, column: column + 1, value: .text($0)) }
                    }
                }
                return Sheet(name: table.name, cells: cells)
            }
            return Workbook(format: .xlsx, sheets: sheets)
        }

        private var survey: SheetTable? {
            FormSheets(workbook).survey.map { SheetTable($0, columns: .survey) }
        }

        /// Nothing in it is refused for its type's own sake, as positions, recordings and repeats in a repeat are; and it
        /// says nothing of ODK's entities.
        var usesTypesMeantHere: Bool {
            guard !sheets.contains(where: { $0.name.lowercased() == "entities" }) else { return false }
            guard let survey else { return true }
            if survey.heads.contains(where: { $0.name == "save_to" }) { return false }
            var open: [Bool] = []
            for row in survey.rows {
                switch survey.text("type", in: row).map({ SurveyType($0) }) {
                case .refused: return false
                case .begin(let isRepeat):
                    if isRepeat, open.contains(true) { return false }
                    open.append(isRepeat)
                case .end: _ = open.popLast()
                default: continue
                }
            }
            return true
        }

        /// Expressions that do not mean what they mean in the XForm, left aside what `PyxformDifferences.bindings` tells
        /// of: nodes that pyxform makes of its own accord, and calculations that wait for a trigger.
        func differingPaths() throws -> [String] {
            guard let theirs = bindings else { return [] }
            guard let definition = FormReader.read(workbook, file: "f.xlsx", sha256: "").form else { return ["unread"] }
            let ours = FormBindings(definition).trees
            let known = Set(definition.questions.map(\.nodePath))
            var differences: [String] = []
            for path in Set(theirs.keys).union(ours.keys).sorted() {
                let isMade = path.hasSuffix("_count") || path.hasSuffix("_other")
                if isMade, !known.contains(path) { continue }
                let kinds = Set((theirs[path] ?? [:]).keys).union((ours[path] ?? [:]).keys)
                for kind in kinds.sorted() {
                    let text = theirs[path]?[kind]
                    if kind == "required", text == "false()" { continue }
                    if kind == "calculate", text == nil, waitsForTrigger(path) { continue }
                    if try text.map({ try Expression($0).syntax }) != ours[path]?[kind] {
                        differences.append("\(path) \(kind): \(text ?? "-") | \(ours[path]?[kind]?.description ?? "-")")
                    }
                }
            }
            return differences
        }

        private func waitsForTrigger(_ path: String) -> Bool {
            survey?.rows.contains { row in
                survey?.text("trigger", in: row) != nil
                    && path.hasSuffix("/" + (survey?.text("name", in: row) ?? "?"))
            } ?? false
        }
    }
}
