import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
package import Sheets
import XLSForm

/// The list of nominees for the district's council (E1): a sheet for each kind of nominee.
package struct NominationList: Sendable {
    private let sheets: [ExportSheet]

    /// - Parameter stage: only nominations of this stage; nil: all.
    package init(stage: String?, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        let open = try stored.dossiers().filter { !Self.notPutForward.contains($0.state) }
        let nominations = try open.compactMap { dossier -> Nominee? in
            guard let submission = try stored.submission(dossier.submission),
                stage == nil || submission.key.stage == stage,
                let newest = try stored.newestRevision(of: submission.id)
            else { return nil }
            return Nominee(submission, newest, dossier, in: office)
        }.sorted { $0.order < $1.order }
        let day = ConsolidatedReport.day(CivilDate(now, in: office.zone))
        sheets = Kind.allCases.map { kind in
            let own = nominations.filter { $0.kind == kind }
            return ExportSheet(
                name: kind.sheet, title: ExportWording.nominationsTitle,
                remark: ExportWording.nominationsRemark(
                    stage: stage.flatMap { office.campaign.plan.stage($0)?.label }, day: day, count: own.count),
                table: Self.table(own), isSigned: true)
        }
    }

    /// It is the unit's turn, or the file is closed.
    private static let notPutForward: Set<DossierState> = [
        .needsCorrection, .standardNotMet, .returned, .declined, .withdrawn, .notAwarded,
    ]

    package var draft: WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = ExportWording.nominationsTitle
        draft.sheets = sheets.map(\.draft)
        return draft
    }

    enum Kind: CaseIterable {
        case collective, individual, household, sponsor

        var sheet: String {
            switch self {
            case .collective: ExportWording.collectives
            case .individual: ExportWording.individuals
            case .household: ExportWording.householdNominees
            case .sponsor: ExportWording.sponsors
            }
        }

        init(form: String, nominee: String) {
            self =
                switch (form, NomineeClass(nominee)) {
                case ("dn_tai_tro", _): .sponsor
                case (_, .household): .household
                case (_, .individual): .individual
                case (_, .collective): .collective
                }
        }
    }

    struct Nominee {
        let kind: Kind
        /// The unit's place in the official order, then the receipt.
        let order: [Int]
        let values: [ExportTable.Value]

        init(
            _ submission: SubmissionRecord, _ revision: RevisionRecord, _ dossier: DossierRecord, in office: Office
        ) {
            let form =
                (office.forms[revision.workbook.verdict.form] ?? office.forms.current(submission.key.form))?.definition
            let answers = revision.workbook.answers
            func shown(_ question: String) -> String { form?.shown(question, in: answers) ?? "" }
            let kindName = answers.first { $0.question == "doi_tuong" }?.value
            var nominee = ""
            if case .text(let name)? = kindName { nominee = name }
            kind = Kind(form: submission.key.form, nominee: nominee)
            let day = CivilDate(submission.opened, in: office.zone)
            let unit = office.campaign.units.nearest(submission.key.unit, to: day)
            order = [unit?.order ?? .max, Int(submission.id.rawValue)]
            let place = [shown("chuc_vu"), shown("noi_cong_tac"), shown("thon"), unit?.label ?? ""].filter {
                !$0.isEmpty
            }
            let content = shown("noi_dung").split(separator: " ").first.map(String.init)
            values = [
                .init(submission.name), .init(place.joined(separator: ", ")), .init(content), .init(shown("tom_tat")),
                .init(shown("qd_huyen")), .init(form?.settings.rewardQuestion.map(shown)),
                .init([unit?.label ?? "", shown("so_to_trinh")].filter { !$0.isEmpty }.joined(separator: ", ")),
                .blank, .blank, .init(submission.receipt.description),
            ]
        }
    }

    static func table(_ nominees: [Nominee]) -> ExportTable {
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
            rows: nominees.enumerated().map { index, nominee in
                ExportTable.Row([.number(Decimal(index + 1))] + nominee.values)
            })
    }
}

extension [Int] {
    fileprivate static func < (left: Self, right: Self) -> Bool { left.lexicographicallyPrecedes(right) }
}
