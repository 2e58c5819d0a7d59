import Records
import Sheets
import Vietnamese

/// Reads the `survey` sheet row by row and keeps the sections that are open.
struct SurveyReader {
    var log: FormProblemLog
    /// Lists of which several may be chosen.
    private(set) var multipleLists: Set<String> = []
    let table: SheetTable
    /// The survey itself, then the sections that are open, innermost last.
    private var open: [OpenSection] = [OpenSection()]
    private var names: [String: Int] = [:]
    private var triggers = TriggerCheck()

    /// A section whose end has not been met yet; the survey itself has no section.
    private struct OpenSection {
        var section: Section?
        var items: [FormItem] = []
        var row = 0
    }

    /// Tables of the form, with those that a question's parameters ask for.
    var tables: [String: ReferenceTable]

    init(_ sheet: Sheet, tables: [String: ReferenceTable], keepsSpaces: Bool, log: FormProblemLog) {
        self.tables = tables
        table = SheetTable(sheet, columns: .survey, keepsSpaces: keepsSpaces)
        self.log = log
    }

    mutating func read() -> [FormItem] {
        table.noteDuplicates(in: &log)
        SurveyColumns.noteUnknownHeads(of: table, in: &log)
        for name in ["type", "name"] where table.index(name) == nil {
            log.note(
                .columnMissing, sheet: table.name, row: table.headRow, column: name,
                "The survey has no column \(name).",
                remedy: "Write the head \(name) in the first row.")
        }
        guard table.index("type") != nil else { return [] }
        for row in table.rows { read(row) }
        while open.count > 1 {
            let unclosed = open[open.count - 1]
            note(
                .sectionUnmatched, row: unclosed.row, column: "type",
                "“\(unclosed.section?.name ?? "")” begins here and never ends.",
                remedy: "Add the row with its end.")
            close()
        }
        triggers.note(open[0].items.flatMap(\.questions), sheet: table.name, in: &log)
        return open[0].items
    }

    /// Every name that stands in the column name.
    var allNames: Set<String> { Set(table.rows.compactMap { table.text("name", in: $0)?.trimmed }) }

    private mutating func read(_ row: SheetTable.Row) {
        if flagOrExpression("disabled", row)?.text == "true()" { return }
        guard let type = table.text("type", in: row)?.trimmed else {
            let isRemark = table.text("name", in: row) == nil && table.localized("label", in: row).isEmpty
            note(
                .typeMissing, isRemark ? .warning : .error, row: row.number, column: "type",
                "The row has no type and is left aside.", remedy: "Write a type, or clear the row.")
            return
        }
        switch SurveyType(type) {
        case .question(let kind):
            readQuestion(kind, row)
        case .begin(let isRepeat):
            begin(isRepeat: isRepeat, row)
        case .end(let isRepeat):
            end(isRepeat: isRepeat, row)
        case .refused(let reason):
            note(
                .typeRefused, row: row.number, column: "type", "The type “\(type)” cannot be used: \(reason).",
                remedy: "Use another type, or leave the question out.")
            if table.text("name", in: row) != nil { readQuestion(.hidden, row, isStandIn: true) }
        case .unknown:
            note(
                .typeUnknown, row: row.number, column: "type", "There is no type “\(type)”.",
                remedy: "Check its spelling against the XLSForm standard.")
            readQuestion(.text, row, isStandIn: true)
        }
    }

    // MARK: Sections

    private mutating func begin(isRepeat: Bool, _ row: SheetTable.Row) {
        let name = readName(row, isRepeat: isRepeat) ?? ""
        var section = Section(name: name, label: table.localized("label", in: row), path: path, items: [])
        section.surveyRow = row.number
        section.hint = table.localized("hint", in: row)
        section.relevant = expression("relevant", row)
        section.appearance = table.text("appearance", in: row) ?? ""
        section.layout = readLayout(row)
        if isRepeat {
            if let outer = repeatName {
                note(
                    .repeatNested, row: row.number, column: "type",
                    "The repeat “\(name)” stands inside the repeat “\(outer)”: a sheet has rows, not rows of rows.",
                    remedy: "Put it after the other repeat, with a column that says which row it belongs to.")
            }
            section.repeating = readRepeat(row)
        }
        open.append(OpenSection(section: section, row: row.number))
    }

    private mutating func readRepeat(_ row: SheetTable.Row) -> Section.Repeat {
        var repeating = Section.Repeat()
        repeating.unique = table.text("unique", ours: true, in: row)?.words ?? []
        repeating.count = expression("repeat_count", row)
        if let rows = table.text("rows", ours: true, in: row) {
            repeating.preparedRows = Int(rows.trimmed).flatMap { $0 >= 0 ? $0 : nil }
            if repeating.preparedRows == nil { noteValue("rows", rows, row, allowed: ["a whole number"]) }
        }
        if repeating.preparedRows == nil, let count = repeating.count {
            // A fixed number of rows is also what a blank workbook needs.
            repeating.preparedRows = Int(count.text).flatMap { $0 > 0 ? $0 : nil }
        }
        repeating.required = flagOrExpression("required", row)
        repeating.requiredSeverity = requiredSeverity(row, isRequired: repeating.required != nil)
        return repeating
    }

