import Foundation
import Records
import Support
import Testing

@testable import XLSForm

@Suite struct JudgeRuleTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type      | name | label | constraint   | constraint_message    | formpost::constraint_2 | formpost::constraint_message_2 | formpost::severity | formpost::severity_2 | calculation  | formpost::at | formpost::standard |
            |        | integer   | a    | A     | . > 0        | ${a} and ${b}         | . < 100                | two                            |                    | warning              |              |              |                    |
            |        | integer   | b    | B     | . <= ${a}    | not over ${a}         |                        |                                |                    |                      |              |              |                    |
            |        | calculate | s    | S     | . >= 10      | sum is ${s}           | . != 12                | look                           | standard           | review               | ${a} + ${b}  | b            | IV.1 IV.2          |
            """)
    }

    @Test func tellsEveryBrokenRuleWithItsNumber() throws {
        let filled = FilledForm(form, ["a": "200", "b": "201"])
        let judgement = try judge(filled)
        #expect(
            judgement.told == [
                Told(.rule, .error, filled.cell("b")), Told(.rule, .warning, filled.cell("a")),
            ])
        #expect(judgement.verdict.findings.map(\.rule) == [1, 2])
        #expect(judgement.verdict.findings[0].arguments["message"] == "not over 200")
        #expect(judgement.verdict.findings[0].arguments["value"] == "201")
        #expect(judgement.verdict.findings[0].related == [try #require(filled.cell("a"))])
    }

    @Test func tellsStandardsOnlyWhenThereAreNoErrors() throws {
        let below = FilledForm(form, ["a": "5", "b": "4"])
        let judgement = try judge(below)
        #expect(judgement.told == [Told(.standardUnmet, .standard, below.cell("b"))])
        #expect(judgement.verdict.outcome == .standardNotMet)
        let finding = try #require(judgement.verdict.findings.first)
        #expect(finding.question == "s")
        #expect(finding.arguments["value"] == "9")
        #expect(finding.arguments["message"] == "sum is 9")
        #expect(finding.clauses == ["IV.1", "IV.2"])
        #expect(finding.related == [try #require(below.cell("a"))])

        let wrong = FilledForm(form, ["a": "2", "b": "4"])
        #expect(try judge(wrong).told == [Told(.rule, .error, wrong.cell("b"))])
    }

    @Test func showsReviewsWithoutStopping() throws {
        let filled = FilledForm(form, ["a": "7", "b": "5"])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.rule, .review, filled.cell("b"))])
        #expect(judgement.verdict.outcome == .accepted)
    }

    @Test func leavesToPeopleWhatCannotBeDecided() throws {
        let filled = FilledForm(form, ["a": "7"])
        let judgement = try judge(filled)
        #expect(
            judgement.told == [
                Told(.standardUndecided, .review, filled.cell("b")),
                Told(.standardUndecided, .review, filled.cell("b")),
            ])
        #expect(judgement.verdict.findings.map(\.rule) == [1, 2])
        #expect(judgement.verdict.findings[0].arguments["need"] == "B")
        #expect(judgement.verdict.outcome == .accepted)
    }

    @Test func judgesNothingByACellThatCannotBeRead() throws {
        let filled = FilledForm(form, ["a": "many", "b": "5"])
        let unread = Finding(.cellNotNumber, severity: .error, cell: filled.cell("a"), question: "a")
        var told = filled
        told.findings = [unread]
        let judgement = try judge(told)
        #expect(judgement.verdict.findings == [unread])
        #expect(judgement.verdict.outcome == .needsCorrection)
    }

    @Test func givesTheComputedAnswersToo() throws {
        let answers = try judge(FilledForm(form, ["a": "7000", "b": "5"])).answers
        #expect(answers.map(\.question) == ["a", "b", "s"])
        #expect(answers[2].value == .number(7005))
        #expect(answers[2].shown == "7.005")
        #expect(answers[2].cell == nil)
    }

    @Test func showsARuleThatCostsTooMuchToAPerson() throws {
        let dear = try definition(
            """
            | survey | type         | name | label | constraint | constraint_message |
            |        | begin repeat | r    | R     |            |                    |
            |        | integer      | x    | X     |            |                    |
            |        | end repeat   |      |       |            |                    |
            |        | integer      | y    | Y     | count(/data/r/x[count(/data/r/x) > 0]) < 5 | M |
            """)
        let rows = Array(repeating: ["x": "1"], count: 1500)
        let filled = FilledForm(dear, ["y": "1"], rows: ["r": rows])
        #expect(try judge(filled).told == [Told(.standardUndecided, .review, filled.cell("y"))])
    }

    @Test func appliesRulesOfNotesToTheWholeForm() throws {
        let whole = try definition(
            """
            | survey | type    | name | label | constraint  | constraint_message | formpost::at |
            |        | integer | x    | X     |             |                    |              |
            |        | note    | n    | N     | ${x} < 5    | too many           |              |
            |        | note    | o    | O     | ${x} != 7   | seven              | x            |
            """)
        let filled = FilledForm(whole, ["x": "7"])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.rule, .error, filled.cell("x")), Told(.rule, .error, nil)])
        #expect(judgement.verdict.findings[1].related == [try #require(filled.cell("x"))])
    }

    @Test func ordersErrorsFirstThenSheetAndRow() throws {
        var filled = FilledForm(form, ["a": "200", "b": "300"])
        let cell = try #require(filled.cell("a"))
        filled.findings = [
            Finding(.fieldUnbound, severity: .error, question: "x"), Finding(.textLegacy, severity: .note, cell: cell),
            Finding(.cellNotInList, severity: .error, cell: cell),
        ]
        #expect(
            try judge(filled).told == [
                Told(.cellNotInList, .error, cell), Told(.rule, .error, filled.cell("b")),
                Told(.fieldUnbound, .error, nil), Told(.rule, .warning, cell), Told(.textLegacy, .note, cell),
            ])
    }
}
