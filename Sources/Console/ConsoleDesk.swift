package import Accounts
package import Foundation
package import Intake
package import Ledger
package import Logging
import Records
import Synchronization

/// What every page works with: the books, the office as it stands now, and a few threads for work that blocks.
package final class ConsoleDesk: Sendable {
    let ledger: Ledger
    let archive: Archive
    let passwords: PasswordDesk
    let logger: Logger
    let now: @Sendable () -> Date
    /// Behind a proxy that speaks TLS: the cookie goes back over TLS only.
    let isBehindTLS: Bool
    let throttle = Mutex(SignInThrottle())
    /// The line through the house, for what comes by hand.
    let pipeline: @Sendable (Office) -> Pipeline
    /// How the machine and the mailbox stand.
    let health: @Sendable () -> OfficeHealth
    let folder: FormsFolder
    let editor: FormsEditor
    let edits = StagedEdits()
    private let office: OfficeAtHand
    private let threads: OperationQueue

    /// - Parameter read: reads the forms folder anew; called when something in it has changed.
    package init(
        ledger: Ledger, archive: Archive, passwords: PasswordDesk, office: Office, folder: FormsFolder,
        read: @escaping @Sendable () throws -> Office, pipeline: @escaping @Sendable (Office) -> Pipeline,
        health: @escaping @Sendable () -> OfficeHealth,
        isBehindTLS: Bool, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.ledger = ledger
        self.archive = archive
        self.passwords = passwords
        self.logger = logger
        self.now = now
        self.isBehindTLS = isBehindTLS
        self.pipeline = pipeline
        self.health = health
        self.folder = folder
        editor = FormsEditor(folder: folder, zone: office.zone, published: PublishedForms(ledger))
        self.office = OfficeAtHand(office, folder: folder, read: read, logger: logger)
        threads = OperationQueue()
        threads.maxConcurrentOperationCount = 4
    }

    /// Looks something up in one unchanging state of the ledger.
    func read<T: Sendable>(_ body: @escaping @Sendable (LedgerView, Office) throws -> T) async throws -> T {
        try await work { [self] in
            let office = office.current(now())
            return try ledger.read { try body($0, office) }
        }
    }

    /// One transaction.
    func write<T: Sendable>(_ body: @escaping @Sendable (LedgerTransaction, Office) throws -> T) async throws -> T {
        try await work { [self] in
            let office = office.current(now())
            return try ledger.write { try body($0, office) }
        }
    }

    /// The office as it stands now; may read files.
    var currentOffice: Office { office.current(now()) }

    /// What was just put into the forms folder counts at once.
    func lookAgain() { office.lookAgain() }

    /// Runs what blocks on a thread of its own.
    func work<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            threads.addOperation { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// The office as the forms folder says, read anew after an edit that is in order.
private final class OfficeAtHand: Sendable {
    private struct State {
        var office: Office
        var contents: FormsContents
        var looked: Date
    }

    private let state: Mutex<State>
    private let folder: FormsFolder
    private let read: @Sendable () throws -> Office
    private let logger: Logger

    /// Seconds between two looks at the folder.
    private static let pause: TimeInterval = 10

    init(_ office: Office, folder: FormsFolder, read: @escaping @Sendable () throws -> Office, logger: Logger) {
        state = Mutex(
            State(office: office, contents: FormsContents(of: folder), looked: Date(timeIntervalSince1970: 0)))
        self.folder = folder
        self.read = read
        self.logger = logger
    }

    func lookAgain() { state.withLock { $0.looked = .distantPast } }

    func current(_ now: Date) -> Office {
        state.withLock { state in
            guard now.timeIntervalSince(state.looked) > Self.pause else { return state.office }
            state.looked = now
            let contents = FormsContents(of: folder)
            guard !contents.names(changedSince: state.contents).isEmpty else { return state.office }
            state.contents = contents
            do {
                state.office = try read()
            } catch {
                logger.error("edited forms are not in order; the console goes on with those before")
            }
            return state.office
        }
    }
}
