import Campaign
import Exports
import Foundation
import Hummingbird
import Intake
import Ledger
import Records

/// The year's figures: the district, its communes, and the one page for the chairman.
struct FigurePages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("so-lieu") { request, context in
            let visitor = try context.visitor(at: .figures)
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try FiguresPage(asked, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("so-lieu/a4") { request, context in
            let visitor = try context.visitor(at: .figures)
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try ChairmanPage(asked, $0, $1, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("so-lieu/nguyen-nhan") { request, context in
            let visitor = try context.visitor([.interior, .head, .labour])
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try CausesPage(asked, $0, $1, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("so-lieu/xa/:ma") { request, context in
            let visitor = try context.visitor(at: .figures)
            guard let unit = context.parameters.get("ma").flatMap({ UnitCode($0) }) else { throw Turned.notFound }
            let (asked, now) = (request.year, desk.now())
            let page = try await desk.read { try CommunePage(unit, asked, $0, $1, visitor.role, now) }
            return try await pages.page(page, for: visitor)
        }
    }
}

extension Request {
    /// The year in the address.
    var year: Int? { uri.queryParameters["nam"].flatMap { Int($0) } }
}

/// The district's figures, its pictures and a table of its communes.
struct FiguresPage: Page {
    struct Commune: Sendable {
        let name: String
        let path: String?
        let start: String
        let end: String
        let fall: String
        let target: String
        let nature: String
    }

    let year: Int
    let years: [ShownYear]
    let remark: String
    let figures: [KeyFigure]
    let pictures: [ShownPicture]
    let communes: [Commune]
    let tables: [ShownTable]
    let awards: [ShownPicture]
    let maySeeCauses: Bool

    var title: String { "Số liệu năm \(year)" }
    static let place: Place? = .figures

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date) throws {
        (year, years) = office.year(asked, at: now)
        let report = try ConsolidatedReport(of: year, office, stored, at: now)
        let district = DistrictFigures(report)
        remark = report.remark
        figures = KeyFigure.all(district)
        pictures = DistrictPictures(district, office).all
        let year = year
        communes = report.communes.map { Self.commune($0, year) }
        // What units propose about others is not for every reader.
        tables = report.figureSheets.map { ShownTable($0.title, $0.table) }
        awards = try AwardPicture(office, stored, year: year).shown
        maySeeCauses = [.interior, .head, .labour].contains(role)
    }

    private static func commune(_ report: UnitReport, _ year: Int) -> Commune {
        let rates = report.poorRates
        return Commune(
            name: report.name, path: report.unit.map { "/so-lieu/xa/\($0)?nam=\(year)" },
            start: Wording.percent(rates.start), end: Wording.percent(rates.end, missing: "chưa báo cáo"),
            fall: Wording.percent(rates.start.flatMap { start in rates.end.map { start - $0 } }),
            target: Wording.percent(report.target.poor, missing: "chưa có"),
            nature: !report.isThere ? "" : report.isOfficial ? "chính thức" : "tạm tính")
    }

    static let template = """
        <h1>Số liệu năm {{year}}</h1>
        <form method="get" action="/so-lieu"><label for="nam">Năm</label>
        <select id="nam" name="nam">{{#years}}<option{{#isHere}} selected{{/isHere}}>{{year}}</option>{{/years}}</select> <button>Xem</button>
        <a class="button" href="/so-lieu/a4?nam={{year}}">In một trang A4</a>{{#maySeeCauses}} <a class="button" href="/so-lieu/nguyen-nhan?nam={{year}}">Nguyên nhân nghèo</a>{{/maySeeCauses}}</form>
        <p>{{remark}}</p>
        \(KeyFigure.template)
        <div class="pictures">{{#pictures}}\(ShownPicture.template){{/pictures}}</div>
        <div class="wide"><table><caption>Từng xã, thị trấn: tỷ lệ hộ nghèo</caption><thead><tr><th scope="col">Xã, thị trấn</th><th scope="col">Đầu năm (%)</th><th scope="col">Cuối năm (%)</th><th scope="col">Mức giảm (điểm %)</th><th scope="col">Chỉ tiêu (điểm %)</th><th scope="col">Tính chất</th></tr></thead>
        <tbody>{{#communes}}<tr><th scope="row">{{#path}}<a href="{{.}}">{{name}}</a>{{/path}}{{^path}}{{name}}{{/path}}</th><td class="number">{{start}}</td><td class="number">{{end}}</td><td class="number">{{fall}}</td><td class="number">{{target}}</td><td>{{nature}}</td></tr>
        {{/communes}}</tbody></table></div>
        <h2 id="khen-thuong">Khen thưởng</h2>
        {{#awards}}\(ShownPicture.template){{/awards}}{{^awards}}<p class="none">Chưa có hồ sơ.</p>{{/awards}}
        <details><summary>Biểu tổng hợp đầy đủ</summary>
        {{#tables}}<div class="wide"><table><caption>{{caption}}</caption><thead>
        <tr>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr class="{{style}}">{{#cells}}<td class="{{style}}">{{words}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{/tables}}</details>
        """
}

/// One of the four figures at the top.
struct KeyFigure: Sendable {
    let label: String
    let value: String
    let note: String

    static func all(_ district: DistrictFigures) -> [KeyFigure] {
        let aim = DistrictFigures.Aim.self
        let (reported, of) = district.count
        let nature = district.isOfficial ? "chính thức" : "tạm tính"
        var rateNotes = ["\(nature), \(reported)/\(of) xã"]
        if let fall = district.fall {
            rateNotes.append(
                "\(fall < 0 ? "tăng" : "giảm") \(Wording.percent(fall.magnitude)) điểm so với đầu năm (cùng các xã)")
        }
        if let whole = district.rateWithLastYears {
            rateNotes.append("xã chưa báo cáo tính theo năm trước: \(Wording.percent(whole)) %")
        }
        if let official = district.report.officialRate {
            rateNotes.append("Phòng Lao động - TB&XH công bố: \(Wording.percent(official)) %")
        }
        rateNotes.append("mục tiêu \(aim.year): dưới \(Wording.number(aim.rate, decimals: 1)) %")
        let span =
            "\(Wording.number(aim.fall.lowerBound, decimals: 0))-\(Wording.number(aim.fall.upperBound, decimals: 0))"
        return [
            KeyFigure(
                label: "Tỷ lệ hộ nghèo", value: district.rate.map { Wording.percent($0) + " %" } ?? "chưa có",
                note: rateNotes.joined(separator: "; ")),
            KeyFigure(
                label: "Số hộ thoát nghèo trong năm", value: Wording.count(district.escaped, missing: "chưa có"),
                note: "theo báo cáo của \(reported)/\(of) xã"),
            KeyFigure(
                label: "Mức giảm bình quân một năm",
                value: district.meanFall.map { Wording.percent($0.points) + " điểm" } ?? "chưa có",
                note: (district.meanFall.map { "từ cuối năm \($0.since); " } ?? "") + "mục tiêu \(span) điểm mỗi năm"),
            KeyFigure(
                label: "Nguồn lực huy động",
                value: district.resources.map { Wording.amount($0) + " đồng" } ?? "chưa có",
                note: "các xã báo cáo trong năm; chưa gồm cấp huyện"),
        ]
    }

    static let template = """
        <dl class="figures">{{#figures}}<div><dt>{{label}}</dt><dd><strong>{{value}}</strong><small>{{note}}</small></dd></div>{{/figures}}</dl>
        """
}

/// The one page that is put before the chairman: it prints on one sheet of A4.
struct ChairmanPage: Page {
    let year: Int
    let moment: String
    let remark: String
    let figures: [KeyFigure]
    let pictures: [ShownPicture]
    let missing: String?

    var title: String { "Kết quả giảm nghèo năm \(year)" }
    static let place: Place? = .figures

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ now: Date) throws {
        year = office.year(asked, at: now).year
        let district = DistrictFigures(try ConsolidatedReport(of: year, office, stored, at: now))
        moment = Wording.moment(now, office.zone)
        remark = district.report.remark
        figures = KeyFigure.all(district)
        let drawn = DistrictPictures(district, office)
        pictures = [drawn.line, drawn.dumbbells]
        missing = district.missing.isEmpty ? nil : district.missing.joined(separator: ", ")
    }

    static let template = """
        <div class="a4"><h1>Kết quả giảm nghèo huyện Can Lộc, năm {{year}}</h1>
        <p>Phòng Nội vụ, lúc {{moment}}. {{remark}}.</p>
        \(KeyFigure.template)
        {{#pictures}}<figure class="picture"><figcaption>{{title}}</figcaption>{{{svg}}}</figure>{{/pictures}}
        <p><strong>Chưa báo cáo:</strong> {{#missing}}{{.}}{{/missing}}{{^missing}}không{{/missing}}.</p>
        <p class="hint">Nguồn: báo cáo của xã, thị trấn; năm chưa có báo cáo lấy số liệu gốc do Phòng Lao động - TB&amp;XH nhập kèm văn bản. Tỷ lệ toàn huyện là tổng hộ nghèo chia tổng số hộ, không phải trung bình các xã.</p>
        </div><p><a class="button" href="/so-lieu?nam={{year}}">Về số liệu</a> <span class="hint screen">In: Ctrl+P.</span></p>
        """
}

/// Why households of the district are poor, of the communes' lists together.
struct CausesPage: Page {
    let year: Int
    let lists: Int
    let of: Int
    let pictures: [ShownPicture]

    var title: String { "Nguyên nhân nghèo năm \(year)" }
    static let place: Place? = .figures

    init(_ asked: Int?, _ stored: LedgerView, _ office: Office, _ now: Date) throws {
        let year = office.year(asked, at: now).year
        self.year = year
        let day = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(now, in: office.zone)
        let communes = office.campaign.units.units(on: day, kind: .commune)
        let counts = try communes.compactMap { try HouseholdCounts(of: $0.code, year: year, office, stored) }
        lists = counts.count
        of = communes.count
        guard var sum = counts.first else {
            pictures = []
            return
        }
        for other in counts.dropFirst() { sum.add(other) }
        pictures = [ShownPicture(CauseBars(id: "nguyen-nhan", place: "toàn huyện, cuối năm \(year)", sum))]
    }

    static let template = """
        <h1>Nguyên nhân nghèo, cuối năm {{year}}</h1>
        <p>Gồm danh sách hộ của {{lists}}/{{of}} xã, thị trấn; chỉ đếm hộ nghèo cuối năm, không nêu tên hộ nào.</p>
        {{#pictures}}\(ShownPicture.template){{/pictures}}
        <p><a class="button" href="/so-lieu?nam={{year}}">Về số liệu</a></p>
        """
}
