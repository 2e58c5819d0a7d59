import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeRangeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let parameters: String
        let value: String
        let code: FindingCode?

        init(_ parameters: String, _ value: String, _ code: FindingCode?) {
            self.parameters = parameters
            self.value = value
            self.code = code
        }

        var testDescription: String { "\(parameters): \(value)" }
    }

    static let cases = [
        Case("", "1", nil), Case("", "10", nil), Case("", "0", .cellOutOfRange), Case("", "11", .cellOutOfRange),
        Case("", "2.5", .cellOffStep), Case("", "", nil),
        Case("start=0 end=1 step=0.1", "0.3", nil),
        // What a formula leaves of 0.1 + 0.2.
        Case("start=0 end=1 step=0.1", "0.30000000000000004", nil),
        Case("start=0 end=1 step=0.1", "1.0000000000000002", nil),
        Case("start=0 end=1 step=0.1", "0.35", .cellOffStep),
        Case("start=5 end=50 step=10", "45", nil), Case("start=5 end=50 step=10", "50", .cellOffStep),
        Case("start=5 end=50 step=10", "0", .cellOutOfRange),
        Case("start=10 end=0 step=-3", "4", nil), Case("start=10 end=0 step=3", "4", nil),
        Case("start=10 end=0 step=3", "3", .cellOffStep), Case("start=10 end=0 step=3", "11", .cellOutOfRange),
        Case("start=-5 end=5 step=5", "-5", nil), Case("start=-5 end=5 step=5", "-4", .cellOffStep),
    ]

    @Test(arguments: cases) func judgesAValue(_ example: Case) throws {
        let filled = FilledForm(try form(example.parameters), ["m": example.value])
        let told = example.code.map { Told($0, .error, filled.cell("m")) }
        #expect(try judge(filled).told == [told].compactMap { $0 })
    }

    @Test func saysWhatTheNextStepsAre() throws {
        let finding = try judge(FilledForm(try form("start=10 end=0 step=3"), ["m": "3"])).verdict.findings.first
        #expect(finding?.arguments["below"] == "1")
        #expect(finding?.arguments["above"] == "4")
        let beyond = try judge(FilledForm(try form("start=5 end=50 step=10"), ["m": "50"])).verdict.findings.first
        #expect(beyond?.arguments["below"] == "35")
        #expect(beyond?.arguments["above"] == "45")
    }

    @Test func staysSilentWhereNothingIsAsked() throws {
        let form = try definition(
            """
            | survey | type  | name | label | relevant   | parameters |
            |        | text  | k    | K     |            |            |
            |        | range | m    | M     | ${k} = 'y' | end=5      |
            """)
        let filled = FilledForm(form, ["k": "n", "m": "9"])
        #expect(try judge(filled).told == [Told(.cellIrrelevant, .warning, filled.cell("m"))])
    }

    private func form(_ parameters: String) throws -> FormDefinition {
        try definition(
            """
            | survey | type  | name | label | parameters      |
            |        | range | m    | M     | \(parameters) |
            """)
    }
}
