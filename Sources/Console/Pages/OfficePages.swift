import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// Units, stages and forms as the office laid them down.
struct OfficePages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("don-vi") { _, context in
            let visitor = try context.visitor(at: .units)
            let now = desk.now()
            let page = try await desk.read { _, office in UnitsPage(office, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ky-dot") { _, context in
            let visitor = try context.visitor(at: .calendar)
            let page = try await desk.read { _, office in CalendarPage(office) }
            return try await pages.page(page, for: visitor)
        }
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
    }

    let lines: [Line]

    var title: String { "Đơn vị" }
    static let place: Place? = .units

    init(_ office: Office, _ now: Date) {
        let day = CivilDate(now, in: office.zone)
        let units = office.campaign.units
        lines = units.units(on: day).map { unit in
            Line(
                name: unit.label, code: unit.code.rawValue, cluster: units.cluster(unit.cluster)?.label ?? unit.cluster,
                leader: unit.contacts.leader, clerk: unit.contacts.clerk, phone: unit.contacts.phone,
                addresses: units.addresses(of: unit.code, on: day))
        }
    }

    static let template = """
        <h1>Đơn vị</h1>
        <p class="hint">Danh bạ ở tệp units.xlsx trong thư mục biểu mẫu; sửa tệp đó, lưu lại là có hiệu lực.</p>
        <table><thead><tr><th scope="col">Đơn vị</th><th scope="col">Mã</th><th scope="col">Cụm</th><th scope="col">Lãnh đạo</th><th scope="col">Đầu mối</th><th scope="col">Điện thoại</th><th scope="col">Địa chỉ thư</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{name}}</th><td>{{code}}</td><td>{{cluster}}</td><td>{{leader}}</td><td>{{clerk}}</td><td>{{phone}}</td><td>{{#addresses}}{{.}}<br>{{/addresses}}</td></tr>
        {{/lines}}</tbody></table>
        """
}

struct CalendarPage: Page {
    struct Stage: Sendable {
        let label: String
        let first: String
        let last: String
        let forms: String
    }

    struct Form: Sendable {
        let title: String
        let id: String
        let version: String
    }

    let stages: [Stage]
    let forms: [Form]

    var title: String { "Kỳ, đợt, biểu mẫu" }
    static let place: Place? = .calendar

    init(_ office: Office) {
        stages = office.campaign.plan.stages.map { stage in
            Stage(
                label: stage.label, first: stage.open.first.map { Wording.day($0) } ?? "chưa đặt",
                last: stage.open.last.map { Wording.day($0) } ?? "chưa đặt",
                forms: stage.forms.map { office.forms.current($0)?.definition.settings.title ?? $0 }
                    .joined(separator: "; "))
        }
        forms = office.forms.current.map { form in
            let settings = form.definition.settings
            return Form(title: settings.title, id: settings.id, version: settings.version)
        }
    }

    static let template = """
        <h1>Kỳ, đợt, biểu mẫu</h1>
        <table><caption>Đợt khen thưởng</caption><thead><tr><th scope="col">Đợt</th><th scope="col">Mở</th><th scope="col">Đóng</th><th scope="col">Biểu</th></tr></thead>
        <tbody>{{#stages}}<tr><th scope="row">{{label}}</th><td>{{first}}</td><td>{{last}}</td><td>{{forms}}</td></tr>{{/stages}}</tbody></table>
        <table><caption>Biểu mẫu đang dùng</caption><thead><tr><th scope="col">Biểu</th><th scope="col">Mã</th><th scope="col">Bản</th></tr></thead>
        <tbody>{{#forms}}<tr><th scope="row">{{title}}</th><td>{{id}}</td><td>{{version}}</td></tr>{{/forms}}</tbody></table>
        """
}
