import Foundation
import Records
import Testing

@testable import Ledger

@Suite struct OutboxTests {
    let folder: TestFolder
    let ledger: Ledger
    let now = Sample.noon

    init() throws {
        folder = try TestFolder()
        ledger = try Ledger.open(folder: folder.path, mode: .work)
    }

    private func states() throws -> [NoticeState] { try ledger.read { try $0.outbox().map(\.state) } }

    @Test func aClaimIsCommittedAndGivenOutOnce() throws {
        let draft = Sample.notice("<1@office>")
        try ledger.write { try $0.enqueue(draft) }
        let claimed = try ledger.settleAndClaim([], now: now)
        #expect(claimed.map(\.mime) == [draft.mime])
        #expect(claimed.map(\.attempts) == [1])
        #expect(try states() == [.sending])
        #expect(try ledger.settleAndClaim([], now: now).isEmpty)
        try ledger.settle(claimed.map { ($0.id, .sent("250 ok")) }, now: now)
        #expect(try states() == [.sent])
    }

    @Test func settlingAHandfulTakesTheNextInTheSameBreath() throws {
        try ledger.write { transaction in
            for number in 1...6 { try transaction.enqueue(Sample.notice("<\(number)@office>")) }
        }
        #expect(try ledger.hasDueNotice(now: now))
        let first = try ledger.settleAndClaim([], now: now)
        #expect(first.count == Ledger.handful)
        #expect(try states() == [.sending, .sending, .sending, .sending, .pending, .pending])
        let second = try ledger.settleAndClaim(first.map { ($0.id, .sent("250 ok")) }, now: now)
        #expect(try states() == [.sent, .sent, .sent, .sent, .sending, .sending])
        #expect(try ledger.settleAndClaim(second.map { ($0.id, .refused("550 no")) }, now: now).isEmpty)
        #expect(try states() == [.sent, .sent, .sent, .sent, .failed, .failed])
        #expect(try !ledger.hasDueNotice(now: now))
    }

    @Test func whatMustNotGoOutTwiceIsTakenAlone() throws {
        try ledger.write { transaction in
            for (number, kind) in [NoticeKind.stranger, .reportReceipt, .reportReceipt, .stranger].enumerated() {
                try transaction.enqueue(Sample.notice("<\(number)@office>", kind: kind))
            }
        }
        var settled: [(id: OutboxEntry.ID, outcome: DeliveryOutcome)] = []
        var sizes: [Int] = []
        for _ in 0..<3 {
            let claimed = try ledger.settleAndClaim(settled, now: now)
            sizes.append(claimed.count)
            settled = claimed.map { ($0.id, .sent("250 ok")) }
        }
        #expect(sizes == [1, 2, 1])
    }

    @Test func whatACrashHasMetGoesOutAloneAndWhatWasNotBegunWaitsAsBefore() throws {
        try ledger.write { transaction in
            for number in 1...3 { try transaction.enqueue(Sample.notice("<\(number)@office>")) }
        }
        let claimed = try ledger.settleAndClaim([], now: now)
        #expect(claimed.map(\.attempts) == [1, 1, 1])
        try ledger.settle(
            [
                (claimed[0].id, .unknown("lost")), (claimed[1].id, .notTried), (claimed[2].id, .notTried),
            ], now: now)
        #expect(try states() == [.pending, .pending, .pending])
        let alone = try ledger.settleAndClaim([], now: now)
        #expect(alone.map(\.id) == [claimed[0].id])
        let rest = try ledger.settleAndClaim([(alone[0].id, .sent("250 ok"))], now: now)
        #expect(rest.map(\.id) == [claimed[1].id, claimed[2].id])
        #expect(rest.map(\.attempts) == [1, 1])
    }

    @Test func theLongestWaitingGoFirst() throws {
        try ledger.write { transaction in
            for number in 1...5 {
                let created = now.addingTimeInterval(-Double(number))
                try transaction.enqueue(Sample.notice("<\(number)@office>", created: created))
            }
        }
        let first = try ledger.settleAndClaim([], now: now)
        #expect(first.map(\.messageID) == [5, 4, 3, 2].map { "<\($0)@office>" })
        #expect(try ledger.settleAndClaim([], now: now).map(\.messageID) == ["<1@office>"])
    }

    @Test func aDeferredNoticeWaitsLongerEachTimeAndThenFails() throws {
        try ledger.write { try $0.enqueue(Sample.notice("<1@office>")) }
        var clock = now
        var waits: [TimeInterval] = []
        while try states() != [.failed], waits.count < 1000 {
            let claimed = try ledger.settleAndClaim([], now: clock)
            try #require(claimed.count == 1)
            try ledger.settle([(claimed[0].id, .deferred("450 later"))], now: clock)
            let entry = try #require(try ledger.read { try $0.outbox() }.first)
            waits.append(entry.due.timeIntervalSince(clock))
            #expect(try ledger.settleAndClaim([], now: entry.due.addingTimeInterval(-1)).isEmpty)
            clock = entry.due
        }
        #expect(waits.prefix(4) == [60, 120, 240, 480])
        #expect(waits.max() == 7200)
        #expect(clock.timeIntervalSince(now) > 4 * 86_400)
    }

