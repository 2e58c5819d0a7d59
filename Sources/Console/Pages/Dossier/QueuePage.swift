import Campaign
import Foundation
import Intake
import Ledger
import Records
import Review
import XLSForm

/// A page of the list of nominees' files: those with all papers first, and of those the longest waiting.
struct QueuePage: Page {
    struct Query: Sendable {
        let group: String
        let stage: String?
        let unit: String?
        let officer: String?
        /// Missing papers, milliseconds and submission of the last line of the page before: `0-1577000000000-17`.
        let after: String?

        init(_ parameters: [String: String]) {
            func given(_ name: String) -> String? { parameters[name].flatMap { $0.isEmpty ? nil : $0 } }
            group = parameters["nhom"] ?? "cho"
            stage = given("dot")
            unit = given("don_vi")
            officer = given("nguoi")
            after = parameters["sau"]
        }

        /// What is asked for, as the address of another page has it; tabs begin anew.
        var rest: String {
            [("dot", stage), ("don_vi", unit), ("nguoi", officer)].compactMap { name, value in
                value.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
                    .map { "&\(name)=\($0)" }
            }.joined()
        }
    }

    struct Tab: Sendable {
        let code: String
        let label: String
        let count: Int
        let isHere: Bool
    }

    struct Line: Sendable {
        let receipt: String
        let nominee: String
        let kind: String
        let content: String
        let unit: String
        let reward: String
        let state: String
        let papers: String
        let isIncomplete: Bool
        let figures: String
        let labour: String
        let officer: String
        let since: String
        /// Why somebody should look again; nil without a reason.
        let flag: String?
    }

    let tabs: [Tab]
    let lines: [Line]
    let stages: [Choice]
    let units: [Choice]
    let officers: [Choice]
    let group: String
    /// What the tabs keep.
    let rest: String
    let doubles: Int
    /// The address of the next page; nil on the last.
    let next: String?
    let isEmpty: Bool

    var title: String { "Hồ sơ khen thưởng" }
    static let place: Place? = .dossiers
    static let pageLength = 50

    private struct Group {
        let code: String
        let label: String
        let states: Set<DossierState>
        var awaitsOpinion = false
    }

    private static let groups = [
        Group(code: "cho", label: "Chờ thẩm định", states: [.queued]),
        Group(code: "dang", label: "Đang thẩm định", states: [.inReview]),
        Group(code: "y-kien", label: "Đang lấy ý kiến", states: [.inReview], awaitsOpinion: true),
        Group(code: "don-vi", label: "Chờ đơn vị", states: [.needsCorrection, .standardNotMet, .returned]),
        Group(code: "trinh", label: "Đã đưa vào danh sách", states: [.proposedToDistrict, .proposedToProvince]),
        Group(
            code: "ket-qua", label: "Đã có kết quả",
            states: [.awardedByDistrict, .awarded, .notAwarded, .declined, .revoked]),
        Group(code: "rut", label: "Rút", states: [.withdrawn]),
        Group(code: "tat-ca", label: "Tất cả", states: Set(DossierState.allCases)),
    ]

    init(_ query: Query, _ stored: LedgerView, _ office: Office) throws {
        let group = Self.groups.first { $0.code == query.group } ?? Self.groups[0]
        self.group = group.code
        rest = query.rest
        let counts = try stored.dossierCounts()
        let asking = try stored.openOpinionCount()
        tabs = Self.groups.map { one in
            Tab(
                code: one.code, label: one.label,
                count: one.awaitsOpinion ? asking : one.states.reduce(0) { $0 + (counts[$1] ?? 0) },
                isHere: one.code == group.code)
        }
        let filter = DossierFilter(
            states: group.states, stage: query.stage, unit: query.unit.flatMap { UnitCode($0) },
            officer: query.officer, awaitsOpinion: group.awaitsOpinion)
        let found = try stored.dossierLines(filter, after: Self.last(query.after), limit: Self.pageLength + 1)
        let accounts = try stored.accounts()
        lines = try found.prefix(Self.pageLength).map { try Self.line($0, accounts, stored, office) }
        isEmpty = lines.isEmpty
        stages = office.campaign.plan.stages.map {
            Choice(value: $0.code, label: $0.label, isHere: $0.code == query.stage)
        }
        units = office.campaign.units.codes.map { code in
            let label = office.campaign.units.rows.last { $0.code == code }?.label ?? code.rawValue
            return Choice(value: code.rawValue, label: label, isHere: code.rawValue == query.unit)
        }
        officers = accounts.filter { $0.role.reviews }.map {
            Choice(value: $0.name, label: $0.display, isHere: $0.name == query.officer)
        }
        doubles = try stored.suspectedPairs(limit: Self.pageLength).count
        next = found.count > Self.pageLength ? found.dropLast().last.map { Self.address($0.dossier, query) } : nil
    }

