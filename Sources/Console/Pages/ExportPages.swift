import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Sheets
import Vietnamese
import XLSForm

/// The lists that leave the house. Each leaves a line in the trail.
struct ExportPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    func add(to router: Router<ConsoleContext>) {
        router.get("xuat") { _, context in
            let visitor = try context.visitor(at: .exports)
            let now = desk.now()
            let page = try await desk.read { stored, office in try ExportsPage(stored, office, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("xuat/tong-hop/:nam") { _, context in
            let visitor = try context.visitor(at: .exports)
            let year = try Self.year(context)
            return try await export("tong-hop_\(year)", visitor) { stored, office, now in
                guard office.campaign.plan.obligations.contains(where: { $0.year == year }) else {
                    throw Turned.notFound
                }
                return try ConsolidatedReport(of: year, office, stored, at: now).draft
            }
        }
        stage("trich-ngang", router) { try NominationList(stage: $0, $1, $2, at: $3).draft }
        stage("trinh-tinh", router) { try NominationList(.province, stage: $0, $1, $2, at: $3).draft }
        stage("so-theo-doi", router) { try DossierRegister(stage: $0, $1, $2, at: $3).draft }
        router.get("xuat/danh-sach-ho/:nam") { request, context in
            let visitor = try context.visitor([.labour])
            let year = try Self.year(context)
            let unit = request.uri.queryParameters["don_vi"].flatMap { UnitCode(String($0)) }
            let name = ["danh-sach-ho", String(year), unit?.rawValue].compactMap(\.self).joined(separator: "_")
            return try await export(name, visitor) { stored, office, now in
                let list = try HouseholdList(
                    year: year, unit: unit, office, stored, for: visitor.account.display, at: now)
                guard list.count > 0 else { throw Turned.back("Chưa có danh sách hộ của năm \(year).") }
                return list.draft
            }
        }
    }

    private static func year(_ context: ConsoleContext) throws -> Int {
        guard let year = context.parameters.get("nam").flatMap({ Int($0) }) else { throw Turned.notFound }
        return year
    }

    /// A list of one stage.
    private func stage(
        _ name: String, _ router: Router<ConsoleContext>,
        _ draft: @escaping @Sendable (String, Office, LedgerView, Date) throws -> WorkbookDraft
    ) {
        router.get("xuat/\(name)/:dot") { _, context in
            let visitor = try context.visitor(at: .exports)
            guard let stage = context.parameters.get("dot") else { throw Turned.notFound }
            return try await export("\(name)_\(Vietnamese.slug(stage))", visitor) { stored, office, now in
                guard office.campaign.plan.stage(stage) != nil else { throw Turned.notFound }
                return try draft(stage, office, stored, now)
            }
        }
    }

    private func export(
        _ name: String, _ visitor: Visitor,
        _ draft: @escaping @Sendable (LedgerView, Office, Date) throws -> WorkbookDraft
    ) async throws -> Response {
        let now = desk.now()
        let (bytes, day) = try await desk.read { stored, office in
            (try WorkbookWriter.write(draft(stored, office, now)), CivilDate(now, in: office.zone).description)
        }
        try await desk.write { transaction, _ in
            try transaction.audit(AuditEntry(at: now, who: visitor.who, action: "export", subject: name))
        }
        return PaperPages.attachment(bytes, name: "\(name)_\(day).xlsx", type: Self.workbook)
    }
}

struct ExportsPage: Page {
    struct Stage: Sendable {
        let code: String
        let label: String
    }

    struct List: Sendable {
        let number: Int64
        let label: String
        let isDecided: Bool
    }

    let years: [ShownYear]
    let stages: [Stage]
    let lists: [List]
    /// The list of households is the Labour office's alone.
    let mayTakeHouseholds: Bool
    let communes: [Choice]

    var title: String { "Xuất" }
    static let place: Place? = .exports

    init(_ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        years = office.year(nil, at: now).years
        stages = office.campaign.plan.stages.map { Stage(code: $0.code, label: $0.label) }
        lists = try stored.batches().map { batch in
            let stage = office.campaign.plan.stage(batch.stage)?.label ?? batch.stage
            return List(
                number: batch.id.rawValue, label: "\(Wording.level(batch.level)), \(stage)",
                isDecided: batch.decision != nil)
        }
        mayTakeHouseholds = role == .labour
        communes = office.campaign.units.units(on: CivilDate(now, in: office.zone), kind: .commune).map {
            Choice(value: $0.code.rawValue, label: $0.label)
        }
    }

    static let template = """
        <h1>Xuất</h1>
        <h2>Tổng hợp báo cáo (chỉ tiêu, diễn biến hộ nghèo, ma trận, kiến nghị)</h2>
        <ul>{{#years}}<li><a href="/xuat/tong-hop/{{year}}">Năm {{year}}</a> (.xlsx)</li>{{/years}}</ul>
        <h2>Hồ sơ khen thưởng của một đợt</h2>
        <ul>{{#stages}}<li>{{label}}: <a href="/xuat/trich-ngang/{{code}}">danh sách trích ngang đề nghị huyện khen</a> · <a href="/xuat/trinh-tinh/{{code}}">danh sách trình UBND tỉnh</a> · <a href="/xuat/so-theo-doi/{{code}}">sổ theo dõi hồ sơ</a> (.xlsx)</li>{{/stages}}</ul>
        <h2>Danh sách trình</h2>
        <ul>{{#lists}}<li><a href="/danh-sach/{{number}}">Danh sách {{number}}</a>, {{label}}: <a href="/danh-sach/{{number}}/trich-ngang">danh sách (.xlsx)</a> · <a href="/danh-sach/{{number}}/phieu">phiếu thẩm định (in)</a> · <a href="/danh-sach/{{number}}/bo-ho-so">bộ hồ sơ (.zip)</a>{{#isDecided}} · <a href="/danh-sach/{{number}}/cong-bo">công bố (.xlsx)</a> · <a href="/danh-sach/{{number}}/cong-bo-van-ban">công bố (.txt)</a> · <a href="/danh-sach/{{number}}/trao-thuong">trao thưởng (.xlsx)</a>{{/isDecided}}</li>{{/lists}}{{^lists}}<li>chưa có danh sách nào</li>{{/lists}}</ul>
        {{#mayTakeHouseholds}}<h2>Danh sách hộ nghèo, hộ cận nghèo</h2>
        <p class="hint">Dữ liệu nội bộ: mỗi lần xuất được ghi vào nhật ký, trang in mang tên người xuất.</p>
        {{#years}}<form method="get" action="/xuat/danh-sach-ho/{{year}}" class="line"><label>Năm {{year}} <select name="don_vi"><option value="">mọi xã, thị trấn</option>{{#communes}}<option value="{{value}}">{{label}}</option>{{/communes}}</select></label> <button>Xuất</button></form>{{/years}}{{/mayTakeHouseholds}}
        """
}
