import Foundation
import GRDB
import Records
import Testing

@testable import Ledger

@Suite struct CommitTests {
    let folder: TestFolder
    let ledger: Ledger

    init() throws {
        folder = try TestFolder()
        ledger = try Ledger.open(folder: folder.path, mode: .work)
    }

    struct Guilty: Error {}

    @Test func anItemThatThrowsTakesOnlyItsOwnWritesWithIt() throws {
        let results = try ledger.commit([1, 2, 3] as [UInt32]) { uid, transaction in
            try transaction.record(Sample.message(uid))
            let submission = try transaction.open(
                Sample.key(period: "\(2016 + uid)"), kind: .report, year: 2019, at: Sample.noon)
            if uid == 2 { throw Guilty() }
            return submission.receipt.description
        }
        #expect(try results[0].get() == "BC-2019-0001")
        #expect(throws: Guilty.self) { try results[1].get() }
        // The number of the one that was rolled back is given out again: there is no gap.
        #expect(try results[2].get() == "BC-2019-0002")
        #expect(try ledger.read { try $0.messages().map(\.message.key.uid.rawValue) } == [3, 1])
    }

    @Test func theNextItemSeesWhatTheOneBeforeHasWritten() throws {
        let results = try ledger.commit([1, 2]) { _, transaction in
            let key = try Sample.key()
            if let known = try transaction.stored.submission(key: key) { return "known \(known.receipt)" }
            return "new \(try transaction.open(key, kind: .report, year: 2019, at: Sample.noon).receipt)"
        }
        #expect(try results.map { try $0.get() } == ["new BC-2019-0001", "known BC-2019-0001"])
    }

    @Test func aMessageIsNotFiledTwice() throws {
        let results = try ledger.commit([1, 1] as [UInt32]) { try $1.record(Sample.message($0)) }
        #expect(throws: Never.self) { try results[0].get() }
        do {
            _ = try results[1].get()
            Issue.record("filed twice")
        } catch let error as LedgerError {
            #expect(error.code == .conflict)
        }
        #expect(try ledger.read { try $0.messages() }.count == 1)
    }

    @Test func aFullDiskIsNobodysFaultAndLeavesNothingHalfWritten() throws {
        try ledger.write { try $0.record(Sample.message(1)) }
        try ledger.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
        }
        do throws(LedgerError) {
            _ = try ledger.commit([2, 3, 4] as [UInt32]) { uid, transaction in
                try transaction.record(Sample.message(uid))
                var notice = Sample.notice("<\(uid)@office>")
                if uid == 3 { notice.mime = Array(repeating: 65, count: 200_000) }
                try transaction.enqueue(notice)
            }
            Issue.record("wrote on a full disk")
        } catch {
            #expect(error.code == .surroundings)
        }
        #expect(try ledger.read { try $0.messages() }.count == 1)
        #expect(try ledger.read { try $0.outbox() }.isEmpty)
        try ledger.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1073741823") }
        let again = try ledger.commit([2, 3] as [UInt32]) { try $1.record(Sample.message($0)) }
        #expect(again.count == 2)
        #expect(try ledger.read { try $0.messages() }.count == 3)
    }

    @Test func attemptsAreCountedBeforeAndForgottenAfterwards() throws {
        let keys = [try Sample.key(1), try Sample.key(2)]
        #expect(try ledger.beginAttempts(keys) == [1, 1])
        #expect(try ledger.beginAttempts([keys[0]]) == [2])
        #expect(try ledger.unfinishedAttempts(account: "office") == [keys[0]: 2, keys[1]: 1])
        try ledger.forgiveAttempts([keys[1]])
        #expect(try ledger.unfinishedAttempts(account: "office") == [keys[0]: 2])
        try ledger.write { try $0.record(Sample.message(1)) }
        #expect(try ledger.unfinishedAttempts(account: "office").isEmpty)
    }

    @Test func theCursorIsKeptPerFolder() throws {
        let validity = try decoded(UIDValidity(7), "test")
        #expect(try ledger.cursor(account: "office", folder: "INBOX") == nil)
        for next in [12, 4_294_967_296] as [UInt64] {
            let later = Sample.noon.addingTimeInterval(Double(next))
            try ledger.setCursor(
                MailboxCursor(uidValidity: validity, nextUID: next, firstContact: next == 12 ? Sample.noon : later),
                account: "office", folder: "INBOX")
            #expect(
                try ledger.cursor(account: "office", folder: "INBOX")
                    == MailboxCursor(uidValidity: validity, nextUID: next, firstContact: Sample.noon))
        }
        #expect(try ledger.cursor(account: "office", folder: "Junk") == nil)
    }

    @Test func knownMessagesAreThoseOfTheSameValidity() throws {
        _ = try ledger.commit([3, 5, 9] as [UInt32]) { try $1.record(Sample.message($0)) }
        let from = try decoded(UID(4), "test")
        func known(_ validity: UInt32) throws -> [UInt32] {
            try ledger.known(
                account: "office", folder: "INBOX", uidValidity: try decoded(UIDValidity(validity), "test"), from: from
            ).map(\.rawValue).sorted()
        }
        #expect(try known(7) == [5, 9])
        #expect(try known(8) == [])
        #expect(try ledger.read { try $0.messages(rawSHA256: Sample.sha(5)) }.map(\.message.key.uid.rawValue) == [5])
    }

    @Test func mailIsMovedOnceAndAgainAfterAnotherOutcome() throws {
        let id = try ledger.write { try $0.record(Sample.message(1, outcome: .stranger)) }
        _ = try ledger.write { try $0.record(Sample.message(2, outcome: .old)) }
        #expect(try ledger.read { try $0.messagesToMove(account: "office").map(\.id) } == [id])
        try ledger.write { try $0.markMoved([id]) }
        #expect(try ledger.read { try $0.messagesToMove(account: "office") }.isEmpty)
        try ledger.write { try $0.change(id, outcome: .workbooks, unit: UnitCode("thienloc")) }
        #expect(try ledger.read { try $0.messages([.workbooks, .refused]).map(\.id) } == [id])
        let again = try ledger.read { try $0.messagesToMove(account: "office") }
        #expect(again.map(\.message.outcome) == [.workbooks])
    }

    @Test func theAuditTrailIsOnlyAddedTo() throws {
        let entry = AuditEntry(at: Sample.noon, who: "tuan", action: "test", subject: "BC-2019-0001")
        try ledger.write { try $0.audit(entry) }
        for sql in [
            "UPDATE audit SET who = 'x'", "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit (id, at, who, action, subject, detail) VALUES (1, 0, 'x', 'x', '', '')",
        ] {
            #expect(throws: LedgerError.self) { try ledger.write { try $0.run(sql, []) } }
        }
        #expect(try ledger.read { try $0.audit(subject: "BC-2019-0001") } == [entry])
    }
}
