import Records
import Sheets
import Support
import Testing

@testable import XLSForm

/// Where a form comes from: one workbook, one csv file, a folder; and the tables that come with it.
@Suite struct FormSourcesTests {
    /// One sheet that holds these lines, cells parted by commas.
    static func csv(_ lines: String) -> Workbook {
        var cells: [Cell] = []
        for (row, line) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for (column, text) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated()
            where !text.isEmpty {
                cells.append(Cell(row: row + 1, column: column + 1, value: .text(String(text))))
            }
        }
        return Workbook(format: .csv, sheets: [Sheet(name: "csv", cells: cells)])
    }

    @Test func readsAllSheetsOutOfOneCsv() throws {
        let workbook = Self.csv(
            """
            survey,
            ,type,name,label
            ,select_one xa,q,Where
            choices,
            ,list_name,name,label
            ,xa,tl,Thiên Lộc
            settings
            ,form_title,form_id,version
            ,Form,f,1
            """)
        let (read, problems) = FormReader.read(workbook, file: "f.csv", sha256: "")
        #expect(problems.isEmpty)
        let form = try #require(read)
        #expect(form.identity == FormIdentity(id: "f", version: "1"))
        #expect(form.questions.map(\.surveyRow) == [3])
        #expect(form.choiceLists["xa"]?.choices.map(\.name) == ["tl"])
        #expect(form.choiceLists["xa"]?.row == 6)
        #expect(form.tables.isEmpty)
    }

    /// `search()` of ODK Collect: the list names columns of the file, numbered choices stand above those of the file.
    @Test func takesChoicesFromASearch() throws {
        let workbook = formWorkbook(
            """
            | survey  | type          | name | label | appearance                                  |
            |         | text          | t    | T     |                                             |
            |         | select_one l  | q    | Where | minimal search('thon', 'matches', 'xa', ${t}) |
            | choices | list_name     | name | label |
            |         | l             | ma   | ten   |
            |         | l             | 0    | Khác  |
            """)
        let thon = ReferenceTable(columns: ["ma", "ten", "xa"], rows: [["a", "Đông", "tl"], ["b", "Tây", "nt"]])
        #expect(FormCheck.problems(workbook, file: "f", tables: ["thon": thon], knownTables: [:]).isEmpty)
        let form = try #require(
            FormReader.read(workbook, file: "f", sha256: "", tables: ["thon": thon]).form)
        let question = try #require(form.question(named: "q"))
        guard case .selectOneFromFile(let name) = question.kind else {
            Issue.record("\(question.kind)")
            return
        }
        #expect(form.tables[name]?.columns == ["ma", "ten", "xa", "name", "label"])
        #expect(
            form.tables[name]?.rows.map { $0[2...].joined(separator: " ") } == [" 0 Khác", "tl a Đông", "nt b Tây"])
        #expect(question.choiceFilter?.text == "xa = (${t})")
        #expect(form.choiceLists.isEmpty)
        let other = ReferenceTable(columns: ["ma", "xa"], rows: [])
        let problems = FormCheck.problems(workbook, file: "f", tables: ["thon": other], knownTables: [:])
        #expect(problems.map(\.code) == [.tableColumn])
        #expect(FormCheck.problems(workbook, file: "f", knownTables: [:]).map(\.code) == [.tableMissing])
    }

    @Test(arguments: [
        ("search('a')", nil), ("search('a.csv', 'contains', 'c', 'x')", "contains(c, 'x')"),
        ("search('a', 'startswith', 'c', ${q}, 'd', 1)", "starts-with(c, ${q}) and d = (1)"),
        ("quick search('a', 'endswith', 'c', 'x')", "ends-with(c, 'x')"),
    ])
    func readsASearch(_ appearance: String, _ filter: String?) throws {
        let search = try #require(SearchedChoices.search(in: appearance))
        #expect(search.file == "a")
        #expect(search.filter == filter)
    }

    @Test(arguments: [
        "search()", "search(${q})", "search('a', 'like', 'c', 'x')", "search('a', 'matches', 'c d', 'x')",
    ])
    func knowsWhatIsNoSearch(_ appearance: String) {
        #expect(SearchedChoices.search(in: appearance) == nil)
    }

    @Test func takesOneSheetWithTypesForTheSurvey() {
        let types = Self.csv("type,name,label\ntext,q,Q")
        #expect(FormReader.read(types, file: "f", sha256: "").problems.map(\.code) == [.sheetMissing])
        let names = Self.csv("ma,ten\n1,Thiên Lộc")
        #expect(FormReader.read(names, file: "f", sha256: "").problems.map(\.sheet) == ["settings", "survey"])
    }

    @Test func readsAFolderOfCsvFiles() throws {
        let folder = FormFolder(files: [
            "survey.csv": Self.csv("type,name,label\nselect_one_from_file thon.csv,q,Where\nselect_one xa,r,Who"),
            "Choices.csv": Self.csv("list_name,name,label\nxa,tl,Thiên Lộc"),
            "settings.csv": Self.csv("form_title,form_id,version\nForm,f,1"),
            "thon.csv": Self.csv("name,label,ma_don_vi\n1,Đông,tl\n2,Tây,tl"),
        ])
        let workbook = try #require(folder.workbook)
        #expect(FormCheck.problems(workbook, file: "f", tables: folder.tables, knownTables: [:]).isEmpty)
        let (read, _) = FormReader.read(workbook, file: "f", sha256: "", tables: folder.tables)
        let table = try #require(read?.tables["thon"])
        #expect(table.columns == ["name", "label", "ma_don_vi"])
        #expect(table.rows == [["1", "Đông", "tl"], ["2", "Tây", "tl"]])
        #expect(table.value("label", where: "name", is: "2") == "Tây")
    }

    @Test func readsAWorkbookWithTablesBesideIt() {
        let form = Workbook(markdown: "| survey | type |")
        let folder = FormFolder(files: ["f.xlsx": form, "thon.csv": Self.csv("name\n1")])
        #expect(folder.workbook?.format == .xlsx)
        #expect(folder.tables.keys.sorted() == ["thon"])
        #expect(FormFolder(files: ["thon.csv": Self.csv("name\n1")]).workbook == nil)
    }

    @Test func takesOtherSheetsForTables() throws {
        let (read, problems) = form(
            """
            | survey | type      | name | label | calculation                              |
            |        | text      | a    | A     |                                          |
            |        | calculate | b    |       | pulldata('muc', 'tien', 'khoa', ${a})    |
            | muc    | khoa      | tien |       |                                          |
            |        | 1         | 300  |       |                                          |
            | _ghi   | x         |      |       |                                          |
            |        | y         |      |       |                                          |
            """)
        #expect(problems.isEmpty)
        #expect(read?.tables.keys.sorted() == ["muc"])
        #expect(read?.tables["muc"]?.value("tien", where: "khoa", is: "1") == "300")
    }

    @Test func showsTheColumnsOfATableThatTheParametersName() throws {
        let table = ReferenceTable(columns: ["ma", "ten", "name"], rows: [["tl", "Thiên Lộc", "other"]])
        let (read, problems) = form(
            """
            | survey | type                        | name | label | parameters         | choice_filter |
            |        | select_one_from_file xa.csv | q    | Where | value=ma label=ten | ma = 'tl'     |
            """, tables: ["xa": table])
        #expect(problems.isEmpty)
        let definition = try #require(read)
        guard case .selectOneFromFile(let name) = try #require(definition.questions.first).kind else {
            Issue.record("not a choice from a table")
            return
        }
        let shown = try #require(definition.tables[name])
        #expect(shown.value("label", where: "name", is: "tl") == "Thiên Lộc")
        #expect(shown.columns == ["ma", "ten", "name", "label"])
        #expect(definition.tables["xa"]?.columns == ["ma", "ten", "name"])
        #expect(throws: Never.self) { _ = try CompiledForm(definition, knownTables: [:]) }
    }

    @Test func missesColumnsOfATable() {
        let table = ReferenceTable(columns: ["ma", "ten"], rows: [])
        let (read, problems) = form(
            """
            | survey | type                        | name | label | parameters |
            |        | select_one_from_file xa.csv | q    | Where | value=ma   |
            """, tables: ["xa": table])
        #expect(read == nil)
        #expect(problems.map(\.code) == [.tableColumn])
        #expect(problems.first?.column == "parameters")
    }

    @Test func asksForAnotherVersionWhenAFormHasChanged() throws {
        let (read, _) = form("| survey | type | name | label |\n|        | text | a    | A     |")
        let definition = try #require(read)
        #expect(definition.changeUnderOneVersion(published: nil, file: "f") == nil)
        #expect(definition.changeUnderOneVersion(published: definition.sha256, file: "f") == nil)
        let problem = try #require(definition.changeUnderOneVersion(published: "00", file: "f"))
        #expect(problem.code == .versionUnchanged)
        #expect(problem.sheet == "settings")
        #expect(problem.row == 2)
    }
}
