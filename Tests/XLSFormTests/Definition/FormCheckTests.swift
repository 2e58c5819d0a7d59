import Records
import Sheets
import Support
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

@Suite struct FormCheckTests {
    @Test(arguments: structure + names + references + values)
    func tellsWhatIsWrongAndWhere(_ bad: BadForm) {
        let workbook = formWorkbook(bad.survey, choices: bad.choices, settings: bad.settings)
        let problems = FormCheck.problems(workbook, file: "f.xlsx", knownTables: ["chi_tieu": ["khoa", "muc"]])
        #expect(problems.map(\.code) == [bad.code])
        #expect(problems.first?.row == bad.row)
        #expect(problems.first?.column == bad.column)
        #expect(problems.first?.severity == bad.severity)
        #expect(problems.first?.file == "f.xlsx")
    }

    @Test func findsNothingInAGoodForm() {
        let workbook = formWorkbook(
            """
            | survey | type         | name | label | constraint       | constraint_message | calculation |
            |        | integer      | a    | A     | . > 0            | Hơn ${a}           |             |
            |        | select_one l | c    | C     |                  |                    |             |
            |        | calculate    | d    |       |                  |                    | ${a} + pulldata('chi_tieu', 'muc', 'khoa', 'x') |
            """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a    | A     |
                """)
        #expect(FormCheck.problems(workbook, file: "f", knownTables: ["chi_tieu": ["khoa", "muc"]]).isEmpty)
    }

    @Test func tellsEverythingAtOnceBySheetAndRow() {
        let workbook = formWorkbook(
            """
            | survey | type      | name | label | relevant |
            |        | txt       | a    | A     |          |
            |        | text      | b    |       | ${x} = 1 |
            |        | text      | b    | B     |          |
            """)
        let problems = FormCheck.problems(workbook, file: "f")
        #expect(problems.map(\.row) == [2, 3, 3, 4])
        #expect(problems.map(\.code) == [.typeUnknown, .labelMissing, .expressionName, .nameDuplicate])
    }

    @Test func namesTheCharacterInsideAnExpression() throws {
        let workbook = formWorkbook(
            """
            | survey | type    | name | label | constraint    | constraint_message |
            |        | integer | a    | A     | . > ${nobody} | M                  |
            """)
        let problem = try #require(FormCheck.problems(workbook, file: "f").first)
        #expect(problem.message.hasPrefix("Character 5:"))
    }

    @Test func countsCharactersOfAChoiceFilterFromItsOwnBeginning() throws {
        let workbook = formWorkbook(
            """
            | survey | type         | name | label | choice_filter |
            |        | select_one l | a    | A     | x = ${nobody} |
            """,
            choices: """
                | choices | list_name | name | label | x |
                |         | l         | a    | A     | 1 |
                """)
        let problem = try #require(FormCheck.problems(workbook, file: "f").first)
        #expect(problem.code == .expressionName)
        #expect(problem.message.hasPrefix("Character 5:"))
    }

    @Test func refusesACompiledFormWithErrors() {
        let (read, _) = form(
            """
            | survey | type    | name | label | constraint | constraint_message |
            |        | integer | a    | A     | . > ${b}   | M                  |
            """)
        #expect(throws: FormProblems.self) { _ = try read.map { definition in try CompiledForm(definition) } }
        #expect(read != nil)
    }

    @Test func ordersCalculationsByWhatTheyRead() throws {
        let (read, _) = form(
            """
            | survey | type         | name | label | relevant | calculation |
            |        | calculate    | c    |       |          | ${b} + 1    |
            |        | calculate    | b    |       |          | sum(${a})   |
            |        | begin repeat | r    | R     | ${z} > 0 |             |
            |        | calculate    | a    |       |          | ${x} * 2    |
            |        | integer      | x    | X     |          |             |
            |        | end repeat   |      |       |          |             |
            |        | integer      | z    | Z     |          |             |
            """)
        let compiled = try CompiledForm(try #require(read))
        let order = compiled.calculationOrder
        #expect(Set(order) == ["a", "b", "c", "r", "x", "z"])
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
        for (earlier, later) in [("z", "r"), ("r", "a"), ("x", "a"), ("a", "b"), ("b", "c")] {
            #expect(try #require(places[earlier]) < #require(places[later]))
        }
    }
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
            code: .columnUnknown, column: "formpost::constrain_2",
            survey: """
                | survey | type | name | label | formpost::constrain_2 |
                |        | text | a    | A     | . > 0                 |
                """),
        BadForm(
            code: .columnUnknown, column: "constrain", severity: .warning,
            survey: """
                | survey | type | name | label | constrain |
                |        | text | a    | A     | . > 0     |
                """),
        BadForm(
            code: .columnDuplicate, column: "relevance",
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
            code: .nameConfusable, row: 3, column: "name",
            survey: """
                | survey | type | name | label |
                |        | text | a_b  | A     |
                |        | text | A.b  | A     |
                """),
        BadForm(
            code: .labelMissing, row: 2, column: "label",
            survey: """
                | survey | type | name | label::English |
                |        | text | a    | A              |
                """,
            settings: """
                | settings | form_title | form_id | version | default_language |
                |          | T          | f       | 1       | Vietnamese (vi)  |
                """),
        BadForm(
            code: .labelMissing, row: 2, column: "label",
            survey: """
                | survey | type         | name | label |
                |        | select_one l | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label::English |
                |         | l         | b    | B              |
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
            code: .listUnused, severity: .warning,
            survey: """
                | survey | type | name | label |
                |        | text | a    | A     |
                """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a    | A     |
                """),
    ]

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
            code: .referenceUnknown, column: "formpost::unit",
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
                | survey | type      | name | label |
                |        | calculate | a    | A     |
                """),
        BadForm(
            code: .defaultBroken, row: 2, column: "constraint",
            survey: """
                | survey | type    | name | label | constraint | constraint_message | default |
                |        | integer | a    | A     | . > 5      | M                  | 3       |
                """),
    ]
}
