import XLSForm

/// Any text: the parser never fails but with an error of its own that points into the text, and what it reads is printed
/// and read again into the same tree.
struct ExpressionFuzz {
    /// What the forms themselves say, to be damaged.
    private let corpus: [String]

    private static let pieces = [
        "${a}", "$v", "and", "or", "div", "mod", "*", "-", "+", "|", "=", "!=", "<", "<=", ">", ">=", "(", ")", "[",
        "]",
        "/", "//", ".", "..", "@", "::", ",", "'", "\"", "'a'", "\"it's\"", "1", ".5", "1.", "0.000001", "1e5", " ",
        "\n",
        "\r\n", "\t", "a", "số", "a-b", "a.b", "jr:choice-name", "child::", "self::node()", "parent::node()",
        "descendant-or-self::node()", "following-sibling::", "text()", "comment()", "processing-instruction('x')",
        "not(", "if(", "sum(", "current()", "instance('x')", "count(", "\u{301}", "\u{0}", "\u{FEFF}", "é", "e\u{301}",
        "999999999999999999999999999999", "🏠", "${", "}", "#", "!",
    ]

    init(forms: [FormDefinition]) {
        corpus = forms.flatMap(\.questions).flatMap { question -> [String] in
            let sources = [question.relevant, question.calculation, question.required, question.choiceFilter]
            return sources.compactMap { $0?.text } + question.rules.map(\.expression.text)
        }
    }

    func fault(seed: UInt64) -> String? {
        var generator = SeededGenerator(seed: seed)
        let source = text(&generator)
        let expression: Expression
        do {
            expression = try Expression(source)
        } catch {
            return (1...source.count + 1).contains(error.column)
                ? nil : "column \(error.column) of \(source.debugDescription)"
        }
        let printed = expression.description
        do {
            let again = try Expression(printed)
            if again != expression || again.description != printed {
                return "\(source.debugDescription) prints \(printed.debugDescription), read as \(again)"
            }
        } catch {
            // Printing shortens or lengthens; only what nears the limit of length may outgrow it.
            if error.code == .tooLarge, printed.count > Expression.maximumLength { return nil }
            return "\(source.debugDescription) prints \(printed.debugDescription): \(error)"
        }
        return nil
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        switch generator.below(4) {
        case 0:
            let bytes = (0..<generator.below(40)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            return String(decoding: bytes, as: UTF8.self)
        case 1, 2:
            return (0..<generator.below(14) + 1).map { _ in piece(&generator) }.joined()
        default: return damaged(&generator)
        }
    }

    private func piece(_ generator: inout SeededGenerator) -> String {
        let space = generator.below(3) == 0 ? " " : ""
        return Self.pieces[generator.below(Self.pieces.count)] + space
    }

    /// An expression of a form with some of its bytes taken out, doubled or replaced by other pieces.
    private func damaged(_ generator: inout SeededGenerator) -> String {
        guard !corpus.isEmpty else { return "" }
        var bytes = Array(corpus[generator.below(corpus.count)].utf8)
        for _ in 0..<generator.below(5) + 1 {
            let place = generator.below(bytes.count + 1)
            let end = min(bytes.count, place + generator.below(6))
            switch generator.below(4) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: bytes[place..<end], at: generator.below(bytes.count + 1))
            case 2: bytes.replaceSubrange(place..<end, with: piece(&generator).utf8)
            default: bytes.insert(contentsOf: corpus[generator.below(corpus.count)].utf8.prefix(30), at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
