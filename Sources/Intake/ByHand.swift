import Campaign
package import Foundation
package import Ledger
import Mail
package import Records

/// Files that came on a stick, by a messenger program or on paper, and that the office files for a unit.
package struct HandedIn: Sendable {
    package let unit: UnitCode
    package let files: [NoticeAttachment]
    /// When the unit handed them in.
    package let received: Date
    /// How they came.
    package let note: String
    package let who: String

    package init(unit: UnitCode, files: [NoticeAttachment], received: Date, note: String, who: String) {
        self.unit = unit
        self.files = files
        self.received = received
        self.note = note
        self.who = who
    }

    /// The account under which the ledger knows such mail.
    package static let account = "by-hand"
}

extension Pipeline {
    /// Files what came by hand as a mail of the unit that a person vouches for; the unit is answered by mail.
    /// - Returns: nil when units.xlsx has no address of the unit that was in force on that day.
    /// - Throws: trouble with the surroundings. Nothing was recorded then.
    package func submit(_ handedIn: HandedIn, ledger: Ledger, archive: Archive) throws -> FiledMail? {
        let day = CivilDate(handedIn.received, in: office.zone)
        guard let from = office.campaign.units.addresses(of: handedIn.unit, on: day).first.flatMap({ MailAddress($0) })
        else { return nil }
        let key = try ledger.read { try $0.nextKey(account: HandedIn.account) }
        let mail = HandedInMail(
            from: from, to: office.sender, note: handedIn.note, who: handedIn.who,
            messageID: "by-hand.\(key.uid.rawValue)@\(office.sender.domain)", received: handedIn.received,
            zone: office.zone, files: handedIn.files)
        let arrived = ArrivedMail(key: key, received: handedIn.received, bytes: mail.bytes, isVouchedFor: true)
        let filed = try file(try read([arrived], into: archive), ledger)[0].get()
        try ledger.write {
            try $0.audit(
                AuditEntry(
                    at: now(), who: handedIn.who, action: "mail.by-hand", subject: mail.messageID, detail: handedIn.note
                ))
        }
        return filed
    }

    /// Takes in a mail that lay as a file, from a folder of them.
    /// - Returns: nil when the ledger has a mail of these bytes already.
    package func importMail(
        _ bytes: [UInt8], received: Date, isAnswered: Bool, ledger: Ledger, archive: Archive
    ) throws -> FiledMail? {
        let key = try ledger.read { try $0.nextKey(account: "import") }
        let arrived = ArrivedMail(key: key, received: received, bytes: bytes, isAnswered: isAnswered)
        let mails = try read([arrived], into: archive)
        guard try ledger.read({ try $0.messages(rawSHA256: mails[0].rawSHA256) }).isEmpty else { return nil }
        return try file(mails, ledger)[0].get()
    }
}

extension LedgerView {
    /// The key of the next mail of an account that is no mailbox: its mails are counted from 1.
    fileprivate func nextKey(account: String) throws -> MessageKey {
        let last = try lastUID(account: account)?.rawValue ?? 0
        guard let validity = UIDValidity(1), let uid = UID(last + 1) else {
            throw LedgerError(.conflict, "\(account) has taken in all that it can")
        }
        return MessageKey(account: account, folder: "", uidValidity: validity, uid: uid)
    }
}
