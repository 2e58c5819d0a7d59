import Records
import Support
import Testing

@testable import XLSForm

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
