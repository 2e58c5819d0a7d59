import Campaign
package import Foundation
package import Intake
package import Ledger
package import Records
package import Sheets
import XLSForm

/// The poor and near-poor households that the communes have listed for a year (E14). For the Labour office alone: every
/// page names who took it out.
package struct HouseholdList: Sendable {
    private let sheet: ExportSheet
    /// How many households are on it.
    package let count: Int

    private static let form = "danh_sach_ho"

    /// - Parameters:
    ///   - unit: only this commune; nil: all.
    ///   - who: whose name every page bears.
    package init(
        year: Int, unit: UnitCode?, _ office: Office, _ stored: LedgerView, for who: String, at now: Date
    ) throws {
        let definition = office.forms.current(Self.form)?.definition
        let section = definition?.sections.first { $0.repeating != nil }
        let questions = (section?.items.flatMap(\.questions) ?? []).filter { $0.kind != .calculate }
        let day = CivilDate(now, in: office.zone)
        let units = office.campaign.units.codes.filter { unit == nil || $0 == unit }
        var rows: [[ExportTable.Value]] = []
        for code in units {
            let key = SubmissionKey(form: Self.form, unit: code, period: String(year))
            guard let file = try stored.submission(key: key), let filed = try stored.filedRevision(of: file.id) else {
                continue
            }
            let label = office.campaign.units.nearest(code, to: day)?.label ?? code.rawValue
            rows += Self.rows(filed, questions, definition).map { [.text(label)] + $0 }
        }
        count = rows.count
        let words = ExportWording.self
        sheet = ExportSheet(
            name: words.householdsSheet, title: words.householdsTitle(year),
            remark: words.internalRemark(who: who, day: ConsolidatedReport.day(day), count: rows.count),
            table: ExportTable(
                columns: [.init(words.number, width: 5, .whole), .init(words.unit, width: 18, .text)]
                    + questions.map { .init(definition?.text($0.label) ?? $0.name, width: 14, Self.kind($0)) },
                rows: rows.enumerated().map { index, values in
                    ExportTable.Row([.number(Decimal(index + 1))] + values)
                }),
            isSigned: false, watermark: words.watermark(who: who))
    }

    private static func rows(
        _ filed: RevisionRecord, _ questions: [Question], _ form: FormDefinition?
    ) -> [[ExportTable.Value]] {
        let names = Set(questions.map(\.name))
        let byRow = Dictionary(grouping: filed.workbook.answers.filter { names.contains($0.question) }, by: \.row)
        return byRow.keys.compactMap(\.self).sorted().compactMap { row in
            let own = byRow[row] ?? []
            guard own.contains(where: { $0.value != nil }) else { return nil }
            return questions.map { question in
                let answer = own.first { $0.question == question.name }
                return switch answer?.value {
                case .number(let number): .number(number)
                case .date(let day): .day(day)
                default: .init(answer.flatMap { form?.shown(question.name, in: [$0]) ?? $0.shown })
                }
            }
        }
    }

    private static func kind(_ question: Question) -> ExportTable.Kind {
        switch question.kind {
        case .integer: .whole
        case .date: .day
        default: .text
        }
    }

    package var draft: WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = sheet.title
        draft.sheets = [sheet.draft]
        return draft
    }
}
