import Accounts
import Foundation
import Hummingbird
import Ledger
import Logging
import Synchronization

/// Signing in and out.
struct SignIn: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("dang-nhap") { _, _ in try pages.bare(SignInPage(trouble: nil, name: "")) }
        router.post("dang-nhap") { request, context in try await enter(request, context) }
        router.post("dang-xuat") { request, context in try await leave(request, context) }
    }

    private func enter(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let form = try await FormFields(request, of: nil)
        let (name, password) = (form["ten"].lowercased(), form.raw("mat_khau"))
        let (now, address) = (desk.now(), context.address)
        let pause = desk.throttle.withLock { $0.wait(name: name, address: address, at: now) }
        guard pause <= 0 else {
            return try refuse(.tooManyRequests, SignInPage.wait(seconds: Int(pause.rounded(.up))), name)
        }
        let account = try await desk.read { stored, _ in try stored.account(name) }
        let isRight: Bool
        do {
            isRight = try await desk.passwords.matches(
                password, account.map { PasswordHash(stored: $0.password) })
        } catch {
            return try refuse(.serviceUnavailable, SignInPage.busy, name)
        }
        guard let account, isRight, !account.isDisabled else {
            desk.throttle.withLock { $0.failed(name: name, address: address, at: now) }
            desk.logger.notice("a sign-in failed", metadata: ["address": "\(address)"])
            return try refuse(.unauthorized, SignInPage.wrong, name)
        }
        desk.throttle.withLock { $0.succeeded(name: name, address: address) }
        // Always a new token: one that somebody else has put into the browser is worth nothing.
        let (token, csrf) = (SessionToken.make(), SessionToken.make())
        try await desk.write { transaction, _ in
            try transaction.endSessions(
                begunBefore: now - SessionGate.longest, unusedSince: now - SessionGate.idle)
            try transaction.openSession(
                SessionToken.hash(token), of: account.name, csrf: csrf, from: address, at: now)
        }
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(cookie(token))
        return response
    }

    private func leave(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Set(Role.allCases))
        _ = try await FormFields(request, of: visitor)
        if let token = request.cookies[SessionGate.cookie]?.value {
            try await desk.write { transaction, _ in try transaction.closeSession(SessionToken.hash(token)) }
        }
        var response = Response.redirect(to: "/dang-nhap", type: .normal)
        response.setCookie(cookie("", maxAge: 0))
        return response
    }

    private func refuse(_ status: HTTPResponse.Status, _ words: String, _ name: String) throws -> Response {
        var response = try pages.bare(SignInPage(trouble: words, name: name))
        response.status = status
        return response
    }

    private func cookie(_ token: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: SessionGate.cookie, value: token, maxAge: maxAge, path: "/", secure: desk.isBehindTLS,
            httpOnly: true, sameSite: .lax)
    }
}

struct SignInPage: Page {
    /// What went wrong before.
    let trouble: String?
    let name: String

    var title: String { "Đăng nhập" }
    static let place: Place? = nil
    static let wrong = "Tên hoặc mật khẩu chưa đúng."
    static let busy = "Nhiều người đang đăng nhập cùng lúc. Chờ một phút rồi thử lại."
    static func wait(seconds: Int) -> String { "Đã nhập sai nhiều lần. Chờ \(seconds) giây rồi thử lại." }

    static let template = """
        <form class="sign-in" method="post" action="/dang-nhap">
        <h1>Formpost</h1>
        {{#trouble}}<p class="trouble" role="alert">{{.}}</p>{{/trouble}}
        <label for="ten">Tên đăng nhập</label>
        <input id="ten" name="ten" value="{{name}}" autocomplete="username" required autofocus>
        <label for="mat_khau">Mật khẩu</label>
        <input id="mat_khau" name="mat_khau" type="password" autocomplete="current-password" required>
        <button class="main">Đăng nhập</button>
        <p class="hint">Chưa có tài khoản hoặc quên mật khẩu: gọi người quản trị của Phòng.</p>
        </form>
        """
}
