package import Campaign
package import Foundation
package import Ledger
import Mail
package import Notices
package import Records
import XLSForm

/// Puts the letters that the office sends of its own accord into the outbox, where most wait for a press.
package struct CampaignLetters {
    let office: Office
    let transaction: LedgerTransaction
    let now: Date

    package init(office: Office, transaction: LedgerTransaction, now: Date) {
        self.office = office
        self.transaction = transaction
        self.now = now
    }

    /// What became of a letter.
    package enum Outcome: Hashable, Sendable {
        case written(to: String, isHeld: Bool)
        /// The same letter was written before.
        case alreadyWritten
        /// units.xlsx has no address of the unit that is in force.
        case noAddress
        /// There is nothing to write.
        case nothing
    }

    /// Sends a unit its reports of a year.
    /// - Parameter again: also when that was done before.
    package func invite(_ unit: UnitCode, year: Int, again: Bool = false) throws -> Outcome {
        let workbooks = try UnitWorkbooks(office, transaction.stored)
        let duties = office.campaign.duties(year: year).filter { $0.unit == unit }
        return try invite(unit, try duties.compactMap { try workbooks.form($0) }, to: String(year), again: again)
    }

    /// Sends a unit the nominations of a stage.
    package func invite(_ unit: UnitCode, stage: Plan.Stage, again: Bool = false) throws -> Outcome {
        let workbooks = try UnitWorkbooks(office, transaction.stored)
        return try invite(unit, try workbooks.forms(stage, for: unit), to: stage.code, again: again)
    }

    private func invite(
        _ unit: UnitCode, _ forms: [BlankForms.Form], to occasion: String, again: Bool
    ) throws -> Outcome {
        if forms.isEmpty { return .nothing }
        let turn = again ? ".\(Int(now.timeIntervalSince1970))" : ""
        return try send(.blankForms(BlankForms(forms: forms)), to: unit, id: "\(occasion).\(unit)\(turn)").outcome
    }

    /// Reminds a unit of everything that it is due to be reminded of.
    package func remind(_ due: DueReminder) throws -> Outcome {
        let day = CivilDate(now, in: office.zone)
        guard let section = try office.section(due, transaction.stored, at: now) else { return .nothing }
        let leader = due.isLate ? leaderAddress(of: due.unit, on: day) : nil
        let sent = try send(section, to: due.unit, copies: [leader].compactMap(\.self), id: "\(day).\(due.unit)")
        if let notice = sent.notice {
            for item in due.items {
                guard let step = item.step else { continue }
                try transaction.recordReminder(of: item.duty.key, step: step.day, notice: notice)
            }
        }
        return sent.outcome
    }

    /// Of a unit that is no more this is its successor's leader.
    private func leaderAddress(of unit: UnitCode, on day: CivilDate) -> String? {
        let units = office.campaign.units
        let there = ([unit] + units.successors(of: unit, on: day)).lazy.compactMap { units.unit($0, on: day) }
        return (there.first ?? units.nearest(unit, to: day)).map(\.contacts.leaderEmail)
            .flatMap { MailAddress($0)?.address }
    }

    /// Lists for a cluster's Council member who has not sent what was due.
    package func tell(_ due: DueOverdueList) throws -> Outcome {
        guard let address = MailAddress(due.cluster.email)?.address else { return .noAddress }
        let day = CivilDate(now, in: office.zone)
        let items = due.obligations.compactMap { obligation -> OverdueList.Item? in
            guard let deadline = obligation.deadline,
                let settings = office.forms.current(obligation.form)?.definition.settings
            else { return nil }
            return OverdueList.Item(
                shortTitle: settings.shortTitle ?? settings.title, year: String(obligation.year), deadline: deadline,
                units: due.owed.filter { $0.duty.obligation.form == obligation.form }
                    .filter { $0.duty.obligation.year == obligation.year }.map { overdue($0, on: day) })
        }
        let member = due.cluster.member
        let notice = office.notice(
            .overdueList(OverdueList(cluster: due.cluster.label, day: day, items: items)), to: address,
            named: member.isEmpty ? due.cluster.label : member)
        return try put(notice, id: "\(due.step).\(due.cluster.code)").outcome
    }

    private func overdue(_ owed: OwedDuty, on day: CivilDate) -> OverdueList.Unit {
        let record = office.campaign.units.nearest(owed.duty.unit, to: day)
        let contacts = [record?.contacts.leader, record?.contacts.clerk, record?.contacts.phone].compactMap(\.self)
        return OverdueList.Unit(
            name: record?.label ?? owed.duty.unit.rawValue,
            contact: contacts.filter { !$0.isEmpty }.joined(separator: ", "),
            correctionSince: owed.received.map { CivilDate($0, in: office.zone) })
    }

    /// Tells a unit that its figures are final.
    package func tellFrozen(_ standing: DutyStanding, _ freeze: FreezeRecord) throws -> Outcome {
        guard let filed = try transaction.stored.filedRevision(of: standing.submission.id),
            let settings = office.forms.current(freeze.form)?.definition.settings
        else { return .nothing }
        let submission = standing.submission
        let title = SubmissionTitle(
            kind: submission.kind, formTitle: settings.title, shortTitle: settings.shortTitle ?? settings.title,
            year: freeze.period, receipt: submission.receipt, filename: filed.workbook.filename)
        let section = FiguresFrozen(
            title: title, day: CivilDate(freeze.frozen, in: office.zone), document: freeze.document,
            figures: filed.workbook.verdict.receiptLines)
        return try send(
            .figuresFrozen(section), to: submission.key.unit, id: "\(submission.receipt)", about: [submission.id]
        ).outcome
    }

    /// Tells a unit what was decided about a submission; each decision is told by a letter of its own.
    package func send(_ section: ReplySection, about submission: SubmissionRecord) throws -> Outcome {
        let id = "\(submission.receipt).\(Int(now.timeIntervalSince1970 * 1000))"
        return try send(section, to: submission.key.unit, id: id, about: [submission.id]).outcome
    }

    /// Tells a unit what became of several submissions at once.
    /// - Parameter id: what makes this letter this one.
    package func send(
        _ section: ReplySection, to unit: UnitCode, id: String, of submissions: [RowID<SubmissionRecord>]
    ) throws -> Outcome {
        try send(section, to: unit, id: id, about: submissions).outcome
    }

    // MARK: - Sending

    /// - Parameter id: what makes this letter this one: a second letter of the same id and kind is not written.
    private func send(
        _ section: ReplySection, to unit: UnitCode, copies: [String] = [], id: String,
        about submissions: [RowID<SubmissionRecord>] = []
    ) throws -> (outcome: Outcome, notice: RowID<OutboxEntry>?) {
        guard let notice = office.notice(section, to: unit, copies: copies, at: now) else { return (.noAddress, nil) }
        return try put(notice, id: id, about: submissions)
    }

    /// - Parameter due: nil: as the sheet `thu` says.
    func send(
        _ section: ReplySection, to address: String, named name: String, id: String,
        about submissions: [RowID<SubmissionRecord>] = [], due: Date? = nil
    ) throws -> (outcome: Outcome, notice: RowID<OutboxEntry>?) {
        try put(office.notice(section, to: address, named: name), id: id, about: submissions, due: due)
    }

    private func put(
        _ notice: Notice, id: String, about submissions: [RowID<SubmissionRecord>] = [], due: Date? = nil
    ) throws -> (outcome: Outcome, notice: RowID<OutboxEntry>?) {
        let messageID = "\(notice.kind.rawValue).\(id)@\(office.sender.domain)"
        if try transaction.stored.notice(messageID: messageID) != nil { return (.alreadyWritten, nil) }
        let isHeld = office.waitsForPress(notice.kind)
        let outgoing = OutgoingMessage(
            notice: notice, origin: .generated, from: office.sender, messageID: messageID, date: now, zone: office.zone)
        let entry = try transaction.enqueue(
            OutboxDraft(
                kind: notice.kind, recipient: notice.recipient, copies: notice.copies, subject: notice.subject,
                messageID: messageID, mime: try outgoing.bytes(), submissions: submissions, isHeld: isHeld,
                created: now, due: due ?? office.departure(of: notice.kind, at: now)))
        return (.written(to: notice.recipient, isHeld: isHeld), entry)
    }
}
