package import Foundation
package import Records

extension Plan {
    /// When a notice may leave that is ready now: at once, or where the sheet `thu` gives it hours, at the next moment within
    /// them on a working day.
    /// - Parameter notice: the template's name.
    package func departure(of notice: String, at now: Date, in zone: OfficeZone) -> Date {
        guard let hours = mailModes.first(where: { $0.notice == notice })?.hours else { return now }
        let today = CivilDate(now, in: zone)
        let second = now.timeIntervalSince(today.beginning(in: zone))
        if isWorkingDay(today) {
            if hours.contains(second) { return now }
            if second < hours.lowerBound { return today.beginning(in: zone).addingTimeInterval(hours.lowerBound) }
        }
        let later = (1...366).lazy.map { CivilDate(daysSince1970: today.daysSince1970 + $0) }
        let day = later.first { self.isWorkingDay($0) } ?? today
        return day.beginning(in: zone).addingTimeInterval(hours.lowerBound)
    }
}

extension Plan {
    /// When the digest of a day is written: at the beginning of its hours in the sheet `thu`, else at 16:30.
    package func digestTime(on day: CivilDate, in zone: OfficeZone) -> Date {
        let hours = mailModes.first { $0.notice == "ban_tin" }?.hours
        return day.beginning(in: zone).addingTimeInterval(hours?.lowerBound ?? Self.digestTime)
    }

    private static let digestTime: TimeInterval = 16.5 * 3600
}

extension CivilDate {
    /// Midnight in a zone.
    fileprivate func beginning(in zone: OfficeZone) -> Date {
        Date(timeIntervalSince1970: Double(daysSince1970 * 86_400 - zone.secondsFromGMT))
    }
}
