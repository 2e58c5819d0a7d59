import Foundation
import GRDB
import Records
import Testing

@testable import Ledger

@Suite struct OpeningTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test func theWriterRunsInWALWithFullSynchronisation() throws {
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        let durability = try ledger.durability()
        #expect(durability.isFull)
        #expect(durability.enforcesForeignKeys)
        #expect(durability.busyTimeout == 5000)
        try ledger.write { try $0.record(Sample.message(1)) }
        #expect(try ledger.durability().isFull)
    }

    @Test func aSecondWorkerIsTurnedAway() throws {
        let first = try Ledger.open(folder: folder.path, mode: .work)
        #expect(throws: LedgerError.self) { try Ledger.open(folder: folder.path, mode: .work) }
        do throws(LedgerError) {
            _ = try Ledger.open(folder: folder.path, mode: .work)
        } catch {
            #expect(error.code == .inUse)
        }
        try first.close()
        let next = try Ledger.open(folder: folder.path, mode: .work)
        #expect(try next.durability().isFull)
    }

    @Test func aReaderNeedsNoLockAndWritesNothing() throws {
        let worker = try Ledger.open(folder: folder.path, mode: .work)
        let reader = try Ledger.open(folder: folder.path, mode: .read)
        try worker.write { try $0.record(Sample.message(1)) }
        #expect(try reader.read { try $0.messages() }.count == 1)
        #expect(throws: LedgerError.self) { try reader.write { try $0.record(Sample.message(2)) } }
    }

    @Test func aPersonWritesBesideTheWorker() throws {
        let worker = try Ledger.open(folder: folder.path, mode: .work)
        try worker.write { try $0.enqueue(Sample.notice("<1@office>", held: true)) }
        let console = try Ledger.open(folder: folder.path, mode: .edit)
        #expect(try console.durability().isFull)
        let held = try console.read { try $0.outbox([.held]) }
        try console.write { try $0.release(held[0].id, by: "tuan", at: Sample.noon) }
        #expect(try worker.settleAndClaim([], now: Sample.noon).map(\.messageID) == ["<1@office>"])
    }

    @Test func theLedgerIsForItsOwnerOnly() throws {
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        try ledger.write { try $0.record(Sample.message(1)) }
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "worker.lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func aReaderDoesWithoutAWorker() throws {
        let worker = try Ledger.open(folder: folder.path, mode: .work)
        try worker.write { try $0.record(Sample.message(1)) }
        try worker.close()
        let reader = try Ledger.open(folder: folder.path, mode: .read)
        #expect(try reader.read { try $0.messages() }.count == 1)
    }

    @Test func thereIsNothingToReadInAnEmptyFolder() throws {
        do throws(LedgerError) {
            _ = try Ledger.open(folder: folder.path, mode: .read)
            Issue.record("opened a ledger that is not there")
        } catch {
            #expect(error.code == .missing)
        }
    }

    @Test func whatWasCommittedIsThereAfterReopening() throws {
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        try ledger.write { try $0.record(Sample.message(1)) }
        // As after a crash: the files are copied while the ledger is open, and opened elsewhere.
        let copy = try TestFolder()
        for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: folder.path + "/" + name, toPath: copy.path + "/" + name)
        }
        let revived = try Ledger.open(folder: copy.path, mode: .work)
        #expect(try revived.read { try $0.messages().map(\.message) } == [try Sample.message(1)])
    }

    @Test func aNewerLedgerIsRefused() throws {
        try Ledger.open(folder: folder.path, mode: .work).close()
        let queue = try DatabaseQueue(path: Ledger.path(in: folder.path))
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        for mode in [Ledger.Mode.work, .read] {
            do throws(LedgerError) {
                _ = try Ledger.open(folder: folder.path, mode: mode)
                Issue.record("opened a newer ledger")
            } catch {
                #expect(error.code == .tooNew)
            }
        }
    }

    @Test func everyTableIsStrict() throws {
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        let loose = try ledger.read {
            try $0.rows(
                """
                SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
                AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'
                """
            ) { $0[0] as String }
        }
        #expect(loose == [])
    }

    @Test func aBackupIsWholeWhileTheWorkerGoesOn() throws {
        let ledger = try Ledger.open(folder: folder.path, mode: .work)
        try ledger.write { try $0.record(Sample.message(1)) }
        let copy = try TestFolder()
        let reader = try Ledger.open(folder: folder.path, mode: .read)
        try reader.backup(to: copy.path)
        try ledger.write { try $0.record(Sample.message(2)) }
        let restored = try Ledger.open(folder: copy.path, mode: .work)
        #expect(try restored.read { try $0.messages() }.map(\.message) == [try Sample.message(1)])
        #expect(try restored.durability().isFull)
    }
}
