import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeBlankTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type    | name | label | required  | relevant   | formpost::required_severity | required_message |
            |        | integer | a    | A     | yes       |            |         |   |
            |        | text    | b    | B     | ${a} > 5  |            |         | M |
            |        | text    | c    | C     |           |            | warning |   |
            |        | text    | d    | D     | yes       | ${a} > 5   | warning |   |
            |        | text    | e    | E     |           |            |         |   |
            """)
    }

    @Test func asksForWhatIsRequired() throws {
        let filled = FilledForm(form, ["a": "6"])
        let judgement = try judge(filled)
        #expect(
            judgement.told == [
                Told(.cellBlank, .error, filled.cell("b")), Told(.cellBlank, .warning, filled.cell("c")),
                Told(.cellBlank, .warning, filled.cell("d")),
            ])
        #expect(judgement.verdict.findings.first?.arguments["message"] == "M")
        #expect(judgement.verdict.findings.first?.arguments["need"] == "text")
        #expect(judgement.verdict.outcome == .needsCorrection)
    }

    @Test func asksNothingThatHangsOnABlank() throws {
        let filled = FilledForm(form, ["c": "x"])
        #expect(try judge(filled).told == [Told(.cellBlank, .error, filled.cell("a"))])
    }

    @Test func warnsOfAFilledIrrelevantCell() throws {
        let filled = FilledForm(form, ["a": "1", "c": "x", "d": "y"])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.cellIrrelevant, .warning, filled.cell("d"))])
        #expect(judgement.verdict.findings.first?.related == [try #require(filled.cell("a"))])
        #expect(judgement.verdict.outcome == .accepted)
        let answer = try #require(judgement.answers.first { $0.question == "d" })
        #expect(answer.value == nil)
        #expect(answer.shown == "y")
    }

    @Test func blamesNobodyForWhatMayBeRelevant() throws {
        let filled = FilledForm(form, ["a": "many", "c": "x", "d": "y"])
        #expect(try judge(filled).told.isEmpty)
    }

    /// A formula without its result shows nothing, and is told as such: it is not blank.
    @Test func aFormulaWithoutAResultIsNotBlank() throws {
        var filled = FilledForm(form, ["c": "x"])
        let cell = try #require(filled.cell("a"))
        filled.findings = [Finding(.cellFormulaNoValue, severity: .error, cell: cell, question: "a", label: "A")]
        #expect(try judge(filled).told == [Told(.cellFormulaNoValue, .error, cell)])
    }

    @Test func acceptsWhatIsComplete() throws {
        let judgement = try judge(FilledForm(form, ["a": "6", "b": "x", "c": "x", "d": "x"]))
        #expect(judgement.told.isEmpty)
        #expect(judgement.verdict.outcome == .accepted)
    }
}
