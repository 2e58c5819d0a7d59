import Records

/// Days and times as ISO 8601 writes them, in cells of type `d` (ECMA-376 Part 1, 18.18.11) and in OpenDocument.
enum ISODate {
    /// `2020-06-11`, `2020-06-11T08:30`, `2020-06-11T08:30:00.5Z`, `T08:30:00` or `08:30:00`; nil for anything else.
    static func value(_ text: String) -> CellValue? {
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 1, !text.utf8.contains(UInt8(ascii: ":")) {
            return day(halves[0]).map { .date(milliseconds: $0) }
        }
        guard let last = halves.last, let clock = milliseconds(last) else { return nil }
        if halves.count == 1 || halves[0].isEmpty {
            return clock < 86_400_000 ? .time(milliseconds: clock) : nil
        }
        return day(halves[0]).map { .date(milliseconds: $0 + clock) }
    }

    private static func day(_ text: Substring) -> Int64? {
        CivilDate(iso8601: text).map { Int64($0.daysSince1970) * 86_400_000 }
    }

    /// `08:30`, `08:30:00`, `08:30:00.123`, each with or without a final `Z`.
    private static func milliseconds(_ text: Substring) -> Int64? {
        let clock = text.last == "Z" ? text.dropLast() : text
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, let hours = twoDigits(fields[0]), hours <= 24,
            let minutes = twoDigits(fields[1]), minutes < 60
        else { return nil }
        var total = Int64(hours * 60 + minutes) * 60_000
        if fields.count == 3 {
            guard let seconds = twoDigits(fields[2].prefix(2)), seconds < 60 else { return nil }
            total += Int64(seconds) * 1000
            let rest = fields[2].dropFirst(2)
            if !rest.isEmpty {
                guard rest.utf8.first == UInt8(ascii: "."), rest.utf8.count <= 20,
                    rest.utf8.dropFirst().allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }), let part = Double("0" + rest)
                else { return nil }
                total += Int64((part * 1000).rounded())
            }
        }
        return total <= 86_400_000 ? total : nil
    }

    private static func twoDigits(_ text: Substring) -> Int? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else { return nil }
        return Int(text)
    }
}
