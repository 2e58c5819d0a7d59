@testable import XLSForm

extension FormCheckTests {
    static let references = [
        BadForm(
            code: .expressionName, row: 2, column: "relevant",
            survey: """
                | survey | type | name | label | relevant  |
                |        | text | a    | A     | ${b} = '' |
                """),
        BadForm(
            code: .expressionName, row: 2, column: "label",
            survey: """
                | survey | type | name | label   |
                |        | text | a    | A ${b}  |
                """),
        BadForm(
            code: .expressionSyntax, row: 2, column: "constraint",
            survey: """
                | survey | type | name | label | constraint | constraint_message |
                |        | text | a    | A     | . > (1     | M                  |
                """),
        BadForm(
            code: .expressionFunction, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation |
                |        | calculate | a    | A     | summ(1)     |
                """),
        BadForm(
            code: .expressionArity, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation |
                |        | calculate | a    | A     | not()       |
                """),
        BadForm(
            code: .expressionRefused, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation |
                |        | calculate | a    | A     | area('1 1') |
                """),
        BadForm(
            code: .expressionSeveral, row: 5, column: "calculation",
            survey: """
                | survey | type         | name | label | calculation |
                |        | begin repeat | r    | R     |             |
                |        | integer      | a    | A     |             |
                |        | end repeat   |      |       |             |
                |        | calculate    | b    | B     | ${a} + 1    |
                """),
        BadForm(
            code: .expressionCycle, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation |
                |        | calculate | a    | A     | ${b} + 1    |
                |        | calculate | b    | B     | ${a} + 1    |
                """),
        BadForm(
            code: .expressionCycle, row: 2, column: "relevant",
            survey: """
                | survey | type        | name | label | relevant |
                |        | begin group | g    | G     | ${a} > 1 |
                |        | integer     | a    | A     |          |
                |        | end group   |      |       |          |
                """),
        BadForm(
            code: .tableMissing, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation                         |
                |        | calculate | a    | A     | pulldata('chi_tieeu', 'muc', 'khoa', '1') |
                """),
        BadForm(
            code: .tableColumn, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | calculation                         |
                |        | calculate | a    | A     | pulldata('chi_tieu', 'mucc', 'khoa', '1') |
                """),
        BadForm(
            code: .tableColumn, row: 2, column: "choice_filter",
            survey: """
                | survey | type         | name | label | choice_filter |
                |        | select_one l | a    | A     | vung = '1'    |
                """,
            choices: """
                | choices | list_name | name | label | vùng |
                |         | l         | a    | A     | 1    |
                """),
        BadForm(
            code: .tableMissing, row: 2, column: "type",
            survey: """
                | survey | type                         | name | label |
                |        | select_one_from_file thon.csv | a    | A    |
                """),
        BadForm(
            code: .referenceUnknown, row: 2, column: "formpost::at",
            survey: """
                | survey | type      | name | label | calculation | formpost::at |
                |        | calculate | a    | A     | 1 + 1       | b            |
                """),
        BadForm(
            code: .referenceUnknown, row: 2, column: "formpost::unique",
            survey: """
                | survey | type         | name | label | formpost::unique |
                |        | begin repeat | r    | R     | b                |
                |        | text         | a    | A     |                  |
                |        | end repeat   |      |       |                  |
                """),
        BadForm(
            code: .referenceUnknown, row: 2, column: "formpost::unit",
            survey: """
                | survey | type | name | label |
                |        | text | a    | A     |
                """,
            settings: """
                | settings | form_title | form_id | version | formpost::unit |
                |          | T          | f       | 1       | b              |
                """),
    ]

    static let values = [
        BadForm(
            code: .valueUnknown, row: 3, column: "relevant", severity: .warning,
            survey: """
                | survey | type         | name | label | relevant    |
                |        | select_one l | a    | A     |             |
                |        | text         | b    | B     | ${a} = 'bb' |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | b    | B     |
                """),
        BadForm(
            code: .valueUnknown, row: 2, column: "constraint", severity: .warning,
            survey: """
                | survey | type         | name | label | constraint         | constraint_message |
                |        | select_one l | a    | A     | . != 'b' or 'c' = . | M                 |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | b    | B     |
                """),
        BadForm(
            code: .valueUnknown, row: 2, column: "formpost::severity",
            survey: """
                | survey | type | name | label | constraint | constraint_message | formpost::severity |
                |        | text | a    | A     | . != ''    | M                  | fatal              |
                """),
        BadForm(
            code: .valueUnknown, row: 2, column: "default",
            survey: """
                | survey | type    | name | label | default |
                |        | integer | a    | A     | many    |
                """),
        BadForm(
            code: .valueUnknown, row: 2, column: "default",
            survey: """
                | survey | type         | name | label | default |
                |        | select_one l | a    | A     | c       |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | b    | B     |
                """),
        BadForm(
            code: .valueUnknown, row: 2, column: "formpost::kind",
            survey: """
                | survey | type | name | label |
                |        | text | a    | A     |
                """,
            settings: """
                | settings | form_title | form_id | version | formpost::kind |
                |          | T          | f       | 1       | letter         |
                """),
        BadForm(
            code: .messageMissing, row: 2, column: "constraint", severity: .warning,
            survey: """
                | survey | type | name | label | constraint |
                |        | text | a    | A     | . != ''    |
                """),
        BadForm(
            code: .calculationMissing, row: 2, column: "calculation",
            survey: """
                | survey | type      | name | label | default |
                |        | calculate | a    | A     | 3       |
                """),
        BadForm(
            code: .defaultBroken, row: 2, column: "constraint",
            survey: """
                | survey | type    | name | label | constraint | constraint_message | default |
                |        | integer | a    | A     | . > 5      | M                  | 3       |
                """),
    ]
}
