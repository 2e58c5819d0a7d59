import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
package import Sheets

/// The list of nominees for the district's council (E1) or for the province (E2): a sheet for each kind of nominee.
package struct NominationList: Sendable {
    private let sheets: [ExportSheet]
    private let title: String

    /// What the units have nominated in a stage, as far as it may be put forward.
    /// - Parameter stage: nil: all.
    package init(
        _ level: BatchRecord.Level = .district, stage: String?, _ office: Office, _ stored: LedgerView, at now: Date
    ) throws {
        let open = try stored.dossiers().filter { Self.states(level).contains($0.state) }
        let nominees = try open.compactMap { dossier -> NomineeRecord? in
            guard let submission = try stored.submission(dossier.submission),
                stage == nil || submission.key.stage == stage
            else { return nil }
            return try NomineeRecord(submission, dossier, stored, office)
        }.sorted(by: NomineeRecord.inOrder)
        self.init(level, nominees, stage: stage, office, at: now)
    }

    /// What stands on a list, in its order.
    package init(_ batch: BatchRecord, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        let nominees = try stored.nominees(on: batch.id, office)
        self.init(batch.level, nominees, stage: batch.stage, office, at: now)
    }

    private init(
        _ level: BatchRecord.Level, _ nominees: [NomineeRecord], stage: String?, _ office: Office, at now: Date
    ) {
        let title = level == .district ? ExportWording.nominationsTitle : ExportWording.provinceTitle
        self.title = title
        let day = ConsolidatedReport.day(CivilDate(now, in: office.zone))
        sheets = NomineeKind.allCases.map { kind in
            let own = nominees.filter { $0.kind == kind }
            return ExportSheet(
                name: kind.sheet, title: title,
                remark: ExportWording.nominationsRemark(
                    stage: stage.flatMap { office.campaign.plan.stage($0)?.label }, day: day, count: own.count),
                table: level == .district ? Self.council(own) : Self.province(own), isSigned: true)
        }
    }

    private static func states(_ level: BatchRecord.Level) -> Set<DossierState> {
        switch level {
        case .district: [.queued, .inReview, .proposedToDistrict, .awardedByDistrict, .proposedToProvince, .awarded]
        case .province: [.awardedByDistrict, .proposedToProvince, .awarded]
        }
    }

    package var draft: WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = title
        draft.sheets = sheets.map(\.draft)
        return draft
    }

    // MARK: Columns

    private static func council(_ nominees: [NomineeRecord]) -> ExportTable {
        let words = ExportWording.self
        return ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.nominee, width: 24, .text),
                .init(words.position, width: 26, .text), .init(words.content, width: 8, .text),
                .init(words.achievement, width: 46, .text), .init(words.awardedBefore, width: 16, .text),
                .init(words.reward, width: 18, .text), .init(words.proposer, width: 20, .text),
                .init(words.labourOpinion, width: 16, .text), .init(words.councilResult, width: 14, .text),
                .init(words.note, width: 15, .text),
            ],
            rows: rows(nominees) { nominee in
                [
                    .init(nominee.file.name), .init(nominee.place), .init(nominee.content), .init(nominee.summary),
                    .init(nominee.awardedBefore), .init(nominee.reward),
                    .init([nominee.unitLabel, nominee.letter].filter { !$0.isEmpty }.joined(separator: ", ")),
                    .init(nominee.labour), .init(nominee.list(.district)?.line.votes),
                    .init(nominee.file.receipt.description),
                ]
            })
    }

    private static func province(_ nominees: [NomineeRecord]) -> ExportTable {
        let words = ExportWording.self
        return ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.nominee, width: 26, .text),
                .init(words.position, width: 30, .text), .init(words.achievement, width: 60, .text),
                .init(words.districtDecision, width: 24, .text), .init(words.reward, width: 22, .text),
                .init(words.note, width: 16, .text),
            ],
            rows: rows(nominees) { nominee in
                [
                    .init(nominee.file.name), .init(nominee.place), .init(nominee.summary),
                    .init(nominee.decision(.district).map(words.decision) ?? nominee.awardedBefore),
                    .init(nominee.reward), .init(nominee.file.receipt.description),
                ]
            })
    }

    /// Numbered, with how many there are at the foot.
    private static func rows(
        _ nominees: [NomineeRecord], _ values: (NomineeRecord) -> [ExportTable.Value]
    ) -> [ExportTable.Row] {
        nominees.enumerated().map { index, nominee in
            ExportTable.Row([.number(Decimal(index + 1))] + values(nominee))
        } + [ExportTable.Row([.blank, .text(ExportWording.count(nominees.count))], isTotal: true)]
    }
}

extension LedgerView {
    /// Who stands on a list, in its order.
    func nominees(on batch: RowID<BatchRecord>, _ office: Office) throws -> [NomineeRecord] {
        try lines(of: batch).compactMap { line in
            guard let file = try submission(line.submission), let dossier = try dossier(of: line.submission) else {
                return nil
            }
            return try NomineeRecord(file, dossier, self, office)
        }
    }
}
