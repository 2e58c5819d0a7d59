import Foundation
import Records

/// Dates and instants as ISO 8601 text, and the patterns of `format-date`.
enum DateText {
    /// Reads `2020-06-11` (its midnight in the zone) or `2020-06-11T08:30:00.000+07:00`; seconds, fraction and zone may
    /// be missing.
    static func instant(_ text: String, zone: OfficeZone) -> Date? {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let date = CivilDate(iso8601: parts[0].trimmingPrefix(while: \.isWhitespace)) else { return nil }
        guard parts.count == 2 else { return midnight(date, zone: zone) }
        var clock = String(parts[1])
        var offset = zone
        if clock.hasSuffix("Z") {
            clock.removeLast()
            offset = OfficeZone(secondsFromGMT: 0)
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let read = OfficeZone(String(clock[sign...])) else { return nil }
            offset = read
            clock = String(clock[..<sign])
        }
        guard let seconds = secondsOfDay(clock) else { return nil }
        return midnight(date, zone: offset).addingTimeInterval(seconds)
    }

    static func date(_ text: String, zone: OfficeZone) -> CivilDate? {
        if let date = CivilDate(iso8601: text) { return date }
        return instant(text, zone: zone).map { CivilDate($0, in: zone) }
    }

    /// Seconds since midnight of `08:30`, `08:30:15` or `08:30:15.250`.
    static func secondsOfDay(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Int(parts[0]), (0...23).contains(hour),
            let minute = Int(parts[1]), (0...59).contains(minute)
        else { return nil }
        guard parts.count == 3 else { return Double(hour * 3600 + minute * 60) }
        guard parts[2].utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }),
            let second = Double(parts[2]), (0..<60).contains(second)
        else { return nil }
        return Double(hour * 3600 + minute * 60) + second
    }

    static func midnight(_ date: CivilDate, zone: OfficeZone) -> Date {
        Date(timeIntervalSince1970: Double(date.daysSince1970 * 86_400 - zone.secondsFromGMT))
    }

    /// `2020-06-11T08:30:00.000+07:00`.
    static func text(_ instant: Date, zone: OfficeZone) -> String {
        format(instant, "%Y-%m-%dT%H:%M:%S.%3", zone: zone) + offset(zone)
    }

    /// `08:30:00`.
    static func text(secondsOfDay seconds: Int) -> String {
        [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    }

    /// The codes that ODK documents for `format-date` and `format-date-time`; an unknown one stays as it is.
    static func format(_ instant: Date, _ pattern: String, zone: OfficeZone) -> String {
        let date = CivilDate(instant, in: zone)
        let (year, month, day) = date.components
        let milliseconds = Int((instant.timeIntervalSince(midnight(date, zone: zone)) * 1000).rounded())
        let (hour, minute) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        var text = ""
        var characters = pattern.makeIterator()
        while let character = characters.next() {
            guard character == "%", let code = characters.next() else {
                text.append(character)
                continue
            }
            switch code {
            case "Y": text += padded(year, 4)
            case "y": text += padded(year % 100, 2)
            case "m": text += padded(month, 2)
            case "n": text += String(month)
            case "b": text += months[month - 1]
            case "d": text += padded(day, 2)
            case "e": text += String(day)
            case "H": text += padded(hour, 2)
            case "h": text += String(hour)
            case "M": text += padded(minute, 2)
            case "S": text += padded(milliseconds / 1000 % 60, 2)
            case "3": text += padded(milliseconds % 1000, 3)
            // 1970-01-01 was a Thursday.
            case "a": text += weekdays[((date.daysSince1970 + 4) % 7 + 7) % 7]
            case "%": text += "%"
            default: text += "%\(code)"
            }
        }
        return text
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func offset(_ zone: OfficeZone) -> String {
        let seconds = abs(zone.secondsFromGMT)
        return (zone.secondsFromGMT < 0 ? "-" : "+") + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
