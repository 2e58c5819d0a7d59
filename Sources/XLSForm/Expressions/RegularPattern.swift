/// A regular expression that must match a whole text, run as a Pike machine: time grows with text × pattern and never
/// more, whatever the sender wrote into the cell.
///
/// Knows what Java's patterns (ODK's) and XML's have in common: classes, `\d \w \s` and their opposites, `\p{L}` and the
/// other general categories, groups, alternatives, `* + ? {m,n}` (lazy ones too: no difference for a whole match), `^ $`.
/// Look-around, back references and flags are not known. Characters are Unicode scalars.
struct RegularPattern: Sendable {
    enum Instruction: Sendable {
        case any
        case set(CharacterSet)
        case split(Int, Int)
        case jump(Int)
        case atStart
        case atEnd
        case match
    }

    struct CharacterSet: Sendable {
        var isNegated = false
        var ranges: [ClosedRange<UInt32>] = []
        var categories: [(prefix: String, isNegated: Bool)] = []
        /// Sets within the set: `[\D,]`.
        var nested: [CharacterSet] = []

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            let isInside =
                ranges.contains { $0.contains(scalar.value) } || nested.contains { $0.contains(scalar) }
                || categories.contains { scalar.category.hasPrefix($0.prefix) != $0.isNegated }
            return isInside != isNegated
        }
    }

    /// Repetitions are written out, so this bounds what `{m,n}` may cost.
    static let maximumInstructions = 5_000

    let instructions: [Instruction]

    /// nil when the text is no such pattern.
    init?(_ source: String) {
        var reader = RegularPatternReader(source)
        guard let instructions = reader.read() else { return nil }
        self.instructions = instructions
    }

    /// Whether the pattern matches all of the text.
    /// - Parameter spend: told the steps taken for each character.
    func matches<Failure: Error>(_ text: String, spend: (Int) throws(Failure) -> Void) throws(Failure) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var threads = Threads(count: instructions.count)
        var following = Threads(count: instructions.count)
        follow(0, at: 0, of: scalars.count, into: &threads)
        for (index, scalar) in scalars.enumerated() {
            if threads.list.isEmpty { return false }
            try spend(1 + threads.list.count / 8)
            following.clear()
            for thread in threads.list {
                switch instructions[thread] {
                case .any where scalar != "\n": break
                case .set(let set) where set.contains(scalar): break
                default: continue
                }
                follow(thread + 1, at: index + 1, of: scalars.count, into: &following)
            }
            swap(&threads, &following)
        }
        return threads.list.contains { if case .match = instructions[$0] { true } else { false } }
    }

    private struct Threads {
        var list: [Int] = []
        var isListed: [Bool]

        init(count: Int) { isListed = Array(repeating: false, count: count) }

        mutating func clear() {
            for thread in list { isListed[thread] = false }
            list.removeAll(keepingCapacity: true)
        }
    }

    /// Adds an instruction and whatever it leads to without reading; a stack of its own keeps recursion away.
    private func follow(_ start: Int, at position: Int, of length: Int, into threads: inout Threads) {
        var waiting = [start]
        while let thread = waiting.popLast() {
            guard !threads.isListed[thread] else { continue }
            threads.isListed[thread] = true
            threads.list.append(thread)
            switch instructions[thread] {
            case .split(let first, let second): waiting += [second, first]
            case .jump(let target): waiting.append(target)
            case .atStart where position == 0: waiting.append(thread + 1)
            case .atEnd where position == length: waiting.append(thread + 1)
            default: break
            }
        }
    }
}

extension Unicode.Scalar {
    /// The two letters of the general category: `Lu`, `Nd` …
    fileprivate var category: String {
        switch properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
