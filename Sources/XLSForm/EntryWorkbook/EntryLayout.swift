import Records
import Vietnamese

/// Where every question of a form stands in its entry workbook. Made from the definition alone, so that the place of an
/// answer can be worked out again when a workbook comes back.
struct EntryLayout: Sendable {
    struct SheetPlan: Sendable {
        var name: String
        /// The section's label in full, as the sheet's heading.
        var heading: String
        var hint: String
        var elements: [Element] = []
        /// Widths in characters of the columns from `firstColumn` on.
        var widths: [Double] = []
        /// The columns that a label, and an answer, are merged over.
        var labelColumns: ClosedRange<Int> = 3...3
        var answerColumns: ClosedRange<Int> = 4...4
        /// The first row below everything.
        var nextRow = EntryLayout.firstRow

        var lastColumn: Int { EntryLayout.firstColumn + widths.count - 1 }
        var isLandscape: Bool { widths.reduce(5, +) > 118 }
        var tables: [TablePlan] {
            elements.compactMap { if case .table(let table) = $0 { table } else { nil } }
        }
        var grids: [YearGrid] {
            elements.compactMap { if case .grid(let grid) = $0 { grid } else { nil } }
        }
    }

    enum Element: Sendable {
        case heading(row: Int, text: String, hint: String)
        case note(row: Int, text: String)
        /// The question's label above a list of choices to tick.
        case choices(row: Int, Question)
        case field(row: Int, EntrySlot)
        case computed(row: Int, Question)
        case table(TablePlan)
        case grid(YearGrid)
    }

    struct TablePlan: Sendable {
        let section: Section
        let tag: String
        let slots: [EntrySlot]
        let titleRow: Int
        /// How many rows are prepared.
        let count: Int

        /// Hidden; holds the tags of the columns.
        var tagRow: Int { titleRow + 1 }
        var headRow: Int { titleRow + 2 }
        var firstRow: Int { titleRow + 3 }
        var lastRow: Int { titleRow + 2 + count }
        var endRow: Int { lastRow + 1 }

        func column(of index: Int) -> Int { EntryLayout.firstColumn + index }
    }

    static let tagColumn = 1
    static let ordinalColumn = 2
    static let firstColumn = 3
    static let firstRow = 6
    static let defaultPreparedRows = 10

    var sheets: [SheetPlan] = []

    /// - Parameter filledRows: how many rows of each repeat are filled already; some empty ones are kept below them.
    init(_ form: FormDefinition, filledRows: [String: Int] = [:]) {
        let slots = EntrySlots(form)
        var builder = LayoutBuilder(
            form: form, slots: slots, filledRows: filledRows, withheld: form.calculationsFeedingStandards)
        sheets = builder.sheets()
    }
}

/// Goes through the form's items and puts one below the other.
private struct LayoutBuilder {
    let form: FormDefinition
    let slots: EntrySlots
    let filledRows: [String: Int]
    let withheld: Set<String>
    private var names = SheetNames()

    init(form: FormDefinition, slots: EntrySlots, filledRows: [String: Int], withheld: Set<String>) {
        self.form = form
        self.slots = slots
        self.filledRows = filledRows
        self.withheld = withheld
    }

    mutating func sheets() -> [EntryLayout.SheetPlan] {
        var parts: [(heading: String, hint: String, items: [FormItem], layout: String)] = []
        for item in form.items {
            guard case .section(let section) = item else {
                // What stands between the sections goes on the sheet before it.
                if parts.isEmpty { parts.append((EntryWording.otherSheet, "", [], "")) }
                parts[parts.count - 1].items.append(item)
                continue
            }
            let label = form.text(section.label)
            parts.append(
                (
                    label.isEmpty ? section.name : label, form.text(section.hint),
                    section.repeating == nil ? section.items : [item], section.layout
                ))
        }
        return parts.map { part in
            var plan = EntryLayout.SheetPlan(name: "", heading: part.heading, hint: part.hint)
            place(part.items, layout: part.layout, in: &plan)
            ColumnGrid.fit(&plan, form: form)
            return plan
        }.filter { !$0.elements.isEmpty }.map {
            var plan = $0
            plan.name = names.name(for: plan.heading)
            return plan
        }
    }

    private func place(_ items: [FormItem], layout: String, in plan: inout EntryLayout.SheetPlan) {
        var rest = items[...]
        while !rest.isEmpty {
            let length = layout == YearGrid.layout ? YearGrid.length(of: rest) : 0
            let run = rest.prefix(max(1, length))
            rest = rest.dropFirst(run.count)
            if length > 1, let grid = grid(of: run, headRow: plan.nextRow) {
                plan.elements.append(.grid(grid))
                plan.nextRow += grid.rowCount
            } else {
                for item in run { place(item, in: &plan) }
            }
        }
    }

