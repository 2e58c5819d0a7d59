package import Foundation
import Records

/// Instants as mail writes them.
package enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Thu, 11 Jun 2020 08:30:00 +0700` (RFC 5322, 3.3).
    /// - Parameter offset: seconds east of GMT.
    package static func rfc5322(_ instant: Date, offset: Int) -> String {
        let local = Local(instant, offset)
        let (year, month, day) = local.date.components
        let weekday = days[((local.date.daysSince1970 % 7) + 7) % 7]
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(local.clock) \(zone(offset, separator: ""))"
    }

    /// `2020-06-11T08:30:00+07:00` (RFC 3339, 5.6).
    /// - Parameter offset: seconds east of GMT.
    package static func rfc3339(_ instant: Date, offset: Int) -> String {
        let local = Local(instant, offset)
        return "\(local.date)T\(local.clock)\(zone(offset, separator: ":"))"
    }

    private struct Local {
        let date: CivilDate
        let clock: String

        init(_ instant: Date, _ offset: Int) {
            // Years beyond 9999 are no dates of mail; they are held at the edges that a CivilDate can print.
            let edges = -62_135_596_800.0...253_402_300_799.0
            let seconds = min(max(instant.timeIntervalSince1970 + Double(offset), edges.lowerBound), edges.upperBound)
            let whole = Int(seconds.rounded(.down))
            let day = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
            date = CivilDate(daysSince1970: day)
            let rest = whole - day * 86_400
            clock = [rest / 3600, rest / 60 % 60, rest % 60].map { MailDate.twoDigits($0) }.joined(separator: ":")
        }
    }

    private static func zone(_ offset: Int, separator: String) -> String {
        let minutes = abs(offset) / 60
        return (offset < 0 ? "-" : "+") + twoDigits(minutes / 60) + separator + twoDigits(minutes % 60)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
