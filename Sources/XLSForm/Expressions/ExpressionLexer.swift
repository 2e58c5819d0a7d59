/// Cuts an expression into tokens (XPath 1.0, section 3.7), on UTF-8 bytes.
struct ExpressionLexer {
    enum Token: Equatable {
        case number(Number)
        case literal(String)
        case reference(String)
        case variable(String)
        /// A name that is no operator: `a`, `jr:choice-name`.
        case name(String)
        case binary(Syntax.Operator)
        case star
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket
        case dot, dots, at, comma, colons, slash, slashes
        case end
    }

    struct Place {
        let token: Token
        let offset: Int
    }

    private let bytes: [UInt8]
    private var index = 0
    private var previous: Token?
    private let column: (Int) -> Int

    /// - Parameter column: turns an offset in bytes into a column, for errors.
    init(_ bytes: [UInt8], column: @escaping (Int) -> Int) {
        self.bytes = bytes
        self.column = column
    }

    mutating func tokens() throws(ExpressionError) -> [Place] {
        var places: [Place] = []
        while true {
            while index < bytes.count, isBlank(bytes[index]) { index += 1 }
            let start = index
            let token = index < bytes.count ? try next() : .end
            places.append(Place(token: token, offset: start))
            previous = token
            if token == .end { return places }
        }
    }

    private mutating func next() throws(ExpressionError) -> Token {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try literal(until: byte)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "."):
            if let following = peek(1), isDigit(following) { return try number() }
            return take(following: UInt8(ascii: "."), .dots, else: .dot)
        case UInt8(ascii: "$"): return try dollar()
        case UInt8(ascii: "("): return take(.leftParenthesis)
        case UInt8(ascii: ")"): return take(.rightParenthesis)
        case UInt8(ascii: "["): return take(.leftBracket)
        case UInt8(ascii: "]"): return take(.rightBracket)
        case UInt8(ascii: "@"): return take(.at)
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: "|"): return take(.binary(.union))
        case UInt8(ascii: "+"): return take(.binary(.plus))
        case UInt8(ascii: "-"): return take(.binary(.minus))
        case UInt8(ascii: "="): return take(.binary(.equal))
        case UInt8(ascii: "*"): return take(expectsOperator ? .binary(.times) : .star)
        case UInt8(ascii: "/"): return take(following: byte, .slashes, else: .slash)
        case UInt8(ascii: "<"): return take(following: UInt8(ascii: "="), .binary(.lessOrEqual), else: .binary(.less))
        case UInt8(ascii: ">"):
            return take(following: UInt8(ascii: "="), .binary(.greaterOrEqual), else: .binary(.greater))
        case UInt8(ascii: "!") where peek(1) == UInt8(ascii: "="):
            index += 1
            return take(.binary(.notEqual))
        case UInt8(ascii: ":") where peek(1) == byte:
            index += 1
            return take(.colons)
        default: return try name()
        }
    }

    /// After an operand a star multiplies and a name is an operator (XPath 1.0, section 3.7).
    private var expectsOperator: Bool {
        switch previous {
        case nil, .at, .colons, .leftParenthesis, .leftBracket, .comma, .slash, .slashes, .binary, .end: false
        case .number, .literal, .reference, .variable, .name, .star, .rightParenthesis, .rightBracket, .dot, .dots: true
        }
    }

    private mutating func take(_ token: Token) -> Token {
        index += 1
        return token
    }

    private mutating func take(following byte: UInt8, _ pair: Token, else single: Token) -> Token {
        let isPair = peek(1) == byte
        index += isPair ? 2 : 1
        return isPair ? pair : single
    }

    private func peek(_ distance: Int) -> UInt8? {
        index + distance < bytes.count ? bytes[index + distance] : nil
    }

    private mutating func literal(until quote: UInt8) throws(ExpressionError) -> Token {
        guard let end = bytes[(index + 1)...].firstIndex(of: quote) else {
            throw ExpressionError(.syntax, column: column(index), "a text that begins here never ends")
        }
        defer { index = end + 1 }
        return .literal(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
    }

    private mutating func number() throws(ExpressionError) -> Token {
        let start = index
        while let byte = peek(0), isDigit(byte) { index += 1 }
        if peek(0) == UInt8(ascii: ".") {
            index += 1
            while let byte = peek(0), isDigit(byte) { index += 1 }
        }
        guard let number = Number(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw ExpressionError(.syntax, column: column(start), "not a number")
        }
        return .number(number)
    }

    private mutating func dollar() throws(ExpressionError) -> Token {
        let start = index
        index += 1
        guard peek(0) == UInt8(ascii: "{") else {
            guard let name = qualifiedName() else {
                throw ExpressionError(.syntax, column: column(start), "'$' begins ${name}")
            }
            return .variable(name)
        }
        index += 1
        while let byte = peek(0), isBlank(byte) { index += 1 }
        let name = plainName()
        if name == "last-saved", peek(0) == UInt8(ascii: "#") {
            throw ExpressionError(
                .unsupported, column: column(start), "a workbook knows no record that was saved last")
        }
        while let byte = peek(0), isBlank(byte) { index += 1 }
        guard let name, peek(0) == UInt8(ascii: "}") else {
            throw ExpressionError(.syntax, column: column(start), "'${' wants one name and '}'")
        }
        index += 1
        return .reference(name)
    }

    private mutating func name() throws(ExpressionError) -> Token {
        let start = index
        guard let name = qualifiedName() else {
            throw ExpressionError(.syntax, column: column(start), "this character has no meaning here")
        }
        guard expectsOperator else { return .name(name) }
        guard let sign = Syntax.Operator(rawValue: name), name.utf8.first != UInt8(ascii: "*") else {
            throw ExpressionError(.syntax, column: column(start), "an operator is missing before '\(name)'")
        }
        return .binary(sign)
    }

    /// A name with at most one prefix; a single colon joins them.
    private mutating func qualifiedName() -> String? {
        guard let first = plainName() else { return nil }
        guard peek(0) == UInt8(ascii: ":"), peek(1) != UInt8(ascii: ":") else { return first }
        let colon = index
        index += 1
        guard let second = plainName() else {
            index = colon
            return first
        }
        return first + ":" + second
    }

    private mutating func plainName() -> String? {
        let start = index
        while index < bytes.count {
            if bytes[index] < 0x80 {
                guard isNameByte(bytes[index], isFirst: index == start) else { break }
                index += 1
            } else {
                guard let (scalar, length) = scalar(at: index), isNameScalar(scalar, isFirst: index == start) else {
                    break
                }
                index += length
            }
        }
        return index == start ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private func scalar(at index: Int) -> (Unicode.Scalar, Int)? {
        var decoder = UTF8()
        var iterator = bytes[index...].prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: false
        }
    }

    /// Namespaces in XML 1.0: NCName, its characters beyond ASCII.
    private func isNameScalar(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        switch scalar.value {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F,
            0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        case 0xB7, 0x300...0x36F, 0x203F...0x2040: !isFirst
        default: false
        }
    }
}
