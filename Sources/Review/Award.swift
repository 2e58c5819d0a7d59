package import Ledger
import Records

/// An award that a file has brought its nominee, and that stands.
package struct Award: Sendable {
    package let file: SubmissionRecord
    package let level: BatchRecord.Level
    /// The decision of a list; nil when it was entered by hand.
    package let document: BatchRecord.Document?
    /// The decision as it was entered by hand; empty when a list has it.
    package let words: String

    /// The awards of a file, the district's first.
    package static func all(of file: SubmissionRecord, _ stored: LedgerView) throws -> [Award] {
        let levels: [BatchRecord.Level]
        switch try stored.dossier(of: file.id)?.state {
        case .awardedByDistrict, .proposedToProvince: levels = [.district]
        case .awarded: levels = [.district, .province]
        default: return []
        }
        let lists = try stored.batches(of: file.id)
        let trail = try stored.audit(subject: file.receipt.description)
        return levels.map { level in
            let list = lists.last { $0.batch.level == level && $0.batch.decision != nil && $0.line.refusal.isEmpty }
            let state: DossierState = level == .district ? .awardedByDistrict : .awarded
            let move = "→ \(state.rawValue): "
            let words = trail.lazy.filter { $0.action == "dossier.move" }.compactMap { entry in
                entry.detail.firstRange(of: move).map { String(entry.detail[$0.upperBound...]) }
            }.last
            return Award(
                file: file, level: level, document: list?.batch.decision, words: list == nil ? words ?? "" : "")
        }
    }

    /// What a nominee was awarded by other files, as far as people have said that they are its own.
    package static func earlier(than file: SubmissionRecord, _ stored: LedgerView) throws -> [Award] {
        try stored.filesOfSameNominee(as: file.id).flatMap { try all(of: $0, stored) }
    }
}
