package import Foundation
import Ledger
package import Logging
package import Mail

/// Drains the outbox: claims notices (committed as `sending` before DATA), hands them over, and records what came of them.
package struct OutboxSender: Sendable {
    let books: Books
    let transport: any MailTransport
    /// The envelope's return path.
    let returnPath: MailAddress
    let logger: Logger

    package init(books: Books, transport: any MailTransport, returnPath: MailAddress, logger: Logger) {
        self.books = books
        self.transport = transport
        self.returnPath = returnPath
        self.logger = logger
    }

    /// What was found in `sending` when the worker started may have gone out: it is repeated once or shown to a person.
    package func recover(now: Date) async throws {
        let interrupted = try await books.ledger { ledger in try ledger.recoverInterrupted(now: now) }
        if interrupted > 0 {
            logger.warning("notices were interrupted while being sent", metadata: ["count": "\(interrupted)"])
        }
    }

    /// Sends everything that is due, a handful in each commit. The connection is there before anything is claimed, so that
    /// only what is said about the notices themselves can be interrupted; when it is lost for good, the rest waits.
    /// - Parameter goOn: asked between notices.
    /// - Returns: how many were sent.
    package func drain(now: @Sendable () -> Date, goOn: @Sendable () -> Bool = { true }) async throws -> Int {
        let start = now()
        guard try await books.ledger({ ledger in try ledger.hasDueNotice(now: start) }) else { return 0 }
        if let trouble = await transport.check() {
            logger.warning("outgoing server: \(LogText(trouble))")
            return 0
        }
        var sent = 0
        var isServerThere = true
        var claimed = try await exchange([], at: now())
        while !claimed.isEmpty {
            var settled: [(id: OutboxEntry.ID, outcome: DeliveryOutcome)] = []
            for notice in claimed {
                guard settled.isEmpty || isServerThere && goOn() else {
                    settled.append((notice.id, .notTried))
                    continue
                }
                let result = await send(notice)
                if case .sent = result { sent += 1 }
                if case .unreachable = result { isServerThere = false }
                settled.append((notice.id, DeliveryOutcome(result)))
            }
            guard isServerThere, goOn() else {
                let (ended, end) = (settled, now())
                try await books.ledger { ledger in try ledger.settle(ended, now: end) }
                break
            }
            claimed = try await exchange(settled, at: now())
        }
        return sent
    }

    private func send(_ notice: ClaimedNotice) async -> DeliveryResult {
        let result = await transport.send(
            notice.mime, from: envelopeSender(of: notice), to: notice.recipient, copies: notice.copies)
        if case .refused(let words) = DeliveryOutcome(result) {
            logger.error("notice refused", metadata: ["to": "\(notice.recipient)", "answer": "\(LogText(words))"])
        }
        if case .unreachable(let trouble) = result { logger.warning("outgoing server: \(LogText(trouble))") }
        return result
    }

    private func exchange(
        _ settled: [(id: OutboxEntry.ID, outcome: DeliveryOutcome)], at now: Date
    ) async throws -> [ClaimedNotice] {
        try await books.ledger { ledger in try ledger.settleAndClaim(settled, now: now) }
    }

    /// The office's own address with a token, so that a delivery report finds its notice; a null one would get none.
    private func envelopeSender(of notice: ClaimedNotice) -> String {
        OutgoingMessage.returnPath(of: returnPath, token: String(notice.id.rawValue, radix: 36)) ?? returnPath.address
    }
}

extension DeliveryOutcome {
    init(_ result: DeliveryResult) {
        func words(_ code: Int?, _ text: String) -> String { code.map { "\($0) \(text)" } ?? text }
        self =
            switch result {
            case .sent(let text): .sent(text)
            case .deferred(let code, let text): .deferred(words(code, text))
            case .refused(let code, let text): .refused(words(code, text))
            case .unknown(let text): .unknown(text)
            case .unreachable(let text): .deferred(text)
            }
    }
}
