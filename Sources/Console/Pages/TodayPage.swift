import Campaign
import Exports
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

    /// A unit to be called: its third version was not in order either.
    struct Call: Sendable {
        let unit: String
        let words: String
        let phone: String
        let path: String
    }

    struct Year: Sendable {
        let year: Int
        let lines: [Line]
        /// Where the units that owe something are reminded; nil where nobody does, or not by this visitor.
        let remind: Remind?

        struct Line: Sendable {
            let form: String
            let due: String
            let filed: Int
            let owed: Int
        }

        struct Remind: Sendable {
            let path: String
            let count: Int
        }
    }

    let day: String
    let mailbox: String?
    let tasks: [Task]
    let hasTasks: Bool
    let calls: [Call]
    let hasCalls: Bool
    let years: [Year]
    let figures: [KeyFigure]
    let hasFigures: Bool
    let health: [HealthLine]
    let hasHealth: Bool
    let stages: String

    var title: String { "Hôm nay" }
    static let place: Place? = .today

    static func add(to router: Router<ConsoleContext>, _ desk: ConsoleDesk, _ pages: PageWriter) {
        router.get("/") { _, context in
            let visitor = try context.visitor(at: .today)
            let now = desk.now()
            let health = try await desk.work { [desk] in desk.health() }
            let page = try await desk.read { try TodayPage($0, $1, visitor.role, health, now) }
            return try await pages.page(page, for: visitor)
        }
    }

    /// After so many versions in vain somebody calls.
    private static let patience = 3

    init(_ stored: LedgerView, _ office: Office, _ role: Role, _ health: OfficeHealth, _ now: Date) throws {
        let today = CivilDate(now, in: office.zone)
        day = "\(Wording.weekday(today)) \(Wording.day(today))"
        mailbox = health.lastCheck.map { "kiểm tra lúc \(Wording.moment($0, office.zone)), tốt" }
        let open = office.campaign.plan.openStages(on: today)
        stages = open.isEmpty ? "không có" : open.map(\.label).joined(separator: ", ")
        let known = Set(office.campaign.plan.obligations.map(\.year)).filter { $0 <= today.year }.max()
        tasks = try Self.tasks(stored, role, year: known)
        hasTasks = !tasks.isEmpty
        let works = role == .interior || role == .head
        calls = works ? try Self.calls(stored, office, today) : []
        hasCalls = !calls.isEmpty
        years =
            role == .administrator ? [] : try known.map { [try Self.year($0, stored, office, mayRemind: works)] } ?? []
        figures =
            role == .reader
            ? try known.map { KeyFigure.all(DistrictFigures(try ConsolidatedReport(of: $0, office, stored, at: now))) }
                ?? []
            : []
        hasFigures = !figures.isEmpty
        self.health = role == .administrator ? HealthLine.all(health, office.zone, now) : []
        hasHealth = role == .administrator
    }

    private static func calls(_ stored: LedgerView, _ office: Office, _ today: CivilDate) throws -> [Call] {
        try stored.unfinished(after: patience).compactMap { id in
            guard let submission = try stored.submission(id) else { return nil }
            let unit = office.campaign.units.nearest(submission.key.unit, to: today)
            // Whoever filled in the form, else whom units.xlsx names.
            let answers = try stored.newestRevision(of: id)?.workbook.answers ?? []
            let own = answers.first { $0.question == "dt_nguoi_lap" && $0.row == nil }?.shown ?? ""
            let form = office.forms.current(submission.key.form)?.definition.settings.title ?? submission.key.form
            return Call(
                unit: unit?.label ?? submission.key.unit.rawValue,
                words: "\(submission.receipt) \(submission.name.isEmpty ? form : submission.name)",
                phone: own.isEmpty ? unit?.contacts.phone ?? "" : own, path: "/don-vi/\(submission.key.unit)#goi")
        }
    }

    private static func year(_ year: Int, _ stored: LedgerView, _ office: Office, mayRemind: Bool) throws -> Year {
        let duties = try office.duties(of: year, stored)
        let forms = Dictionary(grouping: duties, by: \.duty.obligation.form)
        let lines = forms.keys.sorted().compactMap { form -> Year.Line? in
            guard let owed = forms[form], let first = owed.first else { return nil }
            let settings = office.forms.current(form)?.definition.settings
            let due = first.duty.obligation.due
            let document = due.map { $0.document.isEmpty ? "" : " (\($0.document))" } ?? ""
            return Year.Line(
                form: settings?.title ?? form, due: due.map { Wording.day($0.day) + document } ?? "chưa đặt hạn",
                filed: owed.count { $0.state == .filed }, owed: owed.count)
        }
        // Without a due day and its document nobody is reminded.
        let late = duties.filter { owed in
            owed.state.isOpen && owed.duty.obligation.due.map { !$0.document.isEmpty } ?? false
        }
        var seen = Set<UnitCode>()
        let units = late.map(\.duty.unit).filter { seen.insert($0).inserted }
        let query = units.map { "&dv=\($0)" }.joined()
        return Year(
            year: year, lines: lines,
            remind: units.isEmpty || !mayRemind
                ? nil : .init(path: "/bao-cao/nhac?nam=\(year)\(query)", count: units.count))
    }

    private static func tasks(_ stored: LedgerView, _ role: Role, year: Int?) throws -> [Task] {
        let counts = try stored.dossierCounts()
        func states(_ states: DossierState...) -> Int { states.reduce(0) { $0 + (counts[$1] ?? 0) } }
        let letters = [
            Task(label: "Thư chờ duyệt", count: try stored.noticeCount(in: .held), path: "/thu?nhom=cho"),
            Task(
                label: "Thư gửi không tới hoặc chưa rõ",
                count: try stored.noticeCount(in: .failed) + stored.noticeCount(in: .unknown), path: "/thu?nhom=hong"),
        ]
        let strangers = Task(
            label: "Người gửi lạ, thư bị giữ",
            count: try stored.messageCount(.stranger) + stored.messageCount(.unverified), path: "/thu?nhom=la")
        switch role {
        case .interior, .head:
            let waiting = try stored.waitingReports()
            let first = try waiting.first.flatMap { try stored.submission($0)?.receipt }
            return [
                Task(label: "Hồ sơ chờ thẩm định", count: states(.queued), path: "/ho-so?nhom=cho"),
                Task(label: "Hồ sơ đang thẩm định", count: states(.inReview), path: "/ho-so?nhom=dang"),
                Task(
                    label: "Hồ sơ có ý kiến Lao động mới", count: try stored.dossiersWithNewOpinion(),
                    path: "/ho-so?nhom=dang"),
                Task(label: "Hồ sơ cần xem lại", count: try stored.flaggedDossierCount(), path: "/ho-so?nhom=tat-ca"),
                Task(
                    label: "Hồ sơ chưa đáp ứng, chờ quyết định", count: states(.standardNotMet),
                    path: "/ho-so?nhom=don-vi"),
                Task(
                    label: "Báo cáo cần quyết định", count: waiting.count,
                    path: waiting.count == 1 ? first.map { "/bao-cao/\($0)" } ?? "/bao-cao" : "/bao-cao"),
            ] + letters + [strangers]
        case .labour:
            let unconfirmed =
                try year.map { try stored.unconfirmedReports(form: "bao_cao_xa", period: String($0)) } ?? 0
            return [
                Task(
                    label: "Hồ sơ chờ ý kiến của Phòng", count: try stored.dossiersWithoutOpinion(),
                    path: "/ho-so?nhom=dang"),
                Task(
                    label: "Báo cáo chờ xác nhận số liệu", count: unconfirmed,
                    path: "/bao-cao/doi-chieu" + (year.map { "?nam=\($0)" } ?? "")),
            ]
        case .administrator:
            let quarantine = Task(
                label: "Thư bị giữ vì lý do kỹ thuật", count: try stored.messageCount(.quarantined),
                path: "/thu?nhom=giu")
            return [quarantine, letters[1], strangers]
        case .reader: return []
        }
    }

    static let template = """
        <h1>{{day}}</h1>
        {{#mailbox}}<p>Hộp thư: {{.}}</p>{{/mailbox}}
        {{#hasTasks}}<table class="tasks"><caption>Việc cần làm</caption><tbody>{{#tasks}}
        <tr class="{{style}}"><th scope="row">{{label}}</th><td class="number">{{count}}</td>
        <td>{{^isNone}}<a class="button" href="{{path}}">Mở</a>{{/isNone}}</td></tr>{{/tasks}}
        </tbody></table>{{/hasTasks}}
        {{#hasCalls}}<table><caption>Đã sửa 3 lần, chưa xong: gọi điện</caption><tbody>{{#calls}}<tr><th scope="row">{{unit}}</th><td>{{words}}</td><td>{{phone}}</td><td><a class="button" href="{{path}}">Gọi, ghi chú</a></td></tr>{{/calls}}</tbody></table>{{/hasCalls}}
        {{#hasHealth}}<table><caption>Máy chủ và hộp thư</caption><tbody>{{#health}}<tr><th scope="row">{{what}}</th><td>{{#isBad}}<span class="trouble">{{words}}</span>{{/isBad}}{{^isBad}}{{words}}{{/isBad}}</td></tr>{{/health}}</tbody></table>{{/hasHealth}}
        {{#hasFigures}}\(KeyFigure.template){{/hasFigures}}
        {{#years}}<h2>Báo cáo năm {{year}}</h2>
        <table><thead><tr><th scope="col">Biểu</th><th scope="col">Hạn</th><th scope="col">Đã nhận</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{form}}</th><td>{{due}}</td><td class="number">{{filed}}/{{owed}}</td></tr>
        {{/lines}}</tbody></table>
        <p><a class="button" href="/bao-cao?nam={{year}}">Ma trận</a>{{#remind}} <a class="button" href="{{path}}">Nhắc {{count}} đơn vị</a>{{/remind}}</p>{{/years}}
        <p>Đợt đang mở: {{stages}}</p>
        """
}

extension Wording {
    static func weekday(_ day: CivilDate) -> String {
        // 1970-01-01 was a Thursday.
        let names = ["Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư"]
        return names[((day.daysSince1970 % 7) + 7) % 7]
    }
}
