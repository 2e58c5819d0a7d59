import Campaign
import Foundation
import Ledger
import Mail
import Notices
import Records
import XLSForm

extension Filing {
    /// Writes one letter about everything that came of a mail, and puts it into the outbox.
    func answer(
        _ message: MessageRecord.ID, _ read: ReadMail, to sender: MailAddress, unit: UnitCode?, units: [UnitCode],
        results: [FilingResult]
    ) throws {
        guard mail.arrived.isAnswered else { return }
        let letters = Letters(filing: self, units: units)
        let told = try results.filter { try isToBeTold($0, to: sender) }
        let sections = Self.withOneCoverLetter(try told.compactMap { try letters.section($0) })
        let submissions = results.compactMap(\.submission)
        try answer(
            message, read, to: sender, unit: unit, sections: sections, submissions: submissions,
            person: results.lazy.compactMap(\.preparer).first)
    }

    func answer(
        _ message: MessageRecord.ID, _ read: ReadMail, to sender: MailAddress, unit: UnitCode?,
        sections: [ReplySection], submissions: [SubmissionRecord] = [], person: String? = nil,
        getsCopiesOnly: Bool = false
    ) throws {
        guard !sections.isEmpty, mail.arrived.isAnswered else { return }
        let addressee = addressee(of: [unit].compactMap(\.self) + submissions.map(\.key.unit))
        var context = ReplyContext(
            recipient: sender.folded, unitName: addressee.name, person: person, files: noticeFiles(read),
            received: mail.arrived.received)
        context.formerUnits = addressee.former
        context.getsCopiesOnly = getsCopiesOnly
        let notice = office.letters.reply(to: context, sections: sections)
        let id = messageID(message, domain: office.sender.domain)
        let outgoing = OutgoingMessage(
            notice, answering: read.message, from: office.sender, messageID: id, date: now, zone: office.zone)
        try transaction.enqueue(
            OutboxDraft(
                kind: notice.kind, recipient: notice.recipient, subject: notice.subject, messageID: id,
                mime: try outgoing.bytes(), submissions: submissions.map(\.id), inReplyTo: message,
                isHeld: try isHeld(notice, sections: sections), created: now,
                due: office.departure(of: notice.kind, at: now)))
    }

    /// Letters about a unit that is no more go to the one that has followed it.
    /// - Parameter units: whom the letter is about, first of all the one that the mail is of.
    private func addressee(of units: [UnitCode]) -> (name: String, former: String?) {
        guard let first = units.first else { return ("", nil) }
        let all = office.campaign.units
        func name(_ unit: UnitCode) -> String { all.officialName(of: unit, on: day) }
        guard all.unit(first, on: day) == nil,
            let successor = all.successors(of: first, on: day).first(where: { all.unit($0, on: day) != nil })
        else { return (name(first), nil) }
        var seen = Set<UnitCode>()
        let former = units.filter { all.unit($0, on: day) == nil && seen.insert($0).inserted }
        return (name(successor), former.map(name).joined(separator: ", "))
    }

    /// Several nominations in one mail bring the unit's cover letter once, with the last of them.
    private static func withOneCoverLetter(_ sections: [ReplySection]) -> [ReplySection] {
        var names = Set<String>()
        return sections.reversed().map { section in
            guard case .nominationReceived(var received) = section, let letter = received.coverLetter else {
                return section
            }
            if !names.insert(letter.filename).inserted { received.coverLetter = nil }
            return .nominationReceived(received)
        }.reversed()
    }

    /// The same content again is said once a day.
    private func isToBeTold(_ result: FilingResult, to sender: MailAddress) throws -> Bool {
        guard case .repeated = result else { return true }
        let dayBefore = now.addingTimeInterval(-86_400)
        return try stored.noticeCount(to: sender.folded, kind: .alreadyReceived, since: dayBefore) == 0
    }

    /// What waits for a press: kinds that the plan says so of, the letter that announces a call, and whatever exceeds the
    /// honest number of a day for one address, or of an hour for all.
    private func isHeld(_ notice: Notice, sections: [ReplySection]) throws -> Bool {
        let announcesCall = sections.contains {
            if case .correction(let correction) = $0 { correction.waitsForOfficer } else { false }
        }
        if announcesCall || office.waitsForPress(notice.kind) { return true }
        let hourBefore = now.addingTimeInterval(-3_600)
        if try stored.noticeCount(since: hourBefore) >= office.limits.noticesPerHour { return true }
        let dayBefore = now.addingTimeInterval(-86_400)
        // Notices that forged mail has caused hold no real receipt back.
        let forged = try stored.noticeCount(to: notice.recipient, kind: .unverified, since: dayBefore)
        return try stored.noticeCount(to: notice.recipient, since: dayBefore) - forged
            >= office.limits.noticesPerSenderAndDay
    }

    private func noticeFiles(_ read: ReadMail) -> [NoticeFile] {
        read.files.compactMap { file in
            switch file.content {
            case .ignored, .wrapper: nil
            case .workbook, .evidence, .unreadable:
                NoticeFile(
                    name: file.part.filename ?? "", kind: file.part.kind.rawValue, size: file.part.size)
            }
        }
    }

    /// Made from the mail that is answered: an answer that is made again is the same message.
    /// A mail that a person admits has been told before that it waits; its answer is another message.
    private func messageID(_ message: MessageRecord.ID, domain: String) -> String {
        let turn = mail.admitted == nil ? "" : ".admitted"
        return "\(mail.rawSHA256.prefix(32)).\(message.rawValue)\(turn)@\(domain)"
    }

    /// What a rule may look up when it is this mail's turn.
    /// - Parameter submission: the one whose next revision is judged; its own figures do not count as another's.
    func judgingContext(
        _ form: CompiledForm, evidence: [EvidenceName], of submission: SubmissionRecord? = nil
    ) throws -> JudgingContext {
        JudgingContext(
            received: mail.arrived.received, zone: office.zone, seed: Array(mail.rawSHA256.utf8),
            snapshot: try figures.snapshot(
                on: day, reading: form.tablesRead, without: submission?.receipt, stored),
            evidence: evidence)
    }
}
