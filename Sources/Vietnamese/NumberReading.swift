package import Foundation

/// What a number stands for; it decides how a single separator is read.
package enum NumberUse: Sendable, Hashable, CaseIterable {
    /// Households, people, years.
    case count
    /// Amounts in đồng.
    case money
    /// Percentages, ratios, incomes with decimals.
    case rate
}

/// What a written number can mean.
package enum NumberReading: Sendable, Hashable {
    case exact(Decimal)
    /// With the separator as a decimal comma, and with it as a thousands point: a person has to say which.
    case ambiguous(Decimal, Decimal)
    case none
}

extension Vietnamese {
    /// Longer texts are no numbers.
    private static let longestNumber = 64

    /// Reads a number as it is typed: `1.250.000`, `1,250,000.5`, `4,08 %`, `1 tỷ 200 triệu đồng`, `120 hộ`.
    ///
    /// Vietnamese law writes thousands with a point and decimals with a comma, English-set spreadsheets the reverse, so:
    /// several equal separators are thousands; of two kinds the last is decimal; a single one before exactly three digits
    /// is thousands in counts and amounts and ambiguous elsewhere; before any other number of digits it is decimal.
    package static func readNumber(_ text: String, as use: NumberUse) -> NumberReading {
        guard text.utf8.count <= longestNumber else { return .none }
        let folded = folded(text)
        var bytes = Array(folded.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }

        var sum: NumberReading?
        var lastScale: Decimal?
        while !bytes.isEmpty {
            let digits = bytes.prefix { isDigit($0) || isSeparator($0) }
            bytes = bytes.dropFirst(digits.count)
            let unitBytes = bytes.prefix { !isDigit($0) }
            bytes = bytes.dropFirst(unitBytes.count)
            guard let scale = scale(of: String(decoding: unitBytes, as: UTF8.self), use: use) else { return .none }
            // `1 tỷ 200 triệu`: each unit smaller than the one before it.
            if let lastScale, scale >= lastScale { return .none }
            lastScale = scale
            let part = core(trimmed(digits), use: scale == 1 ? use : .rate, scale: scale)
            if let before = sum {
                guard case .exact(let left) = before, case .exact(let right) = part else { return .none }
                sum = .exact(left + right)
            } else {
                sum = part
            }
        }
        guard let sum else { return .none }
        return isNegative ? negated(sum) : sum
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "'")
    }

    private static func trimmed(_ digits: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var digits = digits.drop { $0 == UInt8(ascii: " ") }
        while digits.last == UInt8(ascii: " ") { digits.removeLast() }
        return digits
    }

    private static func negated(_ reading: NumberReading) -> NumberReading {
        switch reading {
        case .exact(let value): .exact(-value)
        case .ambiguous(let first, let second): .ambiguous(-first, -second)
        case .none: .none
        }
    }

    // MARK: Units

    /// By what a written unit multiplies; nil when it is none of those that the use knows.
    private static func scale(of unit: String, use: NumberUse) -> Decimal? {
        let unit = unit.filter { $0 != " " && $0 != "." }
        if unit.isEmpty { return 1 }
        switch use {
        case .rate: return unit == "%" ? 1 : scales[unit]
        case .count: return countedThings.contains(unit) ? 1 : nil
        case .money: return scales[unit]
        }
    }

    private static let countedThings: Set<String> = [
        "hộ", "khẩu", "nhânkhẩu", "người", "lượt", "lượtngười", "cuộc", "công", "ngàycông", "thôn", "năm",
    ]

    private static let scales: [String: Decimal] = {
        var scales: [String: Decimal] = [:]
        for (value, names) in [
            (1, [""]), (1000, ["nghìn", "ngàn"]), (1_000_000, ["triệu", "tr"]), (1_000_000_000, ["tỷ", "tỉ"]),
        ] as [(Decimal, [String])] {
            for name in names {
                for ending in ["", "đ", "đồng", "vnd", "vnđ"] { scales[name + ending] = value }
            }
        }
        return scales
    }()

    // MARK: Digits and separators

    private static func core(_ text: ArraySlice<UInt8>, use: NumberUse, scale: Decimal) -> NumberReading {
        guard let first = text.first, let last = text.last, isDigit(first), isDigit(last) else { return .none }
        let separators = text.indices.filter { !isDigit(text[$0]) }
        guard let lastSeparator = separators.last else { return exact(text, scale: scale) }
        let kinds = Set(separators.map { text[$0] })
        let isSpaced = kinds.contains(UInt8(ascii: " ")) || kinds.contains(UInt8(ascii: "'"))
        let whole = text[..<lastSeparator]
        let fraction = text[(lastSeparator + 1)...]

        if kinds.count == 2, separators.filter({ text[$0] == text[lastSeparator] }).count == 1 {
            guard !isSpaced || !isSpace(text[lastSeparator]), isGrouped(whole) else { return .none }
            return exact(whole, fraction: fraction, scale: scale)
        }
        guard kinds.count == 1 else { return .none }
        if separators.count > 1 || isSpaced { return isGrouped(text) ? exact(text, scale: scale) : .none }

        let couldBeThousands = fraction.count == 3 && whole.count <= 3 && whole.first != UInt8(ascii: "0")
        guard couldBeThousands else { return exact(whole, fraction: fraction, scale: scale) }
        if use != .rate { return exact(text, scale: scale) }
        guard case .exact(let asDecimal) = exact(whole, fraction: fraction, scale: scale),
            case .exact(let asThousands) = exact(text, scale: scale)
        else { return .none }
        return .ambiguous(asDecimal, asThousands)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "'") }

    /// One to three digits, then groups of exactly three.
    private static func isGrouped(_ text: ArraySlice<UInt8>) -> Bool {
        let groups = text.split(omittingEmptySubsequences: false) { !isDigit($0) }
        guard let first = groups.first, (1...3).contains(first.count) else { return false }
        return groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    private static func exact(
        _ whole: ArraySlice<UInt8>, fraction: ArraySlice<UInt8> = [], scale: Decimal
    ) -> NumberReading {
        let digits = whole.filter(isDigit) + fraction
        guard digits.count <= 30 else { return .none }
        var value = Decimal(0)
        // Eighteen digits fit an Int; Decimal's own arithmetic is dear.
        for start in stride(from: 0, to: digits.count, by: 18) {
            let chunk = digits[start..<min(start + 18, digits.count)]
            let number = chunk.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            value = start == 0 ? Decimal(number) : value * pow(10, chunk.count) + Decimal(number)
        }
        if !fraction.isEmpty { value = Decimal(sign: .plus, exponent: -fraction.count, significand: value) }
        return .exact(scale == 1 ? value : value * scale)
    }
}
