import Foundation
import Records
import Support
import Testing

@testable import XLSForm

/// 2019-12-10, nine in the morning in Viet Nam.
let received = Date(timeIntervalSince1970: 1_575_943_200)

func definition(_ survey: String, choices: String = "", settings: String = "") throws -> FormDefinition {
    let (read, problems) = form(survey, choices: choices, settings: settings)
    #expect(problems.filter { $0.severity == .error }.isEmpty)
    return try #require(read)
}

func judge(_ filled: FilledForm, in context: JudgingContext = JudgingContext(received: received)) throws -> Judgement {
    Judge.judge(filled.bound, by: try CompiledForm(filled.form), in: context)
}

/// What tests look at: code, severity and cell.
struct Told: Equatable {
    let code: FindingCode
    let severity: Severity
    let cell: CellReference?

    init(_ code: FindingCode, _ severity: Severity, _ cell: CellReference?) {
        self.code = code
        self.severity = severity
        self.cell = cell
    }
}

extension Judgement {
    var told: [Told] { verdict.findings.map { Told($0.code, $0.severity, $0.cell) } }
}
