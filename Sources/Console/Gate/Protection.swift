import HTTPTypes
import Hummingbird
import Ledger
import Logging

/// Stands before everything: security headers on every answer, no form from another site, and errors as pages.
struct Protection: RouterMiddleware {
    typealias Context = ConsoleContext

    let pages: PageWriter

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            if request.method == .post, Self.isFromElsewhere(request) { throw Turned.forged }
            response = try await next(request, context)
        } catch let turned as Turned {
            response = try answer(turned, context)
        } catch let error as any HTTPResponseError {
            response = try pages.trouble(error.status, TroublePage(error.status), context.visitor)
        } catch {
            // Never what the error says: it may quote what somebody wrote.
            let code = (error as? LedgerError).map { ".\($0.code)" } ?? ""
            context.logger.error("a page failed", metadata: ["error": "\(type(of: error))\(code)"])
            response = try pages.trouble(
                .internalServerError, TroublePage(.internalServerError), context.visitor)
        }
        Self.protect(&response)
        return response
    }

    private func answer(_ turned: Turned, _ context: ConsoleContext) throws -> Response {
        switch turned {
        case .toSignIn: .redirect(to: "/dang-nhap", type: .normal)
        case .away: try pages.trouble(.forbidden, TroublePage(.forbidden), context.visitor)
        case .notFound: try pages.trouble(.notFound, TroublePage(.notFound), context.visitor)
        case .forged: try pages.trouble(.forbidden, .forged, context.visitor)
        case .back(let words): try pages.trouble(.badRequest, TroublePage(words: words), context.visitor)
        }
    }

    /// Browsers say where a form comes from (Fetch Metadata; RFC 6454 Origin); one that says nothing is too old for
    /// that, and its session's token is looked at all the same.
    private static func isFromElsewhere(_ request: Request) -> Bool {
        if let site = request.headers[fields: secFetchSite].first?.value, site != "same-origin", site != "none" {
            return true
        }
        guard let origin = request.headers[.origin], let host = request.head.authority else { return false }
        return !origin.hasSuffix("://" + host)
    }

    private static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin

    private static func protect(_ response: inout Response) {
        for (name, value) in headers where response.headers[name] == nil { response.headers[name] = value }
    }

    private static let headers: [(HTTPField.Name, String)] =
        [
            (
                .contentSecurityPolicy,
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'"
            ),
            (.xContentTypeOptions, "nosniff"),
            (.cacheControl, "no-store"),
        ]
        + [
            ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", "camera=(), microphone=()"),
        ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