    private static func address(_ last: DossierRecord, _ query: Query) -> String {
        let time = Int64((last.changed.timeIntervalSince1970 * 1000).rounded())
        let group = groups.first { $0.code == query.group } ?? groups[0]
        return "/ho-so?nhom=\(group.code)\(query.rest)&sau=\(last.missing)-\(time)-\(last.submission.rawValue)"
    }

    private static func last(_ text: String?) -> DossierCursor? {
        guard let parts = text?.split(separator: "-"), parts.count == 3, let missing = Int(parts[0]),
            let time = Int64(parts[1]), let id = Int64(parts[2])
        else { return nil }
        return DossierCursor(
            missing: missing, changed: Date(timeIntervalSince1970: Double(time) / 1000), submission: RowID(rawValue: id)
        )
    }

    private static func line(
        _ line: DossierLine, _ accounts: [AccountRecord], _ stored: LedgerView, _ office: Office
    ) throws -> Line {
        let submission = line.submission
        let form = office.forms.current(submission.key.form)?.definition
        let facts = try stored.queueFacts(of: submission.id)
        func shown(_ question: String?) -> String {
            question.flatMap { name in facts?.answers[name].flatMap { form?.shown($0, of: name) } } ?? ""
        }
        let papers = try form.map { try DossierPapers(of: submission, form: $0, stored) }
        return Line(
            receipt: submission.receipt.description, nominee: submission.name, kind: shown("doi_tuong"),
            content: shown("noi_dung").split(separator: " ").first.map(String.init) ?? "",
            unit: office.campaign.units.label(
                of: submission.key.unit, on: CivilDate(submission.opened, in: office.zone)),
            reward: shown(form?.settings.rewardQuestion), state: Wording.state(line.dossier.state),
            papers: papers.map { "\($0.countThere)/\($0.countAsked)" } ?? "", isIncomplete: line.dossier.missing > 0,
            figures: facts.map { Wording.figures($0.figures) } ?? "",
            labour: line.labourAgrees.map { $0 ? "đồng ý" : "có ý kiến" } ?? "chưa có",
            officer: accounts.first { $0.name == line.officer }?.display ?? line.officer,
            since: Wording.day(line.dossier.changed, office.zone),
            flag: line.dossier.flag.isEmpty ? nil : Wording.flag(line.dossier.flag))
    }

    static let template = """
        <h1>Hồ sơ khen thưởng</h1>
        <ul class="tabs">{{#tabs}}<li><a href="/ho-so?nhom={{code}}{{rest}}"{{#isHere}} aria-current="true"{{/isHere}}>{{label}} ({{count}})</a></li>{{/tabs}}</ul>
        <form method="get" action="/ho-so" class="line"><input type="hidden" name="nhom" value="{{group}}">
        <label>Đợt <select name="dot"><option value="">tất cả</option>{{#stages}}<option value="{{value}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/stages}}</select></label>
        <label>Đơn vị <select name="don_vi"><option value="">tất cả</option>{{#units}}<option value="{{value}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/units}}</select></label>
        <label>Người thẩm định <select name="nguoi"><option value="">tất cả</option>{{#officers}}<option value="{{value}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/officers}}</select></label>
        <button>Lọc</button> <a class="button" href="/ho-so/trung">Có thể trùng ({{doubles}})</a></form>
        <form method="get" action="/ho-so/so-sanh">
        <div class="wide"><table><thead><tr><th scope="col"><span class="away">Chọn</span></th><th scope="col">Mã</th><th scope="col">Đối tượng</th><th scope="col">Loại</th><th scope="col">Nội dung</th><th scope="col">Đơn vị</th><th scope="col">Hình thức</th>
        <th scope="col">Hồ sơ</th><th scope="col">Số liệu</th><th scope="col">Ý kiến LĐ</th><th scope="col">Người thẩm định</th><th scope="col">Trạng thái</th><th scope="col">Chờ từ</th></tr></thead>
        <tbody>{{#lines}}<tr><td><input type="checkbox" name="ma" value="{{receipt}}" aria-label="So sánh {{receipt}}"></td><td class="code"><a href="/ho-so/{{receipt}}">{{receipt}}</a></td><td>{{nominee}}</td><td>{{kind}}</td><td>{{content}}</td><td>{{unit}}</td><td>{{reward}}</td>
        <td class="number{{#isIncomplete}} before{{/isIncomplete}}">{{papers}}</td><td>{{figures}}</td><td>{{labour}}</td><td>{{officer}}</td><td>{{state}}{{#flag}}<br><span class="flag">{{.}}</span>{{/flag}}</td><td>{{since}}</td></tr>
        {{/lines}}</tbody></table></div>
        {{#isEmpty}}<p>Không có hồ sơ nào.</p>{{/isEmpty}}
        {{^isEmpty}}<p><button>So sánh hai hồ sơ đã chọn</button></p>{{/isEmpty}}</form>
        {{#next}}<p><a class="button" href="{{.}}">Trang sau</a></p>{{/next}}
        <p><a href="/so-lieu#khen-thuong">Hình: hồ sơ theo nội dung và trạng thái</a></p>
        """
}
