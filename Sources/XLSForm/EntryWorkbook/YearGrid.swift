import Records
import Vietnamese

/// Questions asked for several years, laid out as a small table: a line for each question, a column for each year
/// (`formpost::layout` is `years-in-columns`). Names that end in the year tell which belong together: `khau_2015`,
/// `tn_2015`, `khau_2016` … make two lines.
struct YearGrid: Sendable {
    enum Cell: Sendable {
        case field(EntrySlot)
        case computed(Question)
        /// Not asked for that year.
        case none

        var slot: EntrySlot? { if case .field(let slot) = self { slot } else { nil } }
    }

    struct Line: Sendable {
        let row: Int
        /// What the labels of its questions have in common, by language.
        let label: LocalizedText
        /// By year.
        let cells: [Cell]

        /// The names of all its fields: one tag for the whole row, which stays with it when rows are moved.
        var tag: String {
            let names = cells.compactMap { $0.slot?.name }
            return names.isEmpty ? EntrySlots.otherTag : names.joined(separator: " ")
        }
    }

    static let layout = "years-in-columns"

    let headRow: Int
    /// By year: the year, and what the labels of that year add to those of the others.
    let heads: [String]
    let lines: [Line]

    var rowCount: Int { lines.count + 1 }

    /// - Parameters:
    ///   - cell: where a question's answer goes; `none` where it is not laid out.
    /// - Returns: nil where the labels have nothing in common but the year, or there is only one year: then each
    ///   question gets a line of its own.
    init?(_ questions: [Question], form: FormDefinition, headRow: Int, cell: (Question) -> Cell) {
        let series = Dictionary(grouping: questions) { YearName($0.name)?.stem ?? "" }
        let years = Set(questions.compactMap { YearName($0.name)?.year }).sorted()
        guard years.count > 1, series[""] == nil else { return nil }
        var seen: Set<String> = []
        let stems = questions.compactMap { YearName($0.name)?.stem }.filter { seen.insert($0).inserted }
        var additions: [String: [String]] = [:]
        var lines: [Line] = []
        for stem in stems {
            let byYear = Dictionary(
                (series[stem] ?? []).map { (YearName($0.name)?.year ?? "", $0) },
                uniquingKeysWith: { first, _ in first })
            guard byYear.count == series[stem]?.count, let label = CommonLabel(byYear, settings: form.settings) else {
                return nil
            }
            let cells = years.map { byYear[$0].map(cell) ?? .none }
            guard cells.contains(where: { if case .none = $0 { false } else { true } }) else { continue }
            for (year, text) in label.additions where additions[year]?.contains(text) != true {
                additions[year, default: []].append(text)
            }
            lines.append(Line(row: headRow + lines.count + 1, label: label.common, cells: cells))
        }
        guard !lines.isEmpty else { return nil }
        self.headRow = headRow
        self.lines = lines
        heads = years.map { year in
            ([EntryWording.year(year)] + (additions[year] ?? [])).joined(separator: " ")
        }
    }

    /// How many of the items, from the first, are questions of some year.
    static func length(of items: ArraySlice<FormItem>) -> Int {
        items.prefix { item in
            guard case .question(let question) = item, YearName(question.name) != nil else { return false }
            switch question.kind {
            case .selectMultiple, .note: return false
            default: return true
            }
        }.count
    }
}

/// A name that ends in a year: `tn_2016`.
private struct YearName {
    let stem: String
    let year: String

    init?(_ name: String) {
        guard let line = name.lastIndex(of: "_"), line != name.startIndex else { return nil }
        stem = String(name[..<line])
        year = String(name[name.index(after: line)...])
        guard year.utf8.count == 4, let number = Int(year), (1900...2100).contains(number) else { return nil }
    }
}

/// What the labels of one question for several years have in common, and what single years add to it.
private struct CommonLabel {
    private(set) var common: LocalizedText = [:]
    /// By year, in the form's default language.
    private(set) var additions: [(year: String, text: String)] = []

    init?(_ questions: [String: Question], settings: FormSettings) {
        let languages = Set(questions.values.flatMap(\.label.keys))
        for language in languages {
            var first: (before: String, after: String)?
            for (year, question) in questions.sorted(by: { $0.key < $1.key }) {
                guard let label = question.label[language], let place = label.firstRange(of: year) else { return nil }
                let before = label[..<place.lowerBound].trimmed
                let after = label[place.upperBound...].trimmed
                guard let known = first else {
                    first = (before, after)
                    continue
                }
                guard before == known.before, after.hasPrefix(known.after) else { return nil }
                let addition = after.dropFirst(known.after.count).trimmed
                if !addition.isEmpty, settings.text(question.label) == label { additions.append((year, addition)) }
            }
            guard let first else { return nil }
            common[language] = [EntryWording.withoutYearWord(first.before), first.after].filter { !$0.isEmpty }
                .joined(separator: " ")
        }
        if common.isEmpty || common.values.contains(where: \.isEmpty) { return nil }
    }
}
