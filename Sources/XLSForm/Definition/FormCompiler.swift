import Foundation
import Records

/// Compiles every expression of a definition and notes each problem with its sheet, row and column.
struct FormCompiler {
    private(set) var log: FormProblemLog
    let definition: FormDefinition
    let knownTables: [String: [String]]?
    private let scope: ExpressionScope
    /// By question that takes one choice of a fixed list.
    private let choiceLists: [String: String]

    init(_ definition: FormDefinition, file: String, knownTables: [String: [String]]?) {
        self.definition = definition
        self.knownTables = knownTables
        log = FormProblemLog(file: file)
        scope = Self.scope(of: definition)
        let lists = definition.questions.compactMap { question in
            if case .selectOne(let list, orOther: false) = question.kind { (question.name, list) } else { nil }
        }
        choiceLists = Dictionary(lists, uniquingKeysWith: { first, _ in first })
    }

    /// nil when an error was found.
    mutating func compile() -> CompiledForm? {
        let questions = definition.questions.map { compile($0) }
        let sections = definition.sections.map { compile($0) }
        if let instanceName = definition.settings.instanceName {
            _ = compile(instanceName, at: [])
        }
        let order = order(questions, sections)
        guard !log.hasErrors else { return nil }
        return CompiledForm(definition, questions: questions, sections: sections, order: order)
    }

    static func scope(of definition: FormDefinition) -> ExpressionScope {
        var scope = ExpressionScope()
        for section in definition.sections {
            let outer = definition.sections.last { $0.repeating != nil && section.path.contains($0.name) }?.name
            scope.add(
                .init(
                    name: section.name, path: section.path, repeatName: outer, type: .container,
                    isRepeat: section.repeating != nil))
        }
        for question in definition.questions {
            scope.add(
                .init(
                    name: question.name, path: question.path, repeatName: question.repeatName,
                    type: question.nodeType, choiceList: question.choiceList))
        }
        return scope
    }

    // MARK: Questions and sections

    private mutating func compile(_ question: Question) -> CompiledQuestion {
        let path = question.path + [question.name]
        let relevant = question.relevant.flatMap { compile($0, at: path) }
        let required = question.required.flatMap { compile($0, at: path) }
        var calculation = question.calculation.flatMap { compile($0, at: path) }
        let rules = question.rules.compactMap { compile($0.expression, at: path) }
        var staticDefault: AnswerValue?
        if let source = question.defaultValue {
            if FormDefault.isDynamic(source.text, for: question) {
                let value = compile(source, at: path)
                if question.kind == .calculate || question.kind == .hidden, calculation == nil {
                    calculation = value
                }
            } else if let value = FormDefault.value(source.text, for: question) {
                staticDefault = value
            } else {
                log.note(
                    .valueUnknown, sheet: source.sheet, row: source.row, column: source.column,
                    "The default “\(source.text)” does not fit the question's type.",
                    remedy: "Write a value of that type; a date as 2020-06-11.")
            }
        }
        let filter = question.choiceFilter.flatMap { compileFilter($0, of: question, at: path) }
        return CompiledQuestion(
            question, relevant: relevant, required: required, calculation: calculation, filter: filter, rules: rules,
            staticDefault: staticDefault)
    }

    private mutating func compile(_ section: Section) -> CompiledSection {
        let path = section.path + [section.name]
        return CompiledSection(
            section, relevant: section.relevant.flatMap { compile($0, at: path) },
            required: section.repeating?.required.flatMap { compile($0, at: path) },
            count: section.repeating?.count.flatMap { compile($0, at: section.path) })
    }

    /// A choice filter is a predicate on the rows of its list, where bare names are the list's columns.
    /// - Returns: the rows that remain; nil where a drop-down follows the filter, so that binding has applied it.
    private mutating func compileFilter(
        _ source: ExpressionSource, of question: Question, at path: [String]
    ) -> CompiledExpression? {
        let list: String
        switch question.kind {
        case .selectOne(let name, _), .selectMultiple(let name, _): list = name
        case .selectOneFromFile(let table): list = table
        default: return nil
        }
        let before = "instance('\(list)')/root/item["
        var wrapped = source
        wrapped.text = before + source.text + "]"
        guard let compiled = compile(wrapped, at: path, leading: before.count) else { return nil }
        if let columns = columns(ofList: list) {
            compiled.expression.syntax.forEach { node in
                guard let name = Self.columnName(node), !columns.contains(name) else { return }
                log.note(
                    .tableColumn, sheet: source.sheet, row: source.row, column: source.column,
                    "Character \(node.column - before.count): the list “\(list)” has no column “\(name)”.",
                    remedy: "Choose one of: \(columns.joined(separator: ", ")).")
            }
        }
        return Self.isFollowedByDropDown(source.text) ? nil : compiled
    }

    private static func columnName(_ node: Syntax) -> String? {
        guard case .path(.context, let steps) = node.form, let first = steps.first, first.axis == .child,
            case .name(let name) = first.test
        else { return nil }
        return name
    }

    /// `loai = 'xa'` and `ma_don_vi = ${xa}`.
    private static func isFollowedByDropDown(_ filter: String) -> Bool {
        guard let expression = try? Expression(filter),
            case .binary(.equal, let left, let right) = expression.syntax.form,
            columnName(left) != nil
        else { return false }
        switch right.form {
        case .literal, .reference: return true
        default: return false
        }
    }

    private func columns(ofList list: String) -> [String]? {
        if let choices = definition.choiceLists[list]?.choices {
            return ["name", "label"] + Set(choices.flatMap(\.attributes.keys)).sorted()
        }
        return columns(ofTable: list)
    }

