import Testing

@testable import XLSForm

/// One thing wrong with a form, and what is said of it.
struct BadForm: Sendable, CustomTestStringConvertible {
    let code: FormProblem.Code
    var row: Int?
    var column: String?
    var severity = FormProblem.Severity.error
    let survey: String
    var choices = ""
    var settings = ""
    var testDescription: String { "\(code.rawValue) \(column ?? "")" }
}

extension FormCheckTests {
    static let structure = [
        BadForm(
            code: .typeUnknown, row: 2, column: "type",
            survey: """
                | survey | type  | name | label |
                |        | texxt | a    | A     |
                """),
        BadForm(
            code: .typeRefused, row: 2, column: "Type",
            survey: """
                | survey | Type  | name | label |
                |        | audio | a    | A     |
                """),
        BadForm(
            code: .typeMissing, row: 2, column: "type",
            survey: """
                | survey | type | name | label |
                |        |      | a    | A     |
                |        | text | b    | B     |
                """),
        BadForm(
            code: .columnUnknown, row: 1, column: "formpost::constrain_2",
            survey: """
                | survey | type | name | label | formpost::constrain_2 |
                |        | text | a    | A     | . > 0                 |
                """),
        BadForm(
            code: .columnUnknown, row: 1, column: "constrain", severity: .warning,
            survey: """
                | survey | type | name | label | constrain |
                |        | text | a    | A     | . > 0     |
                """),
        BadForm(
            code: .columnDuplicate, row: 1, column: "relevance",
            survey: """
                | survey | type | name | label | relevant | relevance |
                |        | text | a    | A     |          |           |
                """),
        BadForm(
            code: .sectionUnmatched, row: 2, column: "type",
            survey: """
                | survey | type        | name | label |
                |        | begin group | g    | G     |
                |        | text        | a    | A     |
                """),
        BadForm(
            code: .sectionUnmatched, row: 3, column: "type",
            survey: """
                | survey | type       | name | label |
                |        | text       | a    | A     |
                |        | end repeat |      |       |
                """),
        BadForm(
            code: .repeatNested, row: 3, column: "type",
            survey: """
                | survey | type         | name | label |
                |        | begin repeat | r    | R     |
                |        | begin repeat | s    | S     |
                |        | text         | a    | A     |
                |        | end repeat   |      |       |
                |        | end repeat   |      |       |
                """),
        BadForm(
            code: .settingMissing, row: 2, column: "version",
            survey: """
                | survey | type | name | label |
                |        | text | a    | A     |
                """,
            settings: """
                | settings | form_title | form_id |
                |          | T          | f       |
                """),
    ]

    static let names = [
        BadForm(
            code: .nameMissing, row: 2, column: "name",
            survey: """
                | survey | type | name | label |
                |        | text |      | A     |
                """),
        BadForm(
            code: .nameIllegal, row: 2, column: "name",
            survey: """
                | survey | type | name | label |
                |        | text | 1 a  | A     |
                """),
        BadForm(
            code: .nameReserved, row: 2, column: "name",
            survey: """
                | survey | type | name | label |
                |        | text | meta | A     |
                """),
        BadForm(
            code: .nameDuplicate, row: 3, column: "name",
            survey: """
                | survey | type    | name | label |
                |        | text    | a    | A     |
                |        | integer | a    | A     |
                """),
        BadForm(
            code: .nameConfusable, row: 3, column: "name", severity: .warning,
            survey: """
                | survey | type | name | label |
                |        | text | a_b  | A     |
                |        | text | A.b  | A     |
                """),
        BadForm(
            code: .labelMissing, row: 2, column: "label::English (en)", severity: .warning,
            survey: """
                | survey | type | name | label::English (en) |
                |        | text | a    | A                   |
                """,
            settings: """
                | settings | form_title | form_id | version | default_language |
                |          | T          | f       | 1       | Vietnamese (vi)  |
                """),
        BadForm(
            code: .labelMissing, row: 2, column: "label::English (en)", severity: .warning,
            survey: """
                | survey | type         | name | label |
                |        | select_one l | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label::English (en) |
                |         | l         | b    | B                   |
                """,
            settings: """
                | settings | form_title | form_id | version | default_language |
                |          | T          | f       | 1       | Vietnamese (vi)  |
                """),
        BadForm(
            code: .choiceDuplicate, row: 3, column: "name",
            survey: """
                | survey | type         | name | label |
                |        | select_one l | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a    | A     |
                |         | l         | a    | B     |
                """),
        BadForm(
            code: .choiceSpaces, row: 2, column: "name",
            survey: """
                | survey | type              | name | label |
                |        | select_multiple l | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a b  | A     |
                """),
        BadForm(
            code: .choiceSpaces, row: 2, column: "name", severity: .warning,
            survey: """
                | survey | type         | name | label |
                |        | select_one l | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a b  | A     |
                """),
        BadForm(
            code: .listMissing, row: 2, column: "type",
            survey: """
                | survey | type         | name | label |
                |        | select_one l | a    | A     |
                """),
        BadForm(
            code: .listUnused, row: 2, column: "list_name", severity: .warning,
            survey: """
                | survey | type | name | label |
                |        | text | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a    | A     |
                """),
    ]
}
