/// What one `Authentication-Results` field states (RFC 8601, 2.2).
struct AuthenticationResults: Hashable, Sendable {
    /// One method's result: `spf=pass smtp.mailfrom=example.vn`.
    struct Result: Hashable, Sendable {
        /// In lower case, without its version.
        let method: String
        /// In lower case.
        let value: String
        /// `ptype.property` in lower case, and its value.
        let properties: [String: String]
    }

    /// Who wrote it, in lower case.
    let authservID: String
    let results: [Result]

    /// Fails when the field does not follow the grammar closely enough to be believed.
    init?(field: String) {
        guard let tokens = Self.tokens(field) else { return nil }
        let clauses = tokens.split(separator: .semicolon, omittingEmptySubsequences: false)
        // The identifier may be followed by a version number.
        guard let first = clauses.first, case .word(let name)? = first.first, first.count <= 2 else { return nil }
        authservID = MailAddress.lowercased(name.utf8)
        var results: [Result] = []
        for clause in clauses.dropFirst() where !clause.isEmpty {
            if clause.count == 1, case .word(let word)? = clause.first, MailAddress.lowercased(word.utf8) == "none" {
                continue
            }
            guard let result = Self.result(Array(clause)) else { return nil }
            results.append(result)
        }
        self.results = results
    }

    private enum Token: Hashable {
        case word(String)
        case equals, semicolon
    }

    /// `method[/version]=value`, then pairs of `reason` or `ptype.property` and their values.
    private static func result(_ clause: [Token]) -> Result? {
        guard clause.count >= 3, clause.count % 3 == 0 else { return nil }
        var pairs: [(name: String, value: String)] = []
        for start in stride(from: 0, to: clause.count, by: 3) {
            guard case .word(let name) = clause[start], clause[start + 1] == .equals,
                case .word(let value) = clause[start + 2]
            else { return nil }
            pairs.append((MailAddress.lowercased(name.utf8), value))
        }
        let method = pairs[0].name.split(separator: "/").first.map(String.init) ?? ""
        var properties: [String: String] = [:]
        for (name, value) in pairs.dropFirst() where name.contains(".") {
            // A property given twice is not to be trusted either way.
            guard properties.updateValue(value, forKey: name) == nil else { return nil }
        }
        return Result(method: method, value: MailAddress.lowercased(pairs[0].value.utf8), properties: properties)
    }

    /// Words, quoted words, `=` and `;`, with comments (RFC 5322, 3.2.2) left out; nil when a quote or comment stays
    /// open.
    private static func tokens(_ field: String) -> [Token]? {
        var tokens: [Token] = []
        var word: [UInt8] = []
        var quoted = false
        var depth = 0
        var bytes = field.utf8.makeIterator()
        func flush() {
            if !word.isEmpty { tokens.append(.word(String(decoding: word, as: UTF8.self))) }
            word = []
        }
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "\\") where quoted || depth > 0:
                let escaped = bytes.next()
                if quoted, let escaped { word.append(escaped) }
            case UInt8(ascii: "\"") where depth == 0: quoted.toggle()
            case _ where quoted: word.append(byte)
            case UInt8(ascii: "("):
                flush()
                depth += 1
            case UInt8(ascii: ")"):
                guard depth > 0 else { return nil }
                depth -= 1
            case _ where depth > 0: continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"): flush()
            // A value may hold `=` (a signature's `b=` tag); only the first one of a pair divides it.
            case UInt8(ascii: "="):
                if word.isEmpty || tokens.last == .equals {
                    word.append(byte)
                } else {
                    flush()
                    tokens.append(.equals)
                }
            case UInt8(ascii: ";"):
                flush()
                tokens.append(.semicolon)
            default: word.append(byte)
            }
        }
        guard !quoted, depth == 0 else { return nil }
        flush()
        return tokens
    }
}
