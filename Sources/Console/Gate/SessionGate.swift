import Accounts
import Foundation
import Hummingbird
import Ledger

/// Knows the browser again by its cookie.
struct SessionGate: RouterMiddleware {
    typealias Context = ConsoleContext

    let desk: ConsoleDesk

    static let cookie = "formpost"
    /// Seconds: nobody works longer without a pause; a screen left alone is closed.
    static let longest: TimeInterval = 12 * 3600
    static let idle: TimeInterval = 2 * 3600
    /// When a session was last used is written no more often than this.
    private static let step: TimeInterval = 60

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let token = request.cookies[Self.cookie]?.value, token.utf8.count < 128 {
            context.visitor = try await visitor(token, context.address)
        }
        return try await next(request, context)
    }

    private func visitor(_ token: String, _ address: String) async throws -> Visitor? {
        let (hash, now) = (SessionToken.hash(token), desk.now())
        let session = try await desk.read { stored, _ in try stored.session(tokenHash: hash) }
        guard let session, now.timeIntervalSince(session.created) < Self.longest,
            now.timeIntervalSince(session.seen) < Self.idle
        else { return nil }
        if now.timeIntervalSince(session.seen) > Self.step {
            try await desk.write { transaction, _ in try transaction.touchSession(hash, at: now) }
        }
        return Visitor(account: session.account, csrf: session.csrf, address: address)
    }
}
