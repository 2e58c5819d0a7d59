import Foundation
package import Records
package import Sheets

/// Everything that can be told about a form's definition, all at once: what `formpost check` prints for a form.
package struct FormCheck {
    private var log: FormProblemLog
    private let definition: FormDefinition
    private let rows: [String: Int]

    /// - Parameters:
    ///   - tables: what comes with the form, by name without ending.
    ///   - knownTables: columns of the tables that rules may look up besides; no columns where they are not known. nil
    ///     leaves look-ups outside the form unchecked.
    /// - Returns: by sheet and row, as the workbook has them.
    package static func problems(
        _ workbook: Workbook, file: String, sha256: String = "", tables: [String: ReferenceTable] = [:],
        knownTables: [String: [String]]? = nil
    ) -> [FormProblem] {
        let (draft, problems) = FormReader.readAsFarAsPossible(workbook, file: file, sha256: sha256, tables: tables)
        guard let draft else { return problems }
        let heads = FormHeads(workbook, defaultLanguage: draft.settings.defaultLanguage)
        let all = problems + Self.problems(draft, file: file, knownTables: knownTables).map(heads.standing)
        let sheets = Dictionary(
            workbook.sheets.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        func key(_ problem: FormProblem) -> (Int, Int) {
            (problem.sheet.map { sheets[$0] ?? sheets.count } ?? -1, problem.row ?? 0)
        }
        return all.enumerated().sorted { left, right in
            let (first, second) = (key(left.element), key(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    /// What can be told of a definition that has been read: names, lists, labels, expressions, defaults.
    package static func problems(
        _ definition: FormDefinition, file: String, knownTables: [String: [String]]? = nil
    ) -> [FormProblem] {
        var check = FormCheck(definition, file: file)
        check.checkSettings()
        check.checkLists(knownTables)
        for section in definition.sections { check.check(section) }
        for question in definition.questions { check.check(question) }
        var compiler = FormCompiler(definition, file: file, knownTables: knownTables)
        let form = compiler.compile()
        check.log.append(compiler.log.problems)
        if let form {
            check.tryDefaults(form)
        } else if let form = Self.remainder(of: definition, without: check.log.problems) {
            check.tryDefaults(form)
        }
        return check.log.problems
    }

    /// The form without the expressions of the rows that have errors, so that the defaults of the others are tried all the
    /// same; nil where it cannot be compiled even so.
    private static func remainder(of definition: FormDefinition, without problems: [FormProblem]) -> CompiledForm? {
        let broken = Set(problems.filter { $0.severity == .error && $0.sheet != "choices" }.compactMap(\.row))
        func mended(_ item: FormItem) -> FormItem {
            switch item {
            case .question(var question) where broken.contains(question.surveyRow):
                question.rules = []
                (question.relevant, question.required, question.choiceFilter) = (nil, nil, nil)
                (question.calculation, question.defaultValue) = (nil, nil)
                return .question(question)
            case .question: return item
            case .section(var section):
                if broken.contains(section.surveyRow) {
                    section.relevant = nil
                    section.repeating?.count = nil
                }
                section.items = section.items.map(mended)
                return .section(section)
            }
        }
        let rest = FormDefinition(
            settings: definition.settings, items: definition.items.map(mended), choiceLists: definition.choiceLists,
            tables: definition.tables, sha256: definition.sha256)
        var compiler = FormCompiler(rest, file: "", knownTables: nil)
        return compiler.compile()
    }

    private init(_ definition: FormDefinition, file: String) {
        self.definition = definition
        log = FormProblemLog(file: file)
        let questions = definition.questions.map { ($0.name, $0.surveyRow) }
        let sections = definition.sections.map { ($0.name, $0.surveyRow) }
        rows = Dictionary(questions + sections, uniquingKeysWith: { first, _ in first })
    }

    private mutating func note(
        _ code: FormProblem.Code, _ severity: FormProblem.Severity = .error, row: Int, column: String,
        _ message: String, remedy: String
    ) {
        log.note(code, severity, sheet: "survey", row: row, column: column, message, remedy: remedy)
    }

    // MARK: Settings

    private mutating func checkSettings() {
        let settings = definition.settings
        let named = [
            ("unit", settings.unitQuestion), ("period", settings.periodQuestion), ("stage", settings.stageQuestion),
            ("reward", settings.rewardQuestion), ("nominee", settings.nomineeQuestion),
            ("place", settings.placeQuestion),
        ]
        for (setting, name) in named {
            guard let name else { continue }
            guard let question = definition.question(named: name) else {
                noteSetting(setting, "The setting names “\(name)”, which is no question.", "Name a question.")
                continue
            }
            if question.repeatName != nil {
                noteSetting(setting, "“\(name)” stands in a repeat and has many values.", "Name one outside repeats.")
            }
        }
        var needed: [(String, String?)] = settings.kind == nil ? [] : [("unit", settings.unitQuestion)]
        if settings.kind == .report { needed.append(("period", settings.periodQuestion)) }
        if settings.kind == .nomination {
            needed += [("stage", settings.stageQuestion), ("nominee", settings.nomineeQuestion)]
        }
        for (setting, name) in needed where name == nil {
            log.note(
                .settingMissing, .warning, sheet: "settings", row: definition.settings.row,
                column: "formpost::\(setting)",
                "A form of this kind is known by its \(setting).", remedy: "Name the question that holds it.")
        }
    }

    private mutating func noteSetting(_ setting: String, _ message: String, _ remedy: String) {
        log.note(
            .referenceUnknown, sheet: "settings", row: definition.settings.row, column: "formpost::\(setting)", message,
            remedy: remedy)
    }

    // MARK: Lists

    private mutating func checkLists(_ knownTables: [String: [String]]?) {
        var used: Set<String> = []
        for question in definition.questions {
            if let list = question.parameters["tick_labelset"] { used.insert(list) }
            if let list = question.choiceList {
                used.insert(list)
                if definition.choiceLists[list] == nil {
                    note(
                        .listMissing, row: question.surveyRow, column: "type",
                        "The choices sheet has no list “\(list)”.", remedy: "Add the list, or check its name.")
                }
            } else if case .selectOneFromFile(let table) = question.kind, let knownTables,
                definition.tables[table] == nil, knownTables[table] == nil
            {
                note(
                    .tableMissing, row: question.surveyRow, column: "type", "There is no table “\(table)”.",
                    remedy: "Check its spelling, or put the table beside the form.")
            }
        }
        let mentioned = definition.questions.compactMap(\.calculation?.text).joined()
        for list in definition.choiceLists.keys.sorted()
        where !used.contains(list) && !mentioned.contains("'\(list)'") {
            log.note(
                .listUnused, .warning, sheet: "choices", row: definition.choiceLists[list]?.row, column: "list_name",
                "No question uses the list “\(list)”.",
                remedy: "Leave it out, or name it in a question's type.")
        }
    }

    // MARK: Sections and questions

    private mutating func check(_ section: Section) {
        if definition.settings.lacks(section.label) {
            note(
                .labelMissing, .warning, row: section.surveyRow, column: "label",
                "“\(section.name)” has no label in the default language.", remedy: "Write one: it becomes a heading.")
        }
        checkTexts([("label", section.label), ("hint", section.hint)], row: section.surveyRow)
        checkCount(of: section)
        let own = Set(section.items.flatMap(\.questions).map(\.name))
        for name in section.repeating?.unique ?? [] where !own.contains(name) {
            note(
                .referenceUnknown, row: section.surveyRow, column: "formpost::unique",
                "“\(name)” is no question of this repeat.", remedy: "Name columns of the table, parted by spaces.")
        }
    }

    /// Elsewhere a count that is no bare `${name}` becomes a question of its own beside the repeat.
    private mutating func checkCount(of section: Section) {
        guard let count = section.repeating?.count, Expression.nameOfReference(count.text) == nil else { return }
        let generated = section.name + "_count"
        let beside =
            definition.questions.filter { $0.path == section.path }.map { ($0.name, $0.surveyRow) }
            + definition.sections.filter { $0.path == section.path }.map { ($0.name, $0.surveyRow) }
        for (_, row) in beside.filter({ $0.0 == generated }) {
            note(
                .nameReserved, row: row, column: "name",
                "ODK gives the name “\(generated)” to the count of the repeat “\(section.name)”.",
                remedy: "Choose another name.")
        }
    }

    private mutating func check(_ question: Question) {
        let row = question.surveyRow
        if !question.isComputed, definition.settings.lacks(question.label) {
            note(
                .labelMissing, question.label.isEmpty ? .error : .warning, row: row, column: "label",
                "“\(question.name)” has no label in the default language.", remedy: "Write what people are to fill in.")
        }
        checkTexts(
            [
                ("label", question.label), ("hint", question.hint), ("guidance_hint", question.guidanceHint),
                ("required_message", question.requiredMessage),
            ], row: row)
        for rule in question.rules {
            let suffix = rule.number == 1 ? "" : "_\(rule.number)"
            let column = rule.number == 1 ? "constraint_message" : "formpost::constraint_message\(suffix)"
            checkTexts([(column, rule.message)], row: row)
        }
        for problem in QuestionParameters.problems(question, lists: definition.choiceLists) {
            note(.valueUnknown, row: row, column: "parameters", problem.message, remedy: problem.remedy)
        }
        if let line = question.receiptLine { checkTexts([("formpost::receipt", ["": line])], row: row) }
        if let name = question.pointsAt {
            let target = definition.question(named: name)
            if target == nil || target?.isComputed == true {
                note(
                    .referenceUnknown, row: row, column: "formpost::at",
                    target == nil ? "“\(name)” is no question." : "“\(name)” is computed and has no cell of its own.",
                    remedy: "Name a question that is filled in.")
            }
        }
        if let list = question.choiceList, let value = question.defaultValue?.text,
            let choices = definition.choiceLists[list]?.choices, !FormDefault.isDynamic(value, for: question)
        {
            let chosen = value.split(separator: " ").map(String.init)
            for name in chosen where !choices.contains(where: { $0.name == name }) {
                note(
                    .valueUnknown, row: row, column: "default", "The list “\(list)” has no choice “\(name)”.",
                    remedy: "Write the name of a choice.")
            }
        }
    }

    /// Names in `${…}` of texts must exist too, or a letter shows a gap.
    private mutating func checkTexts(_ texts: [(column: String, text: LocalizedText)], row: Int) {
        for (column, localized) in texts {
            for (language, text) in localized.sorted(by: { $0.key < $1.key }) {
                for name in FormName.references(in: text) where rows[name] == nil {
                    note(
                        .expressionName, row: row, column: language.isEmpty ? column : "\(column)::\(language)",
                        "The text names “\(name)”, which is no question.",
                        remedy: "Write the name as it stands in the column name of the survey.")
                }
            }
        }
    }

    // MARK: Defaults

    /// Fills the form with nothing but its defaults and tries the rules of each question that has one.
    private mutating func tryDefaults(_ form: CompiledForm) {
        let tree = FormInstance(form, rows: [:]) { form.questions[$0.question].staticDefault }
        var context = EvaluationContext(
            instance: tree.instance, formTables: form.tables, received: Date(timeIntervalSince1970: 0))
        for (index, item) in form.questions.enumerated() {
            guard item.staticDefault != nil, let node = tree.questionNodes[index].first else { continue }
            for (rule, expression) in zip(item.question.rules, item.rules)
            where !Self.asksForTheTime(expression) && rule.severity == .error {
                guard (try? expression.truth(at: node, in: &context)) == .no else { continue }
                log.note(
                    .defaultBroken, sheet: rule.expression.sheet, row: rule.expression.row,
                    column: rule.expression.column, "The question's own default breaks rule \(rule.number).",
                    remedy: "Change the default or the rule.")
            }
        }
    }

    private static func asksForTheTime(_ expression: CompiledExpression) -> Bool {
        var asks = false
        expression.expression.syntax.forEach { node in
            if case .call(let name, _) = node.form, name == "today" || name == "now" { asks = true }
        }
        return asks
    }
}
