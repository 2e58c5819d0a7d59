import Records
import Sheets
import Support
import Testing

@testable import XLSForm

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

    /// Everything at once: a broken rule elsewhere hides no default that breaks its own.
    @Test func triesDefaultsBesideBrokenRules() {
        let workbook = formWorkbook(
            """
            | survey | type    | name | label | constraint  | constraint_message | default |
            |        | integer | a    | A     | . > ${none} | M                  | 1       |
            |        | integer | b    | B     | . > 5       | M                  | 3       |
            """)
        let problems = FormCheck.problems(workbook, file: "f")
        #expect(problems.map(\.code) == [.expressionName, .defaultBroken])
        #expect(problems.map(\.row) == [2, 3])
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
