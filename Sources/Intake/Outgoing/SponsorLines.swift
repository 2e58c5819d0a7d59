import Campaign
import Notices
import Records
import XLSForm

/// The places that a unit has registered to sponsor, as rows of a workbook that asks what became of them.
struct SponsorLines {
    let office: Office
    let registrations: [SponsorRegistration]

    /// Questions of the tables that take them.
    private enum Question {
        static let kind = "dd_loai"
        static let commune = "dd_xa"
        static let hamlet = "dd_thon"
        static let paper = "dd_dang_ky"
    }

    /// - Parameters:
    ///   - year: of the report; of a nomination the year of its stage, for which everything counts that came before.
    ///   - isReport: a registration that has run out is no matter of a later report.
    /// - Returns: nothing for a form without such a table.
    func rows(
        of form: FormDefinition, _ unit: UnitCode, year: Int, isReport: Bool, on day: CivilDate
    ) -> [String: [[String: AnswerValue]]] {
        guard let table = form.question(named: Question.paper)?.repeatName else { return [:] }
        let own = registrations.filter { $0.unit == unit && $0.isOfTheUnitItself && $0.year <= year }
        let rows = own.flatMap { registration in
            registration.lines.filter { !isReport || $0.lastYear.map { $0 >= year } ?? true }
                .map { row($0, of: registration, on: day) }
        }
        return rows.isEmpty ? [:] : [table: rows]
    }

    /// A commune that is no more is named as the one that it has become part of: the workbook offers the units of its day.
    private func row(
        _ line: SponsorRegistration.Line, of registration: SponsorRegistration, on day: CivilDate
    ) -> [String: AnswerValue] {
        let units = office.campaign.units
        var row: [String: AnswerValue] = [Question.paper: .text(registration.paper(office))]
        if !line.kind.isEmpty { row[Question.kind] = .text(line.kind) }
        guard let commune = line.commune else { return row }
        let there = ([commune] + units.successors(of: commune, on: day)).first { units.unit($0, on: day) != nil }
        guard let there else { return row }
        row[Question.commune] = .text(there.rawValue)
        if let hamlet = line.hamlet, units.hamlets(of: there, on: day).contains(where: { $0.code == hamlet }) {
            row[Question.hamlet] = .text(hamlet)
        }
        return row
    }
}
