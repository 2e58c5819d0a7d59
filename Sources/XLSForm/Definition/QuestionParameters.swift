import Foundation

/// What the column `parameters` may say, type by type. The keys and their limits are those of pyxform.
enum QuestionParameters {
    /// Pairs of key and value; nil where a piece is no pair. Keys come in lower case, and so do values, except those that
    /// name columns of a table.
    static func parse(_ text: String) -> [String: String]? {
        var tokens: [String] = []
        var isOpen = false
        for character in text {
            if character == "=" {
                tokens.append("=")
                isOpen = false
            } else if character.isWhitespace || character == "," || character == ";" {
                isOpen = false
            } else if isOpen {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
                isOpen = true
            }
        }
        guard tokens.count.isMultiple(of: 3) else { return nil }
        var parameters: [String: String] = [:]
        for start in stride(from: 0, to: tokens.count, by: 3) {
            guard tokens[start] != "=", tokens[start + 1] == "=", tokens[start + 2] != "=" else { return nil }
            let key = tokens[start].lowercased()
            parameters[key] = columns.contains(key) ? tokens[start + 2] : tokens[start + 2].lowercased()
        }
        return parameters
    }

    /// Each thing wrong, and what to do.
    static func problems(
        _ question: Question, lists: [String: ChoiceList]
    ) -> [(message: String, remedy: String)] {
        let parameters = question.parameters
        if let accepted = accepted(for: question.kind) {
            let unknown = parameters.keys.filter { !accepted.contains($0) }.sorted()
            guard unknown.isEmpty else {
                return [
                    (
                        "This type has no parameter \(unknown.joined(separator: ", ")).",
                        "Write one of: \(accepted.sorted().joined(separator: ", "))."
                    )
                ]
            }
        }
        switch question.kind {
        case .range: return RangeParameters.problems(parameters, appearance: question.appearance, lists: lists)
        case .text: return wholeNumber("rows", parameters)
        case .attachment: return wholeNumber("max-pixels", parameters) + package(parameters, question.appearance)
        case .selectOne, .selectMultiple: return order(parameters)
        case .selectOneFromFile: return order(parameters) + tableColumns(parameters)
        default: return []
        }
    }

    /// They name columns of the file that choices come from.
    private static let columns: Set<String> = ["value", "label"]

    /// nil for types whose parameters nobody reads.
    private static func accepted(for kind: QuestionKind) -> Set<String>? {
        switch kind {
        case .range: ["start", "end", "step", "tick_interval", "tick_labelset", "placeholder"]
        case .text: ["rows"]
        case .attachment: ["app", "max-pixels", "quality"]
        case .selectOne, .selectMultiple: ["randomize", "seed"]
        case .selectOneFromFile: ["randomize", "seed", "value", "label"]
        default: nil
        }
    }

    private static func wholeNumber(
        _ key: String, _ parameters: [String: String]
    ) -> [(message: String, remedy: String)] {
        guard let value = parameters[key], Int(value) == nil else { return [] }
        return [("The parameter \(key) is “\(value)”.", "Write a whole number.")]
    }

    /// Where a telephone takes the picture; Android's rule for the names of applications.
    private static func package(
        _ parameters: [String: String], _ appearance: String
    ) -> [(message: String, remedy: String)] {
        guard let app = parameters["app"], appearance.isEmpty || appearance == "annotate" else { return [] }
        let parts = app.split(separator: ".", omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            part.utf8.first.map { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") } == true
                && part.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                }
        }
        guard parts.count < 2 || !isName else { return [] }
        return [("The parameter app is “\(app)”, which names no application.", "Leave it out.")]
    }

    private static func order(_ parameters: [String: String]) -> [(message: String, remedy: String)] {
        let randomize = parameters["randomize"]
        if let randomize, randomize != "true", randomize != "false" {
            return [("The parameter randomize is “\(randomize)”.", "Write true or false.")]
        }
        guard let seed = parameters["seed"] else { return [] }
        if randomize == nil {
            return [("The parameter seed is for choices in random order.", "Add randomize=true, or leave it out.")]
        }
        let isReference = Expression.nameOfReference(seed).map(FormName.isLegal) ?? false
        guard Double(seed) == nil, !isReference else { return [] }
        return [("The parameter seed is “\(seed)”.", "Write a number or ${name}.")]
    }

    private static func tableColumns(_ parameters: [String: String]) -> [(message: String, remedy: String)] {
        columns.sorted().compactMap { key in
            guard let name = parameters[key], !FormName.isLegal(name) else { return nil }
            return ("The parameter \(key) is “\(name)”, which names no column.", "Write the head of a column.")
        }
    }
}
