import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// The units as units.xlsx has them: a list, and a page each.
struct UnitPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("don-vi") { request, context in
            let visitor = try context.visitor(at: .units)
            let (cluster, now) = (request.uri.queryParameters["cum"].map { String($0) } ?? "", desk.now())
            let page = try await desk.read { _, office in UnitsPage(office, cluster: cluster, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("don-vi/:ma") { _, context in
            let visitor = try context.visitor(at: .units)
            let (unit, now) = (try context.unit(), desk.now())
            let page = try await desk.read { try UnitPage(unit, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.post("don-vi/:ma/ghi-chu") { request, context in
            let visitor = try context.visitor([.interior, .head])
            let form = try await FormFields(request, of: visitor)
            let (unit, words, now) = (try context.unit(), form["ghi_chu"], desk.now())
            guard !words.isEmpty else { throw Turned.back("Ghi chú còn trống.") }
            try await desk.write { transaction, office in
                guard office.campaign.units.codes.contains(unit) else { throw Turned.notFound }
                try transaction.remark(words, on: unit.rawValue, by: visitor.who, at: now)
            }
            return Response.redirect(to: "/don-vi/\(unit)", type: .normal)
        }
    }
}

extension ConsoleContext {
    /// The unit's code in the address.
    /// - Throws: 404.
    func unit() throws -> UnitCode {
        guard let unit = parameters.get("ma").flatMap({ UnitCode($0) }) else { throw Turned.notFound }
        return unit
    }
}

struct UnitsPage: Page {
    struct Line: Sendable {
        let name: String
        let code: String
        let cluster: String
        let leader: String
        let clerk: String
        let phone: String
        let addresses: [String]
        /// How many addresses nobody has confirmed yet.
        let open: Int?
    }

    struct Choice: Sendable {
        let code: String
        let label: String
        let isHere: Bool
    }

    let lines: [Line]
    let clusters: [Choice]
    let former: [Choice]
    let mayEdit: Bool

    var title: String { "Đơn vị" }
    static let place: Place? = .units

    init(_ office: Office, cluster chosen: String, _ role: Role, _ now: Date) {
        let day = CivilDate(now, in: office.zone)
        let units = office.campaign.units
        let current = units.units(on: day)
        lines = current.filter { chosen.isEmpty || $0.cluster == chosen }.map { unit in
            let open = units.addresses.count { $0.unit == unit.code && !$0.isConfirmed }
            return Line(
                name: unit.label, code: unit.code.rawValue, cluster: units.cluster(unit.cluster)?.label ?? unit.cluster,
                leader: unit.contacts.leader, clerk: unit.contacts.clerk, phone: unit.contacts.phone,
                addresses: units.addresses(of: unit.code, on: day), open: open == 0 ? nil : open)
        }
        clusters = units.clusters.map { Choice(code: $0.code, label: $0.label, isHere: $0.code == chosen) }
        former = units.codes.filter { code in !current.contains { $0.code == code } }.map {
            Choice(code: $0.rawValue, label: units.label(of: $0, on: day), isHere: false)
        }
        mayEdit = FormsRights.mayEdit("units.xlsx", role)
    }

    static let template = """
        <h1>Đơn vị</h1>
        <form method="get" action="/don-vi"><label for="cum">Cụm</label> <select id="cum" name="cum"><option value="">tất cả</option>{{#clusters}}<option value="{{code}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/clusters}}</select> <button>Xem</button></form>
        <div class="wide"><table><thead><tr><th scope="col">Đơn vị</th><th scope="col">Mã</th><th scope="col">Cụm</th><th scope="col">Lãnh đạo</th><th scope="col">Đầu mối</th><th scope="col">Điện thoại</th><th scope="col">Địa chỉ thư</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row"><a href="/don-vi/{{code}}">{{name}}</a></th><td>{{code}}</td><td>{{cluster}}</td><td>{{leader}}</td><td>{{clerk}}</td><td>{{phone}}</td><td>{{#addresses}}{{.}}<br>{{/addresses}}{{#open}}<span class="before">chờ xác nhận: {{.}}</span>{{/open}}</td></tr>
        {{/lines}}</tbody></table></div>
        <p>Đơn vị đã thôi: {{#former}}<a href="/don-vi/{{code}}">{{label}}</a>; {{/former}}{{^former}}không{{/former}}</p>
        <section aria-label="Danh bạ"><h2>Danh bạ (units.xlsx)</h2>
        <p><a class="button" href="/ky-dot/tep/units.xlsx">Tải units.xlsx về</a></p>
        {{#mayEdit}}\(FormsUpload.template(of: "units.xlsx")){{/mayEdit}}</section>
        """
}

/// One unit: whom to call, what has come from it, what was said on the telephone.
struct UnitPage: Page {
    struct Address: Sendable {
        let address: String
        let right: String
        let span: String
        let state: String
        /// Row of the sheet, to be confirmed; nil where it is, or not by this visitor.
        let confirmable: Int?
    }

    struct Link: Sendable {
        let code: String
        let label: String
    }

    struct Submission: Sendable {
        let path: String?
        let receipt: String
        let form: String
        let when: String
        let name: String
        let state: String
    }

    let code: String
    let name: String
    let facts: [Fact]
    let addresses: [Address]
    let predecessors: [Link]
    let successors: [Link]
    let hamlets: [String]
    let submissions: [Submission]
    let calls: [String]
    let mayCall: Bool
    let maySeeSubmissions: Bool
    let isCommune: Bool
    let base: String

    struct Fact: Sendable {
        let label: String
        let words: String
    }

    var title: String { name }
    static let place: Place? = .units

    /// The newest submissions that are shown.
    private static let most = 200

    /// - Throws: `Turned.notFound`.
    init(_ unit: UnitCode, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        let day = CivilDate(now, in: office.zone)
        let units = office.campaign.units
        guard let record = units.nearest(unit, to: day) else { throw Turned.notFound }
        code = unit.rawValue
        name = record.label
        isCommune = record.kind == .commune && role != .administrator
        facts = Self.facts(record, units)
        let mayConfirm = FormsRights.mayEdit("units.xlsx", role)
        addresses = units.addresses.filter { $0.unit == unit }.map { entry in
            Address(
                address: entry.address, right: Wording.right(entry.right), span: Wording.span(entry.span),
                state: !entry.isConfirmed
                    ? "chờ xác nhận" : entry.span.contains(day) ? "đang dùng" : "không còn hiệu lực",
                confirmable: mayConfirm && !entry.isConfirmed ? entry.row : nil)
        }
        func links(_ codes: [UnitCode]) -> [Link] {
            codes.map { Link(code: $0.rawValue, label: units.label(of: $0, on: day)) }
        }
        predecessors = links(units.predecessors(of: unit, on: day))
        successors = links(units.successors(of: unit, on: day))
        hamlets = units.hamlets(of: unit, on: day).map { hamlet in
            hamlet.label + (hamlet.formerName.isEmpty ? "" : " (trước: \(hamlet.formerName))")
        }
        maySeeSubmissions = role != .administrator
        submissions =
            maySeeSubmissions
            ? try stored.submissions(unit: unit, last: Self.most).map { try Self.line($0, stored, office) } : []
        calls = try stored.remarks(on: unit.rawValue).reversed().map {
            "\(Wording.moment($0.at, office.zone)), \($0.who): \($0.words)"
        }
        mayCall = role == .interior || role == .head
        base = office.campaign.unitsSHA256
    }

    private static func facts(_ record: UnitRecord, _ units: Units) -> [Fact] {
        let contacts = record.contacts
        return [
            ("Tên đầy đủ", record.officialName), ("Loại", Wording.kind(record.kind)),
            ("Khu vực", record.kind != .commune ? "" : record.isUrban ? "thành thị" : "nông thôn"),
            ("Hiệu lực", Wording.span(record.span)), ("Cụm", units.cluster(record.cluster)?.label ?? record.cluster),
            ("Lãnh đạo", [contacts.leader, contacts.leaderEmail].filter { !$0.isEmpty }.joined(separator: ", ")),
            ("Đầu mối", contacts.clerk), ("Điện thoại", contacts.phone), ("Cán bộ theo dõi", contacts.officer),
        ].filter { !$0.1.isEmpty }.map { Fact(label: $0.0, words: $0.1) }
    }

    private static func line(_ submission: SubmissionRecord, _ stored: LedgerView, _ office: Office) throws
        -> Submission
    {
        let stage = submission.key.stage.map { office.campaign.plan.stage($0)?.label ?? $0 }
        let state: String
        if let dossier = try stored.dossier(of: submission.id) {
            state = "\(Wording.state(dossier.state)), từ \(Wording.day(dossier.changed, office.zone))"
        } else {
            state =
                try stored.newestStanding(of: submission.id).map {
                    "\(Wording.standing($0.standing)), nhận \(Wording.day($0.received, office.zone))"
                } ?? ""
        }
        return Submission(
            path: "/\(submission.kind == .nomination ? "ho-so" : "bao-cao")/\(submission.receipt)",
            receipt: submission.receipt.description,
            form: office.forms.current(submission.key.form)?.definition.settings.title ?? submission.key.form,
            when: stage ?? submission.key.period ?? "", name: submission.name, state: state)
    }

    static let template = """
        <h1>{{name}}</h1>
        <dl class="facts">{{#facts}}<dt>{{label}}</dt><dd>{{words}}</dd>{{/facts}}</dl>
        {{#isCommune}}<p><a class="button" href="/so-lieu/xa/{{code}}">Số liệu của xã</a></p>{{/isCommune}}
        {{#predecessors}}<p>Tiếp nối: <a href="/don-vi/{{code}}">{{label}}</a></p>{{/predecessors}}
        {{#successors}}<p>Nay là: <a href="/don-vi/{{code}}">{{label}}</a></p>{{/successors}}
        <h2>Địa chỉ thư</h2>
        <table><thead><tr><th scope="col">Địa chỉ</th><th scope="col">Quyền</th><th scope="col">Hiệu lực</th><th scope="col">Tình trạng</th></tr></thead>
        <tbody>{{#addresses}}<tr><th scope="row">{{address}}</th><td>{{right}}</td><td>{{span}}</td><td>{{state}}{{#confirmable}}
        <form method="post" action="/don-vi/{{code}}/xac-nhan"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="dong" value="{{.}}"><input type="hidden" name="dia_chi" value="{{address}}"><input type="hidden" name="goc" value="{{base}}"><button>Xác nhận</button> <span class="hint">Sau khi gọi đơn vị. Ghi tên anh/chị vào units.xlsx.</span></form>{{/confirmable}}</td></tr>{{/addresses}}
        {{^addresses}}<tr><td colspan="4">Chưa có địa chỉ nào.</td></tr>{{/addresses}}</tbody></table>
        <section aria-label="Ghi chú cuộc gọi" id="goi"><h2>Ghi chú cuộc gọi</h2><ul>{{#calls}}<li>{{.}}</li>{{/calls}}{{^calls}}<li>chưa có</li>{{/calls}}</ul>
        {{#mayCall}}<form method="post" action="/don-vi/{{code}}/ghi-chu"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="ghi_chu">Gọi ai, nói gì, hẹn gì (đơn vị không thấy)</label><textarea id="ghi_chu" name="ghi_chu" rows="2" required></textarea>
        <button class="main">Ghi chú cuộc gọi</button> <a class="button" href="/bao-cao/nop-thay?dv={{code}}">Nộp thay</a></form>{{/mayCall}}</section>
        {{#maySeeSubmissions}}<h2>Báo cáo, danh sách, hồ sơ</h2>
        <div class="wide"><table><thead><tr><th scope="col">Mã</th><th scope="col">Biểu</th><th scope="col">Kỳ, đợt</th><th scope="col">Đối tượng</th><th scope="col">Tình trạng</th></tr></thead>
        <tbody>{{#submissions}}<tr><th scope="row">{{#path}}<a href="{{.}}">{{receipt}}</a>{{/path}}</th><td>{{form}}</td><td>{{when}}</td><td>{{name}}</td><td>{{state}}</td></tr>{{/submissions}}
        {{^submissions}}<tr><td colspan="5">Chưa có.</td></tr>{{/submissions}}</tbody></table></div>{{/maySeeSubmissions}}
        <details><summary>Thôn, xóm, khối phố</summary><ul>{{#hamlets}}<li>{{.}}</li>{{/hamlets}}{{^hamlets}}<li>danh bạ chưa ghi thôn nào</li>{{/hamlets}}</ul></details>
        """
}

extension Wording {
    static func right(_ right: AddressEntry.Right) -> String {
        switch right {
        case .submit: "nộp"
        case .onBehalf: "nộp thay"
        case .copy: "nhận bản sao"
        }
    }

    static func kind(_ kind: UnitRecord.Kind) -> String {
        switch kind {
        case .commune: "xã, thị trấn"
        case .department: "phòng, ban"
        case .organisation: "đoàn thể"
        case .armedForce: "lực lượng vũ trang"
        case .association: "hiệp hội"
        case .other: "khác"
        }
    }

    static func span(_ span: DaySpan) -> String {
        switch (span.first, span.last) {
        case (nil, nil): "luôn luôn"
        case (let first?, nil): "từ \(day(first))"
        case (nil, let last?): "đến \(day(last))"
        case (let first?, let last?): "\(day(first)) - \(day(last))"
        }
    }
}
