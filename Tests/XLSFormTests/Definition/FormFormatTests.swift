import Foundation
import Sheets
import Testing

@testable import XLSForm

/// A form is a workbook of any kind: the office saves it as its program likes. The .xls and .ods are LibreOffice's own.
@Suite struct FormFormatTests {
    static func bytes(_ ending: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/Definitions")
        return [UInt8](try Data(contentsOf: folder.appending(path: "dang_ky_do_dau.\(ending)")))
    }

    private func read(_ ending: String) throws -> FormDefinition {
        let workbook = try WorkbookReader.read(Self.bytes(ending))
        #expect(workbook.format.rawValue == ending)
        #expect(FormCheck.problems(workbook, file: "f.\(ending)").isEmpty)
        return try #require(FormReader.read(workbook, file: "f.\(ending)", sha256: "").form)
    }

    @Test(arguments: ["xls", "ods"])
    func everyFormatIsTheSameForm(_ ending: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let form = try read(ending)
        #expect(form.questions.count > 10)
        #expect(try encoder.encode(form) == encoder.encode(read("xlsx")))
    }

    @Test(arguments: ["xls", "ods"])
    func problemsHaveTheirPlaces(_ ending: String) throws {
        let workbook = try WorkbookReader.read(Self.bytes(ending))
        let spoilt = Workbook(
            format: workbook.format,
            sheets: workbook.sheets.map { sheet in
                guard sheet.name == "survey" else { return sheet }
                return Sheet(
                    name: sheet.name,
                    cells: sheet.cells.map { $0.row == 3 && $0.column == 1 ? $0.saying("geopoint") : $0 })
            })
        let problems = FormCheck.problems(spoilt, file: "f").filter { $0.code == .typeRefused }
        #expect(problems.map(\.row) == [3])
        #expect(problems.map(\.column) == ["type"])
    }
}

extension Cell {
    fileprivate func saying(_ text: String) -> Cell { Cell(row: row, column: column, value: .text(text)) }
}
