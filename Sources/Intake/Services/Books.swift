package import Ledger
import Mail

/// The ledger and the archive, each on a thread of its own: their calls block, and the shared pool has two threads.
package struct Books: Sendable {
    private let ledgerThread: OwnThread<Ledger>
    private let archiveThread: OwnThread<Archive>

    package init(ledger: Ledger, archive: Archive) {
        ledgerThread = OwnThread(ledger, name: "ledger")
        archiveThread = OwnThread(archive, name: "archive")
    }

    /// Runs a body on the ledger's thread. Calls run one after another.
    package func ledger<Value: Sendable>(_ body: @Sendable (Ledger) throws -> Value) async throws -> Value {
        try await ledgerThread.run(body)
    }

    /// Runs a body on the archive's thread, beside whatever the ledger does.
    package func archive<Value: Sendable>(_ body: @Sendable (Archive) throws -> Value) async throws -> Value {
        try await archiveThread.run(body)
    }
}

/// Something whose calls block, behind a thread of its own.
private actor OwnThread<Resource: Sendable> {
    private let resource: Resource
    private let thread: SessionThread

    init(_ resource: Resource, name: String) {
        self.resource = resource
        thread = SessionThread(name: name)
    }

    deinit { thread.retire() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    func run<Value: Sendable>(_ body: @Sendable (Resource) throws -> Value) throws -> Value {
        try body(resource)
    }
}
