/// Reads a pattern and writes its instructions.
struct RegularPatternReader {
    private typealias Instruction = RegularPattern.Instruction
    private typealias CharacterSet = RegularPattern.CharacterSet

    private let source: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ source: String) {
        self.source = Array(source.unicodeScalars)
    }

    mutating func read() -> [RegularPattern.Instruction]? {
        guard let body = alternatives(), index == source.count else { return nil }
        return body.count < RegularPattern.maximumInstructions ? body + [.match] : nil
    }

    private var next: Unicode.Scalar? { index < source.count ? source[index] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() -> [RegularPattern.Instruction]? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100, var whole = sequence() else { return nil }
        while accept("|") {
            guard let other = sequence() else { return nil }
            // Targets are absolute within a fragment and are moved when fragments are joined.
            whole =
                [.split(1, whole.count + 2)] + whole.moved(by: 1) + [.jump(whole.count + 2 + other.count)]
                + other.moved(by: whole.count + 2)
            guard whole.count < RegularPattern.maximumInstructions else { return nil }
        }
        return whole
    }

    private mutating func sequence() -> [RegularPattern.Instruction]? {
        var whole: [Instruction] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let part = atom(), let repeated = quantified(part) else { return nil }
            whole += repeated.moved(by: whole.count)
            guard whole.count < RegularPattern.maximumInstructions else { return nil }
        }
        return whole
    }

    private mutating func atom() -> [RegularPattern.Instruction]? {
        guard let scalar = next else { return nil }
        index += 1
        switch scalar {
        case ".": return [.any]
        case "^": return [.atStart]
        case "$": return [.atEnd]
        case "(":
            if accept("?") {
                guard accept(":") else { return nil }
            }
            guard let inner = alternatives(), accept(")") else { return nil }
            return inner
        case "[": return set().map { [.set($0)] }
        case "\\": return escape().map { [.set($0)] }
        case "*", "+", "?", "{": return nil
        default: return [.set(CharacterSet(ranges: [scalar.value...scalar.value]))]
        }
    }

    private mutating func quantified(_ part: [RegularPattern.Instruction]) -> [RegularPattern.Instruction]? {
        var part = part
        while let scalar = next {
            let bounds: (least: Int, most: Int?)
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                index += 1
                guard let read = braces() else { return nil }
                bounds = read
                index -= 1
            default: return part
            }
            index += 1
            // Lazy or not makes no difference to whether all of a text matches; possessive does.
            _ = accept("?")
            guard next != "+", let written = repeated(part, bounds.least, bounds.most) else { return nil }
            part = written
        }
        return part
    }

    /// After `{`, up to and including `}`.
    private mutating func braces() -> (least: Int, most: Int?)? {
        func isValid(_ number: Int) -> Bool { number <= RegularPattern.maximumInstructions }
        guard let least = number(), isValid(least) else { return nil }
        if accept("}") { return (least, least) }
        guard accept(",") else { return nil }
        if accept("}") { return (least, nil) }
        guard let most = number(), most >= least, isValid(most), accept("}") else { return nil }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = next, ("0"..."9").contains(scalar), digits.count < 6 {
            digits.unicodeScalars.append(scalar)
            index += 1
        }
        return Int(digits)
    }

    private func repeated(
        _ part: [RegularPattern.Instruction], _ least: Int, _ most: Int?
    ) -> [RegularPattern.Instruction]? {
        guard (part.count + 1) * Swift.max(least, most ?? 0) < RegularPattern.maximumInstructions else { return nil }
        var whole: [Instruction] = []
        for _ in 0..<least { whole += part.moved(by: whole.count) }
        if let most {
            let end = whole.count + (most - least) * (part.count + 1)
            for _ in least..<most { whole += [.split(whole.count + 1, end)] + part.moved(by: whole.count + 1) }
        } else {
            let start = whole.count
            whole += [.split(start + 1, start + part.count + 2)] + part.moved(by: start + 1) + [.jump(start)]
        }
        return whole
    }

    /// After `[`, up to and including `]`.
    private mutating func set() -> RegularPattern.CharacterSet? {
        var set = CharacterSet()
        set.isNegated = accept("^")
        var isFirst = true
        while let scalar = next {
            index += 1
            if scalar == "]", !isFirst { return set }
            isFirst = false
            // Java's unions and intersections of sets.
            guard scalar != "[", scalar != "&" || next != "&" else { return nil }
            var low = scalar.value
            if scalar == "\\" {
                guard let escaped = escape() else { return nil }
                guard let single = escaped.single else {
                    set.nested.append(escaped)
                    continue
                }
                low = single
            }
            guard next == "-", index + 1 < source.count, source[index + 1] != "]" else {
                set.ranges.append(low...low)
                continue
            }
            index += 1
            guard let high = rangeEnd(), high >= low else { return nil }
            set.ranges.append(low...high)
        }
        return nil
    }

    private mutating func rangeEnd() -> UInt32? {
        guard let scalar = next else { return nil }
        index += 1
        return scalar == "\\" ? escape()?.single : scalar.value
    }

    /// After a backslash.
    private mutating func escape() -> RegularPattern.CharacterSet? {
        guard let scalar = next else { return nil }
        index += 1
        let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        let space: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]
        switch scalar {
        case "d", "D": return CharacterSet(isNegated: scalar == "D", ranges: [0x30...0x39])
        case "w", "W": return CharacterSet(isNegated: scalar == "W", ranges: word)
        case "s", "S": return CharacterSet(isNegated: scalar == "S", ranges: space)
        case "t": return CharacterSet(ranges: [0x09...0x09])
        case "n": return CharacterSet(ranges: [0x0A...0x0A])
        case "r": return CharacterSet(ranges: [0x0D...0x0D])
        case "p", "P": return category(isNegated: scalar == "P")
        case "u": return hexadecimal(4)
        case "x": return hexadecimal(2)
        default:
            // A letter or digit that means nothing above means something else somewhere: refuse rather than guess.
            guard !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else { return nil }
            return CharacterSet(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func category(isNegated: Bool) -> RegularPattern.CharacterSet? {
        guard accept("{"), let end = source[index...].firstIndex(of: "}") else { return nil }
        var name = source[index..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
        index = end + 1
        if name.hasPrefix("Is") { name.removeFirst(2) }
        guard (1...2).contains(name.count), "LMNPSZC".contains(name.prefix(1)) else { return nil }
        return CharacterSet(categories: [(name, isNegated)])
    }

    private mutating func hexadecimal(_ count: Int) -> RegularPattern.CharacterSet? {
        guard index + count <= source.count else { return nil }
        let digits = source[index..<(index + count)].reduce(into: "") { $0.unicodeScalars.append($1) }
        guard let value = UInt32(digits, radix: 16), digits.first != "+" else { return nil }
        index += count
        return CharacterSet(ranges: [value...value])
    }
}

extension RegularPattern.CharacterSet {
    /// The one character that it holds.
    fileprivate var single: UInt32? {
        guard !isNegated, categories.isEmpty, nested.isEmpty, ranges.count == 1, ranges[0].count == 1 else {
            return nil
        }
        return ranges[0].lowerBound
    }
}

extension [RegularPattern.Instruction] {
    fileprivate func moved(by distance: Int) -> Self {
        distance == 0
            ? self
            : map { instruction in
                switch instruction {
                case .split(let first, let second): .split(first + distance, second + distance)
                case .jump(let target): .jump(target + distance)
                default: instruction
                }
            }
    }
}
