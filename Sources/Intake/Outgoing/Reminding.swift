import Campaign
package import Foundation
package import Ledger
import Notices
package import Records
import XLSForm

/// Letters about duties, before anybody has pressed for them.
extension Office {
    /// A reminder of everything that a unit has not sent, or not in order, of a year: a person asks for it, so that no step
    /// of the plan has to have come.
    /// - Returns: nil when nothing is open.
    package func reminder(
        of unit: UnitCode, year: Int, _ stored: LedgerView, at now: Date
    ) throws -> DueReminder? {
        let today = CivilDate(now, in: zone)
        let open = try duties(of: year, stored).filter { $0.duty.unit == unit && $0.state.isOpen }
        let items = open.map {
            DueReminder.Item(
                duty: $0.duty, step: campaign.plan.requestedReminder(for: $0.duty.obligation, on: today),
                standing: $0.standing)
        }
        return items.isEmpty ? nil : DueReminder(unit: unit, items: items)
    }

    /// The letter of a reminder as the unit would read it, unsent.
    /// - Returns: nil where there is nothing to be said, or no address.
    package func preview(_ due: DueReminder, _ stored: LedgerView, at now: Date) throws -> Notice? {
        try section(due, stored, at: now).flatMap { notice($0, to: due.unit, at: now) }
    }

    /// What a reminder says; nil where there is nothing.
    func section(_ due: DueReminder, _ stored: LedgerView, at now: Date) throws -> ReplySection? {
        let workbooks = try UnitWorkbooks(self, stored)
        let items = try due.items.compactMap { item -> Reminder.Item? in
            let obligation = item.duty.obligation
            guard let form = try workbooks.form(item.duty),
                let settings = forms.current(obligation.form)?.definition.settings
            else { return nil }
            return Reminder.Item(
                formTitle: settings.title, shortTitle: settings.shortTitle ?? settings.title,
                year: String(obligation.year), deadline: obligation.deadline,
                correction: try item.correction(stored, in: zone), workbook: form.workbook)
        }
        return items.isEmpty ? nil : .reminder(Reminder(written: now, items: items))
    }

    /// A letter to a unit; nil when units.xlsx has no address of it that is in force.
    func notice(_ section: ReplySection, to unit: UnitCode, copies: [String] = [], at now: Date) -> Notice? {
        let today = CivilDate(now, in: zone)
        return campaign.units.addresses(of: unit, on: today).first.map {
            notice(section, to: $0, named: campaign.units.officialName(of: unit, on: today), copies: copies)
        }
    }

    func notice(_ section: ReplySection, to address: String, named name: String, copies: [String] = []) -> Notice {
        var context = ReplyContext(recipient: address, unitName: name, received: nil)
        context.copies = copies.filter { $0 != address }
        return letters.letter(to: context, section)
    }
}
