import Campaign
import Foundation
import Intake
import Ledger
import Records
import XLSForm

/// Rows units by clusters, columns duties of a year.
struct MatrixPage: Page {
    struct Cell: Sendable {
        let words: String
        let style: String
        /// nil where there is nothing to open.
        let path: String?
    }

    struct Line: Sendable {
        let code: String
        let unit: String
        let cells: [Cell]
        let calls: String
    }

    struct Cluster: Sendable {
        let label: String
        let lines: [Line]
    }

    let year: Int
    let years: [ShownYear]
    let onlyOpen: Bool
    let forms: [String]
    let clusters: [Cluster]
    let pictures: [ShownPicture]
    let frozen: String?
    let mayPress: Bool
    let mayOpen: Bool
    /// Of the table, in columns.
    let width: Int

    var title: String { "Báo cáo năm \(year)" }
    static let place: Place? = .reports

    /// - Parameter onlyOpen: leaves out the units that have sent everything.
    init(
        _ asked: Int?, onlyOpen: Bool, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date
    ) throws {
        (year, years) = office.year(asked, at: now)
        self.onlyOpen = onlyOpen
        mayPress = role == .interior || role == .head
        mayOpen = role != .reader
        let duties = try office.duties(of: year, stored)
        let order = duties.reduce(into: [String]()) { found, owed in
            if !found.contains(owed.duty.obligation.form) { found.append(owed.duty.obligation.form) }
        }
        forms = order.map { office.forms.current($0)?.definition.settings.title ?? $0 }
        width = order.count + 1 + (mayPress ? 1 : 0) + (mayOpen ? 1 : 0)
        let day = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(now, in: office.zone)
        var units: [UnitCode] = []
        for owed in duties where !units.contains(owed.duty.unit) { units.append(owed.duty.unit) }
        let byUnit = Dictionary(grouping: duties, by: \.duty.unit)
        var clusters: [(code: String, lines: [Line])] = []
        for unit in units {
            let own = byUnit[unit] ?? []
            if onlyOpen, !own.contains(where: { $0.state.isOpen }) { continue }
            let record = office.campaign.units.nearest(unit, to: day)
            let line = Line(
                code: unit.rawValue, unit: record?.label ?? unit.rawValue,
                cells: try order.map { form in
                    try Self.cell(
                        own.first { $0.duty.obligation.form == form }, stored, office, mayOpen: role != .reader)
                }, calls: role == .reader ? "" : try Self.lastCall(unit, stored, office))
            if let index = clusters.firstIndex(where: { $0.code == record?.cluster ?? "" }) {
                clusters[index].lines.append(line)
            } else {
                clusters.append((record?.cluster ?? "", [line]))
            }
        }
        self.clusters = clusters.map {
            Cluster(label: office.campaign.units.cluster($0.code)?.label ?? "Ngoài cụm", lines: $0.lines)
        }
        pictures = [ShownPicture(Self.marks(duties, units, order, forms, office, day))]
        frozen = try Self.frozen(year, order, stored, office)
    }

    private static func marks(
        _ duties: [OwedDuty], _ units: [UnitCode], _ order: [String], _ forms: [String], _ office: Office,
        _ day: CivilDate
    ) -> DutyMarks {
        let byUnit = Dictionary(grouping: duties, by: \.duty.unit)
        return DutyMarks(
            id: "da-gui", forms: forms,
            units: units.map { unit in
                DutyMarks.Unit(
                    name: office.campaign.units.nearest(unit, to: day)?.label ?? unit.rawValue,
                    marks: order.map { form in
                        let owed = byUnit[unit]?.first { $0.duty.obligation.form == form }
                        return owed.map { DutyMarks.Mark($0.state) } ?? .notOwed
                    })
            })
    }

    private static func cell(
        _ owed: OwedDuty?, _ stored: LedgerView, _ office: Office, mayOpen: Bool
    ) throws -> Cell {
        guard let owed else { return Cell(words: "Không phải gửi", style: "not-owed", path: nil) }
        var words = Wording.duty(owed.state)
        if let standing = owed.standing {
            if owed.state == .correction, standing.newest.number > 1 { words += " lần \(standing.newest.number)" }
            if owed.state == .filed, try isByHand(standing, stored) { words = "Nhận hộ" }
        }
        let day = owed.received.map { " " + Wording.day($0, office.zone) } ?? ""
        return Cell(
            words: words + day, style: owed.state.rawValue,
            path: mayOpen ? owed.standing.map { "/bao-cao/\($0.submission.receipt)" } : nil)
    }