    /// nil when the table, or what it holds, is not known.
    private func columns(ofTable table: String) -> [String]? {
        if let own = definition.tables[table] { return own.columns }
        guard let columns = knownTables?[table], !columns.isEmpty else { return nil }
        return columns
    }

    // MARK: Expressions

    /// - Parameter leading: characters put in front of what stands in the cell.
    private mutating func compile(
        _ source: ExpressionSource, at path: [String], leading: Int = 0
    ) -> CompiledExpression? {
        do throws(ExpressionError) {
            let expression = try Expression(source.text)
            let compiled = try CompiledExpression(expression, scope: scope, at: path)
            checkTables(of: compiled, source, leading: leading)
            checkChoices(of: compiled, source, own: path.last, leading: leading)
            return compiled
        } catch {
            log.note(
                FormProblem.Code(error.code), sheet: source.sheet, row: source.row, column: source.column,
                "Character \(max(1, error.column - leading)): \(error.message)",
                remedy: FormProblem.Code(error.code).remedyForExpression)
            return nil
        }
    }

    private mutating func checkTables(of compiled: CompiledExpression, _ source: ExpressionSource, leading: Int) {
        compiled.expression.syntax.forEach { node in
            guard case .call("pulldata", let arguments) = node.form, arguments.count == 4,
                case .literal(let file) = arguments[0].form
            else { return }
            let table = SurveyType.tableName(file)
            if knownTables != nil, definition.tables[table] == nil, knownTables?[table] == nil {
                log.note(
                    .tableMissing, sheet: source.sheet, row: source.row, column: source.column,
                    "Character \(arguments[0].column - leading): there is no table “\(file)”.",
                    remedy: "Check its spelling, or put the table beside the form.")
            }
            guard let columns = columns(ofTable: table) else { return }
            for argument in [arguments[1], arguments[2]] {
                guard case .literal(let column) = argument.form, !columns.contains(column) else { continue }
                log.note(
                    .tableColumn, sheet: source.sheet, row: source.row, column: source.column,
                    "Character \(argument.column - leading): the table “\(file)” has no column “\(column)”.",
                    remedy: "Choose one of: \(columns.joined(separator: ", ")).")
            }
        }
    }

    /// A question compared with a word that is none of its choices never holds: most likely a slip.
    private mutating func checkChoices(
        of compiled: CompiledExpression, _ source: ExpressionSource, own: String?, leading: Int
    ) {
        guard leading == 0 else { return }
        // Within a predicate the full stop is another node.
        let own = source.text.contains("[") ? nil : own
        compiled.expression.syntax.forEach { node in
            guard case .binary(let comparison, let left, let right) = node.form,
                comparison == .equal || comparison == .notEqual
            else { return }
            for (side, other) in [(left, right), (right, left)] {
                guard case .literal(let word) = other.form, !word.isEmpty,
                    let name = Self.questionName(side, own: own), let list = choiceLists[name],
                    let choices = definition.choiceLists[list]?.choices, !choices.contains(where: { $0.name == word })
                else { continue }
                log.note(
                    .valueUnknown, .warning, sheet: source.sheet, row: source.row, column: source.column,
                    "Character \(other.column): the list “\(list)” of “\(name)” has no choice “\(word)”.",
                    remedy: "Write the name of one of its choices.")
            }
        }
    }

    /// The question that `${name}` or a bare `.` stands for.
    private static func questionName(_ node: Syntax, own: String?) -> String? {
        switch node.form {
        case .reference(let name): return name
        case .path(.context, let steps):
            guard steps.count == 1, steps[0].axis == .`self`, steps[0].predicates.isEmpty else { return nil }
            return own
        default: return nil
        }
    }

    // MARK: Order

    private mutating func order(_ questions: [CompiledQuestion], _ sections: [CompiledSection]) -> [String] {
        let order = DependencyOrder(questions, sections)
        for cycle in order.cycles {
            guard let first = cycle.first else { continue }
            let item = questions.first { $0.question.name == first }
            let source =
                item?.question.calculation ?? item?.question.relevant
                ?? sections.first { $0.section.name == first }?.section.relevant
            log.note(
                .expressionCycle, sheet: source?.sheet ?? "survey", row: source?.row ?? item?.question.surveyRow,
                column: source?.column,
                "This depends on itself: \((cycle + [first]).joined(separator: " ← ")).",
                remedy: "Leave one of these references out.")
        }
        return order.names
    }
}

extension FormProblem.Code {
    init(_ code: ExpressionError.Code) {
        switch code {
        case .syntax, .tooLarge, .pattern: self = .expressionSyntax
        case .unknownName, .ambiguousName: self = .expressionName
        case .unknownFunction: self = .expressionFunction
        case .refusedFunction, .unsupported: self = .expressionRefused
        case .argumentCount: self = .expressionArity
        case .typeMismatch: self = .expressionType
        case .severalNodes: self = .expressionSeveral
        }
    }

    fileprivate var remedyForExpression: String {
        switch self {
        case .expressionName: "Write the name as it stands in the column name of the survey."
        case .expressionFunction: "Check the function's spelling; names are in lower case."
        case .expressionArity: "Give the function the arguments that it needs."
        case .expressionType: "Convert the value, or compare with one of the same type."
        case .expressionSeveral: "Take one of them with sum(), count(), indexed-repeat() or the like."
        case .expressionRefused: "Leave it out."
        default: "Mend the expression at that character."
        }
    }
}
