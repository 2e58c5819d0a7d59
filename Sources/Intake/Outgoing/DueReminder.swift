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
        /// The plan's step, each of which reminds once; nil when a person asks for it, because the office has set no day.
        package let step: ReminderStep?
        /// What has come so far; nil when nothing has.
        package let standing: DutyStanding?

        func correction(_ stored: LedgerView, in zone: OfficeZone) throws -> Reminder.Correction? {
            guard let standing, let newest = try stored.revision(standing.newest.revision) else { return nil }
            return Reminder.Correction(
                receipt: standing.submission.receipt, received: CivilDate(standing.newest.received, in: zone),
                findings: newest.workbook.verdict.findings)
        }
    }

    /// Whether the unit's leader gets a copy.
    package var isLate: Bool { items.contains { $0.step?.isLate ?? true } }
}

/// The units of an emulation cluster that still owe something after they were reminded.
package struct DueOverdueList: Sendable {
    package let cluster: Cluster
    /// The newest of the steps that brought it about: each brings one list.
    package let step: CivilDate
    package let owed: [OwedDuty]

    /// What is owed, each form of each year once.
    package var obligations: [Plan.Obligation] {
        var seen = Set<String>()
        return owed.map(\.duty.obligation).filter { seen.insert("\($0.form) \($0.year)").inserted }
    }
}

extension Office {
    /// The reminders that should have left by now: nobody is reminded of what has arrived or waits for the office, nor
    /// twice of one step of the plan, nor twice on a day.
    package func dueReminders(_ stored: LedgerView, at now: Date) throws -> [DueReminder] {
        let today = CivilDate(now, in: zone)
        return try byUnit(openDuties(stored, on: today)) { owed in
            guard let step = campaign.plan.reminder(for: owed.duty.obligation, on: today),
                try !stored.reminders(of: owed.duty.key).contains(where: { $0 >= step.day })
            else { return nil }
            return .init(duty: owed.duty, step: step, standing: owed.standing)
        }
    }

    /// Reminders of what has no due day, which leave on a person's word alone.
    /// - Parameter form: nil: of all forms of the year.
    package func remindersWithoutDueDay(of year: Int, form: String?, _ stored: LedgerView) throws -> [DueReminder] {
        let owed = try duties(of: year, stored).filter { $0.state.isOpen }
        return byUnit(owed) { owed in
            let obligation = owed.duty.obligation
            guard obligation.deadline == nil, form == nil || form == obligation.form else { return nil }
            return .init(duty: owed.duty, step: nil, standing: owed.standing)
        }
    }

    /// What each cluster's Council member should know by now: of what has stayed due after a reminder, in the order of the
    /// sheet `cum`.
    package func dueOverdueLists(_ stored: LedgerView, at now: Date) throws -> [DueOverdueList] {
        let today = CivilDate(now, in: zone)
        var owed: [String: [OwedDuty]] = [:]
        var steps: [String: CivilDate] = [:]
        for duty in try openDuties(stored, on: today) {
            guard let step = campaign.plan.reminder(for: duty.duty.obligation, on: today), step.urgency == .overdue,
                let cluster = campaign.units.nearest(duty.duty.unit, to: today)?.cluster
            else { continue }
            owed[cluster, default: []].append(duty)
            steps[cluster] = max(steps[cluster] ?? step.day, step.day)
        }
        return campaign.units.clusters.compactMap { cluster in
            guard let units = owed[cluster.code], let step = steps[cluster.code] else { return nil }
            return DueOverdueList(cluster: cluster, step: step, owed: units)
        }
    }

    private func openDuties(_ stored: LedgerView, on today: CivilDate) throws -> [OwedDuty] {
        try [today.year - 1, today.year].flatMap { try duties(of: $0, stored) }.filter { $0.state.isOpen }
    }

    private func byUnit(
        _ owed: [OwedDuty], _ item: (OwedDuty) throws -> DueReminder.Item?
    ) rethrows -> [DueReminder] {
        var units: [UnitCode] = []
        var items: [UnitCode: [DueReminder.Item]] = [:]
        for owed in owed {
            guard let item = try item(owed) else { continue }
            if items[owed.duty.unit] == nil { units.append(owed.duty.unit) }
            items[owed.duty.unit, default: []].append(item)
        }
        return units.map { DueReminder(unit: $0, items: items[$0] ?? []) }
    }
}
