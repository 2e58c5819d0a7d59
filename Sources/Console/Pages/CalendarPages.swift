import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// The year's calendar, the stages, targets, decisions and forms as plan.xlsx and the forms folder have them.
struct CalendarPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    func add(to router: Router<ConsoleContext>) {
        router.get("ky-dot") { request, context in
            let visitor = try context.visitor(at: .calendar)
            let (asked, now) = (request.year, desk.now())
            let files = try await desk.work { [desk] in desk.editor.formFiles }
            let page = try await desk.read { try CalendarPage(asked, files, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ky-dot/bieu-trong") { request, context in
            _ = try context.visitor([.interior, .head, .labour])
            let query = request.uri.queryParameters
            let asked = ["bieu", "dv", "nam", "dot"].map { query[$0[...]].map { String($0) } ?? "" }
            let (bytes, name) = try await desk.read { stored, office in
                try Self.blank(asked[0], unit: asked[1], year: asked[2], stage: asked[3], stored, office)
            }
            return PaperPages.attachment(bytes, name: name, type: Self.workbook)
        }
        router.get("ky-dot/moi/:dot") { _, context in
            let visitor = try context.visitor([.interior, .head])
            let (code, now) = (context.parameters.get("dot") ?? "", desk.now())
            let page = try await desk.read { _, office in try InvitationPage(code, office, now) }
            return try await pages.page(page, for: visitor)
        }
        router.post("ky-dot/moi/:dot") { request, context in
            let visitor = try context.visitor([.interior, .head])
            let form = try await FormFields(request, of: visitor)
            let page = try await invite(context.parameters.get("dot") ?? "", form, visitor)
            return try await pages.page(page, for: visitor)
        }
    }

    private func invite(_ code: String, _ form: FormFields, _ visitor: Visitor) async throws -> MailedPage {
        let (chosen, now) = (form.all("dv-"), desk.now())
        guard !chosen.isEmpty else { throw Turned.back("Chưa chọn đơn vị nào.") }
        return try await desk.write { transaction, office in
            guard let stage = office.campaign.plan.stage(code) else { throw Turned.notFound }
            let today = CivilDate(now, in: office.zone)
            let letters = CampaignLetters(office: office, transaction: transaction, now: now)
            let outcomes = try office.campaign.units.units(on: today).filter { chosen[$0.code.rawValue] != nil }.map {
                unit in
                let outcome = try letters.invite(unit.code, stage: stage, again: !form["lai"].isEmpty)
                if case .written = outcome {
                    try transaction.audit(
                        AuditEntry(
                            at: now, who: visitor.who, action: "forms.send", subject: unit.code.rawValue, detail: code))
                }
                return (unit.code, outcome)
            }
            return MailedPage("Gửi biểu mẫu, \(stage.label): kết quả", back: "/ky-dot", outcomes, office, now)
        }
    }

    /// A form's workbook for a unit and its year or stage, with what the office knows already; for nobody in particular
    /// where no unit is named.
    private static func blank(
        _ id: String, unit: String, year: String, stage: String, _ stored: LedgerView, _ office: Office
    ) throws -> (bytes: [UInt8], name: String) {
        guard let form = office.forms.current(id)?.definition else { throw Turned.notFound }
        let code = unit.isEmpty ? nil : UnitCode(unit)
        guard unit.isEmpty || code.map(office.campaign.units.codes.contains) ?? false else { throw Turned.notFound }
        let isStaged = form.settings.kind == .nomination || form.settings.kind == .cover
        guard stage.isEmpty || office.campaign.plan.stage(stage) != nil else { throw Turned.notFound }
        let blank = BlankWorkbook(
            form: form, unit: code, period: isStaged || code == nil || Int(year) == nil ? nil : year,
            stage: isStaged && code != nil && !stage.isEmpty ? stage : nil)
        let bytes = try blank.bytes(office.campaign, accepted: try UnitWorkbooks(office, stored).accepted)
        let words = [id, code?.rawValue, blank.period ?? blank.stage].compactMap(\.self)
        return (bytes, words.joined(separator: "_") + ".xlsx")
    }
}

struct CalendarPage: Page {
    struct Stage: Sendable {
        let code: String
        let label: String
        let first: String
        let last: String
        let state: String
        let forms: String
        let quotas: String
    }

    struct Due: Sendable {
        let form: String
        let kind: String
        let due: String
        let document: String
        let reminders: String
    }

    struct Target: Sendable {
        let unit: String
        let poor: String
        let nearPoor: String
        let document: String
    }

