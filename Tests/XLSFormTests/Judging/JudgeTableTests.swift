import Foundation
import Records
import Support
import Testing

@testable import XLSForm

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