    private mutating func end(isRepeat: Bool, _ row: SheetTable.Row) {
        guard open.count > 1, (open[open.count - 1].section?.repeating != nil) == isRepeat else {
            note(
                .sectionUnmatched, row: row.number, column: "type",
                "This ends a \(isRepeat ? "repeat" : "group") although none was the last to begin.",
                remedy: "Make begin and end rows match.")
            return
        }
        close()
    }

    private mutating func close() {
        let closed = open.removeLast()
        guard var section = closed.section else { return }
        section.items = closed.items
        open[open.count - 1].items.append(.section(section))
    }

    private var path: [String] { open.compactMap { $0.section?.name } }
    private var repeatName: String? { open.last { $0.section?.repeating != nil }?.section?.name }

    // MARK: Questions

    /// - Parameter isStandIn: the row's own type cannot be used, so that its parameters are none of the kind's.
    private mutating func readQuestion(_ kind: QuestionKind, _ row: SheetTable.Row, isStandIn: Bool = false) {
        if case .selectMultiple(let list, _) = kind { multipleLists.insert(list) }
        guard let name = readName(row, metadata: kind) else { return }
        var question = Question(
            name: name, kind: kind, label: table.localized("label", in: row), path: path, surveyRow: row.number)
        question.repeatName = repeatName
        question.hint = table.localized("hint", in: row)
        question.guidanceHint = table.localized("guidance_hint", in: row)
        question.required = flagOrExpression("required", row)
        question.requiredMessage = table.localized("required_message", in: row)
        question.requiredSeverity = requiredSeverity(row, isRequired: question.required != nil)
        question.rules = readRules(row)
        question.relevant = expression("relevant", row)
        question.calculation = expression("calculation", row)
        question.defaultValue = expression("default", row)
        question.isReadOnly = readFlag("read_only", row)
        question.choiceFilter = expression("choice_filter", row)
        question.appearance = table.text("appearance", in: row) ?? ""
        question.parameters = isStandIn ? [:] : readParameters(row)
        question.clauses = table.text("standard", ours: true, in: row)?.words ?? []
        question.pointsAt = table.text("at", ours: true, in: row)?.trimmed
        question.blankIsZero = readBlank(row)
        question.receiptLine = table.text("receipt", ours: true, in: row)?.trimmed
        question.layout = readLayout(row)
        triggers.add(table.text("trigger", in: row), row: row.number, column: table.head("trigger"))
        complete(&question, row)
        open[open.count - 1].items.append(.question(question))
    }

    private mutating func readRules(_ row: SheetTable.Row) -> [Rule] {
        var rules: [Rule] = []
        if let source = expression("constraint", row) {
            rules.append(
                Rule(
                    number: 1, expression: source, message: table.localized("constraint_message", in: row),
                    severity: severity(1, row)))
        }
        let numbers = Set(table.heads.filter { $0.isOurs && $0.name == "constraint" }.map(\.number)).sorted()
        for number in numbers {
            guard let source = expression("constraint", ours: true, number: number, row) else { continue }
            let message = table.localized("constraint_message", ours: true, number: number, in: row)
            rules.append(
                Rule(number: number, expression: source, message: message, severity: severity(number, row)))
        }
        for rule in rules where rule.message.isEmpty {
            note(
                .messageMissing, .warning, row: row.number, column: rule.expression.column,
                "Rule \(rule.number) has no message.", remedy: "Say in a sentence what is expected.")
        }
        return rules
    }

    /// Checks the name and notes what is wrong with it; metadata may go without.
    private mutating func readName(
        _ row: SheetTable.Row, metadata kind: QuestionKind? = nil, isRepeat: Bool = false
    ) -> String? {
        var name = table.text("name", in: row)?.trimmed
        if name == nil, case .metadata(let known) = kind { name = known }
        guard let name else {
            if kind == .note { return "note_\(row.number)" }
            note(
                .nameMissing, row: row.number, column: "name", "The row has no name.",
                remedy: "Give it a name of letters, digits and _.")
            return nil
        }
        if !FormName.isLegal(name) {
            note(
                .nameIllegal, row: row.number, column: "name", "“\(name)” cannot be a name.",
                remedy: "Begin with a letter or _, go on with letters, digits, _, - or a full stop; no spaces.")
        } else if name == FormName.metadata || (isRepeat && name == FormName.root) {
            note(
                .nameReserved, row: row.number, column: "name", "The name “\(name)” is taken by the form itself.",
                remedy: "Choose another name.")
        }
        let folded = FormName.folded(name)
        if let earlier = names[folded] {
            let isSame = table.rows.contains { $0.number == earlier && table.text("name", in: $0)?.trimmed == name }
            if isSame {
                note(
                    .nameDuplicate, row: row.number, column: "name",
                    "The name “\(name)” stands in row \(earlier) already.",
                    remedy: "Choose another name: cells are found again by it.")
            } else {
                note(
                    .nameConfusable, .warning, row: row.number, column: "name",
                    "The name “\(name)” differs from that in row \(earlier) only in case or in - . _",
                    remedy: "Choose another name: people and other programs take one for the other.")
            }
        } else {
            names[folded] = row.number
        }
        return name
    }
}
