import Records

/// What stands at the top of every sheet besides the form's title.
struct TitleBlock {
    let unit: String
    let line: String
    let pageHeader: String

    init(_ form: FormDefinition, _ context: EntryContext) {
        unit = context.unit.map { $0.label.uppercased() } ?? "\(EntryWording.unit): ………………………………"
        var parts: [String] = []
        // A report has a period, a nomination a stage: only what the form asks is said.
        if form.settings.periodQuestion != nil, let period = context.period {
            parts.append("\(EntryWording.period) \(period)")
        }
        if form.settings.stageQuestion != nil, let stage = context.stage { parts.append(stage.label) }
        if let receipt = context.receipt { parts.append("\(EntryWording.receipt): \(receipt)") }
        line = parts.joined(separator: " - ")
        pageHeader = [form.settings.title, context.unit?.label, context.receipt?.description]
            .compactMap { $0 }.joined(separator: " - ")
    }
}