    private func place(_ item: FormItem, in plan: inout EntryLayout.SheetPlan) {
        switch item {
        case .question(let question): place(question, in: &plan)
        case .section(let section) where section.repeating != nil: placeTable(section, in: &plan)
        case .section(let section):
            let text = form.text(section.label)
            if !text.isEmpty {
                plan.elements.append(.heading(row: plan.nextRow, text: text, hint: form.text(section.hint)))
                plan.nextRow += 1
            }
            place(section.items, layout: section.layout, in: &plan)
        }
    }

    /// Questions of several years; nil where they stay line by line.
    private func grid(of run: ArraySlice<FormItem>, headRow: Int) -> YearGrid? {
        YearGrid(run.flatMap(\.questions), form: form, headRow: headRow) { question in
            if let slot = slots.byQuestion[question.name]?.first { return .field(slot) }
            guard question.kind == .calculate, !withheld.contains(question.name), !form.text(question.label).isEmpty
            else { return .none }
            return .computed(question)
        }
    }

    private func place(_ question: Question, in plan: inout EntryLayout.SheetPlan) {
        switch question.kind {
        case .hidden, .metadata: return
        case .calculate:
            guard !withheld.contains(question.name), !form.text(question.label).isEmpty else { return }
            plan.elements.append(.computed(row: plan.nextRow, question))
        case .note: plan.elements.append(.note(row: plan.nextRow, text: form.text(question.label)))
        case .selectMultiple:
            plan.elements.append(.choices(row: plan.nextRow, question))
            for slot in slots.byQuestion[question.name] ?? [] {
                plan.nextRow += 1
                plan.elements.append(.field(row: plan.nextRow, slot))
            }
        default:
            for slot in slots.byQuestion[question.name] ?? [] {
                plan.elements.append(.field(row: plan.nextRow, slot))
            }
        }
        plan.nextRow += 1
    }

    private func placeTable(_ section: Section, in plan: inout EntryLayout.SheetPlan) {
        let columns = section.items.flatMap(\.questions).flatMap { slots.byQuestion[$0.name] ?? [] }
        guard !columns.isEmpty, let tag = slots.tableTags[section.name] else { return }
        let prepared = section.repeating?.rowsToPrepare ?? EntryLayout.defaultPreparedRows
        let filled = filledRows[section.name] ?? 0
        let table = EntryLayout.TablePlan(
            section: section, tag: tag, slots: columns, titleRow: plan.nextRow,
            count: max(1, prepared, filled > 0 ? filled + 5 : 0))
        plan.elements.append(.table(table))
        plan.nextRow = table.endRow + 1
    }
}

/// Widths that serve the tables of a sheet and its fields alike.
private enum ColumnGrid {
    private static let labelWidth = 44.0
    private static let answerWidth = 40.0
    /// Of a sheet without tables: label and answer together. Fitted to a page upright, 13 points still print as 11.
    private static let fieldsWidth = 102.0
    private static let widestLabel = 66.0

    static func fit(_ plan: inout EntryLayout.SheetPlan, form: FormDefinition) {
        var widths: [Double] = []
        for table in plan.tables {
            for (index, slot) in table.slots.enumerated() {
                let wish = width(of: slot, form: form)
                if index < widths.count { widths[index] = max(widths[index], wish) } else { widths.append(wish) }
            }
        }
        if widths.isEmpty { widths = fieldWidths(plan, form: form) }
        // The label's column is the first; years need more beside it than fields do.
        if let first = widths.first, !plan.grids.isEmpty, plan.tables.isEmpty { widths = [min(first, labelWidth)] }
        widths = squeezed(widths)
        if plan.grids.isEmpty { while widths.count < 2 { widths.append(20) } }
        // The label takes columns until it is wide enough, the answer what it needs of the rest.
        var labelCount = 1
        while labelCount < widths.count - 1, widths[..<labelCount].reduce(0, +) < labelWidth { labelCount += 1 }
        for (index, wish) in yearWidths(plan, form: form).enumerated() {
            if labelCount + index < widths.count {
                widths[labelCount + index] = max(widths[labelCount + index], wish)
            } else {
                widths.append(wish)
            }
        }
        var answerCount = 1
        while labelCount + answerCount < widths.count,
            widths[labelCount..<(labelCount + answerCount)].reduce(0, +) < answerWidth
        { answerCount += 1 }
        widths[0] += max(0, labelWidth - widths[..<labelCount].reduce(0, +))
        let answer = widths[labelCount..<(labelCount + answerCount)].reduce(0, +)
        widths[labelCount + answerCount - 1] += max(0, answerWidth - answer)
        let first = EntryLayout.firstColumn
        plan.widths = widths
        plan.labelColumns = first...(first + labelCount - 1)
        plan.answerColumns = (first + labelCount)...(first + labelCount + answerCount - 1)
    }

