import Records

/// A form made ready for judging: every expression compiled, relevance and calculations in the order of what they read.
package struct CompiledForm: Sendable {
    package let definition: FormDefinition
    /// Names of questions and sections in the order in which their relevance and calculations are worked out.
    package let calculationOrder: [String]
    /// The tables that its expressions look something up in, its own included; nil when one is named only by what a
    /// workbook answers.
    package let tablesRead: Set<String>?

    /// What expressions look up in the form itself: its tables, and its choice lists as tables.
    let tables: [String: ReferenceTable]
    let questions: [CompiledQuestion]
    let sections: [CompiledSection]
    let questionIndexes: [String: Int]
    let sectionIndexes: [String: Int]

    /// - Parameter knownTables: columns of each table that is looked up but does not come with the form, the accepted
    ///   reports of other forms among them; no columns where they are not known. nil leaves such tables unchecked.
    package init(
        _ definition: FormDefinition, knownTables: [String: [String]]? = nil
    ) throws(FormProblems) {
        var compiler = FormCompiler(definition, file: definition.settings.id, knownTables: knownTables)
        let form = compiler.compile()
        let errors = compiler.log.problems.filter { $0.severity == .error }
        guard errors.isEmpty, let form else { throw FormProblems(errors) }
        self = form
    }

    init(
        _ definition: FormDefinition, questions: [CompiledQuestion], sections: [CompiledSection], order: [String]
    ) {
        self.definition = definition
        self.questions = questions
        self.sections = sections
        calculationOrder = order
        let expressions = questions.flatMap(\.expressions) + sections.flatMap(\.expressions)
        let chosenFrom = questions.compactMap(\.question.choiceTable)
        tablesRead =
            expressions.allSatisfy(\.namesItsTables)
            ? expressions.reduce(into: Set(chosenFrom)) { $0.formUnion($1.tableNames) } : nil
        let lists = definition.choiceLists.mapValues { list in
            let attributes = Set(list.choices.flatMap(\.attributes.keys)).sorted()
            let rows = list.choices.map { choice in
                [choice.name, definition.settings.text(choice.label)] + attributes.map { choice.attributes[$0] ?? "" }
            }
            return ReferenceTable(columns: ["name", "label"] + attributes, rows: rows, keys: ["name"])
        }
        tables = definition.tables.merging(lists) { own, _ in own }
        questionIndexes = Dictionary(
            questions.enumerated().map { ($0.element.question.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        sectionIndexes = Dictionary(
            sections.enumerated().map { ($0.element.section.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
}

extension CompiledForm {
    /// What the form's names mean in an expression.
    package var expressionScope: ExpressionScope { FormCompiler.scope(of: definition) }
}

/// A question and its expressions; nil where there is none.
struct CompiledQuestion: Sendable {
    let question: Question
    var relevant: CompiledExpression?
    var required: CompiledExpression?
    var calculation: CompiledExpression?
    /// The rows of its list that may be chosen; nil where binding has seen to it.
    var filter: CompiledExpression?
    /// In the order of `question.rules`.
    var rules: [CompiledExpression] = []
    /// The value of a default that is not an expression.
    var staticDefault: AnswerValue?
    /// What a `range` accepts; nil for other types.
    let range: RangeLimits?

    init(_ question: Question) {
        self.question = question
        range = question.kind == .range ? try? RangeLimits(question.parameters) : nil
    }

    var expressions: [CompiledExpression] {
        [relevant, required, calculation, filter].compactMap { $0 } + rules
    }
}

struct CompiledSection: Sendable {
    let section: Section
    var relevant: CompiledExpression?
    /// `required` of a repeat.
    var required: CompiledExpression?
    /// `repeat_count`.
    var count: CompiledExpression?

    init(_ section: Section) {
        self.section = section
    }

    var expressions: [CompiledExpression] { [relevant, required, count].compactMap { $0 } }
}

extension Question {
    /// Its value comes from the form or the mail, never from a cell.
    var isComputed: Bool {
        switch kind {
        case .calculate, .hidden, .metadata: true
        default: calculation != nil
        }
    }

    /// What kind of node it is in expressions. A calculation's text counts as what it is used as.
    var nodeType: NodeType {
        switch kind {
        case .integer: .integer
        case .decimal, .range: .decimal
        case .date, .metadata("today"): .date
        case .dateTime, .metadata("start"), .metadata("end"): .dateTime
        case .time: .time
        case .calculate, .hidden: .untyped
        case .text, .note, .acknowledge, .selectOne, .selectMultiple, .selectOneFromFile, .attachment, .metadata:
            .text
        }
    }

    /// The table that it chooses from.
    var choiceTable: String? {
        if case .selectOneFromFile(let table) = kind { table } else { nil }
    }

    /// The list of the choices sheet that it chooses from.
    var choiceList: String? {
        switch kind {
        case .selectOne(let list, _), .selectMultiple(let list, _): list
        default: nil
        }
    }
}
