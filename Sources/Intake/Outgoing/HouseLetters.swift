import Campaign
package import Foundation
package import Ledger
import Mail
package import Notices
package import Records

/// Letters to the house itself and to the offices that it asks.
extension CampaignLetters {
    /// The day's digest, to everybody of Interior and Labour who has an address in the sheet `lien_he`.
    package func digest(_ figures: DayFigures, _ span: Range<Date>) throws -> [Outcome] {
        let day = CivilDate(span.upperBound, in: office.zone)
        func line(_ topic: DailyDigest.Topic, _ count: Int, _ page: String, _ names: [String] = []) -> DailyDigest.Line?
        {
            count == 0
                ? nil
                : DailyDigest.Line(topic: topic, count: count, names: names, link: office.console.map { $0 + page })
        }
        let lines = [
            line(.new, figures.arrived, "/bao-cao"), line(.correction, figures.corrections, "/ho-so?nhom=don-vi"),
            line(.complete, figures.complete, "/ho-so?nhom=cho"), line(.question, figures.questions, "/thu?nhom=hoi"),
            line(.held, figures.held, "/thu?nhom=cho"),
            line(.bounced, figures.bounced.count, "/thu?nhom=hong", figures.bounced),
        ].compactMap(\.self)
        let digest = DailyDigest(day: day, since: span.lowerBound, until: span.upperBound, lines: lines)
        let topics = [ContactTopic.awards, .poverty]
        var seen = Set<String>()
        return try topics.flatMap { office.campaign.plan.contacts($0.rawValue) }.compactMap { contact in
            guard let address = MailAddress(contact.email)?.address, seen.insert(address).inserted else { return nil }
            return try send(
                .dailyDigest(digest), to: address,
                named: office.letters.word("addressee", ["name": contact.name, "office": contact.office]),
                id: "\(day).\(address.split(separator: "@").first ?? "")", due: now
            ).outcome
        }
    }

    /// Tells the IT person what has stopped.
    func alarm(_ alarm: TechnicalAlarm, to contact: String) throws -> Outcome {
        guard let address = MailAddress(contact) else { return .noAddress }
        return try send(
            .technicalAlarm(alarm), to: address.address, named: address.address,
            id: "\(Int(now.timeIntervalSince1970))"
        ).outcome
    }

    /// Asks an office for its opinion of a nominee's file. Its plain answer is filed as the opinion.
    package func ask(
        _ request: OpinionRequest, to asked: AskedOffice, about submission: SubmissionRecord
    ) throws -> Outcome {
        try send(
            .opinionRequest(request), to: asked.address, named: asked.name,
            id: "\(submission.receipt).\(Int(now.timeIntervalSince1970 * 1000))", about: [submission.id]
        ).outcome
    }
}

/// An office that is asked for its opinion.
package struct AskedOffice: Hashable, Sendable {
    package let name: String
    package let address: String
    /// The Labour office, whose opinion every nominee needs (VII.6 of the plan).
    package let isLabour: Bool
}

extension Office {
    /// The console's page of a submission; nil where browsers cannot find the console.
    package func page(of receipt: Receipt) -> String? { console.map { "\($0)/ho-so/\(receipt)" } }

    /// - Parameter code: `labour`, or a unit's code in units.xlsx.
    /// - Returns: nil when there is no such office, or it has no address.
    package func askedOffice(_ code: String, on day: CivilDate) -> AskedOffice? {
        let labour = campaign.plan.contacts(ContactTopic.poverty.rawValue)
            .first { MailAddress($0.email) != nil }
        if code == "labour", let labour, let address = MailAddress(labour.email)?.address {
            return AskedOffice(name: labour.office, address: address, isLabour: true)
        }
        let unit = code == "labour" ? labourUnits.first : UnitCode(code)
        guard let unit, let address = campaign.units.addresses(of: unit, on: day).first else { return nil }
        return AskedOffice(
            name: campaign.units.officialName(of: unit, on: day), address: address,
            isLabour: labourUnits.contains(unit))
    }

    /// The office behind an address that was asked.
    func askedOffice(at address: MailAddress, on day: CivilDate) -> AskedOffice {
        let contact = campaign.plan.contacts(ContactTopic.poverty.rawValue)
            .first { MailAddress($0.email)?.folded == address.folded }
        if let contact { return AskedOffice(name: contact.office, address: address.address, isLabour: true) }
        let unit = campaign.units.possibleUnits(for: address.folded, on: day).first
        return AskedOffice(
            name: unit.map { campaign.units.officialName(of: $0, on: day) } ?? address.address,
            address: address.address, isLabour: unit.map(labourUnits.contains) ?? false)
    }

    /// Whom reports are passed to is the Labour office: the sheet `nghia_vu` names it.
    private var labourUnits: [UnitCode] { campaign.plan.obligations.flatMap(\.copies).compactMap { UnitCode($0) } }
}
