import Campaign
import Exports
import Foundation
import Intake
import Ledger
import Records

/// One commune: its years, and what its report and its list of households say of the year.
struct CommunePage: Page {
    struct Year: Sendable {
        let year: Int
        let households: String
        let poor: String
        let poorRate: String
        let nearPoor: String
        let nearPoorRate: String
        let fall: String
        let target: String
        let source: String
    }

    let unit: String
    let name: String
    let year: Int
    let lines: [Year]
    let pictures: [ShownPicture]
    let maySeeUnit: Bool

    var title: String { "\(name): số liệu" }
    static let place: Place? = .figures

    /// - Throws: `Turned.notFound` for what is no commune.
    init(
        _ unit: UnitCode, _ asked: Int?, _ stored: LedgerView, _ office: Office, _ role: Role, _ now: Date
    ) throws {
        year = office.year(asked, at: now).year
        let end = CivilDate(year: year, month: 12, day: 31) ?? CivilDate(now, in: office.zone)
        guard let record = office.campaign.units.nearest(unit, to: end), record.kind == .commune else {
            throw Turned.notFound
        }
        self.unit = unit.rawValue
        name = record.label
        // A commune that is no more has its own years.
        let day = office.campaign.units.unit(unit, on: end) == nil ? record.span.last ?? end : end
        let history = office.campaign.communeYears(
            reports: try stored.acceptedFigures(forms: ["bao_cao_xa"]), on: day
        ).filter { $0.unit == unit }
        lines = history.map(Self.line)
        let district = DistrictFigures(try ConsolidatedReport(of: year, office, stored, at: now))
        var pictures = ReductionBars.both(history).map { ShownPicture($0) }
        if let movement = district.movement(of: unit) {
            pictures.append(ShownPicture(Waterfall(id: "dien-bien", kind: "hộ nghèo", movement)))
        }
        maySeeUnit = role != .reader
        if maySeeUnit { pictures += try HouseholdPictures(unit, name, year, office, stored).shown }
        self.pictures = pictures
    }

    private static func line(_ year: CommuneYear) -> Year {
        let words: [CommuneYear.Source: String] = [
            .official: "báo cáo, chính thức", .provisional: "báo cáo, tạm tính", .baseline: "số liệu gốc",
        ]
        func points(_ hundredths: Int?, _ missing: String) -> String {
            Wording.percent(hundredths.map { Decimal($0) / 100 }, missing: missing)
        }
        return Year(
            year: year.year, households: Wording.count(Decimal(year.closing.total)),
            poor: Wording.count(Decimal(year.closing.poor)), poorRate: points(year.rate(\.poor), "-"),
            nearPoor: Wording.count(Decimal(year.closing.nearPoor)), nearPoorRate: points(year.rate(\.nearPoor), "-"),
            fall: points(year.fall(\.poor), "chưa tính được"), target: points(year.target.poor, "chưa có"),
            source: words[year.source] ?? "")
    }

    static let template = """
        <h1>{{name}}</h1>
        <div class="wide"><table><caption>Các năm (cuối năm, địa giới của năm {{year}})</caption><thead><tr><th scope="col">Năm</th><th scope="col">Tổng số hộ</th><th scope="col">Hộ nghèo</th><th scope="col">Tỷ lệ (%)</th><th scope="col">Hộ cận nghèo</th><th scope="col">Tỷ lệ (%)</th><th scope="col">Mức giảm hộ nghèo (điểm %)</th><th scope="col">Chỉ tiêu</th><th scope="col">Nguồn</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row">{{year}}</th><td class="number">{{households}}</td><td class="number">{{poor}}</td><td class="number">{{poorRate}}</td><td class="number">{{nearPoor}}</td><td class="number">{{nearPoorRate}}</td><td class="number">{{fall}}</td><td class="number">{{target}}</td><td>{{source}}</td></tr>
        {{/lines}}</tbody></table></div>
        <div class="pictures">{{#pictures}}\(ShownPicture.template){{/pictures}}</div>
        <p><a class="button" href="/so-lieu?nam={{year}}">Số liệu toàn huyện</a>{{#maySeeUnit}} <a class="button" href="/don-vi/{{unit}}">Đơn vị</a>{{/maySeeUnit}}</p>
        """
}
