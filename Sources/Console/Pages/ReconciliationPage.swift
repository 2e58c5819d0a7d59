import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records

/// What communes report, held against last year, their lists and the official figures. Differences stand on top.
struct ReconciliationPage: Page {
    struct Line: Sendable {
        let name: String
        /// nil while no report counts.
        let path: String?
        let cells: [Cell]
        /// What the Labour office has said of the report that counts.
        let opinion: String
        /// The receipt to confirm; nil where nothing is to be confirmed, or not by this visitor.
        let confirmable: String?
    }

    struct Cell: Sendable {
        let words: String
        let style: String
    }

    let year: Int
    let years: [ShownYear]
    let lines: [Line]
    let gaps: Int

    var title: String { "Đối chiếu số liệu năm \(year)" }
    static let place: Place? = .reports

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        (year, years) = office.year(asked, at: now)
        let report = try ConsolidatedReport(of: year, office, stored, at: now)
        let reconciliation = try Reconciliation(report, office, stored)
        gaps = reconciliation.lines.count(where: \.hasGap)
        lines = try reconciliation.lines.map { line in
            let opinion = try line.receipt.flatMap { try LabourOpinion(of: $0, stored, office) }
            return Line(
                name: line.name, path: line.receipt.map { "/bao-cao/\($0)" },
                cells: Self.cells(line.poor) + Self.cells(line.nearPoor),
                opinion: opinion?.words ?? (line.receipt == nil ? "chưa báo cáo" : "chưa xác nhận"),
                confirmable: role == .labour && opinion == nil ? line.receipt?.description : nil)
        }
    }

    private static func cells(_ figures: Reconciliation.Figures) -> [Cell] {
        [
            figure(figures.lastClosing), figure(figures.opening), gap(figures.openingGap), figure(figures.closing),
            figure(figures.listed), gap(figures.listGap), figure(figures.official), gap(figures.officialGap),
        ]
    }

    private static func figure(_ number: Decimal?) -> Cell {
        Cell(words: Wording.count(number, missing: ""), style: "number")
    }

    private static func gap(_ number: Decimal?) -> Cell {
        guard let number, number != 0 else { return Cell(words: number == nil ? "" : "0", style: "number none") }
        return Cell(words: (number > 0 ? "+" : "") + Wording.count(number), style: "number gap")
    }

    private static let heads =
        ["cuối năm trước", "đầu năm", "lệch", "cuối năm", "danh sách", "lệch", "chính thức", "lệch"].map {
            "<th scope=\"col\">\($0)</th>"
        }.joined()

    static let template = """
        <h1>Đối chiếu số liệu năm {{year}}</h1>
        <form method="get" action="/bao-cao/doi-chieu"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select> <button>Xem</button>
        <a class="button" href="/bao-cao?nam={{year}}">Ma trận</a></form>
        <p>{{gaps}} đơn vị có chênh lệch, xếp trên cùng. "Cuối năm trước": số đã được tính của năm trước; "danh sách": số dòng trong Danh sách hộ; "chính thức": sheet so_lieu_goc của plan.xlsx, do Phòng Lao động - TB&amp;XH nhập.</p>
        <div class="wide"><table><thead><tr><th rowspan="2" scope="col">Xã, thị trấn</th><th colspan="8" scope="colgroup">Hộ nghèo</th><th colspan="8" scope="colgroup">Hộ cận nghèo</th><th rowspan="2" scope="col">Phòng Lao động - TB&amp;XH</th></tr>
        <tr>\(heads)\(heads)</tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{#path}}<a href="{{.}}">{{name}}</a>{{/path}}{{^path}}{{name}}{{/path}}</th>{{#cells}}<td class="{{style}}">{{words}}</td>{{/cells}}<td>{{opinion}}{{#confirmable}}
        <form method="post" action="/bao-cao/{{.}}/xac-nhan"><input type="hidden" name="_csrf" value="{{csrf}}"><input type="hidden" name="ve" value="doi-chieu"><input type="hidden" name="dong_y" value="1"><button>Xác nhận số liệu</button></form>{{/confirmable}}</td></tr>
        {{/lines}}</tbody></table></div>
        <p class="hint">Có ý kiến về số liệu của một đơn vị: mở báo cáo của đơn vị đó.</p>
        """
}

/// What the Labour office has said of the version of a report that counts; an older opinion was about older figures.
struct LabourOpinion {
    let words: String

    init?(of receipt: Receipt, _ stored: LedgerView, _ office: Office) throws {
        guard let submission = try stored.submission(receipt: receipt),
            let filed = try stored.filedRevision(of: submission.id),
            let last = try stored.opinions(of: submission.id).last, last.at >= filed.workbook.received
        else { return nil }
        let day = Wording.day(last.at, office.zone)
        words =
            last.agrees ? "đã xác nhận \(day)" : "có ý kiến \(day): \(last.words)"
    }
}
