import Campaign
import Foundation
import Intake
import Ledger
import Records

/// Letters and mails by what is to be done about them.
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
        let number: Int64
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
    /// Addresses that wait to be written into units.xlsx.
    let addresses: [String]

    var title: String { "Thư" }
    static let place: Place? = .letters
    private static let pageLength = 50

    /// Of the Labour office only what it can answer.
    private static func groups(_ role: Role) -> Set<String>? {
        switch role {
        case .administrator: ["hong", "la", "giu"]
        case .labour: ["hoi"]
        default: nil
        }
    }

    private static let letterGroups: [(code: String, label: String, states: Set<NoticeState>)] = [
        ("cho", "Chờ duyệt", [.held]), ("da", "Đã gửi", [.sent, .pending, .sending, .deferred]),
        ("hong", "Không tới, chưa rõ", [.failed, .unknown]), ("huy", "Đã hủy", [.dropped]),
    ]
    private static let mailGroups: [(code: String, label: String, outcomes: Set<MessageOutcome>)] = [
        ("hoi", "Cần người trả lời", [.question]), ("la", "Thư lạ", [.stranger, .unverified]),
        ("giu", "Bị giữ kỹ thuật", [.quarantined]),
    ]

    init(_ asked: String, before: Int64?, _ stored: LedgerView, _ office: Office, _ role: Role) throws {
        let open = Self.groups(role)
        func isOpen(_ code: String) -> Bool { open?.contains(code) ?? true }
        let letterGroups = Self.letterGroups.filter { isOpen($0.code) }
        let mailGroups = Self.mailGroups.filter { isOpen($0.code) }
        let all = letterGroups.map { ($0.code, $0.label) } + mailGroups.map { ($0.code, $0.label) }
        // What stands first is what waits.
        let first = role == .administrator ? "giu" : all.first?.0 ?? "hoi"
        let group = all.contains { $0.0 == asked } ? asked : first
        tabs = all.map { Tab(code: $0.0, label: $0.1, isHere: $0.0 == group) }
        mayOpen = role.reviews
        addresses =
            group == "la"
            ? try stored.addressRequests().map { request in
                let unit = office.campaign.units.label(of: request.unit, on: CivilDate(request.at, in: office.zone))
                return "\(request.address): \(unit) (\(request.who), \(Wording.day(request.at, office.zone)))"
            } : []
        var last: Int64?
        if let chosen = letterGroups.first(where: { $0.code == group }) {
            let found = try stored.notices(
                chosen.states, before: before.map { RowID(rawValue: $0) }, limit: Self.pageLength + 1)
            letters = found.prefix(Self.pageLength).map { Self.letter($0, office) }
            mails = []
            showsLetters = true
            if found.count > Self.pageLength { last = letters.last?.number }
        } else {
            let outcomes = mailGroups.first { $0.code == group }?.outcomes ?? []
            let found = try stored.messagePage(
                outcomes, before: before.map { RowID(rawValue: $0) }, limit: Self.pageLength + 1)
            letters = []
            mails = try found.prefix(Self.pageLength).compactMap { try stored.message($0) }.map { record in
                let mail = record.message
                return Mail(
                    number: record.id.rawValue, day: Wording.moment(mail.received, office.zone), sender: mail.sender,
                    subject: mail.subject.isEmpty ? "(không có tiêu đề)" : mail.subject,
                    reason: mail.reason.isEmpty ? Wording.outcome(mail.outcome) : mail.reason)
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
        <tbody>{{#mails}}<tr><td>{{day}}</td><td>{{sender}}</td><td><a href="/thu/den/{{number}}">{{subject}}</a></td><td>{{reason}}</td></tr>
        {{/mails}}</tbody></table>{{^mails}}<p>Không có thư nào.</p>{{/mails}}{{/showsLetters}}
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        {{#addresses}}<p class="hint">Chờ ghi vào units.xlsx, trang dia_chi_thu: {{.}}</p>{{/addresses}}
        """
}
