import Ledger
import Records

/// Which submission a workbook continues (`docs`: what is kept, and how it hangs together).
enum Identification {
    case continues(SubmissionRecord)
    case opens(SubmissionKey)
    /// Several are possible: nothing is filed, the sender is asked.
    case ambiguous([SubmissionRecord])

    /// Looks in this order: the receipt in the returned workbook, the receipts in the subject, the notice that the mail
    /// replies to, the key that the form declares.
    /// - Returns: also whether it was found by more than the key.
    static func find(
        key: SubmissionKey, printed: Receipt?, mentioned: [Receipt], repliesTo: [String], in stored: LedgerView
    ) throws -> (Identification, isNamed: Bool) {
        func fits(_ submission: SubmissionRecord) -> Bool {
            let other = submission.key
            return other.form == key.form && other.unit == key.unit && other.period == key.period
                && other.stage == key.stage
        }
        func distinct(_ found: [SubmissionRecord]) -> [SubmissionRecord] {
            var seen = Set<SubmissionRecord.ID>()
            return found.filter { fits($0) && seen.insert($0.id).inserted }
        }
        let byKey = try stored.submission(key: key)
        let steps: [() throws -> [SubmissionRecord]] = [
            { try printed.flatMap { try stored.submission(receipt: $0) }.map { [$0] } ?? [] },
            { try mentioned.compactMap { try stored.submission(receipt: $0) } },
            { try repliesTo.flatMap { try stored.submissions(answering: $0) } },
        ]
        for step in steps {
            let found = distinct(try step())
            guard let only = found.first else { continue }
            if found.count > 1 {
                // A thread about several nominees: the key tells them apart where it can.
                if let byKey, found.contains(where: { $0.id == byKey.id }) { return (.continues(byKey), true) }
                return (.ambiguous(found), true)
            }
            // The receipt says one submission, the name another that exists: a person must say which.
            if let byKey, byKey.id != only.id { return (.ambiguous([only, byKey]), true) }
            return (.continues(only), true)
        }
        return (byKey.map { .continues($0) } ?? .opens(key), false)
    }
}
