import Accounts
import Foundation
import Hummingbird
import Intake
import Ledger

/// Accounts and the journal, for the administrator.
struct AccountPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("quan-tri") { request, context in
            let visitor = try context.visitor(at: .administration)
            let before = request.uri.queryParameters["truoc"].flatMap { Int64($0) }
            let now = desk.now()
            let health = try await desk.work { [desk] in desk.health() }
            let page = try await desk.read { try AdministrationPage(before: before, $0, $1, health, now) }
            return try await pages.page(page, for: visitor)
        }
        router.post("quan-tri/tai-khoan") { request, context in try await add(request, context) }
        router.post("quan-tri/tai-khoan/:ten/mat-khau") { request, context in try await setPassword(request, context) }
        router.post("quan-tri/tai-khoan/:ten/khoa") { request, context in
            try await setDisabled(true, request, context)
        }
        router.post("quan-tri/tai-khoan/:ten/mo") { request, context in
            try await setDisabled(false, request, context)
        }
    }

    private func add(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.administrator])
        let form = try await FormFields(request, of: visitor)
        let (name, display) = (form["ten"].lowercased(), form["ho_ten"])
        guard AccountRecord.isName(name) else {
            throw Turned.back("Tên đăng nhập gồm 2 đến 32 chữ thường không dấu, chữ số, dấu chấm, gạch.")
        }
        guard !display.isEmpty, let role = Role(rawValue: form["vai_tro"]) else {
            throw Turned.back("Ghi họ tên và chọn vai trò.")
        }
        let (hash, now) = (try await hash(form.raw("mat_khau")), desk.now())
        let account = AccountRecord(name: name, display: display, role: role, password: hash, created: now)
        try await desk.write { transaction, _ in
            do {
                try transaction.add(account, by: visitor.who)
            } catch let error as LedgerError where error.code == .conflict {
                throw Turned.back("Đã có tài khoản \(name).")
            }
        }
        return .redirect(to: "/quan-tri", type: .normal)
    }

    private func setPassword(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.administrator])
        let form = try await FormFields(request, of: visitor)
        let (name, now) = (context.parameters.get("ten") ?? "", desk.now())
        let hash = try await hash(form.raw("mat_khau"))
        try await desk.write { transaction, _ in
            guard try transaction.stored.account(name) != nil else { throw Turned.notFound }
            try transaction.setPassword(hash, of: name, by: visitor.who, at: now)
        }
        return .redirect(to: "/quan-tri", type: .normal)
    }

    private func setDisabled(
        _ isDisabled: Bool, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let visitor = try context.visitor([.administrator])
        _ = try await FormFields(request, of: visitor)
        let (name, now) = (context.parameters.get("ten") ?? "", desk.now())
        guard name != visitor.account.name else { throw Turned.back("Không tự khóa tài khoản đang dùng.") }
        try await desk.write { transaction, _ in
            guard try transaction.stored.account(name) != nil else { throw Turned.notFound }
            try transaction.setDisabled(isDisabled, of: name, by: visitor.who, at: now)
        }
        return .redirect(to: "/quan-tri", type: .normal)
    }

    private func hash(_ password: String) async throws -> String {
        do {
            return try await desk.passwords.hash(password).text
        } catch {
            switch error {
            case .length: throw Turned.back("Mật khẩu cần ít nhất \(Password.shortest) ký tự.")
            case .busy, .noMemory: throw Turned.back(SignInPage.busy)
            }
        }
    }
}

struct AdministrationPage: Page {
    struct Account: Sendable {
        let name: String
        let display: String
        let role: String
        let isDisabled: Bool
    }

    struct RoleOption: Sendable {
        let code: String
        let label: String
    }

    struct Line: Sendable {
        let at: String
        let who: String
        let action: String
        let subject: String
        let detail: String
    }

    let health: [HealthLine]
    let accounts: [Account]
    let roles: [RoleOption]
    let journal: [Line]
    let next: String?

    var title: String { "Quản trị" }
    static let place: Place? = .administration
    private static let pageLength = 100

    init(
        before: Int64?, _ stored: LedgerView, _ office: Office, _ health: OfficeHealth, _ now: Date
    ) throws {
        self.health = HealthLine.all(health, office.zone, now)
        accounts = try stored.accounts().map {
            Account(name: $0.name, display: $0.display, role: Wording.role($0.role), isDisabled: $0.isDisabled)
        }
        roles = Role.allCases.map { RoleOption(code: $0.rawValue, label: Wording.role($0)) }
        let lines = try stored.auditPage(before: before, limit: Self.pageLength)
        journal = lines.map { line in
            let entry = line.entry
            return Line(
                at: Wording.moment(entry.at, office.zone), who: entry.who, action: Wording.action(entry.action),
                subject: entry.subject, detail: entry.detail)
        }
        next = lines.count == Self.pageLength ? lines.last.map { "/quan-tri?truoc=\($0.number)" } : nil
    }

    static let template = """
        <h1>Quản trị</h1>
        <table><caption>Máy chủ và hộp thư</caption><tbody>{{#health}}<tr><th scope="row">{{what}}</th><td>{{#isBad}}<span class="trouble">{{words}}</span>{{/isBad}}{{^isBad}}{{words}}{{/isBad}}</td></tr>{{/health}}</tbody></table>
        <table><caption>Tài khoản</caption><thead><tr><th scope="col">Tên</th><th scope="col">Họ tên</th><th scope="col">Vai trò</th><th scope="col">Mật khẩu mới</th><th scope="col"></th></tr></thead>
        <tbody>{{#accounts}}<tr><th scope="row">{{name}}</th><td>{{display}}</td><td>{{role}}</td>
        <td><form method="post" action="/quan-tri/tai-khoan/{{name}}/mat-khau"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="password" name="mat_khau" aria-label="Mật khẩu mới của {{name}}" autocomplete="new-password" required> <button>Đổi</button></form></td>
        <td>{{#isDisabled}}<form method="post" action="/quan-tri/tai-khoan/{{name}}/mo"><input type="hidden" name="_csrf" value="{{csrf}}"><button>Mở khóa</button></form>{{/isDisabled}}
        {{^isDisabled}}<form method="post" action="/quan-tri/tai-khoan/{{name}}/khoa"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="danger">Khóa</button></form>{{/isDisabled}}</td></tr>{{/accounts}}</tbody></table>
        <p class="hint">Khóa hoặc đổi mật khẩu thì mọi phiên đăng nhập của tài khoản đó kết thúc ngay.</p>
        <form method="post" action="/quan-tri/tai-khoan" class="stack"><h2>Thêm tài khoản</h2><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="ten">Tên đăng nhập</label><input id="ten" name="ten" required>
        <label for="ho_ten">Họ tên</label><input id="ho_ten" name="ho_ten" required>
        <label for="vai_tro">Vai trò</label><select id="vai_tro" name="vai_tro">{{#roles}}<option value="{{code}}">{{label}}</option>{{/roles}}</select>
        <label for="mat_khau">Mật khẩu (ít nhất 10 ký tự)</label><input id="mat_khau" name="mat_khau" type="password" autocomplete="new-password" required>
        <button class="main">Thêm</button></form>
        <table><caption>Nhật ký</caption><thead><tr><th scope="col">Lúc</th><th scope="col">Ai</th><th scope="col">Việc</th><th scope="col">Đối tượng</th><th scope="col">Chi tiết</th></tr></thead>
        <tbody>{{#journal}}<tr><td>{{at}}</td><td>{{who}}</td><td>{{action}}</td><td>{{subject}}</td><td>{{detail}}</td></tr>
        {{/journal}}</tbody></table>
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        """
}
