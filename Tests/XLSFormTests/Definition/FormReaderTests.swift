import Records
import Sheets
import Support
import Testing

@testable import XLSForm

/// A survey as a Markdown table with the settings and choices that every form needs.
func form(
    _ survey: String, choices: String = "", settings: String = "", tables: [String: ReferenceTable] = [:]
) -> (form: FormDefinition?, problems: [FormProblem]) {
    FormReader.read(
        formWorkbook(survey, choices: choices, settings: settings), file: "f.xlsx", sha256: "", tables: tables)
}

func formWorkbook(_ survey: String, choices: String = "", settings: String = "") -> Workbook {
    let standard = """
        | settings | form_title | form_id | version |
        |          | Form       | form    | 1       |
        """
    return Workbook(markdown: [survey, choices, settings.isEmpty ? standard : settings].joined(separator: "\n"))
}

@Suite struct FormReaderTests {
    @Test func readsQuestionsWithTheirColumns() throws {
        let (read, problems) = form(
            """
            | survey | type | name | label::Vietnamese (vi) | hint::Vietnamese (vi) | required | required_message::Vietnamese (vi) | constraint | constraint_message::Vietnamese (vi) | formpost::constraint_2 | formpost::constraint_message_2 | formpost::severity_2 | formpost::required_severity | formpost::standard | formpost::blank | default | read_only | appearance | parameters |
            |        | range | q | Câu hỏi | h | yes | m | . > 0 | lớn hơn 0 | . < 9 | nhỏ | warning | warning | IV.1 IV.2 | zero | 5 | yes | compact | start=1 end=9;step=2 |
            """)
        #expect(problems.isEmpty)
        let question = try #require(read?.questions.first)
        #expect(question.kind == .range)
        #expect(question.label == ["Vietnamese (vi)": "Câu hỏi"])
        #expect(question.hint == ["Vietnamese (vi)": "h"])
        #expect(question.required?.text == "true()")
        #expect(question.requiredSeverity == .warning)
        #expect(question.requiredMessage == ["Vietnamese (vi)": "m"])
        #expect(question.rules.map(\.number) == [1, 2])
        #expect(question.rules.map(\.severity) == [.error, .warning])
        #expect(question.rules.map(\.expression.text) == [". > 0", ". < 9"])
        #expect(question.rules.map(\.expression.column) == ["constraint", "formpost::constraint_2"])
        #expect(question.rules[0].message == ["Vietnamese (vi)": "lớn hơn 0"])
        #expect(question.clauses == ["IV.1", "IV.2"])
        #expect(question.blankIsZero)
        #expect(question.isReadOnly)
        #expect(question.parameters == ["start": "1", "end": "9", "step": "2"])
        #expect(question.surveyRow == 2)
    }

    @Test(arguments: [
        ("command", "type"), ("Type", "type"), ("TYPE", "type"), ("tag", "name"), ("value", "name"), ("Name", "name"),
        ("caption", "label"), ("Label", "label"),
    ])
    func understandsHeadsByAliasAndInAnyCase(alias: String, standard: String) {
        let heads = ["type", "name", "label"].map { $0 == standard ? alias : $0 }.joined(separator: " | ")
        let (read, problems) = form(
            """
            | survey | \(heads) |
            |        | text | q | Q |
            """)
        #expect(problems.isEmpty)
        #expect(read?.questions.map(\.name) == ["q"])
        #expect(read?.questions.first?.label == ["": "Q"])
    }

    @Test(arguments: [
        "relevance", "Relevant", "bind::relevant", "RELEVANT",
    ])
    func understandsRelevanceByAlias(head: String) {
        let (read, _) = form(
            """
            | survey | type | name | label | \(head) |
            |        | text | q    | Q     | true() |
            """)
        #expect(read?.questions.first?.relevant?.text == "true()")
        #expect(read?.questions.first?.relevant?.column == head)
    }

