import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
package import Sheets

/// The follow-up book of nominees' files (E6): a sheet for each stage.
package struct DossierRegister: Sendable {
    private let sheets: [ExportSheet]

    /// - Parameter stage: only this one; nil: all that have files.
    package init(stage: String?, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        let files = try stored.dossiers().compactMap { dossier -> Line? in
            guard let file = try stored.submission(dossier.submission), stage == nil || file.key.stage == stage else {
                return nil
            }
            return try Line(file, dossier, stored, office)
        }
        let day = ConsolidatedReport.day(CivilDate(now, in: office.zone))
        let stages = office.campaign.plan.stages.filter { one in
            one.code == stage || stage == nil && files.contains { $0.stage == one.code }
        }
        sheets = stages.map { one in
            let own = files.filter { $0.stage == one.code }.sorted { $0.number < $1.number }
            return ExportSheet(
                name: one.code, title: ExportWording.registerTitle,
                remark: ExportWording.nominationsRemark(stage: one.label, day: day, count: own.count),
                table: Self.table(own), isSigned: false)
        }
    }

    package var draft: WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = ExportWording.registerTitle
        draft.sheets = sheets.map(\.draft)
        return draft
    }

    private struct Line {
        let stage: String
        let number: Int64
        let values: [ExportTable.Value]

        init(_ file: SubmissionRecord, _ dossier: DossierRecord, _ stored: LedgerView, _ office: Office) throws {
            let nominee = try NomineeRecord(file, dossier, stored, office)
            let history = try History(file, stored, office)
            stage = file.key.stage ?? ""
            number = file.id.rawValue
            let list = nominee.list(.province) ?? nominee.list(.district)
            let officer = try stored.officer(of: file.id)
            let words = ExportWording.self
            values = [
                .text(file.receipt.description), .blank, .day(CivilDate(file.opened, in: office.zone)),
                .init(nominee.unitLabel), .init(file.name), .init(nominee.content), .init(nominee.reward),
                .init(officer.isEmpty ? "" : try stored.account(officer)?.display ?? officer),
                .init(history.returned), .init(history.cameBack), .init(nominee.labour),
                .init(try stored.opinions(of: file.id).last.map { CivilDate($0.at, in: office.zone) }),
                .init(nominee.list(.district)?.batch.council), .init(list?.batch.proposal.map(words.decision)),
                .init(list?.batch.decision.map(words.decision)), .text(words.state(dossier.state)), .init(history.told),
                .init(list?.line.refusal),
            ]
        }
    }

    /// Days of a file's way that its trail and letters tell.
    private struct History {
        /// When more was last asked of the unit, and when it came.
        let returned: CivilDate?
        let cameBack: CivilDate?
        /// When a letter with the result left.
        let told: CivilDate?

        init(_ file: SubmissionRecord, _ stored: LedgerView, _ office: Office) throws {
            let moves = try stored.audit(subject: file.receipt.description).filter { $0.action == "dossier.move" }
            let asked = moves.lastIndex { $0.detail.contains("→ \(DossierState.returned.rawValue)") }
            returned = asked.map { CivilDate(moves[$0].at, in: office.zone) }
            cameBack = asked.flatMap { moves.dropFirst($0 + 1).first }.map { CivilDate($0.at, in: office.zone) }
            let results: Set<NoticeKind> = [.declined, .awardedByDistrict, .decidedByProvince]
            told = try stored.notices(about: file.id).last { results.contains($0.kind) && $0.state == .sent }
                .map { CivilDate($0.due, in: office.zone) }
        }
    }

    private static func table(_ lines: [Line]) -> ExportTable {
        let words = ExportWording.self
        return ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.file, width: 15, .text),
                .init(words.oneStopNumber, width: 10, .text), .init(words.cameIn, width: 11, .day),
                .init(words.proposingUnit, width: 18, .text), .init(words.nominee, width: 22, .text),
                .init(words.content, width: 8, .text), .init(words.reward, width: 16, .text),
                .init(words.officer, width: 14, .text), .init(words.returned, width: 11, .day),
                .init(words.cameBack, width: 11, .day), .init(words.labourOpinion, width: 14, .text),
                .init(words.opinionDay, width: 11, .day), .init(words.councilDay, width: 11, .day),
                .init(words.coverLetter, width: 16, .text), .init(words.decisionHead, width: 18, .text),
                .init(words.result, width: 16, .text), .init(words.told, width: 11, .day),
                .init(words.note, width: 16, .text),
            ],
            rows: lines.enumerated().map { index, line in
                ExportTable.Row([.number(Decimal(index + 1))] + line.values)
            })
    }
}
