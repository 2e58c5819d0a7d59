import Vietnamese

/// Finds the names that a Mustache template uses, with the lines they stand in.
struct TemplateScan {
    struct Name: Hashable {
        let name: String
        let line: Int
    }

    private(set) var names: [Name] = []
    private(set) var partials: [Name] = []
    /// Whether it says that it is plain text; without it `&` would be written as `&amp;`.
    private(set) var isPlainText = false
    /// Whether its first line of text begins with `Subject: `.
    private(set) var hasSubject = false

    init(_ text: String) {
        var rest = text[...]
        var line = 1
        var before = ""
        while let open = rest.firstRange(of: "{{") {
            before += rest[..<open.lowerBound]
            line += rest[..<open.lowerBound].count { $0 == "\n" }
            rest = rest[open.upperBound...]
            // A triple brace closes with three; the third opens the tag's content here.
            guard let close = rest.firstRange(of: "}}") else { break }
            read(rest[..<close.lowerBound], line: line)
            line += rest[..<close.lowerBound].count { $0 == "\n" }
            rest = rest[close.upperBound...]
            if rest.first == "}" { rest.removeFirst() }
        }
        before += rest
        let first = before.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) }
        hasSubject = first?.hasPrefix(NoticeTemplates.subjectMark) == true
    }

    private mutating func read(_ tag: Substring, line: Int) {
        let mark = tag.first { !$0.isWhitespace }
        let content = String(tag.drop { $0.isWhitespace }.drop { "#^/>&{%!".contains($0) }).trimmed
        switch mark {
        case "!": break
        case "%":
            let setting = content.split { $0 == ":" || $0.isWhitespace }
            if setting == ["CONTENT_TYPE", "TEXT"] { isPlainText = true }
        case ">": partials.append(Name(name: content, line: line))
        case "/": break
        default: if content != "." { names.append(Name(name: content, line: line)) }
        }
    }
}