    @Test(arguments: [
        "constraint_message", "Constraint Message", "constraining_message", "jr:constraintMsg",
        "bind::jr:constraintMsg",
    ])
    func understandsTheMessageByAlias(head: String) {
        let (read, problems) = form(
            """
            | survey | type | name | label::English (en) | constraint | \(head)::English (en) |
            |        | text | q    | Q     | . != ''    | M |
            """)
        #expect(problems.isEmpty)
        #expect(read?.questions.first?.rules.first?.message == ["English (en)": "M"])
    }

    @Test func readsTheOldSingleColonWhereNoHeadHasTwo() {
        let (read, problems) = form(
            """
            | survey | type | name | label:English (en) | jr:count |
            |        | text | q    | Q             |          |
            """)
        #expect(problems.isEmpty)
        #expect(read?.questions.first?.label == ["English (en)": "Q"])
    }

    @Test(arguments: [
        ("text", QuestionKind.text), ("string", .text), ("int", .integer), ("Integer", .integer),
        ("date time", .dateTime), ("dateTime", .dateTime), ("trigger", .acknowledge), ("image", .attachment),
        ("file", .attachment), ("select_one l", .selectOne(list: "l", orOther: false)),
        ("select one l", .selectOne(list: "l", orOther: false)),
        ("select one from l", .selectOne(list: "l", orOther: false)),
        ("select1 l", .selectOne(list: "l", orOther: false)),
        ("select_one L or_other", .selectOne(list: "L", orOther: true)),
        ("select_multiple l or other", .selectMultiple(list: "l", orOther: true)),
        ("select all that apply from l", .selectMultiple(list: "l", orOther: false)),
        ("select_one_from_file don_vi.csv", .selectOneFromFile(table: "don_vi")),
        ("select one from file don_vi.csv", .selectOneFromFile(table: "don_vi")), ("today", .metadata("today")),
        ("start time", .metadata("start")),
    ])
    func readsTypes(text: String, kind: QuestionKind) {
        let (read, _) = form(
            """
            | survey | type | name | label |
            |        | \(text) | q | Q |
            """,
            choices: """
                | choices | list_name | name | label |
                |         | l         | a    | A     |
                """)
        #expect(read?.questions.first?.kind == kind)
    }

    @Test(arguments: ["geopoint", "audio", "video", "audit", "barcode", "rank l", "deviceid", "begin loop"])
    func refusesTypesThatNoWorkbookCanHold(text: String) {
        let (read, problems) = form(
            """
            | survey | type | name | label |
            |        | \(text) | q | Q |
            """)
        #expect(read == nil)
        #expect(problems.map(\.code) == [.typeRefused])
        #expect(problems.first?.row == 2)
        #expect(problems.first?.column == "type")
    }

    @Test func readsGroupsAndRepeats() throws {
        let (read, problems) = form(
            """
            | survey | type         | name | label | relevant | formpost::unique | formpost::rows | formpost::layout | required |
            |        | begin group  | g    | G     | true()   |     |    | two-columns | |
            |        | begin_repeat | r    | R     |          | a b | 12 |             | yes |
            |        | text         | a    | A     |          |     |    |             | |
            |        | text         | b    | B     |          |     |    |             | |
            |        | end repeat   |      |       |          |     |    |             | |
            |        | note         | n    | N     |          |     |    |             | |
            |        | end group    |      |       |          |     |    |             | |
            |        | text         | z    | Z     |          |     |    |             | |
            """)
        #expect(problems.isEmpty)
        let definition = try #require(read)
        #expect(definition.sections.map(\.name) == ["g", "r"])
        #expect(definition.sections.map(\.path) == [[], ["g"]])
        #expect(definition.sections.map(\.surveyRow) == [2, 3])
        #expect(definition.sections[0].layout == "two-columns")
        #expect(definition.sections[1].repeating?.unique == ["a", "b"])
        #expect(definition.sections[1].repeating?.preparedRows == 12)
        #expect(definition.sections[1].repeating?.requiredSeverity == .error)
        #expect(definition.questions.map(\.nodePath) == ["/data/g/r/a", "/data/g/r/b", "/data/g/n", "/data/z"])
        #expect(definition.questions.map(\.repeatName) == ["r", "r", nil, nil])
    }

