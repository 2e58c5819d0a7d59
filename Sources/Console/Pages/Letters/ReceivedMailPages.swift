import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Mail
import Records

/// Mail that came in: what it says, what became of it, and what a person does with it.
struct ReceivedMailPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("thu/den/:so") { _, context in
            let visitor = try context.visitor([.interior, .head, .labour, .administrator])
            let id = try Self.number(context)
            let archive = desk.archive
            let page = try await desk.read { stored, office in
                try ReceivedMailPage(id, stored, office, visitor.role, archive)
            }
            return try await pages.page(page, for: visitor)
        }
        router.post("thu/den/:so/nhan") { request, context in try await admit(request, context) }
        for (path, handling) in [
            ("bo", MailHandling.dropped), ("de-lai", .left), ("da-tra-loi", .answered),
        ] {
            router.post("thu/den/:so/\(path)") { request, context in try await handle(request, context, handling) }
        }
    }

    private static func number(_ context: ConsoleContext) throws -> RowID<MessageRecord> {
        guard let number = context.parameters.get("so").flatMap({ Int64($0) }) else { throw Turned.notFound }
        return RowID(rawValue: number)
    }

    /// - Throws: 404 for mail that is not this role's to deal with.
    static func mail(_ id: RowID<MessageRecord>, _ stored: LedgerView, _ role: Role) throws -> ReceivedMessage {
        guard let mail = try stored.message(id)?.message, Self.isOpen(mail.outcome, to: role) else {
            throw Turned.notFound
        }
        return mail
    }

    /// The Labour office sees questions, whoever keeps the machine sees what was held back.
    private static func isOpen(_ outcome: MessageOutcome, to role: Role) -> Bool {
        switch role {
        case .interior, .head: true
        case .labour: outcome == .question
        case .administrator: [.quarantined, .stranger, .unverified, .refused].contains(outcome)
        case .reader: false
        }
    }

    private func handle(
        _ request: Request, _ context: ConsoleContext, _ handling: MailHandling
    ) async throws -> Response {
        let visitor = try context.visitor([.interior, .head, .labour, .administrator])
        _ = try await FormFields(request, of: visitor)
        let (id, now) = (try Self.number(context), desk.now())
        try await desk.write { transaction, _ in
            let mail = try Self.mail(id, transaction.stored, visitor.role)
            guard ReceivedMailPage.waiting.contains(mail.outcome) else {
                throw Turned.back("Thư này không chờ ai xử lý.")
            }
            try Self.once { try transaction.handle(id, handling, by: visitor.who, at: now) }
        }
        return .redirect(to: "/thu", type: .normal)
    }

    /// Hands the mail to the worker, for a unit; its address waits to be written into units.xlsx where that is wanted.
    private func admit(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Role.reviewers)
        let form = try await FormFields(request, of: visitor)
        let (id, now) = (try Self.number(context), desk.now())
        let (code, isRegistered) = (form["don_vi"], form["ghi_dia_chi"] == "1")
        try await desk.write { transaction, office in
            let mail = try Self.mail(id, transaction.stored, visitor.role)
            guard [.stranger, .unverified].contains(mail.outcome) else {
                throw Turned.back("Thư này không phải thư lạ.")
            }
            guard let unit = UnitCode(code), office.campaign.units.codes.contains(unit) else {
                throw Turned.back("Chọn đơn vị mà thư này thay mặt.")
            }
            try Self.once { try transaction.askToAdmit(id, for: unit, by: visitor.who, at: now) }
            if isRegistered, !mail.sender.isEmpty {
                try transaction.requestAddress(mail.sender, of: unit, by: visitor.who, at: now)
            }
        }
        return .redirect(to: "/thu/den/\(id.rawValue)", type: .normal)
    }

    private static func once(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as LedgerError where error.code == .conflict {
            throw Turned.back("Người khác đã xử lý thư này. Lần bấm này chưa ghi gì; tải lại trang để xem.")
        }
    }
}

