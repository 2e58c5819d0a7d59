import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Sheets
import XLSForm

/// Units, stages and forms as the office laid them down, and the lists that leave the house.
struct OfficePages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    private static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

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
        router.get("xuat") { _, context in
            let visitor = try context.visitor(at: .exports)
            let now = desk.now()
            let page = try await desk.read { _, office in ExportsPage(office, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("xuat/tong-hop/:nam") { _, context in
            let visitor = try context.visitor(at: .exports)
            guard let year = context.parameters.get("nam").flatMap({ Int($0) }) else { throw Turned.notFound }
            return try await export("tong-hop_\(year)", visitor) { stored, office, now in
                guard office.campaign.plan.obligations.contains(where: { $0.year == year }) else {
                    throw Turned.notFound
                }
                return try ConsolidatedReport(of: year, office, stored, at: now).draft
            }
        }
        router.get("xuat/trich-ngang/:dot") { _, context in
            let visitor = try context.visitor(at: .exports)
            guard let stage = context.parameters.get("dot") else { throw Turned.notFound }
            return try await export("trich-ngang_\(stage)", visitor) { stored, office, now in
                guard office.campaign.plan.stage(stage) != nil else { throw Turned.notFound }
                return try NominationList(stage: stage, office, stored, at: now).draft
            }
        }
    }

    private func export(
        _ name: String, _ visitor: Visitor,
        _ draft: @escaping @Sendable (LedgerView, Office, Date) throws -> WorkbookDraft
    ) async throws -> Response {
        let now = desk.now()
        let (bytes, day) = try await desk.write { transaction, office in
            let bytes = try WorkbookWriter.write(draft(transaction.stored, office, now))
            try transaction.audit(AuditEntry(at: now, who: visitor.who, action: "export", subject: name))
            return (bytes, CivilDate(now, in: office.zone).description)
        }
        return PaperPages.attachment(bytes, name: "\(name)_\(day).xlsx", type: Self.workbook)
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

struct ExportsPage: Page {
    struct Stage: Sendable {
        let code: String
        let label: String
    }

    let years: [ShownYear]
    let stages: [Stage]

    var title: String { "Xuất" }
    static let place: Place? = .exports

    init(_ office: Office, _ now: Date) {
        years = office.year(nil, at: now).years
        stages = office.campaign.plan.stages.map { Stage(code: $0.code, label: $0.label) }
    }

    static let template = """
        <h1>Xuất</h1>
        <h2>Tổng hợp báo cáo (chỉ tiêu, diễn biến hộ nghèo, ma trận, kiến nghị)</h2>
        <ul>{{#years}}<li><a href="/xuat/tong-hop/{{year}}">Năm {{year}}</a> (.xlsx)</li>{{/years}}</ul>
        <h2>Danh sách trích ngang đề nghị huyện khen</h2>
        <ul>{{#stages}}<li><a href="/xuat/trich-ngang/{{code}}">{{label}}</a> (.xlsx)</li>{{/stages}}</ul>
        """
}
