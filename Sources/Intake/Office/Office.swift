package import Campaign
package import Foundation
package import Ledger
package import Mail
package import Notices
package import Records
package import Sheets
package import XLSForm

/// Everything that the office has laid down, as it stands now: forms, plan, units, letters.
package struct Office: Sendable {
    package let forms: FormLibrary
    package let campaign: CampaignBook
    package let letters: NoticeWriter
    package let wording: FindingWording
    package let zone: OfficeZone
    package let facts: OfficeFacts
    package let limits: AnswerLimits
    /// The forms whose accepted answers are looked up: by the rules and choices of any form, or for the campaign's tables.
    package let formsRead: Set<String>
    /// Every notice waits for a press.
    let isRehearsal: Bool
    /// Where browsers find the console, without a slash at the end.
    let console: String?
    /// The office's own address.
    package let sender: MailAddress
    private let sources: [OfficeReader.Source]

    init(
        forms: FormLibrary, campaign: CampaignBook, templates: NoticeTemplates, contact: OfficeContact,
        zone: OfficeZone, sources: [OfficeReader.Source]
    ) {
        self.forms = forms
        self.campaign = campaign
        self.zone = zone
        self.sources = sources
        limits = contact.limits
        formsRead = forms.formsRead
        isRehearsal = contact.isRehearsal
        console = contact.console
        sender = contact.from
        facts = OfficeFacts(
            contacts: campaign.plan.contacts.compactMap { person in
                ContactTopic(rawValue: person.kind).map {
                    OfficeFacts.Contact(
                        topic: $0, subject: person.subject, name: person.name, office: person.office,
                        phone: person.phone)
                }
            },
            generalMailbox: contact.generalMailbox, phone: contact.phone, zone: zone,
            mailLimit: contact.maximumMessageBytes)
        letters = NoticeWriter(templates: templates, office: facts)
        wording = templates.findings
    }

    /// A day after all others, 9999-12-31: on it everything that ever was is in force or former.
    private static let endOfTime = 2_932_896

    /// What `select_one_from_file` chooses from, whenever: every unit and hamlet that ever was.
    package var bindingTables: ReferenceSnapshot {
        campaign.snapshot(accepted: [], on: CivilDate(daysSince1970: Self.endOfTime))
    }

    /// Keeps every form, the plan and the units in the ledger as they are used from now on.
    package func recordDefinitions(in ledger: Ledger, at now: Date) throws {
        try ledger.write { transaction in
            for source in sources {
                try transaction.record(
                    DefinitionRecord(
                        kind: source.kind, name: source.name, version: source.version, sha256: source.sha256,
                        recorded: now),
                    bytes: source.bytes)
            }
        }
    }

    /// Nobody works through a longer list, and a sheet holds no more than 65,530 links.
    private static let mostMarks = 2_000

    /// The workbook that goes back to its sender with the wrong cells coloured and commented: the sender's own, and where
    /// that cannot be marked the same form filled with their values.
    /// - Parameter file: the sender's workbook, when it holds nothing but this one form.
    package func correctedWorkbook(
        _ bound: BoundWorkbook, file: [UInt8]?, judgement: Judgement, receipt: Receipt?
    ) throws -> CorrectedWorkbook {
        let findings = judgement.verdict.findings
        guard let form = forms[bound.form]?.definition else {
            return CorrectedWorkbook(bytes: [], isSendersOwn: false, findings: findings)
        }
        let context = correctionContext(form, judgement, receipt)
        let told = findings.lazy.filter { $0.severity == .error || $0.severity == .warning }.prefix(Self.mostMarks)
        let marked = told.map { MarkedFinding($0, found: wording.found($0), todo: letters.request($0)) }
        func marking(in copy: EntryWorkbook.MarkedCopy) -> WorkbookMarking {
            EntryWorkbook.marking(form, bound: bound, findings: Array(marked), context: context, in: copy)
        }
        if let file, let own = try? WorkbookMarker.mark(file, with: marking(in: .sendersOwn)) {
            return CorrectedWorkbook(bytes: own.bytes, isSendersOwn: true, findings: findings, removed: own.removed)
        }
        let filled = try WorkbookWriter.write(EntryWorkbook.filled(form, bound: bound, context: context))
        return CorrectedWorkbook(
            bytes: try WorkbookMarker.mark(filled, with: marking(in: .filled)).bytes, isSendersOwn: false,
            findings: EntryWorkbook.placed(findings, form, bound: bound, context: context))
    }

    private func correctionContext(_ form: FormDefinition, _ judgement: Judgement, _ receipt: Receipt?) -> EntryContext
    {
        BlankWorkbook(
            form: form, unit: judgement.identity.unit, period: judgement.identity.period,
            stage: judgement.identity.stage, receipt: receipt
        ).context(campaign)
    }
}

/// A workbook on its way back, with its marks.
package struct CorrectedWorkbook: Sendable {
    package let bytes: [UInt8]
    /// False for a new workbook of the same form with the sender's values.
    package let isSendersOwn: Bool
    /// The verdict's findings at the cells that they have in this workbook.
    package let findings: [Finding]
    /// What is not sent back of the sender's own.
    package var removed: [RemovedContent] = []
}

/// What the settings say of the office, for its letters.
package struct OfficeContact: Sendable {
    package let from: MailAddress
    package let generalMailbox: String
    package let phone: String
    package let maximumMessageBytes: Int
    package var limits = AnswerLimits()
    /// The first weeks: every notice waits for a press.
    package var isRehearsal = false
    /// Where browsers find the console, without a slash at the end; nil: letters name no page.
    package var console: String?

    package init(from: MailAddress, generalMailbox: String, phone: String, maximumMessageBytes: Int) {
        self.from = from
        self.generalMailbox = generalMailbox
        self.phone = phone
        self.maximumMessageBytes = maximumMessageBytes
    }
}

/// How many letters leave before they wait for a person.
package struct AnswerLimits: Sendable {
    /// To one listed address. An honest last day brings forty mails.
    package var noticesPerSenderAndDay = 100
    /// To all addresses together: the breaker. Whatever goes wrong, no more leaves before a person has looked.
    package var noticesPerHour = 1_000
    /// To strangers, all together.
    package var strangerNoticesPerDay = 50
    /// To one listed address about mail that may not be from there: forged mail must not flood it.
    package var unverifiedNoticesPerSenderAndDay = 3
    /// The same to all addresses together; a domain may be listed, and then its addresses are without number.
    package var unverifiedNoticesPerDay = 200

    package init() {}
}
