import Records

/// One form several times in one workbook: the sheets of several units that somebody moved together.
struct SheetCopies {
    /// The sheets of each; all sheets in one part unless every sheet of the form is there equally often.
    let parts: [Set<Int>]

    init(of anchors: FormAnchors, in sheets: [Int], _ marks: WorkbookMarks) {
        var plans: [String: Int] = [:]
        for field in anchors.fields { plans[field.slot.name.lowercased()] = field.plan }
        for table in anchors.tables {
            for slot in table.plan.slots { plans[slot.name.lowercased()] = table.sheet }
        }
        var votes: [Int: [Int: Int]] = [:]
        for tag in marks.tags {
            guard let plan = plans[tag.text] else { continue }
            votes[tag.sheet, default: [:]][plan, default: 0] += 1
        }
        var byPlan: [Int: [Int]] = [:]
        for sheet in sheets {
            guard let plan = votes[sheet]?.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { continue }
            byPlan[plan, default: []].append(sheet)
        }
        let counts = Set(Set(plans.values).map { byPlan[$0]?.count ?? 0 })
        guard counts.count == 1, let count = counts.first, (2...Self.most).contains(count) else {
            parts = [Set(sheets)]
            return
        }
        let tagged = Set(byPlan.values.joined())
        parts = (0..<count).map { index in
            let own = Set(byPlan.values.map { $0[index] })
            return index == 0 ? own.union(sheets.filter { !tagged.contains($0) }) : own
        }
    }

    /// No district has as many units.
    private static let most = 200
}

extension FormSettings {
    /// What tells one submission of the form from another.
    func key(in bound: BoundWorkbook) -> [String] {
        [unitQuestion, periodQuestion, stageQuestion, rewardQuestion, nomineeQuestion, placeQuestion].map { name in
            guard let name, let answer = bound.answers.first(where: { $0.question == name }) else { return "" }
            return answer.value?.plainText ?? answer.shown
        }
    }
}
