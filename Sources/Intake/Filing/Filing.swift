import Campaign
import Foundation
import Ledger
import Mail
import Notices
import Records

/// Files one mail within its savepoint: decides who speaks and for whom, which submission each workbook continues, what
/// the rules say, and what is answered.
struct Filing {
    let mail: LoggedMail
    let office: Office
    let figures: FigureShelf
    let transaction: LedgerTransaction
    let now: Date

    init(_ mail: LoggedMail, office: Office, figures: FigureShelf, transaction: LedgerTransaction, now: Date) {
        self.mail = mail
        self.office = office
        self.figures = figures
        self.transaction = transaction
        self.now = now
    }

    var stored: LedgerView { transaction.stored }
    var day: CivilDate { CivilDate(mail.arrived.received, in: office.zone) }

    func file() throws -> FiledMail {
        let read: ReadMail
        switch mail.reading {
        case .failure(let trouble): return try recordOnly(.quarantined, reason: trouble.reason)
        case .success(let mail): read = mail
        }
        if let reason = read.message.automatic {
            if let report = read.report { try note(report, to: read.message) }
            return try recordOnly(.automatic, read, reason: reason.rawValue)
        }
        if mail.admitted == nil, try isKnownFromBeforeRenumbering() {
            return try recordOnly(.repeated, read, reason: "known by its bytes from before UIDVALIDITY changed")
        }
        if let opinion = try OpinionFiling(self, read) { return try opinion.file() }
        let speaker = Speaker(read.standing, units: office.campaign.units, on: day)
        switch mail.arrived.isVouchedFor ? speaker.believed(for: mail.arrived.unit) : speaker {
        case .listed(let sender, let units):
            return try MailFiling(self, read, sender: sender, units: units).file()
        case .unverified(let sender, let units):
            let filed = try recordOnly(.unverified, read, sender: sender, unit: units.onlyElement)
            if try mayTellUnverified(sender) {
                try answer(filed.id, read, to: sender, unit: units.onlyElement, sections: [.unverified])
            }
            return filed
        case .forged(let sender):
            return try recordOnly(.refused, read, sender: sender, reason: "the sender's server disowns it")
        case .stranger(let sender, let isVerified):
            let filed = try recordOnly(.stranger, read, sender: sender)
            if let sender, isVerified, try mayTellStranger(sender) {
                try answer(
                    filed.id, read, to: sender, unit: nil, sections: [.stranger],
                    getsCopiesOnly: office.campaign.units.getsCopiesOnly(sender.folded, on: day))
            }
            return filed
        }
    }

    // MARK: - Recording

    /// The mail as the ledger keeps it, its files included.
    func message(
        _ outcome: MessageOutcome, _ read: ReadMail? = nil, sender: MailAddress? = nil, unit: UnitCode? = nil,
        reason: String = ""
    ) -> ReceivedMessage {
        let message = read?.message
        return ReceivedMessage(
            key: mail.arrived.key, rawSHA256: mail.rawSHA256, messageID: message?.messageID ?? "",
            thread: message.map(Self.thread) ?? "", sender: (sender ?? message?.from.first)?.address ?? "",
            subject: message?.subject ?? "", received: mail.arrived.received, size: mail.arrived.bytes.count,
            unit: unit, outcome: outcome, reason: reason, files: read?.files.map(ReceivedFile.init) ?? [])
    }

    func record(_ message: ReceivedMessage) throws -> MessageRecord.ID {
        guard let admitted = mail.admitted else { return try transaction.record(message) }
        try transaction.change(admitted, outcome: message.outcome, unit: message.unit, reason: ReceivedMessage.admitted)
        return admitted
    }

    private func recordOnly(
        _ outcome: MessageOutcome, _ read: ReadMail? = nil, sender: MailAddress? = nil, unit: UnitCode? = nil,
        reason: String = ""
    ) throws -> FiledMail {
        let id = try record(message(outcome, read, sender: sender, unit: unit, reason: reason))
        return FiledMail(id: id, key: mail.arrived.key, destination: outcome.destination)
    }

