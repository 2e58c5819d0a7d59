extension Vietnamese {
    /// Reads a day as it is typed: `5/12/2019`, `05.12.2019`, `ngày 11 tháng 6 năm 2020`, `2019-12-05`, with or without
    /// a time behind it. Day before month always; a year of two digits lies in 1950…2049. Nil for anything else, for a
    /// month or year alone, and for days that do not exist.
    package static func readDate(_ text: String) -> (year: Int, month: Int, day: Int)? {
        guard text.utf8.count <= 64 else { return nil }
        var rest = folded(text)[...]
        if let named = lastOccurrence(of: "ngày ", in: rest) { rest = rest[named...] }
        let words = rest.split(separator: " ")
        if let written = writtenOut(words) { return checked(written) }
        guard let first = words.first, words.dropFirst().allSatisfy(isTime) else { return nil }
        // ISO 8601 puts a `T` between day and time.
        let day = first.prefix { $0 != "t" }
        guard day.endIndex == first.endIndex || isTime(first[day.endIndex...].dropFirst()) else { return nil }
        let parts = day.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." || $0 == "-" }
        guard parts.count == 3 else { return nil }
        if parts[0].utf8.count == 4 {
            guard let year = number(parts[0], digits: 4...4), let month = number(parts[1], digits: 1...2),
                let day = number(parts[2], digits: 1...2)
            else { return nil }
            return checked((year, month, day))
        }
        guard let day = number(parts[0], digits: 1...2), let month = number(parts[1], digits: 1...2),
            let year = year(parts[2])
        else { return nil }
        return checked((year, month, day))
    }

    /// `11 tháng 6 năm 2020`.
    private static func writtenOut(_ words: [Substring]) -> (year: Int, month: Int, day: Int)? {
        guard words.count == 5, words[1] == "tháng", words[3] == "năm", let day = number(words[0], digits: 1...2),
            let month = number(words[2], digits: 1...2), let year = year(words[4])
        else { return nil }
        return (year, month, day)
    }

    private static func lastOccurrence(of word: String, in text: Substring) -> Substring.Index? {
        var found: Substring.Index?
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(word) { found = text.index(index, offsetBy: word.count) }
            index = text.index(after: index)
        }
        return found
    }

    /// `00:00`, `7:05:00`, with a fraction or a `z`; the time itself is not asked for.
    private static func isTime(_ word: Substring) -> Bool {
        word.utf8.count >= 4 && word.utf8.contains(UInt8(ascii: ":"))
            && word.utf8.allSatisfy { isAsciiDigit($0) || ":.+-z".utf8.contains($0) }
    }

    private static func isAsciiDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy(isAsciiDigit) else { return nil }
        return Int(text)
    }

    private static func year(_ text: Substring) -> Int? {
        if let year = number(text, digits: 4...4) { return year }
        return number(text, digits: 2...2).map { $0 < 50 ? 2000 + $0 : 1900 + $0 }
    }

    private static func checked(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int)? {
        let isLeap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...9999).contains(date.year), (1...12).contains(date.month),
            (1...lengths[date.month - 1]).contains(date.day)
        else { return nil }
        return date
    }
}
