package import Campaign
package import Foundation
package import Ledger
import Notices
package import Records

/// What a unit is to be reminded of, all of it in one letter.
package struct DueReminder: Sendable {
    package let unit: UnitCode
    package let items: [Item]

    package struct Item: Sendable {
        package let duty: Duty
        /// The day of the plan's step: each step reminds once.
        package let step: CivilDate
        /// What has come so far; nil when nothing has.
        package let standing: DutyStanding?

        func correction(in zone: OfficeZone) -> Reminder.Correction? {
            standing.map { standing in
                let workbook = standing.newest.workbook
                return Reminder.Correction(
                    receipt: standing.submission.receipt, received: CivilDate(workbook.received, in: zone),
                    findings: workbook.verdict.findings)
            }
        }
    }
}

extension Office {
    /// The reminders that should have left by now: nobody is reminded of what has arrived or waits for the office, nor
    /// twice of one step of the plan, nor twice on a day.
    package func dueReminders(_ stored: LedgerView, at now: Date) throws -> [DueReminder] {
        let today = CivilDate(now, in: zone)
        var units: [UnitCode] = []
        var items: [UnitCode: [DueReminder.Item]] = [:]
        for owed in try [today.year - 1, today.year].flatMap({ try duties(of: $0, stored) }) where owed.state.isOpen {
            let duty = owed.duty
            guard let step = campaign.plan.reminder(for: duty.obligation, on: today),
                try !stored.reminders(of: duty.key).contains(where: { $0 >= step.day })
            else { continue }
            if items[duty.unit] == nil { units.append(duty.unit) }
            items[duty.unit, default: []].append(.init(duty: duty, step: step.day, standing: owed.standing))
        }
        return units.map { DueReminder(unit: $0, items: items[$0] ?? []) }
    }
}
