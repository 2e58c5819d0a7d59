import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// What asks for an action today: only numbers that somebody can press on.
struct TodayPage: Page {
    struct Task: Sendable {
        let label: String
        let count: Int
        let path: String
        let isNone: Bool
        let style: String

        init(label: String, count: Int, path: String) {
            self.label = label
            self.count = count
            self.path = path
            isNone = count == 0
            style = count == 0 ? "none" : "some"
        }
    }

    struct Year: Sendable {
        let year: Int
        let lines: [Line]

        struct Line: Sendable {
            let form: String
            let due: String
            let filed: Int
            let owed: Int
        }
    }

    let day: String
    let tasks: [Task]
    let years: [Year]
    let stages: String

    var title: String { "Hôm nay" }
    static let place: Place? = .today

    static func add(to router: Router<ConsoleContext>, _ desk: ConsoleDesk, _ pages: PageWriter) {
        router.get("/") { _, context in
            let visitor = try context.visitor(at: .today)
            let now = desk.now()
            let page = try await desk.read { try TodayPage($0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
    }

    init(_ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        day = Wording.day(now, office.zone)
        tasks = try Self.tasks(stored, role)
        let today = CivilDate(now, in: office.zone)
        let open = office.campaign.plan.stages.filter { $0.open.contains(today) }
        stages = open.isEmpty ? "không có" : open.map(\.label).joined(separator: ", ")
        let known = Set(office.campaign.plan.obligations.map(\.year)).filter { $0 <= today.year }
        years =
            role == .administrator
            ? [] : try known.max().map { [try Self.year($0, stored, office)] } ?? []
    }

    private static func year(_ year: Int, _ stored: LedgerView, _ office: Office) throws -> Year {
        let duties = try office.duties(of: year, stored)
        let forms = Dictionary(grouping: duties, by: \.duty.obligation.form)
        let lines = forms.keys.sorted().compactMap { form -> Year.Line? in
            guard let owed = forms[form], let first = owed.first else { return nil }
            let settings = office.forms.current(form)?.definition.settings
            return Year.Line(
                form: settings?.title ?? form,
                due: first.duty.obligation.due.map { Wording.day($0.day) } ?? "chưa đặt hạn",
                filed: owed.count { $0.state == .filed }, owed: owed.count)
        }
        return Year(year: year, lines: lines)
    }

    private static func tasks(_ stored: LedgerView, _ role: Role) throws -> [Task] {
        let counts = try stored.dossierCounts()
        func states(_ states: DossierState...) -> Int { states.reduce(0) { $0 + (counts[$1] ?? 0) } }
        let review = [
            Task(label: "Hồ sơ chờ thẩm định", count: states(.queued), path: "/ho-so?nhom=cho"),
            Task(label: "Hồ sơ đang thẩm định", count: states(.inReview), path: "/ho-so?nhom=dang"),
        ]
        let letters = [
            Task(label: "Thư chờ duyệt", count: try stored.noticeCount(in: .held), path: "/thu?nhom=cho"),
            Task(
                label: "Thư gửi không tới hoặc chưa rõ",
                count: try stored.noticeCount(in: .failed) + stored.noticeCount(in: .unknown), path: "/thu?nhom=hong"),
        ]
        let strangers = Task(
            label: "Người gửi lạ, thư bị giữ",
            count: try stored.messageCount(.stranger) + stored.messageCount(.unverified), path: "/thu?nhom=la")
        let quarantine = Task(
            label: "Thư bị giữ vì lý do kỹ thuật", count: try stored.messageCount(.quarantined), path: "/thu?nhom=giu")
        switch role {
        case .interior, .head:
            return review + [
                Task(
                    label: "Hồ sơ cần xem lại", count: try stored.flaggedDossierCount(), path: "/ho-so?nhom=tat-ca"),
                Task(
                    label: "Hồ sơ chưa đáp ứng, chờ quyết định", count: states(.standardNotMet),
                    path: "/ho-so?nhom=don-vi"),
            ] + letters + [strangers]
        case .labour: return review
        case .administrator: return [quarantine, letters[1], strangers]
        case .reader: return []
        }
    }

    static let template = """
        <h1>Hôm nay, {{day}}</h1>
        <table class="tasks"><caption>Việc cần làm</caption><tbody>{{#tasks}}
        <tr class="{{style}}"><th scope="row">{{label}}</th><td class="number">{{count}}</td>
        <td>{{^isNone}}<a class="button" href="{{path}}">Mở</a>{{/isNone}}</td></tr>{{/tasks}}
        </tbody></table>
        {{#years}}<h2>Báo cáo năm {{year}}</h2>
        <table><thead><tr><th scope="col">Biểu</th><th scope="col">Hạn</th><th scope="col">Đã nhận</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{form}}</th><td>{{due}}</td><td class="number">{{filed}}/{{owed}}</td></tr>
        {{/lines}}</tbody></table>
        <p><a class="button" href="/bao-cao?nam={{year}}">Ma trận</a></p>{{/years}}
        <p>Đợt đang mở: {{stages}}</p>
        """
}
