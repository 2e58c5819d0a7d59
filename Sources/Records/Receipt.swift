/// The number that a submission keeps for life: `BC-2019-0042`. Its kind, a year, and a count within both.
///
/// People say it on the phone and type it into subjects, so it is recognised with any spacing, case or dash.
package struct Receipt: Hashable, Sendable, Codable, CustomStringConvertible {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// A report of a unit for a year.
        case report = "BC"
        /// A household list.
        case list = "DS"
        /// A registration of sponsorship.
        case registration = "DK"
        /// Contacts and addresses of a unit.
        case contact = "DM"
        /// A nomination for an award.
        case nomination = "KT"
        /// A cover letter with the unit's list of nominees.
        case cover = "TT"
    }

    package let kind: Kind
    package let year: Int
    package let number: Int

    /// The years that a receipt can bear.
    package static let years = 2000...2099

    /// Fails outside these years and the numbers 1…999999.
    package init?(kind: Kind, year: Int, number: Int) {
        guard Self.years.contains(year), (1...999_999).contains(number) else { return nil }
        self.kind = kind
        self.year = year
        self.number = number
    }

    /// Reads exactly one receipt and nothing else, e.g. `bc 2019 42`.
    package init?(_ text: String) {
        let found = Self.all(in: text)
        guard found.count == 1, text.filter({ $0.isLetter || $0.isNumber }).count == found[0].length else { return nil }
        self = found[0].receipt
    }

    package var description: String {
        let digits = String(number)
        return "\(kind.rawValue)-\(year)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Every receipt mentioned in a subject or a sentence, in order, each once.
    package static func mentioned(in text: String) -> [Receipt] {
        var seen = Set<Receipt>()
        return all(in: text).map(\.receipt).filter { seen.insert($0).inserted }
    }

    /// Letters and digits of each match are counted in `length`, so that the caller can tell a bare number from a sentence.
    private static func all(in text: String) -> [(receipt: Receipt, length: Int)] {
        guard text.utf8.contains(where: { $0 &- UInt8(ascii: "0") < 10 }) else { return [] }
        let scalars = Array(text.uppercased().unicodeScalars)
        var found: [(Receipt, Int)] = []
        var index = 0
        func isWord(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || isDigit(scalar) }
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
        func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar.properties.isDash || "._/−".unicodeScalars.contains(scalar)
                || scalar == "\u{AD}"
        }
        func digits(from start: Int, atMost limit: Int) -> (value: Int, end: Int)? {
            var end = start
            while end < scalars.count, isDigit(scalars[end]), end - start < limit { end += 1 }
            guard end > start else { return nil }
            let value = scalars[start..<end].reduce(0) { $0 * 10 + Int($1.value - 48) }
            return (value, end)
        }
        func skipSeparators(_ start: Int) -> Int {
            var end = start
            while end < scalars.count, end - start < 4, isSeparator(scalars[end]) { end += 1 }
            return end
        }
        while index + 1 < scalars.count {
            defer { index += 1 }
            guard index == 0 || !isWord(scalars[index - 1]),
                let kind = Kind(rawValue: String(String.UnicodeScalarView(scalars[index...index + 1]))),
                let year = digits(from: skipSeparators(index + 2), atMost: 4), year.value >= 2000,
                let number = digits(from: skipSeparators(year.end), atMost: 6),
                number.end == scalars.count || !isDigit(scalars[number.end]),
                let receipt = Receipt(kind: kind, year: year.value, number: number.value)
            else { continue }
            let length = scalars[index..<number.end].filter { isWord($0) }.count
            found.append((receipt, length))
            index = number.end - 1
        }
        return found
    }
}
