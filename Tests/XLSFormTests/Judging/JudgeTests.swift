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

    @Test func acceptsWhatIsComplete() throws {
        let judgement = try judge(FilledForm(form, ["a": "6", "b": "x", "c": "x", "d": "x"]))
        #expect(judgement.told.isEmpty)
        #expect(judgement.verdict.outcome == .accepted)
    }
}

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

@Suite struct JudgeTableTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type         | name | label | required | relevant   | calculation | formpost::unique | constraint | constraint_message | formpost::at |
            |        | text         | k    | K     |          |            |             |                  |            |                    |              |
            |        | begin repeat | r    | R     | yes      | ${k} = 'y' |             | x y              |            |                    |              |
            |        | text         | x    | X     | yes      |            |             |                  |            |                    |              |
            |        | integer      | y    | Y     | yes      |            |             |                  | . > 0      | ${x}: ${y}         |              |
            |        | integer      | z    | Z     | yes      |            |             |                  |            |                    |              |
            |        | calculate    | w    | W     |          |            | ${y} * 2    |                  | . < 100    | W                  | y            |
            |        | end repeat   |      |       |          |            |             |                  |            |                    |              |
            |        | calculate    | n    | N     |          |            | count(${x}) |                  | . < 3      | many               | x            |
            |        | calculate    | t    | T     |          |            | sum(${w})   |                  |            |                    |              |
            """)
    }

    @Test func judgesEachRow() throws {
        let filled = FilledForm(
            form, ["k": "y"], rows: ["r": [["x": "a", "y": "1", "z": "1"], ["x": "b", "y": "-1", "z": ""]]])
        let judgement = try judge(filled)
        #expect(
            judgement.told == [
                Told(.rule, .error, filled.cell("y", row: 2)), Told(.cellBlank, .error, filled.cell("z", row: 2)),
            ])
        #expect(judgement.verdict.findings.first?.arguments["message"] == "b: -1")
        #expect(judgement.answers.filter { $0.question == "w" }.map(\.value) == [.number(2), .number(-2)])
        #expect(judgement.answers.first { $0.question == "t" }?.value == .number(0))
    }

    @Test func findsRowsThatStandTwice() throws {
        let filled = FilledForm(
            form, ["k": "y"],
            rows: ["r": [["x": "Hòa  An", "y": "1", "z": "1"], ["x": "HOÀ AN", "y": "1", "z": "2"]]])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.rowDuplicate, .error, filled.cell("x", row: 2))])
        #expect(judgement.verdict.findings.first?.related == [try #require(filled.cell("x", row: 1))])
        #expect(judgement.verdict.findings.first?.arguments["row"] == "101")
    }

    @Test func gathersTheBlanksOfARowThatIsBarelyBegun() throws {
        let filled = FilledForm(form, ["k": "y"], rows: ["r": [["x": "a", "y": "", "z": ""]]])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.rowIncomplete, .error, filled.cell("y", row: 1))])
        #expect(judgement.verdict.findings.first?.related == [try #require(filled.cell("z", row: 1))])
    }

    @Test func asksForRowsOfARequiredTable() throws {
        let judgement = try judge(FilledForm(form, ["k": "y"]))
        #expect(judgement.told == [Told(.tableEmpty, .error, nil)])
        #expect(judgement.verdict.findings.first?.question == "r")
        #expect(try judge(FilledForm(form, ["k": "n"])).told.isEmpty)
    }

    @Test func countsNoRowsOfAnIrrelevantTable() throws {
        let filled = FilledForm(
            form, ["k": "n"], rows: ["r": Array(repeating: ["x": "a", "y": "-1"], count: 5)])
        let judgement = try judge(filled)
        #expect(judgement.told == [Told(.cellIrrelevant, .warning, filled.cell("x", row: 1))])
        #expect(judgement.answers.first { $0.question == "n" }?.value == .number(0))
    }

    @Test func pointsAtTheFirstRowFromOutside() throws {
        let rows = (1...3).map { ["x": "a\($0)", "y": "\($0)", "z": "1"] }
        let filled = FilledForm(form, ["k": "y"], rows: ["r": rows])
        #expect(try judge(filled).told == [Told(.rule, .error, filled.cell("x", row: 1))])
    }

    @Test func pointsAtTheSameRowFromInside() throws {
        let rows = ["1", "60"].map { ["x": "a\($0)", "y": $0, "z": "1"] }
        let filled = FilledForm(form, ["k": "y"], rows: ["r": rows])
        #expect(try judge(filled).told == [Told(.rule, .error, filled.cell("y", row: 2))])
    }
}

@Suite struct JudgeEvidenceTests {
    private func told(_ filled: FilledForm, _ files: [String]) throws -> Judgement {
        let context = JudgingContext(received: received, evidence: files.map { EvidenceName(filename: $0) })
        return try judge(filled, in: context)
    }

    @Test(arguments: [
        ("mc2 - scan.pdf", ""), ("MC02.jpg", "is on its way"), ("scan.pdf", "Scan"),
        ("Quyết định.pdf", "quyết  định.pdf"),
    ])
    func matchesByCodeElseByName(file: String, cell: String) throws {
        let form = try definition(
            """
            | survey | type | name | label         | required | formpost::required_severity |
            |        | file | f    | MC2. Decision | yes      | warning                     |
            """)
        let judgement = try told(FilledForm(form, ["f": cell]), ["MC1.pdf", file])
        #expect(judgement.told.isEmpty)
        #expect(judgement.evidence == [EvidenceMatch(question: "f", row: nil, filename: file)])
    }

    @Test func asksForEvidenceWhateverTheCellSays() throws {
        let form = try definition(
            """
            | survey | type | name | label         | required | formpost::required_severity |
            |        | file | f    | MC2. Decision | yes      | warning                     |
            |        | file | g    | MC3. Other    |          |                             |
            """)
        let filled = FilledForm(form, ["f": "decision.pdf"])
        let judgement = try told(filled, ["MC1.pdf", "mcx.pdf"])
        #expect(judgement.told == [Told(.evidenceMissing, .warning, filled.cell("f"))])
        #expect(judgement.verdict.findings.first?.arguments["code"] == "MC2")
        #expect(judgement.verdict.outcome == .accepted)
    }
}

@Suite struct JudgeIdentityTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type    | name | label | formpost::receipt |
            |        | text    | u    | U     |                   |
            |        | text    | s    | S     |                   |
            |        | text    | n    | N     | Tên: ${n}, ${m}   |
            |        | integer | m    | M     | Số: ${m}          |
            |        | text    | p    | P     |                   |
            |        | today   | t    |       |                   |
            |        | email   | e    |       |                   |
            """,
            settings: """
                | settings | form_title | form_id | version | formpost::kind | formpost::unit | formpost::stage | formpost::nominee | formpost::place |
                |          | F          | f       | 1       | nomination     | u              | s               | n                 | p               |
                """)
    }

    @Test func makesTheKeyOfUnitStageAndFoldedName() throws {
        let judgement = try judge(FilledForm(form, ["u": "hoaan", "s": "2018", "n": " Nguyễn  Văn HOÀ", "p": "Xóm 1"]))
        let key = try #require(judgement.identity.key)
        #expect(key.form == "f")
        #expect(key.unit == UnitCode("hoaan"))
        #expect(key.stage == "2018")
        #expect(key.period == nil)
        #expect(key.nominee == "nguyễn văn hòa")
        #expect(key.place == "xóm 1")
        #expect(judgement.identity.nominee == "Nguyễn  Văn HOÀ")
    }

    @Test func takesTheDecidedUnitBeforeTheWrittenOne() throws {
        let context = JudgingContext(received: received, unit: UnitCode("binhan"))
        let judgement = try judge(FilledForm(form, ["u": "hoaan", "s": "2018", "n": "A"]), in: context)
        #expect(judgement.identity.key?.unit == UnitCode("binhan"))
    }

    @Test func makesNoKeyOfHalf() throws {
        #expect(try judge(FilledForm(form, ["u": "hoaan", "n": "A"])).identity.key == nil)
    }

    @Test func givesTheReceiptItsLinesAndTheMailItsMetadata() throws {
        let context = JudgingContext(received: received, sender: "a@b.example")
        let judgement = try judge(FilledForm(form, ["n": "An"]), in: context)
        #expect(judgement.verdict.receiptLines == ["Tên: An, …"])
        let values = Dictionary(judgement.answers.map { ($0.question, $0.value) }, uniquingKeysWith: { $1 })
        #expect(values["t"] == .date(try #require(CivilDate(year: 2019, month: 12, day: 10))))
        #expect(values["e"] == .text("a@b.example"))
    }
}

@Suite struct JudgeChoiceTests {
    let form: FormDefinition

    init() throws {
        form = try definition(
            """
            | survey | type              | name | label | choice_filter            |
            |        | integer           | k    | K     |                          |
            |        | select_one l      | a    | A     | from <= ${k}             |
            |        | select_multiple l | b    | B     | from <= ${k} or from = 3 |
            """,
            choices: """
                | choices | list_name | name | label | from |
                |         | l         | one  | One   | 1    |
                |         | l         | two  | Two   | 2    |
                |         | l         | six  | Three | 3    |
                """)
    }

    @Test func findsChoicesThatTheFilterLeavesOut() throws {
        let filled = FilledForm(form, ["k": "1", "a": "two", "b": "one two"])
        #expect(
            try judge(filled).told == [
                Told(.cellNotInList, .error, filled.cell("a")), Told(.cellNotInList, .error, filled.cell("b")),
            ])
    }

    @Test(arguments: [("2", "two", "one six"), ("1", "one", "six"), ("", "six", "two"), ("1", "typed by hand", "")])
    func acceptsTheOthers(k: String, a: String, b: String) throws {
        #expect(try judge(FilledForm(form, ["k": k, "a": a, "b": b])).told == [])
    }
}
