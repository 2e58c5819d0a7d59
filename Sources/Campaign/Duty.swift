package import Records

/// What one unit owes: a form for a year.
package struct Duty: Hashable, Sendable {
    package let unit: UnitCode
    package let obligation: Plan.Obligation

    package init(unit: UnitCode, obligation: Plan.Obligation) {
        self.unit = unit
        self.obligation = obligation
    }

    /// Under which the ledger keeps what meets it.
    package var key: SubmissionKey {
        SubmissionKey(form: obligation.form, unit: unit, period: String(obligation.year))
    }
}

extension CampaignBook {
    /// What the units owe for a year, in the official order of the units and the plan's order of the forms. It stays with
    /// the units that were there on the year's last day, whatever has become of them since.
    package func duties(year: Int) -> [Duty] {
        guard let last = CivilDate(year: year, month: 12, day: 31) else { return [] }
        return units.units(on: last).flatMap { unit in
            plan.obligations.filter { $0.year == year && $0.kind == unit.kind }
                .map { Duty(unit: unit.code, obligation: $0) }
        }
    }
}

/// A reminder that the plan asks for.
package struct ReminderStep: Hashable, Sendable {
    /// The working day on which it leaves.
    package let day: CivilDate
    /// Whether it leaves once the due day is over.
    package let isLate: Bool
}

extension Plan {
    package func isWorkingDay(_ day: CivilDate) -> Bool { !day.isWeekend && !isHoliday(day) }

    /// The reminder of a duty that stands on that day: the newest of those that should have left by then.
    ///
    /// A reminder before the due day leaves on the working day on or before the one that the plan counts to, a late one on
    /// the working day on or after it. Without a due day and its document there is none, and after a month it is too late
    /// for one: a person writes then.
    package func reminder(for obligation: Obligation, on day: CivilDate) -> ReminderStep? {
        guard let due = obligation.due, !due.document.isEmpty else { return nil }
        let early = obligation.remindBefore.map {
            ReminderStep(day: workingDay(CivilDate(daysSince1970: due.day.daysSince1970 - $0), by: -1), isLate: false)
        }
        let late = obligation.remindAfter.map {
            ReminderStep(day: workingDay(CivilDate(daysSince1970: due.day.daysSince1970 + $0), by: 1), isLate: true)
        }
        let isOver = day > due.day
        return (early + late).filter { step in
            step.day <= day && step.isLate == isOver
                && day.daysSince1970 - step.day.daysSince1970 <= Self.reminderPatience
        }.max { $0.day < $1.day }
    }

    /// Days after which a reminder that nobody let out is no longer one.
    private static let reminderPatience = 31

    /// The given day, or the next working day in a direction. Holidays end: a year of them is not looked through.
    private func workingDay(_ day: CivilDate, by step: Int) -> CivilDate {
        var found = day
        for _ in 0..<366 where !isWorkingDay(found) {
            found = CivilDate(daysSince1970: found.daysSince1970 + step)
        }
        return found
    }
}

extension CivilDate {
    /// Saturday or Sunday. 1970-01-01 was a Thursday.
    fileprivate var isWeekend: Bool {
        let weekday = ((daysSince1970 + 3) % 7 + 7) % 7
        return weekday >= 5
    }
}
