import Campaign
import Foundation
import Records
import XLSForm

/// What a nominee's file shows as a picture: a household's income (g), a hamlet's services (h), a sponsor's gifts (i).
/// nothing for other forms.
enum NominationPictures {
    /// - Parameters:
    ///   - form: the form's id.
    ///   - place: names a commune by its code.
    static func shown(
        _ form: String, _ answers: [Answer], place: (String) -> String
    ) -> [ShownPicture] {
        switch form {
        case "dn_ho": income(answers).map { [ShownPicture($0)] } ?? []
        case "dn_thon": services(answers).map { [ShownPicture($0)] } ?? []
        case "dn_tai_tro": gifts(answers, place).map { [ShownPicture($0)] } ?? []
        default: []
        }
    }

    private static let years = 2015...2020

    private static func number(_ question: String, _ answers: [Answer]) -> Decimal? {
        guard case .number(let number)? = answers.first(where: { $0.question == question && $0.row == nil })?.value
        else { return nil }
        return number
    }

    private static func text(_ question: String, _ answers: [Answer]) -> String? {
        answers.first { $0.question == question && $0.row == nil }.flatMap { answer in
            if case .text(let text)? = answer.value { text } else { nil }
        }
    }

    /// Thousand đồng a month, or million đồng a year: the form's unit cell says which.
    private static func income(_ answers: [Answer]) -> IncomeSteps? {
        let isYearly = text("don_vi_tn", answers) == "trieu_nam"
        let incomes = years.map { year in
            IncomeSteps.Year(
                year: year, income: number("tn_\(year)", answers).map { isYearly ? $0 : $0 * 12 / 1000 },
                isEstimate: year == years.upperBound)
        }.filter { $0.income != nil }
        guard !incomes.isEmpty else { return nil }
        let base = number("nam_goc", answers).map { "\($0)" } ?? text("nam_goc", answers)
        return IncomeSteps(id: "thu-nhap", years: incomes, baseYear: base.flatMap { Int($0) } ?? 2016)
    }

    private static func services(_ answers: [Answer]) -> DeprivationBars? {
        let services = [
            ("yte", "Y tế"), ("gd", "Giáo dục"), ("nha", "Nhà ở"), ("nuoc", "Nước sạch, vệ sinh"), ("tt", "Thông tin"),
        ].map { name, label in
            DeprivationBars.Service(
                label: label, first: number("dk_\(name)_dau", answers), last: number("dk_\(name)_cuoi", answers))
        }
        guard services.contains(where: { $0.first != nil || $0.last != nil }) else { return nil }
        return DeprivationBars(id: "doi-song", first: "năm đầu", last: "năm cuối", services: services)
    }

    private static func gifts(_ answers: [Answer], _ place: (String) -> String) -> SponsorBars? {
        let rows = Dictionary(grouping: answers.filter { $0.row != nil }, by: { $0.row ?? 0 })
        var gifts: [(year: Int, commune: String, value: Decimal)] = []
        for row in rows.keys.sorted() {
            let line = Dictionary(
                (rows[row] ?? []).map { ($0.question, $0.value) }, uniquingKeysWith: { one, _ in one })
            guard case .date(let day)?? = line["ht_ngay"], case .number(let value)?? = line["ht_gia_tri"] else {
                continue
            }
            guard case .text(let commune)?? = line["ht_xa"] else { continue }
            gifts.append((day.year, place(commune), value))
        }
        let escaped = years.map { number("hg_n\($0)", answers) ?? 0 }
        guard !gifts.isEmpty || escaped.contains(where: { $0 > 0 }) else { return nil }
        let sums = Dictionary(gifts.map { ($0.commune, $0.value) }, uniquingKeysWith: +)
        let communes = sums.keys.sorted { (sums[$1] ?? 0, $0) < (sums[$0] ?? 0, $1) }
        let all = Set(gifts.map(\.year)).union(years.dropFirst()).sorted()
        return SponsorBars(
            id: "ho-tro", communes: communes,
            years: all.map { year in
                SponsorBars.Year(
                    year: year,
                    values: communes.map { commune in
                        gifts.filter { $0.year == year && $0.commune == commune }.reduce(0) { $0 + $1.value }
                    }, households: number("hg_n\(year)", answers) ?? 0)
            })
    }
}
