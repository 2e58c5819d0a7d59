package import Records

extension NoticeWriter {
    /// The phrase of `words.tsv` under this name, e.g. `standing.filed`; empty where there is none.
    /// - Parameter arguments: what its gaps are filled with.
    package func word(_ name: String, _ arguments: [String: String] = [:]) -> String {
        templates.words[name, arguments]
    }

    /// What to do about a finding, with the clauses of the plan that ask for it: for the marks in a workbook.
    package func request(_ finding: Finding) -> String {
        [templates.findings.todo(finding), templates.words.clauses(finding.clauses)].filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
