import Foundation
import Records

/// A time of receipt as it is written on the command line, and as `formpost mail` shows it.
enum ReceivedTime {
    /// Reads `2019-12-18` (its first moment), `2019-12-18T16:55`, `2019-12-18T16:55:30` and RFC 3339.
    /// - Parameter zone: meant where none is written.
    /// - Returns: nil when it is none of these, or no such time.
    static func read(_ text: String, zone: OfficeZone) -> Date? {
        let pattern = #/([0-9-]+)(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|[+\-][0-9:]+)?)?/#
        guard let match = text.wholeMatch(of: pattern), let day = CivilDate(iso8601: String(match.1)) else {
            return nil
        }
        let clock = [match.2, match.3, match.4].map { $0.flatMap { Int($0) } ?? 0 }
        guard clock[0] < 24, clock[1] < 60, clock[2] < 60 else { return nil }
        var offset: OfficeZone? = zone
        if let written = match.5 {
            offset = written == "Z" ? OfficeZone(secondsFromGMT: 0) : OfficeZone(String(written))
        }
        guard let offset else { return nil }
        let seconds = day.daysSince1970 * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2] - offset.secondsFromGMT
        return Date(timeIntervalSince1970: Double(seconds))
    }
}