    struct Decision: Sendable {
        let key: String
        let value: String
        let who: String
        let document: String
    }

    struct Form: Sendable {
        let title: String
        let id: String
        let version: String
        let used: String
        /// The workbook's name; nil of a form that is several files.
        let file: String?
        let upload: Bool
    }

    let year: Int
    let years: [ShownYear]
    let strip: [ShownPicture]
    let stages: [Stage]
    let dues: [Due]
    let targets: [Target]
    let missingTargets: String?
    let decisions: [Decision]
    let forms: [Form]
    let units: [UnitPage.Link]
    let mayEditPlan: Bool
    let mayEdit: Bool
    let isLabour: Bool

    var title: String { "Kỳ, đợt, biểu mẫu" }
    static let place: Place? = .calendar

    /// - Parameter files: names of the workbooks that hold one form each, by the form's id.
    init(
        _ asked: Int?, _ files: [String: String], _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date
    ) throws {
        (year, years) = office.year(asked, at: now)
        let (year, plan) = (year, office.campaign.plan)
        let today = CivilDate(now, in: office.zone)
        strip = [ShownPicture(Self.strip(year, office))]
        stages = plan.stages.map { Self.stage($0, today, office) }
        dues = plan.obligations.filter { $0.year == year }.map { Self.due($0, office) }
        let day = CivilDate(year: year, month: 12, day: 31) ?? today
        let communes = office.campaign.units.units(on: day, kind: .commune)
        targets = communes.compactMap { unit in
            plan.target(unit.code, year).map { target in
                func points(_ hundredths: Int?) -> String { Wording.percent(hundredths.map { Decimal($0) / 100 }) }
                return Target(
                    unit: unit.label, poor: points(target.poor), nearPoor: points(target.nearPoor),
                    document: target.document)
            }
        }
        let missing = communes.filter { plan.target($0.code, year) == nil }.map(\.label)
        missingTargets = missing.isEmpty ? nil : missing.joined(separator: ", ")
        decisions = plan.decisions.map { decision in
            Decision(
                key: decision.key, value: decision.value.isEmpty ? "chưa quyết định" : decision.value,
                who: [decision.decidedBy, decision.day.map { Wording.day($0) } ?? ""].filter { !$0.isEmpty }
                    .joined(separator: ", "), document: decision.document)
        }
        mayEdit = role == .interior || role == .head
        mayEditPlan = FormsRights.mayEdit("plan.xlsx", role)
        isLabour = role == .labour
        let mayUpload = mayEdit
        forms = try office.forms.current.map { form in
            let settings = form.definition.settings
            let used = try stored.definitions(kind: "form", name: settings.id).last?.recorded
            return Form(
                title: settings.title, id: settings.id, version: settings.version,
                used: used.map { "đang dùng từ \(Wording.day($0, office.zone))" } ?? "chưa dùng",
                file: files[settings.id], upload: mayUpload && files[settings.id] != nil)
        }
        units = office.campaign.units.units(on: today).map { UnitPage.Link(code: $0.code.rawValue, label: $0.label) }
    }

    private static func stage(_ stage: Plan.Stage, _ today: CivilDate, _ office: Office) -> Stage {
        let quotas = office.campaign.plan.quotas.filter { $0.stage == stage.code }
        func sum(_ kind: KeyPath<Plan.Quota, Int?>) -> Int { quotas.reduce(0) { $0 + ($1[keyPath: kind] ?? 0) } }
        let isOver = stage.open.last.map { $0 < today } ?? false
        return Stage(
            code: stage.code, label: stage.label, first: stage.open.first.map { Wording.day($0) } ?? "chưa đặt",
            last: stage.open.last.map { Wording.day($0) } ?? "chưa đặt",
            state: stage.open.contains(today) ? "đang mở" : isOver ? "đã đóng" : "chưa mở",
            forms: stage.forms.map { office.forms.current($0)?.definition.settings.title ?? $0 }.joined(
                separator: "; "),
            quotas: quotas.isEmpty
                ? "không phân bổ"
                : "\(quotas.count) đơn vị: \(sum(\.collectives)) tập thể, \(sum(\.individuals)) cá nhân, \(sum(\.households)) hộ"
        )
    }

    private static func due(_ obligation: Plan.Obligation, _ office: Office) -> Due {
        let before = obligation.remindBefore.map { "trước \($0) ngày" }
        let after = obligation.remindAfter.map { "sau \($0) ngày" }
        return Due(
            form: office.forms.current(obligation.form)?.definition.settings.title ?? obligation.form,
            kind: Wording.kind(obligation.kind), due: obligation.due.map { Wording.day($0.day) } ?? "chưa đặt hạn",
            document: obligation.due?.document ?? "",
            reminders: (before + after).isEmpty ? "không nhắc" : (before + after).joined(separator: ", "))
    }

