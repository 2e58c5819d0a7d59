/// The functions of the dialect, by name.
enum Function: String, Sendable, CaseIterable {
    case `if`, coalesce, once, not, `true`, `false`, boolean
    case booleanFromString = "boolean-from-string"
    case number, int, round, sum, min, max, count
    case countNonEmpty = "count-non-empty"
    case countDistinct = "count-distinct"
    case abs, pow, floor, ceiling
    case string, concat, join, substr, substring
    case substringBefore = "substring-before"
    case substringAfter = "substring-after"
    case stringLength = "string-length"
    case contains
    case startsWith = "starts-with"
    case endsWith = "ends-with"
    case normalizeSpace = "normalize-space"
    case translate, regex, selected
    case selectedAt = "selected-at"
    case countSelected = "count-selected"
    case choiceName = "jr:choice-name"
    case checklist, position, last, current, instance
    case indexedRepeat = "indexed-repeat"
    case pulldata, date
    case dateTime = "date-time"
    case today, now
    case formatDate = "format-date"
    case formatDateTime = "format-date-time"
    case decimalDateTime = "decimal-date-time"
    case uuid, digest, random

    /// Functions of ODK that are left out on purpose: no question of ours holds a place on the map.
    static let refused: Set<String> = ["area", "distance", "geofence"]

    /// How many arguments it takes; no upper bound where `most` is nil.
    var arguments: (least: Int, most: Int?) {
        switch self {
        case .true, .false, .last, .current, .today, .now, .random: (0, 0)
        case .number, .string, .stringLength, .normalizeSpace, .position, .uuid: (0, 1)
        case .once, .not, .boolean, .booleanFromString, .int, .sum, .count, .countNonEmpty, .countDistinct, .abs,
            .floor, .ceiling, .countSelected, .instance, .date, .dateTime, .decimalDateTime:
            (1, 1)
        case .round: (1, 2)
        case .min, .max, .concat, .join: (1, nil)
        case .coalesce, .pow, .substringBefore, .substringAfter, .contains, .startsWith, .endsWith, .regex, .selected,
            .selectedAt, .choiceName, .formatDate, .formatDateTime:
            (2, 2)
        case .substr, .substring, .digest: (2, 3)
        case .checklist: (2, nil)
        case .if, .translate, .indexedRepeat: (3, 3)
        case .pulldata: (4, 4)
        }
    }

    /// What it gives; `if`, `coalesce` and `once` give what their arguments give.
    var result: StaticType {
        switch self {
        case .not, .true, .false, .boolean, .booleanFromString, .contains, .startsWith, .endsWith, .regex, .selected,
            .checklist:
            .boolean
        case .number, .int, .round, .sum, .min, .max, .count, .countNonEmpty, .countDistinct, .abs, .pow, .floor,
            .ceiling, .stringLength, .countSelected, .position, .last, .decimalDateTime, .random:
            .number
        case .string, .concat, .join, .substr, .substring, .substringBefore, .substringAfter, .normalizeSpace,
            .translate, .selectedAt, .choiceName, .pulldata, .formatDate, .formatDateTime, .uuid, .digest:
            .text
        case .date, .today: .date
        case .dateTime, .now: .dateTime
        case .current, .instance, .indexedRepeat: .nodes(.untyped, many: false)
        case .if, .coalesce, .once: .any
        }
    }

    /// Whether the argument at `index` may be many nodes.
    func takesNodes(at index: Int, of count: Int) -> Bool {
        switch self {
        case .sum, .min, .max, .count, .countNonEmpty, .countDistinct, .boolean, .not, .position, .indexedRepeat: true
        case .join, .checklist: index > 0
        case .concat: count == 1
        default: false
        }
    }
}

/// What is known of an expression's value before it is evaluated.
enum StaticType: Hashable, Sendable {
    case number, text, boolean, date, dateTime, time
    /// Nodes that hold such values; `many` when there may be several although no predicate narrows them.
    case nodes(NodeType, many: Bool)
    case any

    var isNodes: Bool {
        if case .nodes = self { true } else { false }
    }

    var isMany: Bool {
        if case .nodes(_, many: true) = self { true } else { false }
    }

    /// The type of the value itself.
    var scalar: StaticType {
        guard case .nodes(let type, _) = self else { return self }
        return switch type {
        case .text: .text
        case .integer, .decimal: .number
        case .date: .date
        case .time: .time
        case .dateTime: .dateTime
        case .container, .untyped: .any
        }
    }

    /// What an undecided value of this type would have been.
    var shape: ExpressionValue.Shape {
        switch scalar {
        case .boolean: .boolean
        case .number, .date, .dateTime, .time: .number
        case .text, .any, .nodes: .text
        }
    }
}
