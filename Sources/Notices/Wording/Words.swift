/// The phrases that letters are put together from, by name (`words.tsv`).
struct Words: Sendable {
    private let table: PhraseTable

    init(_ table: PhraseTable) {
        self.table = table
    }

    /// Every name that the letters use.
    static let names =
        [
            "place.cell", "place.column", "place.cells", "place.file", "clauses", "kind.other", "standards.one",
            "subject.year",
            "deadline.day", "count.others",
            "purpose.report", "purpose.nomination", "purpose.until", "moment", "note.asked",
            "note.opinion", "note.attached", "note.explanation", "note.sender", "paper.day", "addressee",
        ] + DailyDigest.Topic.allCases.map { "digest.\($0.rawValue)" }
        + TechnicalAlarm.Trouble.allCases.flatMap { ["alarm.\($0.rawValue)", "remedy.\($0.rawValue)"] }
        + ReplySection.Result.allCases.flatMap { ["outcome.\($0.rawValue)", "count.\($0.rawValue)"] }

    var missing: [String] { Self.names.filter { !table.has($0) } }

    subscript(name: String, arguments: [String: String] = [:]) -> String {
        table.phrases(name, arguments)?.first?.filled(arguments) ?? ""
    }

    /// The clauses of the plan behind a request, in brackets; empty when there are none.
    func clauses(_ clauses: [String]) -> String {
        clauses.isEmpty ? "" : self["clauses", ["clauses": clauses.joined(separator: ", ")]]
    }

    /// The word for what a file is.
    func kind(_ kind: String) -> String {
        let word = self["kind." + kind]
        return word.isEmpty ? self["kind.other"] : word
    }
}
