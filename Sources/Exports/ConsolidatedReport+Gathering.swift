import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
import XLSForm

extension ConsolidatedReport {
    /// Puts together what the units have reported of a year, as far as it counts.
    package init(of year: Int, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        let gathering = try Gathering(year: year, office: office, stored: stored)
        let seconds = Int(now.timeIntervalSince1970) + office.zone.secondsFromGMT
        self.init(
            year: year, communes: try gathering.reports("bao_cao_xa"),
            departments: try gathering.reports("bao_cao_phong"),
            organisations: try gathering.reports("bao_cao_doan_the"), matrix: try gathering.matrix(),
            history: gathering.history, officialRate: gathering.officialRate,
            sponsorships: try SponsorshipBook(until: year, office, stored),
            made: (CivilDate(now, in: office.zone), (seconds % 86_400 + 86_400) % 86_400 / 60),
            frozen: try gathering.frozen())
    }
}

private struct Gathering {
    let year: Int
    let office: Office
    let stored: LedgerView
    let owed: [OwedDuty]
    private let day: CivilDate
    /// The communes' years on the ground of this one.
    let history: [CommuneYear]

    init(year: Int, office: Office, stored: LedgerView) throws {
        self.year = year
        self.office = office
        self.stored = stored
        owed = try office.duties(of: year, stored)
        day = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(daysSince1970: 0)
        history = office.campaign.communeYears(
            reports: try stored.acceptedFigures(forms: ["bao_cao_xa"]), on: day)
    }

    /// What the units that owe a form have reported with it.
    func reports(_ form: String) throws -> [UnitReport] {
        try owed.filter { $0.duty.obligation.form == form }.map { try report($0) }
    }

    private func report(_ owed: OwedDuty) throws -> UnitReport {
        let unit = owed.duty.unit
        let target = office.campaign.plan.target(unit, year)
        let record = office.campaign.units.nearest(unit, to: day)
        let filed = try owed.standing.flatMap { try stored.filedRevision(of: $0.submission.id) }
        let form = filed.flatMap {
            office.forms[$0.workbook.verdict.form] ?? office.forms.current($0.workbook.verdict.form.id)
        }
        return UnitReport(
            unit: unit, name: record?.label ?? unit.rawValue, isUrban: record?.isUrban ?? false,
            receipt: filed == nil ? nil : owed.standing?.submission.receipt,
            target: (Self.points(target?.poor), Self.points(target?.nearPoor)), before: closing(of: unit),
            answers: filed?.workbook.answers ?? [], labels: form?.definition.choiceLabels ?? [:])
    }

    /// Hundredths of a percentage point.
    private static func points(_ hundredths: Int?) -> Decimal? { hundredths.map { Decimal($0) / 100 } }

    private func closing(of unit: UnitCode) -> (total: Decimal, poor: Decimal, nearPoor: Decimal)? {
        history.first { $0.unit == unit && $0.year == year - 1 }.map {
            (Decimal($0.closing.total), Decimal($0.closing.poor), Decimal($0.closing.nearPoor))
        }
    }

    /// Sum over sum of the plan's sheet `so_lieu_goc`, when it has all communes of the year.
    var officialRate: Decimal? {
        let communes = owed.filter { $0.duty.obligation.form == "bao_cao_xa" }.map(\.duty.unit)
        let known = communes.compactMap { office.campaign.plan.baseline($0, year)?.figures }
        let total = known.reduce(0) { $0 + $1.total }
        guard known.count == communes.count, total > 0 else { return nil }
        return (Decimal(known.reduce(0) { $0 + $1.poor }) * 100 / Decimal(total)).rounded(2)
    }

    func matrix() throws -> ReportMatrix {
        var forms: [String] = []
        var units: [UnitCode] = []
        for owed in owed {
            if !forms.contains(owed.duty.obligation.form) { forms.append(owed.duty.obligation.form) }
            if !units.contains(owed.duty.unit) { units.append(owed.duty.unit) }
        }
        let byUnit = Dictionary(grouping: owed, by: \.duty.unit)
        return ReportMatrix(
            forms: forms.map { id in
                let settings = office.forms.current(id)?.definition.settings
                return settings?.shortTitle ?? settings?.title ?? id
            },
            lines: try units.map { try line($0, byUnit[$0] ?? [], forms) })
    }

    private func line(_ unit: UnitCode, _ owed: [OwedDuty], _ forms: [String]) throws -> ReportMatrix.Line {
        let record = office.campaign.units.nearest(unit, to: day)
        let contacts = record?.contacts
        let reminders = try owed.reduce(0) { try $0 + stored.reminders(of: $1.duty.key).count }
        return ReportMatrix.Line(
            cluster: record.flatMap { office.campaign.units.cluster($0.cluster)?.label } ?? "",
            unit: record?.label ?? unit.rawValue,
            contact: [contacts?.leader, contacts?.clerk, contacts?.phone].compactMap(\.self).filter { !$0.isEmpty }
                .joined(separator: ", "),
            cells: forms.map { form in cell(owed.first { $0.duty.obligation.form == form }) }, reminders: reminders,
            call: try stored.remarks(on: unit.rawValue).last?.words ?? "")
    }

    private func cell(_ owed: OwedDuty?) -> ReportMatrix.Cell {
        guard let owed else { return .notOwed }
        guard let received = owed.received.map({ CivilDate($0, in: office.zone) }) else { return .missing }
        return switch owed.state {
        case .missing: .missing
        case .correction: .correction(received)
        case .waiting: .waiting(received)
        case .filed: .filed(received)
        }
    }

    /// When all forms of the year were frozen; nil while one is not.
    func frozen() throws -> CivilDate? {
        let forms = Set(owed.map(\.duty.obligation.form))
        let days = try forms.compactMap { try stored.freeze(form: $0, period: String(year))?.frozen }
        guard days.count == forms.count else { return nil }
        return days.max().map { CivilDate($0, in: office.zone) }
    }
}

extension FormDefinition {
    /// The labels of all choices, by question and name.
    var choiceLabels: [String: [String: String]] {
        Dictionary(
            questions.compactMap { question -> (String, [String: String])? in
                guard case .selectOne(let list, _) = question.kind, let choices = choiceLists[list]?.choices else {
                    return nil
                }
                let labels = choices.map { ($0.name, text($0.label)) }
                return (question.name, Dictionary(labels, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }
}
