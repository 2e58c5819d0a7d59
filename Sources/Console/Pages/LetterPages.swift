import Foundation
import Hummingbird
import Intake
import Ledger
import Mail
import Notices
import Records

/// Letters: those that wait for a press, those that went out, mail that nobody has answered.
struct LetterPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("thu") { request, context in
            let visitor = try context.visitor(at: .letters)
            let group = request.uri.queryParameters["nhom"].map(String.init) ?? ""
            let before = request.uri.queryParameters["truoc"].flatMap { Int64($0) }
            let page = try await desk.read { try LettersPage(group, before: before, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("thu/:so") { _, context in
            let visitor = try context.visitor([.interior, .head])
            let id = try Self.number(context)
            let page = try await desk.read { try LetterPage(id, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.post("thu/:so/gui") { request, context in try await press(request, context, isSent: true) }
        router.post("thu/:so/huy") { request, context in try await press(request, context, isSent: false) }
    }

    private static func number(_ context: ConsoleContext) throws -> RowID<OutboxEntry> {
        guard let number = context.parameters.get("so").flatMap({ Int64($0) }) else { throw Turned.notFound }
        return RowID(rawValue: number)
    }

    private func press(_ request: Request, _ context: ConsoleContext, isSent: Bool) async throws -> Response {
        let visitor = try context.visitor([.interior, .head])
        _ = try await FormFields(request, of: visitor)
        let (id, now) = (try Self.number(context), desk.now())
        try await desk.write { transaction, office in
            guard let notice = try transaction.stored.notice(id) else { throw Turned.notFound }
            if isSent, !notice.kind.mayBeReleased(by: visitor.role) {
                throw Turned.back("Thư này do lãnh đạo phòng duyệt.")
            }
            do {
                if isSent {
                    try transaction.release(
                        id, by: visitor.who, at: now, due: office.departure(of: notice.kind, at: now))
                } else {
                    try transaction.drop(id, by: visitor.who, at: now)
                }
            } catch let error as LedgerError where error.code == .conflict {
                throw Turned.back("Thư này nay là \"\(Wording.notice(notice.state))\"; lần bấm này chưa ghi gì.")
            }
        }
        return .redirect(to: "/thu", type: .normal)
    }
}

extension NoticeKind {
    /// Decisions about people leave the house under the eyes of the head.
    func mayBeReleased(by role: Role) -> Bool {
        switch self {
        case .declined, .figuresFrozen, .awardedByDistrict, .decidedByProvince, .proposedToProvince: role == .head
        default: role == .head || role == .interior
        }
    }
}

struct LettersPage: Page {
    struct Tab: Sendable {
        let code: String
        let label: String
        let isHere: Bool
    }

    struct Letter: Sendable {
        let number: Int64
        let day: String
        let recipient: String
        let subject: String
        let state: String
        /// What the server said; nil when there is nothing to see to.
        let response: String?
    }

    struct Mail: Sendable {
        let day: String
        let sender: String
        let subject: String
        let reason: String
    }

    let tabs: [Tab]
    let letters: [Letter]
    let mails: [Mail]
    let next: String?
    let showsLetters: Bool
    let mayOpen: Bool

    var title: String { "Thư" }
    static let place: Place? = .letters
    private static let pageLength = 50

    private static let letterGroups: [(code: String, label: String, states: Set<NoticeState>)] = [
        ("cho", "Chờ duyệt", [.held]), ("da", "Đã gửi", [.sent, .pending, .sending, .deferred]),
        ("hong", "Không tới, chưa rõ", [.failed, .unknown]), ("huy", "Đã hủy", [.dropped]),
    ]
    private static let mailGroups: [(code: String, label: String, outcomes: Set<MessageOutcome>)] = [
        ("hoi", "Cần người trả lời", [.question]), ("la", "Thư lạ", [.stranger, .unverified]),
        ("giu", "Bị giữ kỹ thuật", [.quarantined]),
    ]

    init(_ asked: String, before: Int64?, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        let isTechnical = role == .administrator
        let group = asked.isEmpty ? (isTechnical ? "giu" : "cho") : asked
        let letterGroups = isTechnical ? Self.letterGroups.filter { $0.code == "hong" } : Self.letterGroups
        let all = letterGroups.map { ($0.code, $0.label) } + Self.mailGroups.map { ($0.code, $0.label) }
        tabs = all.map { Tab(code: $0.0, label: $0.1, isHere: $0.0 == group) }
        mayOpen = !isTechnical
        var last: Int64?
        if let chosen = letterGroups.first(where: { $0.code == group }) {
            let found = try stored.notices(
                chosen.states, before: before.map { RowID(rawValue: $0) }, limit: Self.pageLength + 1)
            letters = found.prefix(Self.pageLength).map { Self.letter($0, office) }
            mails = []
            showsLetters = true
            if found.count > Self.pageLength { last = letters.last?.number }
        } else {
            let outcomes = Self.mailGroups.first { $0.code == group }?.outcomes ?? [.question]
            let found = try stored.messagePage(
                outcomes, before: before.map { RowID(rawValue: $0) }, limit: Self.pageLength + 1)
            letters = []
            mails = try found.prefix(Self.pageLength).compactMap { try stored.message($0) }.map { record in
                let mail = record.message
                return Mail(
                    day: Wording.moment(mail.received, office.zone), sender: mail.sender, subject: mail.subject,
                    reason: mail.reason)
            }
            showsLetters = false
            if found.count > Self.pageLength { last = found.dropLast().last?.rawValue }
        }
        next = last.map { "/thu?nhom=\(group)&truoc=\($0)" }
    }

    private static func letter(_ entry: OutboxEntry, _ office: Office) -> Letter {
        Letter(
            number: entry.id.rawValue, day: Wording.moment(entry.created, office.zone), recipient: entry.recipient,
            subject: entry.subject, state: Wording.notice(entry.state),
            response: entry.state == .sent && entry.bounce.isEmpty
                ? nil : entry.bounce.isEmpty ? entry.response : entry.bounce)
    }

    static let template = """
        <h1>Thư</h1>
        <ul class="tabs">{{#tabs}}<li><a href="/thu?nhom={{code}}"{{#isHere}} aria-current="true"{{/isHere}}>{{label}}</a></li>{{/tabs}}</ul>
        {{#showsLetters}}<table><thead><tr><th scope="col">Ngày</th><th scope="col">Người nhận</th><th scope="col">Tiêu đề</th><th scope="col">Tình trạng</th></tr></thead>
        <tbody>{{#letters}}<tr><td>{{day}}</td><td>{{recipient}}</td><td>{{#mayOpen}}<a href="/thu/{{number}}">{{subject}}</a>{{/mayOpen}}{{^mayOpen}}{{subject}}{{/mayOpen}}</td><td>{{state}}{{#response}}<br><small>{{.}}</small>{{/response}}</td></tr>
        {{/letters}}</tbody></table>{{^letters}}<p>Không có thư nào.</p>{{/letters}}{{/showsLetters}}
        {{^showsLetters}}<table><thead><tr><th scope="col">Đến lúc</th><th scope="col">Người gửi</th><th scope="col">Tiêu đề</th><th scope="col">Lý do</th></tr></thead>
        <tbody>{{#mails}}<tr><td>{{day}}</td><td>{{sender}}</td><td>{{subject}}</td><td>{{reason}}</td></tr>
        {{/mails}}</tbody></table>{{^mails}}<p>Không có thư nào.</p>{{/mails}}{{/showsLetters}}
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        """
}

/// One letter as its receiver reads it.
struct LetterPage: Page {
    let number: Int64
    let subject: String
    let recipient: String
    let state: String
    let text: String
    let files: [String]
    let mayRelease: Bool
    let mayDrop: Bool
    let note: String?

    var title: String { subject }
    static let place: Place? = .letters

    init(_ id: RowID<OutboxEntry>, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        guard let entry = try stored.notice(id), let mime = try stored.mime(of: id) else { throw Turned.notFound }
        let message = try? MessageReader.read(mime)
        number = id.rawValue
        subject = entry.subject
        recipient = entry.recipient
        state = Wording.notice(entry.state)
        text = message?.text ?? ""
        files = message?.attachments.map { $0.filename ?? "" } ?? []
        let waits: Set<NoticeState> = [.held, .failed, .unknown]
        mayRelease = waits.contains(entry.state) && entry.kind.mayBeReleased(by: role)
        mayDrop = waits.contains(entry.state)
        note = waits.contains(entry.state) && !mayRelease ? "Thư này do lãnh đạo phòng duyệt." : nil
    }

    static let template = """
        <h1>{{subject}}</h1>
        <p>Gửi: {{recipient}} · {{state}}</p>
        <pre class="letter">{{text}}</pre>
        {{#files}}<p>Tệp kèm: {{.}}</p>{{/files}}
        {{#note}}<p class="hint">{{.}}</p>{{/note}}
        <div class="presses">
        {{#mayRelease}}<form method="post" action="/thu/{{number}}/gui"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="main">Gửi</button> <span class="hint">Thư rời cơ quan trong giờ làm việc.</span></form>{{/mayRelease}}
        {{#mayDrop}}<form method="post" action="/thu/{{number}}/huy"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="danger">Hủy</button> <span class="hint">Thư không gửi nữa; vẫn còn trong sổ.</span></form>{{/mayDrop}}
        </div>
        """
}
