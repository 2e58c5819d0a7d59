import Foundation
import Records
import Sheets
import XLSForm

/// A form's entry workbook with an answer to every question, each question's unlike any other's where its type allows.
struct FilledEntry {
    struct Unusable: Error { let reason: String }

    /// What a cell answers.
    struct Origin: Hashable {
        let question: String
        /// The row of the repeat, from 1; nil outside repeats.
        let row: Int?
    }

    let form: FormDefinition
    let binder: Binder
    let workbook: Workbook
    /// What was bound before any damage.
    let values: [Origin: AnswerValue]
    let cells: [CellReference: Origin]

    private static let rows = 3
    private static let tables = ReferenceSnapshot(tables: [
        "don_vi": ReferenceTable(
            columns: ["name", "label", "loai"],
            rows: [["tl", "Xã Thiên Lộc", "xa"], ["vl", "Xã Vượng Lộc", "xa"], ["p1", "Phòng Nội vụ", "phong"]]),
        "thon": ReferenceTable(
            columns: ["name", "label", "ma_don_vi"],
            rows: [["t1", "Thôn Đông", "tl"], ["t2", "Thôn Tây", "tl"], ["t3", "Thôn Bắc", "tl"]]),
    ])

    static func form(at path: String) throws -> FormDefinition {
        let bytes = try Data(contentsOf: URL(filePath: path))
        let read = FormReader.read(try WorkbookReader.read([UInt8](bytes)), file: path, sha256: "")
        guard let form = read.form else { throw Unusable(reason: "\(path): \(read.problems)") }
        return form
    }

    init(_ form: FormDefinition) throws {
        self.form = form
        binder = Binder(forms: [form], tables: Self.tables)
        var context = EntryContext()
        context.unit = .init(code: "tl", label: "UBND xã Thiên Lộc")
        context.period = "2019"
        context.tables = Self.tables
        var number = 1_000
        for question in form.questions {
            for row in 0..<(question.repeatName == nil ? 1 : Self.rows) {
                number += 1
                guard let value = Self.value(of: question, number, form) else { continue }
                if let table = question.repeatName {
                    var rows = context.prefilledRows[table] ?? Array(repeating: [:], count: Self.rows)
                    rows[row][question.name] = value
                    context.prefilledRows[table] = rows
                } else if !question.isReadOnly {
                    context.prefilled[question.name] = value
                }
            }
        }
        workbook = try WorkbookReader.read(WorkbookWriter.write(EntryWorkbook.blank(form, context)))
        guard case .bound(let all) = binder.bind(workbook), let bound = all.first else {
            throw Unusable(reason: "the filled workbook is not bound")
        }
        var values: [Origin: AnswerValue] = [:]
        var cells: [CellReference: Origin] = [:]
        for answer in bound.answers {
            let origin = Origin(question: answer.question, row: answer.row)
            values[origin] = answer.value
            if let cell = answer.cell { cells[cell] = origin }
        }
        let blank = form.questions.filter {
            !$0.isReadOnly && Self.value(of: $0, 0, form) != nil
                && values[Origin(question: $0.name, row: $0.repeatName == nil ? nil : 1)] == nil
        }
        guard blank.isEmpty else {
            throw Unusable(reason: "answers are missing: \(blank.map(\.name))")
        }
        self.values = values
        self.cells = cells
    }

    private static func value(of question: Question, _ number: Int, _ form: FormDefinition) -> AnswerValue? {
        switch question.kind {
        case .integer, .decimal, .range: .number(Decimal(number))
        case .text: .text("Ô \(number)")
        case .date: .date(CivilDate(daysSince1970: 17_000 + number))
        case .acknowledge: .text("OK")
        case .selectOne(let list, _), .selectMultiple(let list, _):
            form.choiceLists[list].map { .text($0.choices[number % $0.choices.count].name) }
        case .selectOneFromFile(let table):
            tables[table].map { .text($0.rows[table == "don_vi" ? 0 : number % $0.rows.count][0]) }
        default: nil
        }
    }
}