    @Test(arguments: [("3", "", 3), ("3", "12", 12), ("${n}", "", nil), ("0", "", nil)])
    func preparesAsManyRowsAsARepeatCounts(count: String, rows: String, prepared: Int?) throws {
        let (read, problems) = form(
            """
            | survey | type         | name | label | repeat_count | formpost::rows |
            |        | integer      | n    | N     |              |                |
            |        | begin repeat | r    | R     | \(count)    | \(rows)       |
            |        | text         | a    | A     |              |                |
            |        | end repeat   |      |       |              |                |
            """)
        #expect(problems.isEmpty)
        let repeating = try #require(read?.sections.first?.repeating)
        #expect(repeating.preparedRows == prepared)
        #expect(repeating.count?.text == count)
    }

    @Test func readsChoicesWithTheirAttributes() throws {
        let (read, problems) = form(
            """
            | survey | type         | name | label |
            |        | select_one l | q    | Q     |
            """,
            choices: """
                | choices | list name | value | caption::Tiếng Việt (vi) | vùng |
                |         | l         | a     | Á           | 1    |
                |         | l         | b     | B           |      |
                """)
        #expect(problems.isEmpty)
        let list = try #require(read?.choiceLists["l"])
        #expect(list.choices.map(\.name) == ["a", "b"])
        #expect(list.choices[0].label == ["Tiếng Việt (vi)": "Á"])
        #expect(list.choices.map(\.attributes) == [["vùng": "1"], [:]])
    }

    @Test func readsSettings() throws {
        let (read, problems) = form(
            """
            | survey | type | name | label |
            |        | text | q    | Q     |
            """,
            settings: """
                | settings | title | id_string | version | default_language | allow_choice_duplicates | instance_name | formpost::kind | formpost::unit | formpost::period |
                |          | T     | f         | 2019.1  | vi               | yes                     | ${q}          | report         | q              | q                |
                """)
        #expect(problems.isEmpty)
        let settings = try #require(read?.settings)
        #expect(settings.identity == FormIdentity(id: "f", version: "2019.1"))
        #expect(settings.title == "T")
        #expect(settings.defaultLanguage == "vi")
        #expect(settings.allowsChoiceDuplicates)
        #expect(settings.kind == .report)
        #expect(settings.unitQuestion == "q")
        #expect(settings.periodQuestion == "q")
        #expect(settings.stageQuestion == nil)
    }

    @Test func readsCellsThatAreNotText() {
        let survey = Sheet(
            name: "Survey",
            cells: [
                Cell(row: 3, column: 2, value: .text("type")), Cell(row: 3, column: 4, value: .text("name")),
                Cell(row: 3, column: 5, value: .text("required")), Cell(row: 3, column: 6, value: .text("default")),
                Cell(row: 5, column: 2, value: .text("date")), Cell(row: 5, column: 4, value: .text("d\u{A0}")),
                Cell(row: 5, column: 5, value: .boolean(true)), Cell(row: 5, column: 6, value: .date(milliseconds: 0)),
                Cell(row: 6, column: 2, value: .text("integer")), Cell(row: 6, column: 4, value: .text("i")),
                Cell(row: 6, column: 5, value: .text("“a” = ‘b’")), Cell(row: 6, column: 6, value: .number(12)),
            ])
        let (read, _) = FormReader.readAsFarAsPossible(
            Workbook(format: .xlsx, sheets: [survey]), file: "", sha256: "", tables: [:])
        #expect(read?.questions.map(\.name) == ["d", "i"])
        #expect(read?.questions.map(\.required?.text) == ["true()", "\"a\" = 'b'"])
        #expect(read?.questions.map(\.defaultValue?.text) == ["1970-01-01", "12"])
        #expect(read?.questions.map(\.surveyRow) == [5, 6])
    }
}
