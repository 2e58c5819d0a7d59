import Campaign
package import Foundation
package import Records

/// What the plan says about sending (sheet `thu`).
extension Office {
    /// Whether notices of a kind wait for a person's press. What tells the house itself what happens is of no use later, so
    /// that it waits in no rehearsal.
    package func waitsForPress(_ kind: NoticeKind) -> Bool {
        let isForTheHouse = kind == .technicalAlarm || kind == .dailyDigest
        return isRehearsal && !isForTheHouse || campaign.plan.waitsForPress(kind.rawValue)
    }

    /// When a notice of a kind may leave that is ready now.
    package func departure(of kind: NoticeKind, at now: Date) -> Date {
        campaign.plan.departure(of: kind.rawValue, at: now, in: zone)
    }
}