    private static func strip(_ year: Int, _ office: Office) -> YearStrip {
        let first = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
        let last = CivilDate(year: year, month: 12, day: 31)?.daysSince1970 ?? 0
        let spans = office.campaign.plan.stages.compactMap { stage -> YearStrip.Span? in
            guard let from = stage.open.first?.daysSince1970, let to = stage.open.last?.daysSince1970, from <= last,
                to >= first
            else { return nil }
            return YearStrip.Span(
                label: stage.label, first: max(from, first) - first, last: min(to, last) - first,
                words: Wording.span(stage.open))
        }
        var seen = Set<String>()
        let marks = office.campaign.plan.obligations.compactMap { obligation -> YearStrip.Mark? in
            guard let due = obligation.due, due.day.year == year else { return nil }
            let title = office.forms.current(obligation.form)?.definition.settings.title ?? obligation.form
            let label = "Hạn \(title.prefix(70))"
            guard seen.insert("\(label) \(due.day)").inserted else { return nil }
            return YearStrip.Mark(label: label, day: due.day.daysSince1970 - first, words: Wording.day(due.day))
        }
        return YearStrip(id: "lich", year: year, spans: spans, marks: marks)
    }

    static let template = """
        <h1>Kỳ, đợt, biểu mẫu</h1>
        <form method="get" action="/ky-dot"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select> <button>Xem</button>
        {{#mayEdit}}<a class="button" href="/ky-dot/kiem-tra">Kiểm tra biểu mẫu</a>{{/mayEdit}}</form>
        {{#strip}}\(ShownPicture.template){{/strip}}
        <div class="wide"><table><caption>Đợt khen thưởng</caption><thead><tr><th scope="col">Đợt</th><th scope="col">Mở</th><th scope="col">Đóng</th><th scope="col">Tình trạng</th><th scope="col">Phân bổ</th><th scope="col">Biểu</th>{{#mayEdit}}<th scope="col">Gửi biểu mẫu</th>{{/mayEdit}}</tr></thead>
        <tbody>{{#stages}}<tr><th scope="row">{{label}}</th><td>{{first}}</td><td>{{last}}</td><td>{{state}}</td><td>{{quotas}}</td><td class="long">{{forms}}</td>{{#mayEdit}}<td><a class="button" href="/ky-dot/moi/{{code}}">Gửi biểu mẫu cho…</a></td>{{/mayEdit}}</tr>{{/stages}}</tbody></table></div>
        <p class="hint">Mở, đóng đợt: sửa ngày ở sheet dot của plan.xlsx rồi tải lên.</p>
        <div class="wide"><table><caption>Báo cáo phải nộp năm {{year}}</caption><thead><tr><th scope="col">Biểu</th><th scope="col">Loại đơn vị</th><th scope="col">Hạn</th><th scope="col">Văn bản</th><th scope="col">Nhắc</th></tr></thead>
        <tbody>{{#dues}}<tr><th scope="row">{{form}}</th><td>{{kind}}</td><td>{{due}}</td><td>{{document}}</td><td>{{reminders}}</td></tr>{{/dues}}</tbody></table></div>
        <details><summary>Chỉ tiêu giảm nghèo năm {{year}} (điểm %)</summary>{{#missingTargets}}<p>Chưa có chỉ tiêu: {{.}}</p>{{/missingTargets}}
        <div class="wide"><table><thead><tr><th scope="col">Xã, thị trấn</th><th scope="col">Hộ nghèo</th><th scope="col">Hộ cận nghèo</th><th scope="col">Văn bản</th></tr></thead>
        <tbody>{{#targets}}<tr><th scope="row">{{unit}}</th><td class="number">{{poor}}</td><td class="number">{{nearPoor}}</td><td>{{document}}</td></tr>{{/targets}}</tbody></table></div></details>
        <details><summary>Quy ước (điều Kế hoạch để ngỏ)</summary><div class="wide"><table><thead><tr><th scope="col">Khóa</th><th scope="col">Giá trị</th><th scope="col">Người quyết định</th><th scope="col">Văn bản</th></tr></thead>
        <tbody>{{#decisions}}<tr><th scope="row">{{key}}</th><td>{{value}}</td><td>{{who}}</td><td>{{document}}</td></tr>{{/decisions}}</tbody></table></div></details>
        <section aria-label="Kế hoạch"><h2>Kế hoạch (plan.xlsx)</h2><p><a class="button" href="/ky-dot/tep/plan.xlsx">Tải plan.xlsx về</a></p>
        {{#isLabour}}<p class="hint">Phòng Lao động - TB&amp;XH sửa sheet chi_tieu (chỉ tiêu) và so_lieu_goc (số liệu gốc).</p>{{/isLabour}}
        {{#mayEditPlan}}\(FormsUpload.template(of: "plan.xlsx")){{/mayEditPlan}}</section>
        <h2>Biểu mẫu đang dùng</h2>
        <form method="get" action="/ky-dot/bieu-trong"><label>Biểu trống <select name="bieu">{{#forms}}<option value="{{id}}">{{title}}</option>{{/forms}}</select></label>
        <label>cho <select name="dv"><option value="">đơn vị bất kỳ</option>{{#units}}<option value="{{code}}">{{label}}</option>{{/units}}</select></label>
        <label>năm <select name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select></label>
        <label>đợt <select name="dot"><option value=""></option>{{#stages}}<option value="{{code}}">{{label}}</option>{{/stages}}</select></label> <button>Tải biểu trống</button></form>
        <div class="wide"><table><thead><tr><th scope="col">Biểu</th><th scope="col">Mã</th><th scope="col">Bản</th>{{#mayEdit}}<th scope="col">Sửa</th>{{/mayEdit}}</tr></thead>
        <tbody>{{#forms}}<tr><th scope="row">{{title}}</th><td>{{id}}</td><td>{{version}}<br><small>{{used}}</small></td>{{#mayEdit}}<td>{{#upload}}<details><summary>Sửa biểu này</summary><p><a class="button" href="/ky-dot/tep/{{file}}">Tải {{file}} về</a></p>
        <form method="post" action="/ky-dot/tai-len" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ten" value="{{file}}">
        <label>Bản đã sửa, với số bản mới <input name="tep" type="file" required></label> <button>Tải lên, xem thay đổi</button></form></details>{{/upload}}{{^upload}}gồm nhiều tệp; sửa trong thư mục biểu mẫu{{/upload}}</td>{{/mayEdit}}</tr>{{/forms}}</tbody></table></div>
        """
}

/// Who shall get a stage's blank nominations.
struct InvitationPage: Page {
    struct Unit: Sendable {
        let code: String
        let label: String
        let address: String?
    }