/// A mail as its sender wrote it, in plain words, and what became of each of its parts.
struct ReceivedMailPage: Page {
    struct Head: Sendable {
        let label: String
        let words: String
    }

    struct Part: Sendable {
        let name: String
        let size: String
        let words: String
        /// The submission that it went to; nil when it went to none.
        let receipt: String?
    }

    struct Letter: Sendable {
        let number: Int64
        let words: String
    }

    let number: Int64
    let subject: String
    let heads: [Head]
    /// nil for whoever keeps the machine.
    let text: String?
    let parts: [Part]
    let letters: [Letter]
    let handled: String?
    let trouble: String?
    let units: [Choice]
    let mayAdmit: Bool
    let mayHandle: Bool
    let isQuestion: Bool
    let mayOpenLetters: Bool

    var title: String { subject }
    static let place: Place? = .letters
    /// What waits for a person.
    static let waiting: Set<MessageOutcome> = [.question, .stranger, .unverified, .quarantined]

    init(
        _ id: RowID<MessageRecord>, _ stored: LedgerView, _ office: Office, _ role: Role, _ archive: Archive
    ) throws {
        let mail = try ReceivedMailPages.mail(id, stored, role)
        // What cannot be read is shown by what the ledger has of it.
        let message = try? MessageReader.read(try archive.read(mail.rawSHA256))
        number = id.rawValue
        subject = mail.subject.isEmpty ? "(không có tiêu đề)" : mail.subject
        heads = Self.heads(mail, message, office)
        text = role == .administrator ? nil : message?.text ?? ""
        let (workbooks, papers) = (
            try stored.submissions(broughtBy: id), try stored.papers(broughtBy: id)
        )
        parts = mail.files.map { file in
            Part(
                name: file.filename.isEmpty ? "(không tên)" : file.filename, size: Self.size(file.size),
                words: Wording.role(of: file.role),
                receipt: (workbooks[file.sha256] ?? papers[file.path])?.receipt.description)
        }
        letters = try stored.notices(answering: id).map {
            Letter(
                number: $0.id.rawValue,
                words: "\(Wording.moment($0.created, office.zone)): \($0.subject) (\(Wording.notice($0.state)))")
        }
        let handling = try stored.handling(of: id)
        let admission = try stored.admission(of: id)
        handled = handling.map { handling in
            handling == .admitted && admission?.done == nil
                ? "đã giao máy nhận vào, chờ lần kiểm tra hộp thư tới" : Wording.handling(handling)
        }
        trouble = admission.flatMap { $0.trouble.isEmpty ? nil : $0.trouble }
        let isWaiting = handling == nil && Self.waiting.contains(mail.outcome)
        mayAdmit = isWaiting && role.reviews && [.stranger, .unverified].contains(mail.outcome)
        mayHandle = isWaiting
        isQuestion = mail.outcome == .question
        mayOpenLetters = role.reviews
        let day = CivilDate(mail.received, in: office.zone)
        let own = office.campaign.units.possibleUnits(for: mail.sender, on: day)
        units = office.campaign.units.units(on: day).map {
            Choice(value: $0.code.rawValue, label: $0.label, isHere: own.contains($0.code))
        }
    }

