import Records
import Vietnamese

/// Where a question's choices come from, as pairs of name and label.
struct ChoiceSource: Sendable {
    struct Item: Hashable, Sendable {
        let name: String
        let label: String
    }

    let items: [Item]
    /// The question whose answer narrows the choices (`column = ${question}`), and for each of its values those that
    /// remain; nil when the choices depend on nothing.
    let cascade: Cascade?

    struct Cascade: Sendable {
        let question: String
        let itemsByValue: [String: [Item]]
    }

    /// nil for questions without choices.
    init?(_ question: Question, form: FormDefinition, tables: ReferenceSnapshot) {
        let rows: [(item: Item, attribute: (String) -> String?)]
        switch question.kind {
        case .selectOne(let list, _), .selectMultiple(let list, _):
            rows = (form.choiceLists[list]?.choices ?? []).map { choice in
                let label = form.text(choice.label)
                let item = Item(name: choice.name, label: label.isEmpty ? choice.name : label)
                return (item, { choice.attributes[$0] })
            }
        case .selectOneFromFile(let name):
            guard let table = tables[name] ?? form.tables[name], let names = table.columns.firstIndex(of: "name") else {
                rows = []
                break
            }
            let labels = table.columns.firstIndex(of: "label") ?? names
            rows = table.rows.map { row in
                let item = Item(name: row[names], label: row[labels].isEmpty ? row[names] : row[labels])
                return (item, { column in table.columns.firstIndex(of: column).map { row[$0] } })
            }
        default: return nil
        }
        switch ChoiceFilter(question.choiceFilter?.text ?? "") {
        case .literal(let column, let value):
            items = Self.unique(rows.filter { $0.attribute(column) == value }.map(\.item))
            cascade = nil
        case .question(let column, let name):
            items = Self.unique(rows.map(\.item))
            let groups = Dictionary(grouping: rows) { $0.attribute(column) ?? "" }
            cascade = Cascade(question: name, itemsByValue: groups.mapValues { Self.unique($0.map(\.item)) })
        case nil:
            items = Self.unique(rows.map(\.item))
            cascade = nil
        }
    }

    /// Dated rows repeat a unit; a list shows it once.
    private static func unique(_ items: [Item]) -> [Item] {
        var seen = Set<Item>()
        return items.filter { seen.insert($0).inserted }
    }

    /// The choices that remain for a value of the narrowing question; all of them without one.
    func items(narrowedBy value: String?) -> [Item] {
        guard let cascade, let value else { return items }
        return cascade.itemsByValue[value] ?? []
    }

    func label(of name: String) -> String? { items.first { $0.name == name }?.label }
}

/// The two shapes of `choice_filter` that a spreadsheet's drop-down can follow: `loai = 'xa'` and `ma_don_vi = ${xa}`.
/// Any other filter is left to the judging of the answers.
private enum ChoiceFilter {
    case literal(column: String, value: String)
    case question(column: String, name: String)

    init?(_ text: String) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmed)
        guard sides.count == 2, !sides[0].isEmpty,
            sides[0].utf8.allSatisfy({ Self.isNameByte($0) }), let mark = sides[1].first, sides[1].count > 2
        else { return nil }
        let inner = sides[1].dropFirst().dropLast()
        if mark == "'" || mark == "\"", sides[1].last == mark, !inner.contains(mark) {
            self = .literal(column: sides[0], value: String(inner))
        } else if mark == "$", inner.hasPrefix("{"), sides[1].last == "}", !inner.dropFirst().contains("$") {
            self = .question(column: sides[0], name: inner.dropFirst().trimmed)
        } else {
            return nil
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
