import Digest
import Foundation
import Sheets
import Testing

@testable import XLSForm

/// Our reading of forms beside pyxform's, as `Scripts/record-pyxform` recorded it.
@Suite struct PyxformTests {
    @Test func recordsEveryForm() throws {
        let record = try #require(PyxformRecord.read())
        #expect(PyxformCase.all.count > 100)
        #expect(Set(record.forms.keys) == Set(PyxformCase.all.map(\.name)))
        let names = Set(PyxformCase.all.map(\.name))
        #expect(names.isSuperset(of: PyxformDifferences.acceptance.keys))
        #expect(names.isSuperset(of: PyxformDifferences.silent.keys))
        #expect(names.isSuperset(of: PyxformDifferences.bindings.keys))
    }

    @Test(arguments: PyxformCase.all)
    func takesWhatPyxformTakes(_ form: PyxformCase) throws {
        let recorded = try #require(form.recorded)
        let problems = FormCheck.problems(form.workbook, file: "f.xlsx")
        let isAccepted = !problems.contains { $0.severity == .error }
        if let difference = PyxformDifferences.acceptance[form.name] {
            #expect(isAccepted == difference.isAccepted)
            #expect(recorded.accepted != difference.isAccepted)
        } else {
            #expect(isAccepted == recorded.accepted)
        }
        if isAccepted, recorded.accepted, recorded.warned == true {
            #expect(problems.isEmpty == (PyxformDifferences.silent[form.name] != nil))
        }
    }

    @Test(arguments: PyxformCase.all)
    func saysWhatItFoundAndWhere(_ form: PyxformCase) {
        let problems = FormCheck.problems(form.workbook, file: "f.xlsx")
        let found = problems.map { problem in
            PyxformCase.Found(
                code: problem.code.rawValue, sheet: problem.sheet, row: problem.row, column: problem.column)
        }
        #expect(Set(found) == Set(form.found))
        #expect(problems.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty })
    }

    @Test(arguments: PyxformCase.all)
    func meansTheSamePaths(_ form: PyxformCase) throws {
        let recorded = try #require(form.recorded)
        let (definition, _) = FormReader.read(form.workbook, file: "f.xlsx", sha256: "")
        guard PyxformDifferences.acceptance[form.name] == nil, let definition, let theirs = recorded.bindings else {
            #expect(!recorded.accepted || PyxformDifferences.acceptance[form.name] != nil)
            return
        }
        let expected = try Self.trees(of: theirs)
        var ours = FormBindings(definition).trees
        if let known = PyxformDifferences.bindings[form.name] {
            #expect(ours[known.path]?[known.kind] != expected[known.path]?[known.kind])
            ours[known.path, default: [:]][known.kind] = expected[known.path]?[known.kind]
        }
        #expect(ours.filter { !$0.value.isEmpty } == expected)
    }

    /// The forms that the office uses go through pyxform as they are, without a word.
    @Test func officeFormsPassPyxform() throws {
        let record = try #require(PyxformRecord.read())
        #expect(record.office.count >= 3)
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        var compared = 0
        for (path, form) in record.office {
            let bytes = [UInt8](try Data(contentsOf: root.appending(path: path)))
            // Another digest says that the form has changed: Scripts/record-pyxform records it again.
            #expect(form.sha256 == Digest.hex(.sha256, of: bytes), "\(path)")
            #expect(form.accepted && form.warned == false, "\(path)")
            let read = FormReader.read(try WorkbookReader.read(bytes), file: path, sha256: "")
            let bindings = FormBindings(try #require(read.form)).trees
            #expect(bindings == (try Self.trees(of: form.bindings ?? [:])), "\(path)")
            compared += bindings.values.map(\.count).reduce(0, +)
        }
        #expect(compared > 200)
    }

    private static func trees(of bindings: [String: [String: String]]) throws -> [String: [String: Syntax]] {
        try bindings.mapValues { kinds in
            // Never required is nothing to bind.
            try kinds.filter { $0.key != "required" || $0.value != "false()" }.mapValues { try Expression($0).syntax }
        }
    }
}