    private static func heads(_ mail: ReceivedMessage, _ message: Message?, _ office: Office) -> [Head] {
        func addresses(_ list: [MailAddress]?) -> String { (list ?? []).map(\.address).joined(separator: ", ") }
        let from = addresses(message?.from)
        let replyTo = addresses(message?.replyTo)
        let reason = mail.reason.isEmpty ? "" : " (\(mail.reason))"
        let unit = mail.unit.map { office.campaign.units.label(of: $0, on: CivilDate(mail.received, in: office.zone)) }
        return [
            Head(label: "Người gửi", words: from.isEmpty ? mail.sender : from),
            Head(label: "Thư trả lời về địa chỉ khác", words: replyTo == from ? "" : replyTo),
            Head(label: "Gửi tới", words: addresses(message?.to)),
            Head(label: "Đồng gửi", words: addresses(message?.cc)),
            Head(label: "Đến hộp thư lúc", words: Wording.moment(mail.received, office.zone)),
            Head(label: "Người gửi ghi ngày", words: message?.date.map { Wording.moment($0, office.zone) } ?? ""),
            Head(label: "Tính cho đơn vị", words: unit ?? ""),
            Head(label: "Kết quả", words: Wording.outcome(mail.outcome) + reason),
            Head(label: "Cỡ thư", words: size(mail.size)),
        ].filter { !$0.words.isEmpty }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KB" : "\(bytes >> 20) MB"
    }

    static let template = """
        <h1>{{subject}}</h1>
        <dl class="facts">{{#heads}}<dt>{{label}}</dt><dd>{{words}}</dd>{{/heads}}</dl>
        {{#handled}}<p>Đã xử lý: <strong>{{.}}</strong></p>{{/handled}}{{#trouble}}<p class="flag">Máy chưa nhận được: {{.}}</p>{{/trouble}}
        {{#text}}<pre class="letter">{{.}}</pre>{{/text}}
        <h2>Tệp trong thư</h2>
        <table><thead><tr><th scope="col">Tệp</th><th scope="col">Cỡ</th><th scope="col">Là</th><th scope="col">Vào hồ sơ, báo cáo</th></tr></thead>
        <tbody>{{#parts}}<tr><td>{{name}}</td><td class="number">{{size}}</td><td>{{words}}</td><td>{{#receipt}}<a href="/bao-cao/{{.}}">{{.}}</a>{{/receipt}}</td></tr>{{/parts}}{{^parts}}<tr><td colspan="4">không có tệp nào</td></tr>{{/parts}}</tbody></table>
        <h2>Thư đã trả lời</h2><ul>{{#letters}}<li>{{#mayOpenLetters}}<a href="/thu/{{number}}">{{words}}</a>{{/mayOpenLetters}}{{^mayOpenLetters}}{{words}}{{/mayOpenLetters}}</li>{{/letters}}{{^letters}}<li>chưa có</li>{{/letters}}</ul>
        <div class="presses">
        {{#mayAdmit}}<form method="post" action="/thu/den/{{number}}/nhan"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label>Nhận vào cho đơn vị <select name="don_vi" required><option value="">chọn đơn vị</option>{{#units}}<option value="{{value}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/units}}</select></label>
        <label><input type="checkbox" name="ghi_dia_chi" value="1"> ghi địa chỉ này vào danh sách chờ đưa vào danh bạ (units.xlsx)</label>
        <button class="main">Nhận vào</button> <span class="hint">Máy xét thư như của đơn vị đó ở lần kiểm tra hộp thư tới, giữ nguyên ngày đến; người gửi được trả lời.</span></form>{{/mayAdmit}}
        {{#mayHandle}}{{#isQuestion}}<form method="post" action="/thu/den/{{number}}/da-tra-loi"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="main">Đã trả lời</button> <span class="hint">Trả lời bằng hộp thư của cơ quan; bấm để thư ra khỏi danh sách chờ. Không có thư nào gửi đi.</span></form>{{/isQuestion}}
        <form method="post" action="/thu/den/{{number}}/de-lai"><input type="hidden" name="_csrf" value="{{csrf}}"><button>Để lại</button> <span class="hint">Không ai phải làm gì nữa; thư vẫn còn trong hộp thư và trong sổ.</span></form>
        <form method="post" action="/thu/den/{{number}}/bo"><input type="hidden" name="_csrf" value="{{csrf}}"><button class="danger">Bỏ</button> <span class="hint">Thư ra khỏi danh sách chờ, không nhận vào; không có thư nào gửi đi.</span></form>{{/mayHandle}}
        </div>
        """
}
