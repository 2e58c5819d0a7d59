extension NoticeWriter {
    /// The phrase of `words.tsv` under this name, e.g. `standing.filed`; empty where there is none.
    package func word(_ name: String) -> String { templates.words[name] }
}
