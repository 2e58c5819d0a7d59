import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import XLSForm

/// Who owes what and what has come of it; one report; the year's figures.
struct ReportPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("bao-cao") { request, context in
            let visitor = try context.visitor(at: .reports)
            let asked = request.uri.queryParameters["nam"].flatMap { Int($0) }
            let now = desk.now()
            let page = try await desk.read { try MatrixPage(asked, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("bao-cao/:ma") { _, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let receipt = try context.receipt()
            let page = try await desk.read { try SubmissionPage(receipt, $0, $1, visitor) }
            return try await pages.page(page, for: visitor)
        }
    }
}

extension ConsoleContext {
    /// The receipt in the address.
    /// - Throws: 404.
    func receipt() throws -> Receipt {
        guard let receipt = parameters.get("ma").flatMap({ Receipt.mentioned(in: $0).first }) else {
            throw Turned.notFound
        }
        return receipt
    }
}

/// Rows units, columns duties of a year.
struct MatrixPage: Page {
    struct Cell: Sendable {
        let words: String
        let style: String
        /// nil where there is nothing to open.
        let path: String?
    }

    struct Line: Sendable {
        let unit: String
        let cells: [Cell]
    }

    let year: Int
    let years: [ShownYear]
    let forms: [String]
    let lines: [Line]

    var title: String { "Báo cáo năm \(year)" }
    static let place: Place? = .reports

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        (year, years) = office.year(asked, at: now)
        let duties = try office.duties(of: year, stored)
        let order = duties.reduce(into: [String]()) { found, owed in
            if !found.contains(owed.duty.obligation.form) { found.append(owed.duty.obligation.form) }
        }
        forms = order.map { form in
            let settings = office.forms.current(form)?.definition.settings
            return settings?.title ?? form
        }
        let day = CivilDate(now, in: office.zone)
        let mayOpen = role != .reader
        var units: [UnitCode] = []
        for owed in duties where !units.contains(owed.duty.unit) { units.append(owed.duty.unit) }
        let byUnit = Dictionary(grouping: duties, by: \.duty.unit)
        lines = units.map { unit in
            let own = byUnit[unit] ?? []
            return Line(
                unit: office.campaign.units.nearest(unit, to: day)?.label ?? unit.rawValue,
                cells: order.map { form in
                    Self.cell(own.first { $0.duty.obligation.form == form }, office, mayOpen: mayOpen)
                })
        }
    }

    private static func cell(_ owed: OwedDuty?, _ office: Office, mayOpen: Bool) -> Cell {
        guard let owed else { return Cell(words: "Không phải gửi", style: "not-owed", path: nil) }
        let day = owed.received.map { " " + Wording.day($0, office.zone) } ?? ""
        return Cell(
            words: Wording.duty(owed.state) + day, style: owed.state.rawValue,
            path: mayOpen ? owed.standing.map { "/bao-cao/\($0.submission.receipt)" } : nil)
    }

    static let template = """
        <h1>Báo cáo năm {{year}}</h1>
        <form method="get" action="/bao-cao"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select> <button>Xem</button></form>
        <table class="matrix"><thead><tr><th scope="col">Đơn vị</th>{{#forms}}<th scope="col">{{.}}</th>{{/forms}}</tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{unit}}</th>{{#cells}}<td class="{{style}}">{{#path}}<a href="{{.}}">{{words}}</a>{{/path}}{{^path}}{{words}}{{/path}}</td>{{/cells}}</tr>
        {{/lines}}</tbody></table>
        """
}

extension Office {
    /// The year that is asked for, if the plan asks for something in it; else the newest that has begun. And all years.
    func year(_ asked: Int?, at now: Date) -> (year: Int, years: [ShownYear]) {
        let years = Set(campaign.plan.obligations.map(\.year)).sorted(by: >)
        let today = CivilDate(now, in: zone).year
        let newest = years.first { $0 <= today } ?? years.last ?? today
        let chosen = asked.flatMap { years.contains($0) ? $0 : nil } ?? newest
        return (chosen, years.map { ShownYear(year: $0, isHere: $0 == chosen) })
    }
}

/// A year that may be chosen.
struct ShownYear: Sendable {
    let year: Int
    let isHere: Bool
}

/// A table of the exports on a page.
struct ShownTable: Sendable {
    struct Cell: Sendable {
        let words: String
        let style: String
    }

    struct Row: Sendable {
        let cells: [Cell]
        let style: String
    }

    let caption: String
    let heads: [String]
    let rows: [Row]

    init(_ caption: String, _ table: ExportTable) {
        self.caption = caption
        heads = table.columns.map { $0.group.isEmpty ? $0.head : "\($0.group): \($0.head)" }
        rows = table.rows.map { row in
            Row(
                cells: zip(table.columns, row.values).map { column, value in Self.cell(value, column.kind) },
                style: row.isTotal ? "total" : "")
        }
    }

    private static func cell(_ value: ExportTable.Value, _ kind: ExportTable.Kind) -> Cell {
        switch value {
        case .blank: Cell(words: "", style: "")
        case .text(let text): Cell(words: text, style: "text")
        case .number(let number):
            Cell(words: Wording.number(number, decimals: kind == .percent ? 2 : 0), style: "number")
        case .day(let day): Cell(words: Wording.day(day), style: "number")
        }
    }
}
