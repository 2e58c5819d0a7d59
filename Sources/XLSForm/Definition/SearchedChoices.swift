import Records
import Vietnamese

/// The oldest way to take choices from a table: `search('file')` in the column appearance, as ODK Collect and KoboCollect
/// know it. The first choice of the list then names columns of the file instead of a choice: `name` what is stored,
/// `label` what is shown; choices whose names are whole numbers stand above those of the file. Read here as what has
/// taken its place: `select_one_from_file` with a `choice_filter`.
struct SearchedChoices {
    private(set) var lists: [String: ChoiceList]
    private(set) var tables: [String: ReferenceTable]
    private(set) var log: FormProblemLog
    private let settings: FormSettings
    private let survey: SheetTable
    /// Lists that hold columns of a file.
    private var searched: Set<String> = []

    init(
        lists: [String: ChoiceList], tables: [String: ReferenceTable], settings: FormSettings, survey: SheetTable,
        log: FormProblemLog
    ) {
        self.lists = lists
        self.tables = tables
        self.settings = settings
        self.survey = survey
        self.log = log
    }

    /// The items with every such question's kind and filter replaced; their lists are gone.
    mutating func replaced(in items: [FormItem]) -> [FormItem] {
        let all = items.map { replaced($0) }
        let others = Set(all.flatMap(\.questions).compactMap(\.choiceList))
        for question in all.flatMap(\.questions) {
            guard let list = question.choiceList, searched.contains(list) else { continue }
            note(
                .expressionRefused, question, column: "type",
                "The list “\(list)” names columns of a file for search(), and no choices.",
                remedy: "Use a list of its own for this question.")
        }
        for list in searched.subtracting(others) { lists[list] = nil }
        return all
    }

    private mutating func replaced(_ item: FormItem) -> FormItem {
        switch item {
        case .question(let question): return .question(replaced(question))
        case .section(var section):
            section.items = section.items.map { replaced($0) }
            return .section(section)
        }
    }

    private mutating func replaced(_ question: Question) -> Question {
        guard question.appearance.contains("search(") else { return question }
        guard case .selectOne(let list, orOther: false) = question.kind, let choices = lists[list]?.choices,
            let columns = choices.first(where: { !Self.isStatic($0) })
        else {
            note(
                .expressionRefused, question, column: "appearance",
                "search() fetches the choices of a select_one from a file, and its list names two columns of it.",
                remedy: "Use select_one_from_file, with a choice_filter where one is needed.")
            return question
        }
        guard let (file, filter) = Self.search(in: question.appearance) else {
            note(
                .expressionSyntax, question, column: "appearance", "“\(question.appearance)” is no search.",
                remedy: "Write search('file'), or search('file', 'matches', 'column', 'text').")
            return question
        }
        var question = question
        searched.insert(list)
        let table = (file: file, value: columns.name, label: settings.text(columns.label))
        question.kind = .selectOneFromFile(table: self.table(table, above: choices.filter(Self.isStatic), question))
        if let filter {
            question.choiceFilter = ExpressionSource(
                filter, sheet: survey.name, row: question.surveyRow, column: survey.head("appearance"))
        }
        return question
    }

    private static func isStatic(_ choice: ChoiceList.Choice) -> Bool { Int(choice.name) != nil }

    /// The name of the file's table, or of a copy under the usual names of its columns.
    private mutating func table(
        _ wanted: (file: String, value: String, label: String), above choices: [ChoiceList.Choice], _ question: Question
    ) -> String {
        // A table that is not there is told with all others.
        guard let table = tables[wanted.file] else { return wanted.file }
        let missing = [wanted.value, wanted.label].filter { !table.columns.contains($0) }
        guard missing.isEmpty else {
            note(
                .tableColumn, question, column: "appearance",
                "The table “\(wanted.file)” has no column \(missing.joined(separator: ", ")).",
                remedy: "Write its heads as name and label of the first choice.")
            return wanted.file
        }
        let renamed = table.renaming([wanted.value: "name", wanted.label: "label"])
        let own = choices.map { choice in
            renamed.columns.map { $0 == "name" ? choice.name : $0 == "label" ? settings.text(choice.label) : "" }
        }
        let names = choices.map { "&\($0.name)" }.joined()
        let copy = "\(wanted.file)?value=\(wanted.value)&label=\(wanted.label)\(names)"
        tables[copy] = ReferenceTable(columns: renamed.columns, rows: own + renamed.rows, keys: ["khoa", "name"])
        return copy
    }

    /// The file, and the filter over its columns: `search('file', how, 'column', text, 'column', text)`.
    static func search(in appearance: String) -> (file: String, filter: String?)? {
        guard let start = appearance.firstRange(of: "search(")?.lowerBound, let end = appearance.lastIndex(of: ")"),
            case .call("search", let arguments)? = (try? Expression(String(appearance[start...end])))?.syntax.form,
            [1, 4, 6].contains(arguments.count), let file = literal(arguments[0])
        else { return nil }
        guard arguments.count > 1 else { return (file, nil) }
        guard let how = literal(arguments[1]), let column = literal(arguments[2]), FormName.isLegal(column) else {
            return nil
        }
        var filter: String
        switch how {
        case "matches": filter = "\(column) = (\(arguments[3]))"
        case "contains", "startswith", "endswith":
            let function = ["startswith": "starts-with", "endswith": "ends-with"][how] ?? how
            filter = "\(function)(\(column), \(arguments[3]))"
        default: return nil
        }
        if arguments.count == 6 {
            guard let second = literal(arguments[4]), FormName.isLegal(second) else { return nil }
            filter += " and \(second) = (\(arguments[5]))"
        }
        return (file, filter)
    }

    private static func literal(_ syntax: Syntax) -> String? {
        guard case .literal(let text) = syntax.form else { return nil }
        return SurveyType.tableName(text).trimmed
    }

    private mutating func note(
        _ code: FormProblem.Code, _ question: Question, column: String, _ message: String, remedy: String
    ) {
        log.note(
            code, sheet: survey.name, row: question.surveyRow, column: survey.head(column), message, remedy: remedy)
    }
}