    let stage: String
    let label: String
    let units: [Unit]
    let isHeld: Bool

    var title: String { "Gửi biểu mẫu, \(label)" }
    static let place: Place? = .calendar

    /// - Throws: `Turned.notFound`.
    init(_ code: String, _ office: Office, _ now: Date) throws {
        guard let stage = office.campaign.plan.stage(code) else { throw Turned.notFound }
        self.stage = stage.code
        label = stage.label
        let today = CivilDate(now, in: office.zone)
        units = office.campaign.units.units(on: today).map { unit in
            Unit(
                code: unit.code.rawValue, label: unit.label,
                address: office.campaign.units.addresses(of: unit.code, on: today).first)
        }
        isHeld = office.waitsForPress(.blankForms)
    }

    static let template = """
        <h1>Gửi biểu mẫu, {{label}}</h1>
        <form method="post" action="/ky-dot/moi/{{stage}}"><input type="hidden" name="_csrf" value="{{csrf}}">
        <table><thead><tr><th scope="col">Chọn</th><th scope="col">Đơn vị</th><th scope="col">Gửi tới</th></tr></thead>
        <tbody>{{#units}}<tr><td><input type="checkbox" name="dv-{{code}}" value="1" aria-label="Chọn {{label}}"{{#address}} checked{{/address}}{{^address}} disabled{{/address}}></td><th scope="row">{{label}}</th><td>{{#address}}{{.}}{{/address}}{{^address}}chưa có địa chỉ đang hiệu lực{{/address}}</td></tr>{{/units}}</tbody></table>
        <p><label><input type="checkbox" name="lai" value="1"> gửi lại cả đơn vị đã được gửi trước đây</label></p>
        <button class="main">Viết thư gửi biểu mẫu</button> <span class="hint">{{#isHeld}}Thư vào mục Chờ duyệt của trang Thư; chưa gửi đi.{{/isHeld}}{{^isHeld}}Thư gửi đi trong giờ gửi thư gần nhất.{{/isHeld}}</span></form>
        """
}
