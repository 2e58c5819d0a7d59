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
        let asked = plan.obligations.filter { !isUncollected($0) }
        return units.units(on: last).flatMap { unit in
            asked.filter { $0.year == year && $0.kind == unit.kind }
                .map { Duty(unit: unit.code, obligation: $0) }
        }
    }
}

extension CampaignBook {
    /// The office may have decided that lists of households, which hold personal data, are not collected by mail.
    private func isUncollected(_ obligation: Plan.Obligation) -> Bool {
        obligation.form == "danh_sach_ho" && plan.decision(.collectsHouseholds)?.value == "khong"
    }
}

/// A reminder that the plan asks for.
package struct ReminderStep: Hashable, Sendable {
    /// The working day on which it leaves.
    package let day: CivilDate
    package let urgency: Urgency

    package enum Urgency: Sendable, Hashable, Comparable {
        case early
        /// The due day is over: the unit's leader gets a copy.
        case late
        /// A reminder after the due day has been in vain: the Council hears of it too.
        case overdue
    }

    /// Whether it leaves once the due day is over.
    package var isLate: Bool { urgency > .early }
}

extension Plan {
    package func isWorkingDay(_ day: CivilDate) -> Bool { !day.isWeekend && !isHoliday(day) }

    /// The reminder of a duty that stands on that day: the newest of those that should have left by then.
    ///
    /// Up to five days are working days; more are days of the calendar, and where such a day is none to work on, the reminder
    /// leaves on the working day before it, a late one on the working day after it. Without a due day and its document there is none, and after a month it is too late
    /// for one: a person writes then.
    package func reminder(for obligation: Obligation, on day: CivilDate) -> ReminderStep? {
        guard let due = obligation.due, !due.document.isEmpty else { return nil }
        let early = obligation.remindBefore.map {
            ReminderStep(day: workingDay(from: due.day, after: $0, by: -1), urgency: .early)
        }
        let late = obligation.remindAfter.sorted().enumerated().map { index, days in
            ReminderStep(
                day: workingDay(from: due.day, after: days, by: 1), urgency: index == 0 ? .late : .overdue)
        }
        let isOver = day > due.day
        return (early + late).filter { step in
            step.day <= day && step.isLate == isOver
                && day.daysSince1970 - step.day.daysSince1970 <= Self.reminderPatience
        }.max { $0.day < $1.day }
    }

    /// The reminder that a person asks for on a day of their own choice; nil without a due day and its document.
    package func requestedReminder(for obligation: Obligation, on day: CivilDate) -> ReminderStep? {
        guard let due = obligation.due, !due.document.isEmpty else { return nil }
        return ReminderStep(day: day, urgency: day > due.day ? .late : .early)
    }

    /// Days after which a reminder that nobody let out is no longer one.
    private static let reminderPatience = 31

    /// A working week: so many days are counted without weekends and holidays.
    private static let workingWeek = 5

    /// The working day so many days away in a direction. Holidays end: a year of them is not looked through.
    private func workingDay(from day: CivilDate, after days: Int, by step: Int) -> CivilDate {
        func next(_ day: CivilDate, _ days: Int = 1) -> CivilDate {
            CivilDate(daysSince1970: day.daysSince1970 + step * days)
        }
        func working(_ day: CivilDate) -> CivilDate {
            var found = day
            for _ in 0..<366 where !isWorkingDay(found) { found = next(found) }
            return found
        }
        guard days <= Self.workingWeek else { return working(next(day, days)) }
        return (0..<days).reduce(day) { day, _ in working(next(day)) }
    }
}

extension CivilDate {
    /// Saturday or Sunday. 1970-01-01 was a Thursday.
    fileprivate var isWeekend: Bool {
        let weekday = ((daysSince1970 + 3) % 7 + 7) % 7
        return weekday >= 5
    }
}
