package import Records

/// A folder on an IMAP server (RFC 9051, and RFC 3501 before it), by libetpan.
///
/// The session owns a thread, since libetpan blocks; calls wait for each other. Each operation has a deadline of its own
/// that even a dripping server cannot stretch, and ends at once when its task is cancelled. After `lost`,
/// `protocolViolation` or `cancelled` the connection is gone, and `open` makes a new one.
package actor IMAPSession: PreviewableMailbox {
    package nonisolated let account: String
    package nonisolated let folder: String
    /// What the server offers, in capitals; empty until the first `open`.
    package private(set) var capabilities: Set<String> = []

    private let server: ServerAddress
    private let trust: TrustSettings
    private let user: String
    private let password: Secret<String>
    private let folders: [MailboxFolder: String]
    private let deadline: Duration
    private let interruption = Interruption()
    private let thread: SessionThread
    private var connection: IMAPConnection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - account: the name of the account, as the ledger knows it.
    ///   - folder: the folder that is read; its levels are divided by `/`.
    ///   - processed: where mail goes that was dealt with.
    ///   - quarantine: where mail goes that waits for a person.
    ///   - deadline: how long an operation may take; what is fetched has a second more for every 64 KiB.
    package init(
        account: String, server: ServerAddress, trust: TrustSettings = .system, user: String, password: Secret<String>,
        folder: String = "INBOX", processed: String = MailboxFolder.processed.rawValue,
        quarantine: String = MailboxFolder.quarantine.rawValue, deadline: Duration = .seconds(60)
    ) {
        self.account = account
        self.folder = folder
        self.server = server
        self.trust = trust
        self.user = user
        self.password = password
        self.deadline = deadline
        folders = [.processed: processed, .quarantine: quarantine]
        thread = SessionThread(name: "imap \(account)")
    }

    deinit {
        thread.retire()
    }

    /// Until when the server's certificate is good, in seconds since 1970; nil while there is no connection, or none
    /// with TLS.
    package var certificateEnds: Int? { connection?.stream.certificateEnds }

    package func open() async throws(MailboxError) -> MailboxStatus {
        try await interruptible { () throws(MailboxError) in
            if let connection, connection.isUsable {
                connection.stream.deadline = .now + deadline
                do throws(MailboxError) {
                    return try connection.select(folder)
                } catch {
                    // Servers end connections that lie idle; that is no trouble worth telling.
                    guard connection.stream.failure == .closed else { throw error }
                }
            }
            return try connect().select(folder)
        }
    }

    package func list(from first: UID) async throws(MailboxError) -> [MailboxEntry] {
        try await onConnection { connection throws(MailboxError) in
            // The last message always matches n:*, however low its UID.
            let uids = try connection.search(.uids(from: first.rawValue)).filter { $0 >= first }
            return try connection.sizes(of: uids)
        }
    }

    package func list(since day: CivilDate) async throws(MailboxError) -> [MailboxEntry] {
        try await onConnection { connection throws(MailboxError) in
            try connection.sizes(of: connection.search(.since(day)))
        }
    }

    package func fetch(_ uids: [UID], maximumBytes: Int) async throws(MailboxError) -> [FetchedMessage] {
        let limit = min(maximumBytes, Int(UInt32.max) - 1)
        return try await onConnection { connection throws(MailboxError) in
            try connection.messages(uids, maximumBytes: limit)
        }
    }

    /// Opens the folders for reading alone, and the first one again as it was.
    package func newestHeaders(_ count: Int) async throws(MailboxError) -> [MailPreview] {
        try await onConnection { connection throws(MailboxError) in
            var found: [MailPreview] = []
            for name in [folder] + folders.values {
                try connection.examine(name)
                let uids = try connection.search(.uids(from: 1)).suffix(count)
                let headers = try connection.headers(of: Array(uids), bytes: MailPreview.limit)
                found += headers.map { MailPreview(received: $0.received, bytes: $0.bytes) }
            }
            _ = try connection.select(folder)
            return MailPreview.newest(count, of: found)
        }
    }

    package func move(_ uids: [UID], to destination: MailboxFolder) async throws(MailboxError) {
        let target = name(of: destination)
        try await onConnection { connection throws(MailboxError) in
            try connection.move(uids, to: target)
        }
    }

    private func name(of folder: MailboxFolder) -> String { folders[folder] ?? folder.rawValue }

    package func release(_ bytes: [UInt8], to destination: MailboxFolder) async throws(MailboxError) -> Bool {
        let target = name(of: destination)
        return try await onConnection { connection throws(MailboxError) in
            _ = try connection.select(name(of: .quarantine))
            let all = try connection.sizes(of: connection.search(.uids(from: 1)))
            var found: UID?
            for entry in Self.likely(all, size: bytes.count) where found == nil {
                let messages = try connection.messages([entry.uid], maximumBytes: bytes.count)
                found = messages.first { $0.bytes == bytes }?.uid
            }
            if let found { try connection.move([found], to: target) }
            _ = try connection.select(folder)
            return found != nil
        }
    }

    /// Some servers count line ends otherwise than they send them: the nearest sizes first, and not without end.
    private static func likely(_ entries: [MailboxEntry], size: Int) -> ArraySlice<MailboxEntry> {
        entries.sorted { abs($0.size - size) < abs($1.size - size) }.prefix(20)
    }

    package func waitForNews(upTo limit: Duration) async throws(MailboxError) {
        guard capabilities.contains("IDLE") else { return try await pause(limit) }
        try await onConnection { connection throws(MailboxError) in
            // A server may end a connection that idles for half an hour (RFC 2177, 3).
            try connection.idle(upTo: min(limit, .seconds(29 * 60)), answerTime: deadline)
        }
    }

    package func close() async {
        interruption.reset()
        if let connection, connection.isUsable {
            connection.stream.deadline = .now + min(deadline, .seconds(5))
            connection.logOut()
        }
        connection = nil
    }

    private func connect() throws(MailboxError) -> IMAPConnection {
        connection = nil
        let made = try IMAPConnection(
            to: server, trust: trust, user: user, password: password, deadline: .now + deadline,
            interruption: interruption)
        for name in folders.values.sorted() { try made.ensure(name) }
        capabilities = made.capabilities
        connection = made
        return made
    }

    /// Runs an operation on the open connection; forgets the connection when it broke.
    private func onConnection<Value: Sendable>(
        _ operation: (IMAPConnection) throws(MailboxError) -> Value
    ) async throws(MailboxError) -> Value {
        try await interruptible { () throws(MailboxError) in
            guard let connection, connection.isUsable else { throw .lost("not open") }
            connection.stream.deadline = .now + deadline
            return try operation(connection)
        }
    }

    /// Runs blocking work that the cancellation of the task ends.
    private func interruptible<Value: Sendable>(
        _ work: () throws(MailboxError) -> Value
    ) async throws(MailboxError) -> Value {
        interruption.reset()
        let interruption = interruption
        let result = await withTaskCancellationHandler {
            // Capturing the actor keeps the closure on its thread; one that captures nothing would run on the shared pool.
            preconditionIsolated()
            guard !Task.isCancelled else { return Result<Value, MailboxError>.failure(.cancelled) }
            return Result { () throws(MailboxError) in try work() }
        } onCancel: {
            interruption.raise()
        }
        if let connection, !connection.isUsable { self.connection = nil }
        return try result.get()
    }

    private func pause(_ limit: Duration) async throws(MailboxError) {
        do {
            try await Task.sleep(for: limit)
        } catch {
            throw .cancelled
        }
    }
}