    /// Labels that go on one line keep a long sheet on one page.
    private static func fieldWidths(_ plan: EntryLayout.SheetPlan, form: FormDefinition) -> [Double] {
        let labels = plan.elements.map { element -> String in
            switch element {
            case .field(_, let slot): form.label(of: slot)
            case .computed(_, let question): form.text(question.label)
            default: ""
            }
        }
        let widest = labels.map { RowHeight.width(of: $0) }.max() ?? 0
        let label = min(widestLabel, max(labelWidth, widest.rounded(.up)))
        return [label, min(answerWidth, fieldsWidth - label)]
    }

    /// By year, for all that stands in the column of that year.
    private static func yearWidths(_ plan: EntryLayout.SheetPlan, form: FormDefinition) -> [Double] {
        var widths: [Double] = []
        for grid in plan.grids {
            for (index, head) in grid.heads.enumerated() {
                let fields = grid.lines.compactMap { $0.cells[index].slot.map { min(18, width(of: $0, form: form)) } }
                let wish = max(fields.max() ?? 12, min(18, RowHeight.width(of: head)))
                if index < widths.count { widths[index] = max(widths[index], wish) } else { widths.append(wish) }
            }
        }
        return widths
    }

    private static func width(of slot: EntrySlot, form: FormDefinition) -> Double {
        let label = form.label(of: slot)
        let least: Double
        switch slot.question.kind {
        case .integer, .decimal, .range: least = label.lowercased().contains("đồng") ? 18 : 12
        case .date: least = 14
        case .dateTime: least = 18
        case .time, .acknowledge, .selectMultiple: least = 9
        case .selectOne(let list, false):
            let labels = form.choiceLists[list]?.choices.map { form.text($0.label).count } ?? []
            least = min(22, max(9, Double(labels.max() ?? 22)))
        case .selectOne, .selectOneFromFile, .attachment: least = 22
        default: least = 26
        }
        // A head of more than three lines is hard to read, but a column of ticks is not made wide for it.
        return least <= 9 ? 11 : max(least, min(34, Double(label.count) / 3))
    }

    /// What fits a page across and can still be read; a table of many columns is squeezed towards it.
    private static let pageWidth = 190.0
    private static let narrowest = 9.0

    private static func squeezed(_ widths: [Double]) -> [Double] {
        let total = widths.reduce(0, +)
        guard total > pageWidth else { return widths }
        return widths.map { max(narrowest, ($0 * pageWidth / total).rounded()) }
    }
}

/// Sheet names of at most 31 UTF-16 units (ECMA-376 Part 1, 18.2.19), made from labels.
private struct SheetNames {
    private var taken: Set<String> = []

    mutating func name(for label: String) -> String {
        var name = String(label.prefix { $0 != "," })
        name = String(name.map { "[]:*?/\\".contains($0) ? "-" : $0 })
        name = name.trimmed
        while name.hasPrefix("'") { name.removeFirst() }
        name = Self.cut(name, to: 31)
        if name.isEmpty { name = EntryWording.otherSheet }
        var unique = name
        var count = 1
        while !taken.insert(unique.lowercased()).inserted {
            count += 1
            unique = Self.cut(name, to: 27) + " (\(count))"
        }
        return unique
    }

    /// Cut after a whole word where there is one, and before a bracket that would stay open.
    private static func cut(_ text: String, to limit: Int) -> String {
        var cut = text
        while cut.utf16.count > limit { cut.removeLast() }
        if cut.count < text.count, let space = cut.lastIndex(of: " "), text.dropFirst(cut.count).first != " " {
            cut = String(cut[..<space])
        }
        if let open = cut.lastIndex(of: "("), !cut[open...].contains(")") { cut = String(cut[..<open]) }
        while cut.hasSuffix("'") || cut.hasSuffix(" ") { cut.removeLast() }
        return cut
    }
}

extension Section.Repeat {
    /// `formpost::rows`, else a `repeat_count` that is a plain number.
    fileprivate var rowsToPrepare: Int? {
        let most = 1000
        return preparedRows ?? count.flatMap { Int($0.text) }.map { min(max(1, $0), most) }
    }
}
