import Foundation

/// What the heads say of languages: columns that one language has and another lacks, and languages that no program knows.
struct FormLanguages {
    private let survey: SheetTable
    private let choices: SheetTable?

    init(_ survey: SheetTable, _ choices: SheetTable?) {
        self.survey = survey
        self.choices = choices
    }

    /// - Parameter items: where choices with `or_other` are looked for.
    func note(_ items: [FormItem], in log: inout FormProblemLog) {
        for table in [survey, choices].compactMap({ $0 }) {
            noteMissing(in: table, &log)
            noteUnclear(in: table, &log)
        }
        guard [survey, choices].compactMap({ $0 }).contains(where: { Self.isTranslated(Self.columns(of: $0)) }) else {
            return
        }
        for question in items.flatMap(\.questions) {
            switch question.kind {
            case .selectOne(_, orOther: true), .selectMultiple(_, orOther: true):
                log.note(
                    .translationMissing, .warning, sheet: survey.name, row: question.surveyRow,
                    column: survey.head("type"), "What or_other adds is in no language of the form.",
                    remedy: "Add a choice for it to the list, and a question for the text.")
            default: continue
            }
        }
    }

    /// Names of text columns by language; the heads in the order of the sheet.
    private static func columns(of table: SheetTable) -> [(language: String, columns: Set<String>)] {
        var found: [(language: String, columns: Set<String>)] = []
        for head in table.heads where texts.contains(head.name) && !head.isOurs {
            if let index = found.firstIndex(where: { $0.language == head.language }) {
                found[index].columns.insert(head.name)
            } else {
                found.append((head.language, [head.name]))
            }
        }
        return found
    }

    private static func isTranslated(_ columns: [(language: String, columns: Set<String>)]) -> Bool {
        columns.contains { !$0.language.isEmpty }
    }

    private func noteMissing(in table: SheetTable, _ log: inout FormProblemLog) {
        let found = Self.columns(of: table)
        guard Self.isTranslated(found) else { return }
        let all = found.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
        for (language, columns) in found {
            let missing = all.subtracting(columns).sorted()
            guard !missing.isEmpty else { continue }
            let heads = missing.map { language.isEmpty ? $0 : "\($0)::\(language)" }.joined(separator: ", ")
            log.note(
                .translationMissing, .warning, sheet: table.name, row: table.headRow, column: missing.first,
                "Other languages have columns that are missing here: \(heads).",
                remedy: "Add them, or give every text column the same languages.")
        }
    }

    /// `Vietnamese (vi)`: the code is what programs go by (BCP 47).
    private func noteUnclear(in table: SheetTable, _ log: inout FormProblemLog) {
        var seen: Set<String> = [""]
        for head in table.heads
        where !head.isOurs && Self.texts.contains(head.name) && seen.insert(head.language).inserted {
            guard !Self.hasCode(head.language) else { continue }
            log.note(
                .languageUnclear, .warning, sheet: table.name, row: table.headRow, column: head.text,
                "“\(head.language)” says no code of a language.", remedy: "Write it as in Vietnamese (vi).")
        }
    }

    private static func hasCode(_ language: String) -> Bool {
        guard language.last == ")", let open = language.lastIndex(of: "(") else { return false }
        let tag = language[language.index(after: open)...].dropLast()
        guard let code = tag.split(separator: "-", omittingEmptySubsequences: false).first else { return false }
        return (2...3).contains(code.count) && Locale.LanguageCode(String(code)).isISOLanguage
    }

    private static let texts: Set<String> = [
        "label", "hint", "guidance_hint", "required_message", "constraint_message",
    ]
}
