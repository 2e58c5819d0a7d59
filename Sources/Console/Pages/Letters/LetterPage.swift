import Foundation
import Intake
import Ledger
import Mail
import Notices
import Records

/// One letter as its receiver reads it.
struct LetterPage: Page {
    let number: Int64
    let subject: String
    let recipient: String
    let state: String
    /// What the server said last; nil where it said nothing.
    let response: String?
    let text: String
    let files: [String]
    /// The mail that it answers; nil when it answers none.
    let answers: Int64?
    let about: [String]
    let release: String
    let hint: String
    let mayRelease: Bool
    let mayReword: Bool
    let mayDrop: Bool
    let note: String?

    var title: String { subject }
    static let place: Place? = .letters

    init(_ id: RowID<OutboxEntry>, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        guard let entry = try stored.notice(id), let mime = try stored.mime(of: id) else { throw Turned.notFound }
        let letter = try? StoredLetter(entry, mime)
        number = id.rawValue
        subject = entry.subject
        recipient = entry.recipient
        state = Wording.notice(entry.state)
        let said = [entry.response, entry.bounce].filter { !$0.isEmpty }.joined(separator: "; ")
        response = said.isEmpty ? nil : said
        text = letter?.text ?? ""
        files = letter?.files.map { $0.filename ?? "" } ?? []
        answers = entry.inReplyTo?.rawValue
        about = try stored.submissions(answering: entry.messageID).map(\.receipt.description)
        let waits: Set<NoticeState> = [.held, .failed, .unknown]
        let isOpen = waits.contains(entry.state) && entry.kind.mayBeReleased(by: role)
        // A letter whose fate is not known may have arrived: only a person sends it again.
        release = entry.state == .held ? "Gửi" : "Gửi lại"
        hint =
            entry.state == .unknown
            ? "Thư có thể đã tới; gửi lại thì người nhận có thể có hai bản của cùng một thư."
            : "Thư rời cơ quan trong giờ làm việc."
        mayRelease = isOpen
        mayReword = isOpen && entry.state == .held
        mayDrop = isOpen
        note = waits.contains(entry.state) && !isOpen ? "Thư này do lãnh đạo phòng duyệt." : nil
    }

    static let template = """
        <h1>{{subject}}</h1>
        <p>Gửi: {{recipient}} · {{state}}{{#response}} · <small>{{.}}</small>{{/response}}</p>
        <p>{{#answers}}<a href="/thu/den/{{.}}">Thư được trả lời</a> {{/answers}}{{#about}}<a href="/bao-cao/{{.}}">{{.}}</a> {{/about}}</p>
        <pre class="letter">{{text}}</pre>
        {{#files}}<p>Tệp kèm: {{.}}</p>{{/files}}
        {{#note}}<p class="hint">{{.}}</p>{{/note}}
        <div class="presses">
        {{#mayReword}}<p><a class="button" href="/thu/{{number}}/sua">Sửa lời…</a></p>{{/mayReword}}
        {{#mayRelease}}<form method="post" action="/thu/{{number}}/gui"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="main">{{release}}</button> <span class="hint">{{hint}}</span></form>{{/mayRelease}}
        {{#mayDrop}}<form method="post" action="/thu/{{number}}/huy"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="danger">Hủy</button> <span class="hint">Thư không gửi nữa; vẫn còn trong sổ.</span></form>{{/mayDrop}}
        </div>
        """
}

/// The words of a letter that waits, to be edited.
struct LetterDraftPage: Page {
    let number: Int64
    let subject: String
    let recipient: String
    let text: String
    let mark: String

    var title: String { "Sửa lời: \(subject)" }
    static let place: Place? = .letters

    init(_ id: RowID<OutboxEntry>, _ stored: LedgerView, _ role: Role) throws {
        guard let entry = try stored.notice(id), let mime = try stored.mime(of: id) else { throw Turned.notFound }
        guard entry.state == .held else { throw Turned.back("Thư này nay là \"\(Wording.notice(entry.state))\".") }
        guard entry.kind.mayBeReleased(by: role) else { throw Turned.back("Thư này do lãnh đạo phòng duyệt.") }
        let letter = try StoredLetter(entry, mime)
        number = id.rawValue
        subject = entry.subject
        recipient = entry.recipient
        text = letter.text
        mark = letter.mark
    }

    static let template = """
        <h1>Sửa lời: {{subject}}</h1>
        <p>Gửi: {{recipient}}</p>
        <form method="post" action="/thu/{{number}}/sua"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="cu" value="{{mark}}">
        <label for="loi">Lời thư; tệp kèm và người nhận không đổi</label>
        <textarea id="loi" name="loi" class="letter" rows="30" required>{{text}}</textarea>
        <p><button class="main">Lưu</button> <span class="hint">Thư vẫn chờ duyệt; lời cũ còn trong nhật ký.</span></p></form>
        """
}
