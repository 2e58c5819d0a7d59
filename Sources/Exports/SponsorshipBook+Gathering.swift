import Campaign
import Foundation
package import Intake
package import Ledger
import Records
import Vietnamese
import XLSForm

extension SponsorshipBook {
    /// Puts together what was registered (form 5), what units report of the places that they sponsor, and what nominations of
    /// sponsors list, up to a year.
    package init(until year: Int, _ office: Office, _ stored: LedgerView) throws {
        let first = office.campaign.plan.stages.compactMap(\.years?.lowerBound).min() ?? year
        var gathering = Gathering(office: office, years: min(first, year)...year)
        for registration in try SponsorRegistration.all(stored) { gathering.add(registration) }
        for form in ["bao_cao_phong", "bao_cao_doan_the"] {
            for report in try stored.filedAnswers(form: form) {
                gathering.add(report: report.submission, report.answers)
            }
        }
        for file in try stored.filedAnswers(form: "dn_tai_tro") {
            gathering.add(sponsor: file.submission, file.answers)
        }
        for file in try stored.filedAnswers(form: "dn_tap_the") { gathering.note(file.submission) }
        self.init(years: Array(gathering.years), entries: gathering.sorted)
    }
}

private struct Gathering {
    let office: Office
    let years: ClosedRange<Int>
    private var entries: [Key: SponsorshipBook.Entry] = [:]
    private var orders: [Key: Int] = [:]
    private var nominations: [String: [String]] = [:]

    /// One sponsor and one place. Names are compared without regard to capitals and blanks.
    private struct Key: Hashable {
        let sponsor: String
        let commune: UnitCode?
        let hamlet: String?
    }

    init(office: Office, years: ClosedRange<Int>) {
        self.office = office
        self.years = years
    }

    /// In the official order of the places' units, the sponsors by name.
    var sorted: [SponsorshipBook.Entry] {
        entries.sorted { left, right in
            let (one, other) = (Vietnamese.sortKey(left.value.sponsor), Vietnamese.sortKey(right.value.sponsor))
            if one != other { return one < other }
            return (orders[left.key] ?? 0, left.value.place) < (orders[right.key] ?? 0, right.value.place)
        }.map { key, entry in
            var entry = entry
            entry.nominations = nominations[key.sponsor] ?? []
            return entry
        }
    }

    // MARK: What comes in

    mutating func add(_ registration: SponsorRegistration) {
        guard registration.year <= years.upperBound else { return }
        for line in registration.lines {
            let key = key(registration.sponsor, line.commune, line.hamlet)
            var entry = entry(
                key, named: registration.sponsor, kind: registration.kind, isSponsor: !registration.isOfTheUnitItself,
                year: registration.year)
            let papers = [entry.registration, registration.paper(office)].filter { !$0.isEmpty }
            entry.registration = papers.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: "; ")
            entries[key] = entry
        }
    }

    /// Places that the unit itself sponsors.
    mutating func add(report: SubmissionRecord, _ answers: [Answer]) {
        guard let year = report.key.period.flatMap({ Int($0) }), years.contains(year) else { return }
        let rows = AnswerRows(answers)
        let name = label(report.key.unit, year)
        for row in rows.rows(of: "dd_xa") {
            let isHousehold = rows.text("dd_loai", row) == "ho"
            add(
                .init(
                    value: rows.number("dd_gia_tri", row), households: isHousehold ? 1 : nil,
                    escaped: rows.number("dd_so_ho_thoat", row)),
                year, of: name, kind: "co_quan_huyen", isSponsor: false, rows.text("dd_xa", row),
                rows.text("dd_thon", row))
        }
    }

    /// What a sponsor has given, line by line, and the households that it has helped.
    mutating func add(sponsor file: SubmissionRecord, _ answers: [Answer]) {
        note(file)
        let rows = AnswerRows(answers)
        let kind = rows.text("doi_tuong") ?? ""
        for row in rows.rows(of: "ht_gia_tri") {
            guard let year = rows.day("ht_ngay", row)?.year, years.contains(year) else { continue }
            add(
                .init(value: rows.number("ht_gia_tri", row)), year, of: file.name, kind: kind, isSponsor: true,
                rows.text("ht_xa", row), rows.text("ht_thon", row))
        }
        for row in rows.rows(of: "hg_chu_ho") {
            for (question, help) in [
                ("hg_nam_giup", SponsorshipBook.Help(households: 1)), ("hg_nam_thoat", .init(escaped: 1)),
            ] {
                guard let year = rows.integer(question, row), years.contains(year) else { continue }
                add(
                    help, year, of: file.name, kind: kind, isSponsor: true, rows.text("hg_xa", row),
                    rows.text("hg_thon", row))
            }
        }
    }

    /// The sponsor has been nominated.
    mutating func note(_ file: SubmissionRecord) {
        nominations[Vietnamese.folded(file.name), default: []].append(file.receipt.description)
    }

    private mutating func add(
        _ help: SponsorshipBook.Help, _ year: Int, of sponsor: String, kind: String, isSponsor: Bool,
        _ commune: String?, _ hamlet: String?
    ) {
        let key = key(sponsor, commune.flatMap { UnitCode($0) }, hamlet)
        var entry = entry(key, named: sponsor, kind: kind, isSponsor: isSponsor, year: year)
        entry.years[year] = entry.years[year].map { $0 + help } ?? help
        entries[key] = entry
    }

    // MARK: Names

    private func key(_ sponsor: String, _ commune: UnitCode?, _ hamlet: String?) -> Key {
        Key(sponsor: Vietnamese.folded(sponsor), commune: commune, hamlet: hamlet)
    }

    private mutating func entry(
        _ key: Key, named name: String, kind: String, isSponsor: Bool, year: Int
    ) -> SponsorshipBook.Entry {
        if let known = entries[key] { return known }
        orders[key] = key.commune.flatMap { office.campaign.units.nearest($0, to: lastDay(of: year))?.order }
        let hamlet = key.hamlet.flatMap { code in
            office.campaign.units.hamlets.last { $0.code == code }?.label ?? code
        }
        let commune = key.commune.map { label($0, year) }
        return SponsorshipBook.Entry(
            sponsor: name, kind: kindLabel(kind),
            place: [commune, hamlet].compactMap(\.self).joined(separator: ", "), isSponsor: isSponsor)
    }

    /// As the registration form words it.
    private func kindLabel(_ kind: String) -> String {
        office.forms.current(SponsorRegistration.form)?.definition.label(of: kind, in: "ben_loai") ?? kind
    }

    private func label(_ unit: UnitCode, _ year: Int) -> String {
        office.campaign.units.label(of: unit, on: lastDay(of: year))
    }

    private func lastDay(of year: Int) -> CivilDate {
        CivilDate(year: year, month: 12, day: 31) ?? CivilDate(daysSince1970: 0)
    }
}

extension FormDefinition {
    /// What a choice of a question says to people; nil when there is none of that name.
    fileprivate func label(of choice: String, in question: String) -> String? {
        guard case .selectOne(let list, _)? = self.question(named: question)?.kind else { return nil }
        return choiceLists[list]?.choices.first { $0.name == choice }.map { text($0.label) }
    }
}
