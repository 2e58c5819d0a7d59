import Records

/// Days and times as ISO 8601 writes them, in cells of type `d` (ECMA-376 Part 1, 18.18.11) and in OpenDocument.
enum ISODate {
    /// `2020-06-11`, `2020-06-11T08:30`, `2020-06-11T08:30:00.5Z`, `T08:30:00` or `08:30:00`; nil for anything else.
    /// The clock counts as it is written: workbooks know no zones.
    static func value(_ text: UnsafeBufferPointer<UInt8>) -> CellValue? {
        guard let mark = text.firstIndex(of: UInt8(ascii: "T")) else {
            if let day = day(text[...]) { return .date(milliseconds: day) }
            return time(text[...])
        }
        if mark == 0 { return time(text[1...]) }
        guard let day = day(text[..<mark]), let clock = milliseconds(text[(mark + 1)...]) else { return nil }
        return .date(milliseconds: day + clock)
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private static func time(_ text: Bytes) -> CellValue? {
        guard let clock = milliseconds(text), clock < 86_400_000 else { return nil }
        return .time(milliseconds: clock)
    }

    private static func day(_ text: Bytes) -> Int64? {
        let first = text.startIndex
        guard text.count == 10, text[first + 4] == UInt8(ascii: "-"), text[first + 7] == UInt8(ascii: "-"),
            let year = digits(text[first..<(first + 4)]), let month = digits(text[(first + 5)..<(first + 7)]),
            let day = digits(text[(first + 8)...]), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return Int64(date.daysSince1970) * 86_400_000
    }

    /// `08:30`, `08:30:00`, `08:30:00.123`, each with or without a final `Z` or `+07:00`.
    private static func milliseconds(_ text: Bytes) -> Int64? {
        let clock = withoutZone(text)
        let first = clock.startIndex
        guard clock.count == 5 || clock.count >= 8, clock[first + 2] == UInt8(ascii: ":"),
            let hours = digits(clock[first..<(first + 2)]), hours <= 24,
            let minutes = digits(clock[(first + 3)..<(first + 5)]), minutes < 60
        else { return nil }
        var total = Int64(hours * 60 + minutes) * 60_000
        if clock.count > 5 {
            guard clock[first + 5] == UInt8(ascii: ":"), let seconds = digits(clock[(first + 6)..<(first + 8)]),
                seconds < 60, let fraction = fraction(clock[(first + 8)...])
            else { return nil }
            total += Int64(seconds) * 1000 + fraction
        }
        return total <= 86_400_000 ? total : nil
    }

    private static func withoutZone(_ text: Bytes) -> Bytes {
        if text.last == UInt8(ascii: "Z") { return text.dropLast() }
        let zone = text.suffix(6)
        guard zone.count == 6, let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            zone[zone.startIndex + 3] == UInt8(ascii: ":"), digits(zone.dropFirst().prefix(2)) != nil,
            digits(zone.suffix(2)) != nil
        else { return text }
        return text.dropLast(6)
    }

    /// `.25` as 250, rounded to whole milliseconds; nothing as 0.
    private static func fraction(_ text: Bytes) -> Int64? {
        if text.isEmpty { return 0 }
        guard text.count > 1, text.count <= 20, text.first == UInt8(ascii: "."),
            text.dropFirst().allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 })
        else { return nil }
        return DecimalParser.double(UnsafeBufferPointer(rebasing: text)).map { Int64(($0 * 1000).rounded()) }
    }

    private static func digits(_ text: Bytes) -> Int? {
        text.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
            ? DecimalParser.integer(UnsafeBufferPointer(rebasing: text)) : nil
    }
}
