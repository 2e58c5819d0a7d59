import Records
import Sheets

/// A form's fields and tables with the labels and places that its own entry workbook gives them.
struct FormAnchors {
    struct Field {
        let slot: EntrySlot
        let keys: [LabelKey]
        /// Index of its sheet in the layout.
        let plan: Int
        let row: Int
        /// The first column that its answer takes.
        let column: Int
        /// How it is labelled among the years of a grid; nil outside.
        var grid: GridLabel?
        /// Whether another field of the same sheet bears the same label.
        var isLabelShared = false

        /// Whether the label before an answer may be this field's.
        func bears(_ label: LabelKey) -> Bool { keys.contains(label) || grid?.line.contains(label) == true }
    }

    /// A field among several years: its line's label and its year's head together say what it asks.
    struct GridLabel {
        let line: Set<LabelKey>
        let head: LabelKey
        /// The heads of all years.
        let heads: Set<LabelKey>
    }

    struct Table {
        let plan: EntryLayout.TablePlan
        let sheet: Int
        /// Per slot, in its order.
        let keys: [[LabelKey]]
    }

    let layout: EntryLayout
    let asked: AskedQuestions
    let fields: [Field]
    let tables: [Table]
    let allKeys: Set<LabelKey>
    /// What is printed beside and between fields and tables: labels of computed values, headings, notes.
    let printedKeys: Set<LabelKey>
    /// Both together.
    let shownKeys: Set<LabelKey>
    /// The labels of each sheet of the layout.
    let keysByPlan: [Set<LabelKey>]

    init(_ form: FormDefinition) {
        layout = EntryLayout(form)
        asked = AskedQuestions(form, EntrySlots(form))
        var fields: [Field] = []
        var tables: [Table] = []
        var byPlan: [Set<LabelKey>] = []
        for (index, plan) in layout.sheets.enumerated() {
            var keys = Set<LabelKey>()
            for element in plan.elements {
                switch element {
                case .field(let row, let slot):
                    let column = plan.answerColumns.lowerBound
                    fields.append(Field(slot: slot, keys: Self.keys(of: slot), plan: index, row: row, column: column))
                    keys.formUnion(fields[fields.count - 1].keys)
                case .grid(let grid):
                    let own = Self.fields(of: grid, form, plan: index, column: plan.answerColumns.lowerBound)
                    fields += own
                    for label in own.compactMap(\.grid) { keys.formUnion(label.line.union(label.heads)) }
                case .table(let table):
                    tables.append(Table(plan: table, sheet: index, keys: table.slots.map(Self.keys(of:))))
                    for heads in tables[tables.count - 1].keys { keys.formUnion(heads) }
                default: continue
                }
            }
            byPlan.append(keys)
        }
        self.fields = Self.sharedNoted(fields)
        self.tables = tables
        keysByPlan = byPlan
        printedKeys = Set(layout.sheets.flatMap(\.elements).flatMap { Self.printedKeys(of: $0) })
        allKeys = byPlan.reduce(into: []) { $0.formUnion($1) }
        // In a workbook that was laid out line by line a year's question bears its own label.
        shownKeys = allKeys.union(printedKeys).union(fields.flatMap(\.keys))
    }

    private static func fields(
        of grid: YearGrid, _ form: FormDefinition, plan: Int, column: Int
    ) -> [Field] {
        let heads = grid.heads.map { LabelKey($0) }
        return grid.lines.flatMap { line in
            let labels = Set((Array(line.label.values) + [form.shownLabel(of: line)]).compactMap { LabelKey($0) })
            return zip(line.cells, heads).enumerated().compactMap { index, pair -> Field? in
                guard let slot = pair.0.slot, let head = pair.1 else { return nil }
                return Field(
                    slot: slot, keys: keys(of: slot), plan: plan, row: line.row, column: column + index,
                    grid: GridLabel(line: labels, head: head, heads: Set(heads.compactMap(\.self))))
            }
        }
    }

    private static func sharedNoted(_ fields: [Field]) -> [Field] {
        struct Shown: Hashable {
            let plan: Int
            let key: LabelKey
        }
        var counts: [Shown: Int] = [:]
        for field in fields {
            for key in field.keys { counts[Shown(plan: field.plan, key: key), default: 0] += 1 }
        }
        return fields.map { field in
            var field = field
            field.isLabelShared = field.keys.contains { counts[Shown(plan: field.plan, key: $0), default: 0] > 1 }
            return field
        }
    }

    /// The labels in all languages.
    private static func keys(of slot: EntrySlot) -> [LabelKey] {
        let labels = slot.choice?.label ?? slot.question.label
        return Array(Set(labels.values.compactMap { LabelKey($0) }))
    }

    private static func printedKeys(of element: EntryLayout.Element) -> [LabelKey] {
        switch element {
        case .field: []
        case .heading(_, let text, _), .note(_, let text): LabelKey(text).map { [$0] } ?? []
        case .computed(_, let question), .choices(_, let question): question.label.values.compactMap { LabelKey($0) }
        case .table(let table): table.section.label.values.compactMap { LabelKey($0) }
        case .grid(let grid):
            (grid.heads + grid.lines.filter { $0.cells.allSatisfy { $0.slot == nil } }.flatMap(\.label.values))
                .compactMap { LabelKey($0) }
        }
    }
}
