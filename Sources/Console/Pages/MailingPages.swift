import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Notices
import Records
import XLSForm

/// Reminders and blank forms to units that a person has chosen: first to be looked at, then into the outbox.
struct MailingPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        for kind in MailingPage.Kind.allCases {
            let path = RouterPath("bao-cao/\(kind.rawValue)")
            router.get(path) { request, context in
                let visitor = try context.visitor([.interior, .head])
                let units = request.uri.queryParameters[values: "dv"].map { String($0) }
                let (asked, now) = (request.year, desk.now())
                let page = try await desk.read { try MailingPage(kind, units, asked, $0, $1, now) }
                return try await pages.page(page, for: visitor)
            }
            router.post(path) { request, context in try await send(kind, request, context) }
        }
    }

    private func send(_ kind: MailingPage.Kind, _ request: Request, _ context: ConsoleContext) async throws -> Response
    {
        let visitor = try context.visitor([.interior, .head])
        let form = try await FormFields(request, of: visitor)
        let (names, now) = (form["dv"].split(separator: " ").map(String.init), desk.now())
        let page = try await desk.write { transaction, office in
            guard let year = Int(form["nam"]) else { throw Turned.notFound }
            let letters = CampaignLetters(office: office, transaction: transaction, now: now)
            let outcomes = try office.owing(names, year).map { unit in
                let outcome: CampaignLetters.Outcome
                switch kind {
                case .reminder:
                    let due = try office.reminder(of: unit, year: year, transaction.stored, at: now)
                    outcome = try due.map { try letters.remind($0) } ?? .nothing
                case .forms: outcome = try letters.invite(unit, year: year, again: !form["lai"].isEmpty)
                }
                if case .written = outcome {
                    try transaction.audit(
                        AuditEntry(
                            at: now, who: visitor.who, action: kind.action, subject: unit.rawValue, detail: "\(year)"))
                }
                return (unit, outcome)
            }
            return MailedPage(
                "\(kind.heading) năm \(year): kết quả", back: "/bao-cao?nam=\(year)", outcomes, office, now)
        }
        return try await pages.page(page, for: visitor)
    }
}

extension Office {
    /// The units of those named that owe something for a year.
    func owing(_ names: [String], _ year: Int) -> [UnitCode] {
        var seen = Set<UnitCode>()
        let owing = campaign.duties(year: year).map(\.unit).filter { seen.insert($0).inserted }
        let asked = Set(names)
        return owing.filter { asked.contains($0.rawValue) }
    }
}

/// What would be written to whom.
struct MailingPage: Page {
    enum Kind: String, CaseIterable, Sendable {
        case reminder = "nhac"
        case forms = "gui-bieu"

        var heading: String { self == .reminder ? "Nhắc đơn vị" : "Gửi biểu mẫu" }
        var press: String { self == .reminder ? "Viết thư nhắc" : "Viết thư gửi biểu mẫu" }
        var action: String { self == .reminder ? "reminder.write" : "forms.send" }
        var notice: NoticeKind { self == .reminder ? .reminder : .blankForms }
    }

    struct Line: Sendable {
        let unit: String
        let words: String
        let address: String
    }

    let kind: Kind
    let year: Int
    let lines: [Line]
    let codes: String
    let subject: String?
    let text: String?
    let isHeld: Bool
    let press: String
    let path: String
    let isForms: Bool
    let heading: String

    var title: String { "\(kind.heading) năm \(year)" }
    static let place: Place? = .reports

    init(_ kind: Kind, _ names: [String], _ asked: Int?, _ stored: LedgerView, _ office: Office, _ now: Date) throws {
        self.kind = kind
        let year = office.year(asked, at: now).year
        self.year = year
        let units = office.owing(names, year)
        guard !units.isEmpty else { throw Turned.back("Chưa chọn đơn vị nào. Đánh dấu ở cột Chọn của ma trận.") }
        let today = CivilDate(now, in: office.zone)
        let duties = try office.duties(of: year, stored)
        var first: Notice?
        lines = try units.map { unit in
            let own = duties.filter { $0.duty.unit == unit }
            let open = own.filter { $0.state.isOpen }
            if kind == .reminder, first == nil, let due = try office.reminder(of: unit, year: year, stored, at: now) {
                first = try office.preview(due, stored, at: now)
            }
            return Line(
                unit: office.campaign.units.label(of: unit, on: today),
                words: Self.words(kind, kind == .reminder ? open : own, office),
                address: office.campaign.units.addresses(of: unit, on: today).first ?? "chưa có địa chỉ đang hiệu lực")
        }
        codes = units.map(\.rawValue).joined(separator: " ")
        subject = first?.subject
        text = first?.text
        isHeld = office.waitsForPress(kind.notice)
        press = kind.press
        path = "/bao-cao/\(kind.rawValue)"
        isForms = kind == .forms
        heading = kind.heading
    }

