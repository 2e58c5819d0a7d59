import Foundation
import Intake
import Ledger
import Logging
import Mail
import Records

/// The office of `Forms/`, with the sender's trust of the sample mailbox.
enum SampleOffice {
    static let office = Result { try OfficeReader(folder: folder, zone: .indochina).office(contact: contact()) }

    static var folder: FormsFolder {
        FormsFolder(MailboxCase.repository.appendingPathComponent("Forms").path)
    }

    static func contact() throws -> OfficeContact {
        guard let from = MailAddress("noivu@canloc.example", displayName: "Phòng Nội vụ huyện Can Lộc") else {
            throw CocoaError(.formatting)
        }
        return OfficeContact(
            from: from, generalMailbox: "vanphong@canloc.example", phone: "0239 000 0001",
            maximumMessageBytes: 35 << 20)
    }

    /// - Parameter limits: for letters; those of every office when nil.
    static func pipeline(
        trust: SenderTrust? = nil, reader: (any MailReader)? = nil, limits: AnswerLimits? = nil
    ) throws -> Pipeline {
        var office = try office.get()
        if let limits {
            var contact = try contact()
            contact.limits = limits
            office = try OfficeReader(folder: folder, zone: .indochina).office(contact: contact)
        }
        let trust =
            trust ?? SenderTrust(settings: .authservID("mx.canloc.example", trustedHost: "mx.canloc.example"))
        let rules = MailReading.Rules(
            trust: trust, automaticMail: AutomaticMail(ownAddresses: ["noivu@canloc.example"]),
            forms: office.forms.definitions, tables: office.bindingTables, maximumBytes: 35 << 20)
        return Pipeline(
            office: office, reader: reader ?? MailReading(rules),
            now: { Date(timeIntervalSince1970: 1_586_000_000) })
    }
}

extension Pipeline {
    /// The whole line for a batch.
    func run(
        _ arrived: [ArrivedMail], ledger: Ledger, archive: Archive, logger: Logger
    ) throws -> [FiledMail] {
        try file(try read(arrived, into: archive), into: ledger, logger: logger)
    }
}
