package import Foundation
import GRDB
import Records

/// Sending: claim, send, settle. A claim is committed before the first byte goes out, so that nothing that may have been
/// sent is ever taken for unsent.
extension Ledger {
    /// Whether anything waits to be sent now.
    package func hasDueNotice(now: Date) throws(LedgerError) -> Bool {
        try LedgerError.wrap {
            try read { view in
                try view.first(
                    "SELECT 1 FROM notices WHERE state IN ('pending', 'deferred') AND due <= ? LIMIT 1",
                    [now.milliseconds]
                ) { _ in true } ?? false
            }
        }
    }

    /// Records how notices fared and takes the next handful that is due, the longest waiting first, in one commit: no more
    /// than these are `sending` at a time, so that a crash leaves few in doubt. What must not go out twice, and what a crash has met before, is
    /// taken alone.
    package func settleAndClaim(
        _ settled: [(id: RowID<OutboxEntry>, outcome: DeliveryOutcome)], now: Date
    ) throws(LedgerError) -> [ClaimedNotice] {
        try LedgerError.wrap {
            try write { transaction in
                for (id, outcome) in settled { try transaction.settle(id, outcome, now: now) }
                let due = try transaction.due(limit: Self.handful, now: now)
                let together = due.prefix { $0.kind.goesOutAgain && $0.timesSentAgain == 0 }
                return try transaction.claim(together.isEmpty ? due.prefix(1) : together)
            }
        }
    }

    /// Notices in one commit: most of what it costs is waiting for the disk.
    package static let handful = 4

    /// Records how the attempts ended, in one commit. A notice that is not `sending` any more is left alone.
    package func settle(
        _ outcomes: [(id: RowID<OutboxEntry>, outcome: DeliveryOutcome)], now: Date
    ) throws(LedgerError) {
        try LedgerError.wrap {
            try write { transaction in
                for (id, outcome) in outcomes { try transaction.settle(id, outcome, now: now) }
            }
        }
    }

    /// At the start of the worker: what is found in `sending` may or may not have gone out. Receipts and correction requests
    /// go out again, a few times at most, with the same Message-ID; everything else waits for a person.
    /// - Returns: how many were found.
    @discardableResult
    package func recoverInterrupted(now: Date) throws(LedgerError) -> Int {
        try LedgerError.wrap {
            try write { transaction in
                let found = try transaction.stored.rows("SELECT id FROM notices WHERE state = 'sending' ORDER BY id") {
                    RowID<OutboxEntry>(rawValue: $0[0])
                }
                for id in found { try transaction.settle(id, .unknown("interrupted while sending"), now: now) }
                return found.count
            }
        }
    }
}

/// How long a deferred notice waits.
package enum RetrySchedule {
    /// Seconds to wait after the given number of attempts: a minute, then doubled, at most two hours.
    package static func delay(afterAttempts attempts: Int) -> TimeInterval {
        min(60 * pow(2, Double(max(0, attempts - 1))), 7200)
    }

    /// How often a receipt goes out again whose fate is unknown. A worker that is killed in the middle of sending may be
    /// killed there again, and a unit is better off with a second copy under the same Message-ID than with none.
    package static let repeats = 3

    /// A notice that could not be delivered for so long has failed (RFC 5321, 4.5.4.1: at least four to five days).
    package static let patience: TimeInterval = 5 * 86_400
}

extension LedgerTransaction {
    /// A notice whose time has come, and how often it went out again after its fate was unknown.
    fileprivate struct DueNotice {
        let notice: ClaimedNotice
        let timesSentAgain: Int

        var kind: NoticeKind { notice.kind }
    }

    /// The longest waiting first.
    fileprivate func due(limit: Int, now: Date) throws -> [DueNotice] {
        try stored.rows(
            """
            SELECT id, kind, recipient, message_id, mime, attempts + 1, sent_again, copies FROM notices
            WHERE state IN ('pending', 'deferred') AND due <= ? ORDER BY due, id LIMIT ?
            """, [now.milliseconds, limit]
        ) { row in
            DueNotice(
                notice: ClaimedNotice(
                    id: RowID(rawValue: row[0]), kind: try decoded(NoticeKind(rawValue: row[1]), "kind"),
                    recipient: row[2], copies: (row[7] as String).split(separator: " ").map(String.init),
                    messageID: row[3], mime: Array(row[4] as Data), attempts: row[5]),
                timesSentAgain: row[6])
        }
    }

    fileprivate func claim(_ due: ArraySlice<DueNotice>) throws -> [ClaimedNotice] {
        for due in due {
            try run(
                "UPDATE notices SET state = 'sending', attempts = attempts + 1 WHERE id = ?", [due.notice.id.rawValue])
        }
        return due.map(\.notice)
    }

    fileprivate func settle(_ id: RowID<OutboxEntry>, _ outcome: DeliveryOutcome, now: Date) throws {
        let sending = try stored.first(
            "SELECT kind, attempts, sent_again, created FROM notices WHERE id = ? AND state = 'sending'",
            [id.rawValue]
        ) { row in
            (
                kind: try decoded(NoticeKind(rawValue: row[0]), "kind"), attempts: row[1] as Int,
                timesSentAgain: row[2] as Int,
                created: Date(milliseconds: row[3])
            )
        }
        guard let sending else { return }
        switch outcome {
        case .sent(let response): try put(id, .sent, response, due: now)
        case .refused(let response): try put(id, .failed, response, due: now)
        case .notTried:
            try run("UPDATE notices SET state = 'pending', attempts = attempts - 1 WHERE id = ?", [id.rawValue])
        case .deferred(let response):
            let due = now.addingTimeInterval(RetrySchedule.delay(afterAttempts: sending.attempts))
            let isTooLate = due.timeIntervalSince(sending.created) > RetrySchedule.patience
            try put(id, isTooLate ? .failed : .deferred, response, due: due)
        case .unknown(let response):
            let again = sending.kind.goesOutAgain && sending.timesSentAgain < RetrySchedule.repeats
            try put(id, again ? .pending : .unknown, response, due: now, sentAgain: again)
        }
    }

    private func put(
        _ id: RowID<OutboxEntry>, _ state: NoticeState, _ response: String, due: Date, sentAgain: Bool = false
    ) throws {
        try run(
            """
            UPDATE notices SET state = ?, response = ?, due = ?, sent_again = sent_again + ? WHERE id = ?
            """, [state.rawValue, response, due.milliseconds, sentAgain, id.rawValue])
    }
}
