import Foundation
import Hummingbird
import Intake
import Ledger
import Mustache

/// A page: values, and the template that shows them. Every text is escaped; only `{{{…}}}` is not, and that is for
/// pictures of our own.
protocol Page: Sendable {
    /// nil for a page outside the menu.
    static var place: Place? { get }
    static var template: String { get }
    var title: String { get }
}

/// Writes pages into the frame: menu, who is signed in, state of the mailbox.
struct PageWriter: Sendable {
    private let desk: ConsoleDesk
    private let library: MustacheLibrary

    /// - Parameter pages: every page that there is.
    /// - Throws: an error of the template that cannot be read.
    init(desk: ConsoleDesk, pages: [any Page.Type]) throws {
        self.desk = desk
        var library = MustacheLibrary()
        for page in pages {
            try library.register("{{#page}}" + page.template + "{{/page}}", named: String(describing: page))
        }
        try library.register(Frame.template, named: "frame")
        self.library = library
    }

    /// A page for whoever has signed in.
    func page(_ page: some Page, for visitor: Visitor) async throws -> Response {
        let checked = try await desk.work { [desk] in desk.health().lastCheck }
        let foot = try await desk.read { stored, office in try Foot(stored, office, checked: checked) }
        return try write(page, visitor, foot)
    }

    /// A page without a menu.
    func bare(_ page: some Page) throws -> Response { try write(page, nil, nil) }

    func trouble(_ status: HTTPResponse.Status, _ page: TroublePage, _ visitor: Visitor?) throws -> Response {
        var response = try write(page, visitor, nil)
        response.status = status
        return response
    }

    private struct Content {
        let page: Any
        let csrf: String
    }

    private func write<P: Page>(_ page: P, _ visitor: Visitor?, _ foot: Foot?) throws -> Response {
        let content = ShownFields.of(Content(page: page, csrf: visitor?.csrf ?? ""))
        let frame = Frame(
            title: page.title, content: library.render(content, withTemplate: String(describing: P.self)) ?? "",
            menu: visitor.map { Frame.menu(for: $0.role, at: P.place) }, visitor: visitor, foot: foot)
        let html = library.render(ShownFields.of(frame), withTemplate: "frame") ?? ""
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

/// What stands around every page.
struct Frame {
    struct Item {
        let path: String
        let label: String
        let isHere: Bool
    }

    let title: String
    let content: String
    let menu: [Item]?
    let name: String?
    let role: String?
    let csrf: String
    let foot: Foot?

    init(title: String, content: String, menu: [Item]?, visitor: Visitor?, foot: Foot?) {
        self.title = title
        self.content = content
        self.menu = menu
        name = visitor?.account.display
        role = visitor.map { Wording.role($0.role) }
        csrf = visitor?.csrf ?? ""
        self.foot = foot
    }

    static func menu(for role: Role, at place: Place?) -> [Item] {
        Place.allCases.filter { $0.isOpen(to: role) }
            .map { Item(path: $0.path, label: $0.label, isHere: $0 == place) }
    }

    static let template = """
        <!DOCTYPE html>
        <html lang="vi">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} - Formpost</title>
        <link rel="stylesheet" href="/formpost.css">
        <script src="/formpost.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#noi-dung">Đến nội dung</a>
        {{#menu}}{{/menu}}
        {{#name}}<nav aria-label="Trình đơn"><ul>{{#menu}}
        <li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{label}}</a></li>{{/menu}}
        </ul></nav>{{/name}}
        <main id="noi-dung">
        {{{content}}}
        </main>
        {{#name}}<footer>
        <form method="post" action="/dang-xuat"><input type="hidden" name="_csrf" value="{{csrf}}">
        <span>{{name}} ({{role}})</span> <button class="link">Đăng xuất</button></form>
        {{#foot}}<span>Hộp thư kiểm tra lúc: {{lastCheck}}</span> <span>Thư mới nhất: {{lastMail}}</span> <span>Thư chờ duyệt: {{held}}</span>{{/foot}}
        </footer>{{/name}}
        </body>
        </html>
        """
}

/// The line at the bottom of every page.
struct Foot: Sendable {
    let lastCheck: String
    let lastMail: String
    let held: Int

    init(_ stored: LedgerView, _ office: Office, checked: Date?) throws {
        lastCheck = checked.map { Wording.moment($0, office.zone) } ?? "chưa biết"
        lastMail =
            try stored.messages(limit: 1).first.map { Wording.moment($0.message.received, office.zone) } ?? "chưa có"
        held = try stored.noticeCount(in: .held)
    }
}