    @Test func aRefusalIsFinalAndShown() throws {
        try ledger.write { try $0.enqueue(Sample.notice("<1@office>")) }
        let claimed = try ledger.settleAndClaim([], now: now)
        try ledger.settle([(claimed[0].id, .refused("550 no such user"))], now: now)
        let entry = try ledger.read { try $0.outbox([.failed]) }.first
        #expect(entry?.response == "550 no such user")
        #expect(try ledger.settleAndClaim([], now: now.addingTimeInterval(1e6)).isEmpty)
    }

    @Test(arguments: NoticeKind.allCases)
    func whatMayHaveGoneOutGoesOutAgainOnlyWhereSomebodyWaitsForIt(kind: NoticeKind) throws {
        try ledger.write { try $0.enqueue(Sample.notice("<1@office>", kind: kind)) }
        let first = try ledger.settleAndClaim([], now: now)
        // The worker dies here, and starts again.
        try ledger.close()
        let next = try Ledger.open(folder: folder.path, mode: .work)
        #expect(try next.recoverInterrupted(now: now) == 1)
        let again = try next.settleAndClaim([], now: now)
        let awaited: Set<NoticeKind> = [.reportReceipt, .nominationReceipt, .correctionRequest, .severalWorkbooks]
        if awaited.contains(kind) {
            #expect(again.map(\.messageID) == first.map(\.messageID))
            #expect(again.map(\.mime) == first.map(\.mime))
            // Interrupted again and again, it is shown to a person in the end.
            for _ in 1..<RetrySchedule.repeats {
                try next.settle([(again[0].id, .unknown("lost"))], now: now)
                #expect(try next.settleAndClaim([], now: now).map(\.messageID) == first.map(\.messageID))
            }
            try next.settle([(again[0].id, .unknown("lost"))], now: now)
        } else {
            #expect(again.isEmpty)
        }
        #expect(try next.read { try $0.outbox().map(\.state) } == [.unknown])
        #expect(try next.recoverInterrupted(now: now) == 0)
    }

    @Test func aHeldNoticeWaitsForOnePress() throws {
        let (first, second) = try ledger.write {
            (
                try $0.enqueue(Sample.notice("<1@office>", held: true)),
                try $0.enqueue(Sample.notice("<2@office>", held: true))
            )
        }
        #expect(try ledger.settleAndClaim([], now: now).isEmpty)
        try ledger.write {
            try $0.release(first, by: "tuan", at: now)
            try $0.drop(second, by: "tuan", at: now)
        }
        #expect(try ledger.settleAndClaim([], now: now).map(\.id) == [first])
        #expect(try ledger.read { try $0.outbox([.dropped]).map(\.id) } == [second])
        // The second window is told.
        #expect(throws: LedgerError.self) { try ledger.write { try $0.drop(second, by: "ha", at: now) } }
        #expect(try ledger.read { try $0.audit().map(\.action) } == ["notice.release", "notice.drop"])
    }

    @Test func oneMessageIDIsOneNotice() throws {
        try ledger.write { try $0.enqueue(Sample.notice("<1@office>")) }
        #expect(throws: LedgerError.self) { try ledger.write { try $0.enqueue(Sample.notice("<1@office>")) } }
        #expect(try states() == [.pending])
    }

    @Test func aReplyToOurNoticeLeadsToItsSubmissions() throws {
        let submission = try ledger.write { transaction in
            let submission = try transaction.open(Sample.key(), kind: .report, year: 2019, at: now)
            try transaction.enqueue(Sample.notice("<1@office>", submissions: [submission.id, submission.id]))
            return submission
        }
        #expect(try ledger.read { try $0.submissions(answering: "<1@office>") } == [submission])
        #expect(try ledger.read { try $0.submissions(answering: "<2@office>") } == [])
    }

    @Test func noticesAreCountedForTheLimits() throws {
        try ledger.write { transaction in
            let message = try transaction.record(Sample.message(1, outcome: .question))
            try transaction.enqueue(Sample.notice("<1@office>", kind: .noWorkbook, inReplyTo: message))
            try transaction.enqueue(Sample.notice("<2@office>", created: now.addingTimeInterval(-90_000)))
            let dropped = try transaction.enqueue(Sample.notice("<3@office>"))
            try transaction.drop(dropped, by: "tuan", at: now)
        }
        let day = now.addingTimeInterval(-86_400)
        try ledger.read { (view: LedgerView) throws in
            #expect(try view.noticeCount(to: "thienloc@canloc.example", since: day) == 1)
            #expect(try view.noticeCount(to: "thienloc@canloc.example", kind: .reportReceipt, since: day) == 0)
            #expect(try view.noticeCount(to: "other@canloc.example", since: day) == 0)
            #expect(try view.noticeCount(since: .distantPast) == 2)
            #expect(try view.noticeCount(kind: .noWorkbook, since: day) == 1)
            #expect(try view.noticeCount(kind: .noWorkbook, inThread: "<t@x>") == 1)
            #expect(try view.noticeCount(kind: .noWorkbook, inThread: "<u@x>") == 0)
        }
    }

    @Test func aDeliveryReportIsTiedToItsNotice() throws {
        try ledger.write { try $0.enqueue(Sample.notice("<1@office>")) }
        let notice = try #require(try ledger.read { try $0.notice(messageID: "<1@office>") })
        #expect(try ledger.write { try $0.recordBounce(of: notice.id, "5.1.1 unknown", at: now) })
        #expect(try ledger.write { try !$0.recordBounce(of: RowID(rawValue: 4711), "", at: now) })
        #expect(try ledger.read { try $0.notice(messageID: "<1@office>") }?.bounce == "5.1.1 unknown")
    }
}
