import Foundation
import GRDB
import Synchronization

/// The office's books: what came in, how it was judged, what was answered. Calls block; call from a thread of your own.
///
/// Everything is kept in `ledger.sqlite` of the data folder, in WAL mode with `synchronous=FULL`: what a call has
/// returned from committing survives the loss of power.
package final class Ledger: Sendable {
    package enum Mode: Sendable {
        /// The worker: one at a time per folder.
        case work
        /// A person's press beside the worker, who may be running or not: writes wait for each other.
        case edit
        /// Anybody else, at any time.
        case read
    }

    let pool: DatabasePool
    /// The figures of filed revisions, decoded once.
    let figures = FiguresCache()
    private let lock: Mutex<FolderLock?>

    /// How long a call waits for another process that writes, in seconds.
    static let busyTimeout: TimeInterval = 5

    /// Opens the ledger of a data folder; for working it is made or brought up to date where needed.
    /// - Throws: `inUse`, `missing`, `tooNew`, `surroundings`.
    package static func open(folder: String, mode: Mode) throws(LedgerError) -> Ledger {
        switch mode {
        case .work: try Ledger(working: folder)
        case .edit: try Ledger(beside: folder, isReadOnly: false)
        case .read: try Ledger(beside: folder, isReadOnly: true)
        }
    }

    private init(working folder: String) throws(LedgerError) {
        lock = Mutex(try FolderLock(folder: folder))
        let path = Self.path(in: folder)
        if !FileManager.default.fileExists(atPath: path) {
            // Personal data: nobody else reads it. SQLite gives its other files the same permissions.
            _ = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: NSNumber(value: 0o600)])
        }
        pool = try LedgerError.wrap {
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            try pool.read { try Self.refuseNewer($0, in: folder) }
            try Migrations.all.migrate(pool)
            try Self.synchronizeFully(pool)
            return pool
        }
    }

    private init(beside folder: String, isReadOnly: Bool) throws(LedgerError) {
        lock = Mutex(nil)
        let path = Self.path(in: folder)
        guard FileManager.default.fileExists(atPath: path) else {
            throw LedgerError(.missing, "there is no ledger in \(folder)")
        }
        pool = try LedgerError.wrap {
            var configuration = Self.configuration()
            configuration.readonly = isReadOnly
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.read { db in
                try Self.refuseNewer(db, in: folder)
                if try !Migrations.all.hasCompletedMigrations(db) {
                    throw LedgerError(.missing, "the ledger in \(folder) awaits the worker's first start")
                }
            }
            if !isReadOnly { try Self.synchronizeFully(pool) }
            return pool
        }
    }

    private static func refuseNewer(_ db: Database, in folder: String) throws {
        guard try Migrations.all.hasBeenSuperseded(db) else { return }
        throw LedgerError(.tooNew, "the ledger in \(folder) was written by a newer version")
    }

    /// GRDB sets NORMAL when it opens a pool, after whatever `prepareDatabase` has set.
    private static func synchronizeFully(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    /// Closes the file and gives the folder free. Calls that are still running make it fail.
    package func close() throws(LedgerError) {
        try LedgerError.wrap { try pool.close() }
        lock.withLock { $0 = nil }
    }

    static func path(in folder: String) -> String { folder + "/ledger.sqlite" }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "ledger"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        return configuration
    }
}

// MARK: - Reading and writing

extension Ledger {
    /// Reads from one unchanging state of the ledger, while others may write.
    /// - Throws: the engine's errors as `LedgerError`, the body's own as they are; `write` likewise.
    package func read<T>(_ body: (LedgerView) throws -> T) throws -> T {
        do {
            return try pool.read { try body(LedgerView(db: $0, figures: figures)) }
        } catch {
            throw LedgerError(error) ?? error
        }
    }

    /// One transaction: everything that the body writes, or nothing.
    @discardableResult
    package func write<T>(_ body: (LedgerTransaction) throws -> T) throws -> T {
        let fresh = FreshRevisions()
        do {
            return try pool.write { try body(LedgerTransaction(db: $0, figures: figures, fresh: fresh)) }
        } catch {
            figures.forget(fresh.ids)
            throw LedgerError(error) ?? error
        }
    }

    /// Commits a batch in one transaction, with a savepoint for each item: the second item sees what the first has written.
    ///
    /// What an item throws rolls back that item only and is its result. Trouble with the surroundings (disk full, I/O, a lock)
    /// rolls back the whole batch and is thrown: it counts against no item.
    package func commit<Item, Value>(
        _ items: [Item], _ body: (Item, LedgerTransaction) throws -> Value
    ) throws(LedgerError) -> [Result<Value, any Error>] {
        let fresh = FreshRevisions()
        do {
            return try pool.write { db in
                try items.map { try savepoint($0, LedgerTransaction(db: db, figures: figures, fresh: fresh), body) }
            }
        } catch {
            figures.forget(fresh.ids)
            throw LedgerError(error) ?? LedgerError(.surroundings, "\(error)")
        }
    }

    private func savepoint<Item, Value>(
        _ item: Item, _ transaction: LedgerTransaction, _ body: (Item, LedgerTransaction) throws -> Value
    ) throws -> Result<Value, any Error> {
        let before = transaction.fresh.ids.count
        do {
            var value: Value?
            try transaction.db.inSavepoint {
                value = try body(item, transaction)
                return .commit
            }
            guard let value else { throw LedgerError(.surroundings, "a savepoint was not run") }
            return .success(value)
        } catch {
            let trouble = LedgerError(error)
            if let trouble, trouble.code == .surroundings { throw trouble }
            figures.forget(transaction.fresh.ids[before...])
            return .failure(trouble ?? error)
        }
    }

    /// What the writing connection runs with, as SQLite itself says.
    package func durability() throws(LedgerError) -> Durability {
        try LedgerError.wrap {
            try pool.writeWithoutTransaction { db in
                Durability(
                    journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                    synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1,
                    enforcesForeignKeys: try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") ?? false,
                    busyTimeout: try Int.fetchOne(db, sql: "PRAGMA busy_timeout") ?? 0)
            }
        }
    }

    /// Writes a consistent copy of the ledger as `ledger.sqlite` into another folder, while the worker goes on.
    package func backup(to folder: String) throws(LedgerError) {
        try LedgerError.wrap {
            let copy = try DatabaseQueue(path: Self.path(in: folder))
            try pool.backup(to: copy)
            try copy.close()
        }
    }
}

/// The writing connection's settings that decide what survives the loss of power.
package struct Durability: Hashable, Sendable {
    package let journalMode: String
    /// 2 is FULL.
    package let synchronous: Int
    package let enforcesForeignKeys: Bool
    /// Milliseconds.
    package let busyTimeout: Int

    package var isFull: Bool { journalMode == "wal" && synchronous == 2 }
}
