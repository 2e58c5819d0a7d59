package import Campaign
package import Foundation
package import Ledger
import Records

/// A duty, and how far the unit has come with it.
package struct OwedDuty: Sendable {
    package let duty: Duty
    package let standing: DutyStanding?

    package var state: DutyState { DutyState(standing) }

    /// When the version came that counts, else the newest one; nil when nothing has come.
    package var received: Date? { standing.map { $0.filed ?? $0.newest.received } }
}

/// How far a unit has come with a form that it owes.
package enum DutyState: String, Sendable, CaseIterable {
    case missing, correction, waiting, filed

    package init(_ standing: DutyStanding?) {
        guard let standing else {
            self = .missing
            return
        }
        if standing.filed != nil {
            self = .filed
        } else {
            self = standing.newest.standing == .failed ? .correction : .waiting
        }
    }

    /// It is the unit's turn.
    package var isOpen: Bool { self == .missing || self == .correction }
}

extension Office {
    /// What the units owe for a year, in the official order, and what has come of it.
    package func duties(of year: Int, _ stored: LedgerView) throws -> [OwedDuty] {
        var standings: [String: [UnitCode: DutyStanding]] = [:]
        return try campaign.duties(year: year).map { duty in
            let form = duty.obligation.form
            if standings[form] == nil { standings[form] = try stored.dutyStandings(form: form, period: String(year)) }
            return OwedDuty(duty: duty, standing: standings[form]?[duty.unit])
        }
    }
}
