import Foundation
import Records
import Sheets
import XLSForm

/// How long a filled workbook takes from bytes to verdict, in one process and without mail or ledger.
/// The form is prepared once, as the worker does.
///
///     judging fill FORM.xlsx FILLED.xlsx ROWS     an entry workbook with every question answered
///     judging time FORM.xlsx FILLED.xlsx RUNS     the median of each part, in milliseconds
@main struct JudgingBenchmark {
    struct Failure: Error { let reason: String }

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, let count = Int(arguments[3]), count > 0 else {
            print("usage: judging (fill|time) FORM.xlsx FILLED.xlsx ROWS|RUNS")
            exit(64)
        }
        let form = try form(at: arguments[1])
        switch arguments[0] {
        case "fill": try fill(form.definition, rows: count).write(to: URL(filePath: arguments[2]))
        default: try time(form, workbook: [UInt8](Data(contentsOf: URL(filePath: arguments[2]))), runs: count)
        }
    }

    private static func form(at path: String) throws -> CompiledForm {
        let read = FormReader.read(
            try WorkbookReader.read([UInt8](Data(contentsOf: URL(filePath: path)))), file: path, sha256: "")
        guard let definition = read.form else { throw Failure(reason: "\(read.problems)") }
        return try CompiledForm(definition)
    }

    private static func fill(_ form: FormDefinition, rows: Int) throws -> Data {
        var context = EntryContext()
        context.unit = .init(code: "tl", label: "UBND xã Thiên Lộc")
        for question in form.questions {
            if let table = question.repeatName {
                var filled = context.prefilledRows[table] ?? Array(repeating: [:], count: rows)
                for row in 0..<rows { filled[row][question.name] = value(of: question, row, form) }
                context.prefilledRows[table] = filled
            } else {
                context.prefilled[question.name] = value(of: question, 0, form)
            }
        }
        return Data(try WorkbookWriter.write(EntryWorkbook.blank(form, context)))
    }

    private static func value(of question: Question, _ row: Int, _ form: FormDefinition) -> AnswerValue? {
        switch question.kind {
        case .integer: .number(Decimal(row % 1_000 + 1))
        case .decimal: .number(Decimal(row % 1_000) + Decimal(sign: .plus, exponent: -2, significand: 25))
        case .text: .text("Hộ số \(row + 1)")
        case .date: .date(CivilDate(daysSince1970: 17_000 + row % 365))
        case .selectOne(let list, _):
            form.choiceLists[list].map { .text($0.choices[row % $0.choices.count].name) }
        default: nil
        }
    }

    private static func time(_ form: CompiledForm, workbook bytes: [UInt8], runs: Int) throws {
        let clock = ContinuousClock()
        let context = JudgingContext(received: Date(timeIntervalSince1970: 1_576_663_200), evidence: nil)
        let binder = Binder(forms: [form.definition], tables: context.snapshot)
        var spent: [String: [Duration]] = [:]
        var answers = 0
        var findings = 0
        for _ in 0..<runs {
            let start = clock.now
            let workbook = try WorkbookReader.read(bytes)
            let read = clock.now
            guard case .bound(let all) = binder.bind(workbook),
                let bound = all.first
            else { throw Failure(reason: "the workbook is not bound") }
            let bind = clock.now
            let judgement = Judge.judge(bound, by: form, in: context)
            let judge = clock.now
            answers = bound.answers.count { $0.value != nil }
            findings = judgement.verdict.findings.count
            spent["read", default: []].append(read - start)
            spent["bind", default: []].append(bind - read)
            spent["judge", default: []].append(judge - bind)
            spent["whole", default: []].append(judge - start)
        }
        print("answers \(answers)\nfindings \(findings)")
        for part in ["read", "bind", "judge", "whole"] {
            let sorted = spent[part, default: []].sorted()
            let median = sorted[sorted.count / 2] / .milliseconds(1)
            print("\(part) \(String(format: "%.3f", median))")
        }
    }
}