    private static func isByHand(_ standing: DutyStanding, _ stored: LedgerView) throws -> Bool {
        try standing.newest.message.flatMap { try stored.message($0)?.message.key.account } == HandedIn.account
    }

    private static func lastCall(_ unit: UnitCode, _ stored: LedgerView, _ office: Office) throws -> String {
        try stored.remarks(on: unit.rawValue).last.map { "\(Wording.day($0.at, office.zone)): \($0.words)" } ?? ""
    }

    /// When the figures of all forms were frozen, and by which document.
    private static func frozen(
        _ year: Int, _ forms: [String], _ stored: LedgerView, _ office: Office
    ) throws -> String? {
        let records = try forms.compactMap { try stored.freeze(form: $0, period: String(year)) }
        guard records.count == forms.count, let last = records.max(by: { $0.frozen < $1.frozen }) else { return nil }
        return Wording.day(last.frozen, office.zone) + (last.document.isEmpty ? "" : ", \(last.document)")
    }

    static let template = """
        <h1>Báo cáo năm {{year}}</h1>
        <form method="get" action="/bao-cao"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select>
        <label><input type="checkbox" name="loc" value="mo"{{#onlyOpen}} checked{{/onlyOpen}}> chỉ đơn vị còn nợ</label> <button>Xem</button>
        {{#mayOpen}}<a class="button" href="/bao-cao/doi-chieu?nam={{year}}">Đối chiếu</a> <a class="button" href="/bao-cao/chot?nam={{year}}">Chốt số liệu</a> <a class="button" href="/xuat/tong-hop/{{year}}">Xuất (.xlsx)</a>{{/mayOpen}}
        {{#mayPress}} <a class="button" href="/bao-cao/nop-thay">Nộp thay</a>{{/mayPress}}</form>
        {{#frozen}}<p>Số liệu đã chốt ngày {{.}}.</p>{{/frozen}}
        {{#pictures}}<details open><summary>Hình: {{title}}</summary>\(ShownPicture.template)</details>{{/pictures}}
        <table class="matrix"><thead><tr>{{#mayPress}}<th scope="col">Chọn</th>{{/mayPress}}<th scope="col">Đơn vị</th>{{#forms}}<th scope="col">{{.}}</th>{{/forms}}{{#mayOpen}}<th scope="col">Ghi chú gần nhất</th>{{/mayOpen}}</tr></thead>
        {{#clusters}}<tbody><tr><th colspan="{{width}}" scope="rowgroup">{{label}}</th></tr>
        {{#lines}}<tr>{{#mayPress}}<td><input type="checkbox" form="chon" name="dv" value="{{code}}" aria-label="Chọn {{unit}}"></td>{{/mayPress}}<th scope="row">{{#mayOpen}}<a href="/don-vi/{{code}}">{{unit}}</a>{{/mayOpen}}{{^mayOpen}}{{unit}}{{/mayOpen}}</th>{{#cells}}<td class="{{style}}">{{#path}}<a href="{{.}}">{{words}}</a>{{/path}}{{^path}}{{words}}{{/path}}</td>{{/cells}}{{#mayOpen}}<td>{{calls}}</td>{{/mayOpen}}</tr>
        {{/lines}}</tbody>{{/clusters}}</table>
        {{#mayPress}}<form id="chon" method="get" action="/bao-cao/nhac"><input type="hidden" name="nam" value="{{year}}"><p><button class="main">Nhắc các đơn vị đã chọn</button> <button formaction="/bao-cao/gui-bieu">Gửi biểu mẫu cho các đơn vị đã chọn</button>
        <span class="hint">Mở trang xem trước; chưa có thư nào gửi đi. Ghi chú cuộc gọi ở trang của từng đơn vị.</span></p></form>{{/mayPress}}
        """
}

extension DutyMarks.Mark {
    init(_ state: DutyState) {
        self =
            switch state {
            case .missing: .missing
            case .correction: .correction
            case .waiting: .waiting
            case .filed: .filed
            }
    }
}
