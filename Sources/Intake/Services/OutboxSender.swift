package import Foundation
import Ledger
package import Logging
package import Mail

/// Drains the outbox: claims notices (committed as `sending` before DATA), hands them over, and records what came of it.
package struct OutboxSender: Sendable {
    let books: Books
    let transport: any MailTransport
    /// The envelope's return path.
    let returnPath: MailAddress
    let logger: Logger
    /// Notices claimed in one commit: after a crash at most so many are unknown.
    private static let claimSize = 32

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

    /// Sends everything that is due.
    /// - Parameter goOn: asked between claims.
    /// - Returns: how many were sent.
    package func drain(now: @Sendable () -> Date, goOn: @Sendable () -> Bool = { true }) async throws -> Int {
        var sent = 0
        while goOn() {
            let instant = now()
            let claimed = try await books.ledger { ledger in try ledger.claim(limit: Self.claimSize, now: instant) }
            if claimed.isEmpty { break }
            var outcomes: [(ClaimedNotice, DeliveryOutcome)] = []
            var serverIsGone = false
            for notice in claimed {
                let result: DeliveryResult =
                    serverIsGone
                    ? .unreachable("the server was not there for an earlier notice")
                    : await transport.send(notice.mime, from: envelopeSender(of: notice), to: notice.recipient)
                if case .unreachable(let detail) = result {
                    if !serverIsGone { logger.warning("outgoing server: \(detail)") }
                    serverIsGone = true
                }
                let outcome = DeliveryOutcome(result)
                if case .sent = outcome { sent += 1 }
                if case .refused(let words) = outcome {
                    logger.error("notice refused", metadata: ["to": "\(notice.recipient)", "answer": "\(words)"])
                }
                outcomes.append((notice, outcome))
            }
            let settled = outcomes.map { (id: $0.0.id, outcome: $0.1) }
            let end = now()
            try await books.ledger { ledger in try ledger.settle(settled, now: end) }
            if serverIsGone { break }
        }
        return sent
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
