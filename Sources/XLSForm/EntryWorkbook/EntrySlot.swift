import Records
import Vietnamese

/// One cell of an entry workbook, or one column of a table, that takes an answer.
///
/// A question has one slot; one with several choices has a slot for each choice, to be ticked. An object, since it is
/// handed on for every cell.
final class EntrySlot: Sendable {
    let question: Question
    /// The choice that is ticked here; nil for every other kind of question.
    let choice: ChoiceList.Choice?
    /// The defined name of its cell or column, also its tag; unique in the form when case is ignored.
    let name: String
    /// The name as names and tags are compared.
    let key: String

    init(question: Question, choice: ChoiceList.Choice?, name: String) {
        self.question = question
        self.choice = choice
        self.name = name
        key = name.lowercased()
    }
}

/// The slots and names of one form. The same definition always gives the same names.
struct EntrySlots: Sendable {
    /// By question, in the order of its choices.
    let byQuestion: [String: [EntrySlot]]
    /// The tag of a repeat by its name.
    let tableTags: [String: String]

    static let fieldPrefix = "xf_"
    static let tablePrefix = "xt_"
    static let tableEndPrefix = "xe_"
    /// Marks a row that holds no answer: a heading, a computed value, the signatures.
    static let otherTag = "xn_"
    static let formPrefix = "xform:"
    static let tagPrefixes = [fieldPrefix, tablePrefix, tableEndPrefix, otherTag]
    /// Whether a cell's text is one of the hidden tags.
    static func isTag(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "x") && tagPrefixes.contains { text.hasPrefix($0) }
    }
    /// The name of the cell that holds the form's id and version.
    static let formName = "xform_id"

    init(_ form: FormDefinition) {
        var names = UniqueNames()
        var byQuestion: [String: [EntrySlot]] = [:]
        for question in form.questions where question.kind.takesAnswer {
            let path = question.path + [question.name]
            if case .selectMultiple(let list, _) = question.kind {
                byQuestion[question.name] = (form.choiceLists[list]?.choices ?? []).map { choice in
                    EntrySlot(
                        question: question, choice: choice, name: names.name(Self.fieldPrefix, path + [choice.name]))
                }
            } else {
                byQuestion[question.name] = [
                    EntrySlot(question: question, choice: nil, name: names.name(Self.fieldPrefix, path))
                ]
            }
        }
        var tags: [String: String] = [:]
        for section in form.sections where section.repeating != nil {
            tags[section.name] = names.name(Self.tablePrefix, section.path + [section.name])
        }
        self.byQuestion = byQuestion
        tableTags = tags
    }

    /// The tag at the end of a table whose own tag is given.
    static func endTag(of tableTag: String) -> String { tableEndPrefix + tableTag.dropFirst(tablePrefix.count) }
}

/// Makes defined names (ECMA-376 Part 1, 18.2.5) of paths: `[A-Za-z0-9_]` only, since re-saving as xls turns dots into
/// underscores, and no two alike when case is ignored.
private struct UniqueNames {
    private var taken: Set<String> = []

    mutating func name(_ prefix: String, _ path: [String]) -> String {
        let escaped = path.joined(separator: "_").utf8.map { byte -> Character in
            let isPlain =
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            return isPlain ? Character(Unicode.Scalar(byte)) : "_"
        }
        let base = prefix + String(escaped.suffix(90))
        var name = base
        var count = 1
        while !taken.insert(name.lowercased()).inserted {
            count += 1
            name = "\(base)_\(count)"
        }
        return name
    }
}

extension QuestionKind {
    /// Whether a person writes something for it.
    var takesAnswer: Bool {
        switch self {
        case .note, .calculate, .hidden, .metadata: false
        default: true
        }
    }
}

extension FormDefinition {
    /// What stands beside a slot: the question's label, or the choice's where each choice has its own cell.
    func label(of slot: EntrySlot) -> String {
        if let choice = slot.choice { return text(choice.label) }
        let label = text(slot.question.label)
        return label.isEmpty ? slot.question.name : label
    }

    /// Names of the calculations that a rule of severity `standard` reads, directly or through others: whoever saw them
    /// turn would learn which number to type.
    var calculationsFeedingStandards: Set<String> {
        let byName = Dictionary(questions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var found = Set<String>()
        var waiting: [String] = []
        for question in questions {
            for rule in question.rules where rule.severity == .standard {
                waiting.append(question.name)
                waiting += Self.references(in: rule.expression.text)
            }
        }
        while let name = waiting.popLast() {
            guard let question = byName[name], question.kind == .calculate, found.insert(name).inserted else {
                continue
            }
            waiting += Self.references(in: question.calculation?.text ?? "")
        }
        return found
    }

    /// The names inside `${…}`.
    static func references(in expression: String) -> [String] {
        expression.split(separator: "${", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstIndex(of: "}").map { piece[..<$0].trimmed }
        }
    }
}