    private static func words(_ kind: Kind, _ duties: [OwedDuty], _ office: Office) -> String {
        if duties.isEmpty { return kind == .reminder ? "đã nộp đủ, không nhắc" : "không phải nộp" }
        return duties.map { owed in
            let obligation = owed.duty.obligation
            let name = office.forms.current(obligation.form)?.definition.settings.title ?? obligation.form
            guard kind == .reminder else { return name }
            guard let due = obligation.due, !due.document.isEmpty else {
                return "\(name): chưa đặt hạn, không nhắc được"
            }
            return "\(name): \(Wording.duty(owed.state).lowercased()), hạn \(Wording.day(due.day))"
        }.joined(separator: "; ")
    }

    static let template = """
        <h1>{{heading}} năm {{year}}</h1>
        <table><thead><tr><th scope="col">Đơn vị</th><th scope="col">Nội dung</th><th scope="col">Gửi tới</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{unit}}</th><td>{{words}}</td><td>{{address}}</td></tr>{{/lines}}</tbody></table>
        {{#text}}<h2>Thư đơn vị đầu tiên nhận được</h2><p><strong>{{subject}}</strong></p><pre class="letter">{{.}}</pre>{{/text}}
        <form method="post" action="{{path}}"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="nam" value="{{year}}"><input type="hidden" name="dv" value="{{codes}}">
        {{#isForms}}<p><label><input type="checkbox" name="lai" value="1"> gửi lại cả đơn vị đã được gửi trước đây</label></p>{{/isForms}}
        <button class="main">{{press}}</button> <span class="hint">{{#isHeld}}Thư vào mục Chờ duyệt của trang Thư; chưa gửi đi.{{/isHeld}}{{^isHeld}}Thư gửi đi trong giờ gửi thư gần nhất.{{/isHeld}}</span>
        <a class="button" href="/bao-cao?nam={{year}}">Thôi</a></form>
        """
}

/// What became of the letters.
struct MailedPage: Page {
    struct Line: Sendable {
        let unit: String
        let words: String
    }

    let heading: String
    let back: String
    let lines: [Line]

    var title: String { heading }
    static let place: Place? = .reports

    init(
        _ heading: String, back: String, _ outcomes: [(UnitCode, CampaignLetters.Outcome)], _ office: Office,
        _ now: Date
    ) {
        self.heading = heading
        self.back = back
        let today = CivilDate(now, in: office.zone)
        lines = outcomes.map { unit, outcome in
            Line(unit: office.campaign.units.label(of: unit, on: today), words: Wording.outcome(outcome))
        }
    }

    static let template = """
        <h1>{{heading}}</h1>
        <table><tbody>{{#lines}}<tr><th scope="row">{{unit}}</th><td>{{words}}</td></tr>{{/lines}}</tbody></table>
        <p><a class="button" href="/thu?nhom=cho">Thư chờ duyệt</a> <a class="button" href="{{back}}">Trở lại</a></p>
        """
}

extension Wording {
    /// What became of a letter of the office's own accord.
    static func outcome(_ outcome: CampaignLetters.Outcome) -> String {
        switch outcome {
        case .written(let address, let isHeld): isHeld ? "chờ duyệt, gửi tới \(address)" : "sẽ gửi tới \(address)"
        case .alreadyWritten: "thư này đã viết trước đó, không viết lại"
        case .noAddress: "chưa có địa chỉ đang hiệu lực trong danh bạ"
        case .nothing: "không có gì để gửi"
        }
    }
}
