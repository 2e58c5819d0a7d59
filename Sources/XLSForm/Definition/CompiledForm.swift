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
    /// In the order of the survey sheet.
    let items: [CompiledItem]
    /// By question and by section: the innermost section around it; nil where none is.
    let sectionsAroundQuestions: [Int?]
    let sectionsAroundSections: [Int?]
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
        let questionIndexes = Dictionary(
            questions.enumerated().map { ($0.element.question.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        let sectionIndexes = Dictionary(
            sections.enumerated().map { ($0.element.section.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        self.questionIndexes = questionIndexes
        self.sectionIndexes = sectionIndexes
        sectionsAroundQuestions = questions.map { $0.question.path.last.flatMap { sectionIndexes[$0] } }
        sectionsAroundSections = sections.map { $0.section.path.last.flatMap { sectionIndexes[$0] } }
        func indexed(_ items: [FormItem]) -> [CompiledItem] {
            items.compactMap { item in
                switch item {
                case .question(let question): questionIndexes[question.name].map { .question($0) }
                case .section(let section): sectionIndexes[section.name].map { .section($0, indexed(section.items)) }
                }
            }
        }
        items = indexed(definition.items)
    }
}

extension CompiledForm {
    /// What the form's names mean in an expression.
    package var expressionScope: ExpressionScope { FormCompiler.scope(of: definition) }
}

/// A question and its expressions; nil where there is none. An object, since judging asks for it once for every cell.
final class CompiledQuestion: Sendable {
    let question: Question
    let relevant: CompiledExpression?
    let required: CompiledExpression?
    let calculation: CompiledExpression?
    /// The rows of its list that may be chosen; nil where binding has seen to it.
    let filter: CompiledExpression?
    /// In the order of `question.rules`.
    let rules: [CompiledExpression]
    /// The value of a default that is not an expression.
    let staticDefault: AnswerValue?
    /// What a `range` accepts; nil for other types.
    let range: RangeLimits?

    /// Of the question's own words, what is asked for every cell.
    let node: NodeName
    let nodeType: NodeType
    let isComputed: Bool
    /// A person writes an answer into its cell.
    let isAsked: Bool
    let isAttachment: Bool
    let isRepeated: Bool

    init(
        _ question: Question, relevant: CompiledExpression?, required: CompiledExpression?,
        calculation: CompiledExpression?, filter: CompiledExpression?, rules: [CompiledExpression],
        staticDefault: AnswerValue?
    ) {
        self.question = question
        self.relevant = relevant
        self.required = required
        self.calculation = calculation
        self.filter = filter
        self.rules = rules
        self.staticDefault = staticDefault
        range = question.kind == .range ? try? RangeLimits(question.parameters) : nil
        node = NodeName(question.name)
        nodeType = question.nodeType
        isComputed = question.isComputed
        isAsked = !question.isComputed && question.kind != .note
        isAttachment = question.kind == .attachment
        isRepeated = question.repeatName != nil
    }

    var expressions: [CompiledExpression] {
        [relevant, required, calculation, filter].compactMap { $0 } + rules
    }
}

/// A section and its expressions; nil where there is none.
final class CompiledSection: Sendable {
    let section: Section
    let relevant: CompiledExpression?
    /// `required` of a repeat.
    let required: CompiledExpression?
    /// `repeat_count`.
    let count: CompiledExpression?
    let node: NodeName

    init(
        _ section: Section, relevant: CompiledExpression?, required: CompiledExpression?, count: CompiledExpression?
    ) {
        self.section = section
        self.relevant = relevant
        self.required = required
        self.count = count
        node = NodeName(section.name)
    }

    var expressions: [CompiledExpression] { [relevant, required, count].compactMap { $0 } }
}

/// A question or a section of the form by its index, sections with what stands in them.
indirect enum CompiledItem: Sendable {
    case question(Int)
    case section(Int, [CompiledItem])
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
    package var choiceTable: String? {
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
