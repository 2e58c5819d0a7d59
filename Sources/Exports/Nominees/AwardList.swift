import Campaign
package import Foundation
package import Intake
package import Ledger
import Records
package import Sheets

/// Who was awarded by the decision of a list: for the portal and the radio (E8), or for the ceremony (E11).
package struct AwardList: Sendable {
    private let batch: BatchRecord
    private let nominees: [NomineeRecord]
    private let stage: String
    private let day: String
    /// What goes with a reward, by its name; empty where the office has decided nothing.
    private let sums: [String: String]

    /// - Throws: when the ledger cannot be read.
    package init(_ batch: BatchRecord, _ office: Office, _ stored: LedgerView, at now: Date) throws {
        self.batch = batch
        stage = office.campaign.plan.stage(batch.stage)?.label ?? batch.stage
        day = ConsolidatedReport.day(CivilDate(now, in: office.zone))
        // An award that was taken back since is not announced.
        nominees = try stored.nominees(on: batch.id, office)
            .filter { $0.decision(batch.level) != nil && $0.state != .revoked }.sorted(by: NomineeRecord.inOrder)
        sums = nominees.reduce(into: [:]) { found, nominee in
            found[nominee.rewardName] = office.campaign.plan.decision("muc_thuong_\(nominee.rewardName)")?.value
        }
    }

    private var document: String { batch.decision.map(ExportWording.decision) ?? "" }

    /// Name, place, reward and decision; nothing else about anybody.
    package var announcement: WorkbookDraft {
        let words = ExportWording.self
        let table = ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.nominee, width: 34, .text),
                .init(words.hamletOrUnit, width: 40, .text), .init(words.rewardGiven, width: 30, .text),
                .init(words.decisionHead, width: 28, .text),
            ],
            rows: nominees.enumerated().map { index, nominee in
                ExportTable.Row([
                    .number(Decimal(index + 1)), .init(nominee.file.name), .init(nominee.place),
                    .init(nominee.reward), .init(document),
                ])
            })
        return draft(words.announcementTitle, table, isSigned: false)
    }

    /// The same for whoever reads it aloud or puts it on a page: a line a name.
    package var plainText: String {
        let head = [ExportWording.announcementTitle, stage, document].filter { !$0.isEmpty }
        let lines = nominees.enumerated().map { index, nominee in
            "\(index + 1). "
                + [nominee.file.name, nominee.place, nominee.reward].filter { !$0.isEmpty }
                .joined(separator: " - ").split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        return (head + [""] + lines).joined(separator: "\r\n") + "\r\n"
    }

    /// To be signed by whoever takes a reward.
    package var ceremony: WorkbookDraft {
        let words = ExportWording.self
        let table = ExportTable(
            columns: [
                .init(words.number, width: 5, .whole), .init(words.nominee, width: 34, .text),
                .init(words.unit, width: 34, .text), .init(words.rewardGiven, width: 28, .text),
                .init(words.sum, width: 18, .text), .init(words.signature, width: 22, .text),
            ],
            rows: nominees.enumerated().map { index, nominee in
                ExportTable.Row([
                    .number(Decimal(index + 1)), .init(nominee.file.name), .init(nominee.place),
                    .init(nominee.reward), .init(sums[nominee.rewardName]), .blank,
                ])
            })
        return draft(words.ceremonyTitle, table, isSigned: true)
    }

    private func draft(_ title: String, _ table: ExportTable, isSigned: Bool) -> WorkbookDraft {
        var draft = WorkbookDraft()
        draft.title = title
        let remark = ExportWording.nominationsRemark(stage: stage, day: day, count: nominees.count)
        draft.sheets = [
            ExportSheet(
                name: ExportWording.listSheet, title: title, remark: remark, table: table, isSigned: isSigned
            ).draft
        ]
        return draft
    }
}
