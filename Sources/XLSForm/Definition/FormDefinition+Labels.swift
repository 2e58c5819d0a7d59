package import Records

extension FormDefinition {
    /// A text in the form's default language, else in the one without a name, else in the first by name.
    package func text(_ localized: LocalizedText) -> String {
        if let language = settings.defaultLanguage, let text = localized[language], !text.isEmpty { return text }
        if let text = localized[""], !text.isEmpty { return text }
        return localized.sorted { $0.key < $1.key }.first { !$0.value.isEmpty }?.value ?? ""
    }

    /// What an answer says to people: the label of a choice, the text as it stands.
    package func shown(_ name: String, in answers: [Answer]) -> String {
        guard let answer = answers.first(where: { $0.question == name }) else { return "" }
        guard case .text(let value)? = answer.value else { return answer.shown }
        // A table's row is known by its code; what the sender chose is its label.
        if case .selectOneFromFile? = question(named: name)?.kind, !answer.shown.isEmpty { return answer.shown }
        return shown(value, of: name)
    }

    /// The label of a choice by its name; any other value as it stands.
    package func shown(_ value: String, of name: String) -> String {
        guard case .selectOne(let list, _)? = question(named: name)?.kind,
            let choice = choiceLists[list]?.choices.first(where: { $0.name == value })
        else { return value }
        return text(choice.label)
    }
}
