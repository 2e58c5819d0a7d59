package import Ledger
import Mail

/// The ledger and the archive, on a thread of their own: their calls block, and the shared pool has two threads.
package actor Books {
    private let ledger: Ledger
    private let archive: Archive
    private let thread: SessionThread

    package init(ledger: Ledger, archive: Archive) {
        self.ledger = ledger
        self.archive = archive
        thread = SessionThread(name: "books")
    }

    deinit { thread.retire() }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Runs a body that may block. Calls run one after another.
    package func run<Value: Sendable>(_ body: @Sendable (Ledger, Archive) throws -> Value) throws -> Value {
        try body(ledger, archive)
    }
}