    /// The Message-ID that the thread begins with.
    private static func thread(_ message: Message) -> String {
        message.references.first ?? message.inReplyTo.first ?? message.messageID ?? ""
    }

    /// The server numbers anew: the same bytes under another UIDVALIDITY are no new mail. Under the same one they are: a
    /// person has dragged the mail back.
    private func isKnownFromBeforeRenumbering() throws -> Bool {
        let key = mail.arrived.key
        return try stored.messages(rawSHA256: mail.rawSHA256).contains {
            let known = $0.message.key
            return known.account == key.account && known.folder == key.folder && known.uidValidity != key.uidValidity
        }
    }

    /// A stranger is told once a day, from a budget of its own, so that a flood never holds back real receipts.
    private func mayTellStranger(_ sender: MailAddress) throws -> Bool {
        let dayBefore = now.addingTimeInterval(-86_400)
        return try stored.noticeCount(to: sender.folded, kind: .stranger, since: dayBefore) == 0
            && stored.noticeCount(kind: .stranger, since: dayBefore) < office.limits.strangerNoticesPerDay
    }

    /// Anybody can make the office write such a notice to a listed address, so that it too has a budget of its own.
    private func mayTellUnverified(_ sender: MailAddress) throws -> Bool {
        let dayBefore = now.addingTimeInterval(-86_400)
        let limits = office.limits
        return try stored.noticeCount(to: sender.folded, kind: .unverified, since: dayBefore)
            < limits.unverifiedNoticesPerSenderAndDay
            && stored.noticeCount(kind: .unverified, since: dayBefore) < limits.unverifiedNoticesPerDay
    }
}

/// Who speaks in a mail, and for whom.
enum Speaker {
    case listed(MailAddress, units: [UnitCode])
    case unverified(MailAddress, units: [UnitCode])
    case forged(MailAddress)
    /// Not listed; `isVerified` when the address may be believed.
    case stranger(MailAddress?, isVerified: Bool)

    init(_ standing: SenderStanding, units: Units, on day: CivilDate) {
        func unitsOf(_ address: MailAddress) -> [UnitCode] { units.possibleUnits(for: address.folded, on: day) }
        switch standing {
        case .pass(let address):
            let possible = unitsOf(address)
            self = possible.isEmpty ? .stranger(address, isVerified: true) : .listed(address, units: possible)
        case .unverified(let address):
            let possible = unitsOf(address)
            self = possible.isEmpty ? .stranger(address, isVerified: false) : .unverified(address, units: possible)
        case .fail(let address): self = .forged(address)
        case .nobody: self = .stranger(nil, isVerified: false)
        }
    }

    /// A person vouches for the sender, and may say for which unit it speaks.
    func believed(for unit: UnitCode?) -> Speaker {
        switch self {
        case .listed(let sender, let units), .unverified(let sender, let units):
            .listed(sender, units: units + [unit].compactMap(\.self).filter { !units.contains($0) })
        case .stranger(let sender?, _): unit.map { .listed(sender, units: [$0]) } ?? self
        case .stranger, .forged: self
        }
    }
}

extension ReceivedFile {
    /// A file of a mail as the ledger lists it.
    init(_ file: ReadFile) {
        let role: Role =
            switch file.content {
            case .workbook: .workbook
            case .evidence: .evidence
            case .wrapper: .wrapper
            case .unreadable: .unreadable
            case .ignored: .ignored
            }
        self.init(
            path: file.part.path, filename: file.part.filename ?? "", contentType: file.part.contentType,
            kind: file.part.kind.rawValue, size: file.part.size, sha256: file.part.sha256, role: role)
    }
}

extension Collection {
    /// The element of a collection that holds exactly one.
    var onlyElement: Element? { count == 1 ? first : nil }
}
