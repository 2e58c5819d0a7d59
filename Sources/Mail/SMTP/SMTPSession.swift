package import Records

/// A submission server (RFC 6409) to which the office hands its letters, by libetpan.
///
/// The session owns a thread, since libetpan blocks; messages wait for each other and share a connection, which is made at
/// the first message and made anew when the server has ended it in between.
package actor SMTPSession: MailTransport {
    private let server: ServerAddress
    private let trust: TrustSettings
    private let credentials: SMTPCredentials?
    private let ownName: String
    private let deadline: Duration
    private let interruption = Interruption()
    private let thread: SessionThread
    private var connection: SMTPConnection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Connects to nothing yet.
    /// - Parameters:
    ///   - user: nil to send without signing in.
    ///   - ownName: what we call ourselves in EHLO, a host name that others can resolve.
    ///   - deadline: how long one message may take; a large one has a second more for every 64 KiB. Generous, since a server
    ///     that is left alone after the data may have taken the message (RFC 5321, 4.5.3.2.6).
    package init(
        server: ServerAddress, trust: TrustSettings = .system, user: String? = nil, password: Secret<String>? = nil,
        ownName: String = "localhost", deadline: Duration = .seconds(300)
    ) {
        self.server = server
        self.trust = trust
        credentials = user.map { SMTPCredentials(user: $0, password: password ?? Secret("")) }
        self.ownName = ownName
        self.deadline = deadline
        thread = SessionThread(name: "smtp \(server.host)")
    }

    deinit {
        thread.retire()
    }

    package func send(
        _ message: [UInt8], from sender: String, to recipient: String, copies: [String]
    ) async -> DeliveryResult {
        let addresses = ([sender, recipient] + copies).map { MailAddress($0)?.address }
        guard let sender = addresses[0], let recipient = addresses[1], !addresses.contains(nil) else {
            return .refused(code: nil, "no address that may be put on the wire")
        }
        return await interruptible {
            let letter = Letter(
                message: message, sender: sender, recipient: recipient,
                copies: addresses.dropFirst(2).compactMap(\.self))
            if let connection, connection.isUsable {
                // The server may have ended a connection that lay idle; nothing has been said of this message yet.
                if let result = transact(letter, on: connection) { return result }
                self.connection = nil
            }
            do throws(SMTPFailure) {
                let fresh = try connect(for: message.count)
                return transact(letter, on: fresh) ?? .deferred(code: nil, "the server ends every connection")
            } catch {
                return error.unreachable
            }
        }
    }

    package func check() async -> String? {
        let result = await interruptible {
            if let connection, connection.isUsable { return .sent("") }
            do throws(SMTPFailure) {
                _ = try connect(for: 0)
                return .sent("")
            } catch {
                return error.unreachable
            }
        }
        return switch result {
        case .sent: nil
        case .deferred(_, let words), .refused(_, let words), .unknown(let words), .unreachable(let words): words
        }
    }

    package func close() async {
        interruption.reset()
        if let connection, connection.isUsable {
            connection.stream.deadline = .now + min(deadline, .seconds(5))
            connection.quit()
        }
        connection = nil
    }

    private struct Letter {
        let message: [UInt8]
        let sender: String
        let recipient: String
        let copies: [String]
    }

    /// What a server may say during one message.
    private static let replyAllowance = 256 << 10

    private func connect(for size: Int) throws(SMTPFailure) -> SMTPConnection {
        let made = try SMTPConnection(
            to: server, trust: trust, credentials: credentials, ownName: ownName, deadline: .now + deadline,
            interruption: interruption)
        connection = made
        return made
    }

    /// One message; nil when the connection ended before anything was said of it.
    private func transact(_ letter: Letter, on connection: SMTPConnection) -> DeliveryResult? {
        connection.stream.deadline = .now + deadline
        connection.stream.allowance = Self.replyAllowance
        if let limit = connection.maximumMessageSize, letter.message.count > limit {
            return .refused(code: 552, "\(letter.message.count) bytes; the server takes \(limit)")
        }
        do throws(SMTPFailure) {
            try connection.mail(from: letter.sender, size: letter.message.count)
        } catch {
            if error.isIdleEnd { return nil }
            return failed(error.beforeData, error, on: connection)
        }
        var refused: [String] = []
        do throws(SMTPFailure) {
            try connection.recipient(letter.recipient)
            refused = try refusedCopies(of: letter, on: connection)
            try connection.data(letter.message)
        } catch {
            return failed(error.beforeData, error, on: connection)
        }
        do throws(SMTPFailure) {
            return .sent(([try connection.verdict()] + refused).joined(separator: "; "))
        } catch {
            return failed(error.afterData, error, on: connection)
        }
    }

    /// The copies that the server does not take, with its words.
    private func refusedCopies(of letter: Letter, on connection: SMTPConnection) throws(SMTPFailure) -> [String] {
        var refused: [String] = []
        for copy in letter.copies {
            do throws(SMTPFailure) {
                try connection.recipient(copy)
            } catch {
                guard case .reply(let code, let text) = error, !error.endsConnection else { throw error }
                refused.append("no copy to \(copy): \(code) \(text)")
            }
        }
        return refused
    }

    /// Leaves the connection fit for the next message, or leaves the connection.
    private func failed(
        _ result: DeliveryResult, _ failure: SMTPFailure, on connection: SMTPConnection
    ) -> DeliveryResult {
        do throws(SMTPFailure) {
            if failure.endsConnection { throw failure }
            try connection.reset()
        } catch {
            self.connection = nil
        }
        return result
    }

    /// Runs blocking work that the cancellation of the task ends.
    private func interruptible(_ work: () -> DeliveryResult) async -> DeliveryResult {
        interruption.reset()
        let interruption = interruption
        return await withTaskCancellationHandler {
            // Capturing the actor keeps the closure on its thread; one that captures nothing would run on the shared pool.
            preconditionIsolated()
            return Task.isCancelled ? .deferred(code: nil, "cancelled") : work()
        } onCancel: {
            interruption.raise()
        }
    }
}
