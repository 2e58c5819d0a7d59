/// A sentence with gaps: `{name}` is filled in; what stands in `[ ]` is left out when a gap in it stays empty.
struct Phrase: Hashable, Sendable {
    private indirect enum Piece: Hashable, Sendable {
        case words(String)
        case gap(String)
        case optional([Piece])
    }

    private let pieces: [Piece]

    init(_ text: String) {
        var rest = text[...]
        pieces = Self.read(&rest, until: nil)
    }

    private static func read(_ rest: inout Substring, until end: Character?) -> [Piece] {
        var pieces: [Piece] = []
        var words = ""
        func flush() {
            if !words.isEmpty { pieces.append(.words(words)) }
            words = ""
        }
        while let character = rest.popFirst() {
            if character == end { break }
            switch character {
            case "{":
                flush()
                let name = rest.prefix { $0 != "}" }
                rest = rest.dropFirst(name.count + 1)
                pieces.append(.gap(String(name)))
            case "[":
                flush()
                pieces.append(.optional(read(&rest, until: "]")))
            default: words.append(character)
            }
        }
        flush()
        return pieces
    }

    /// The names of all gaps.
    var names: Set<String> { Self.names(pieces) }

    private static func names(_ pieces: [Piece]) -> Set<String> {
        pieces.reduce(into: Set()) { names, piece in
            switch piece {
            case .words: break
            case .gap(let name): names.insert(name)
            case .optional(let inner): names.formUnion(Self.names(inner))
            }
        }
    }

    func filled(_ arguments: [String: String]) -> String { Self.fill(pieces, arguments) }

    private static func fill(_ pieces: [Piece], _ arguments: [String: String]) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .words(let words): text += words
            case .gap(let name): text += arguments[name] ?? ""
            case .optional(let inner):
                let isFilled = names(inner).allSatisfy { arguments[$0]?.isEmpty == false }
                if isFilled { text += fill(inner, arguments) }
            }
        }
    }
}
