import Campaign
package import Foundation
package import Records

/// What the plan says about sending (sheet `thu`).
extension Office {
    /// Whether notices of a kind wait for a person's press.
    package func waitsForPress(_ kind: NoticeKind) -> Bool {
        isRehearsal || campaign.plan.waitsForPress(kind.rawValue)
    }

    /// When a notice of a kind may leave that is ready now.
    package func departure(of kind: NoticeKind, at now: Date) -> Date {
        campaign.plan.departure(of: kind.rawValue, at: now, in: zone)
    }
}
