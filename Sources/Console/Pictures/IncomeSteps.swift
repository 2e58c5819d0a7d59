import Foundation

/// Picture g: a household's income a head and year, with two and three times that of the base year.
struct IncomeSteps: Picture {
    struct Year: Sendable {
        let year: Int
        /// Million đồng a head and year.
        let income: Decimal?
        /// Not known yet when it was written.
        let isEstimate: Bool
    }

    let id: String
    let years: [Year]
    let baseYear: Int

    private var base: Decimal? { years.first { $0.year == baseYear }?.income }

    var title: String { "Thu nhập bình quân đầu người của hộ, triệu đồng/năm (theo khai báo)" }
    var heads: [String] { ["Năm", "Triệu đồng/người/năm", "So năm \(baseYear) (lần)"] }
    var rows: [[String]] {
        years.map { year in
            [
                year.isEstimate ? "\(year.year) (ước)" : String(year.year),
                Wording.percent(year.income, missing: "chưa ghi"), times(year).map { Wording.percent($0) } ?? "",
            ]
        }
    }

    var summary: String {
        guard let last = years.last(where: { $0.income != nil }) else { return "Chưa ghi thu nhập." }
        let words = times(last).map { ", gấp \(Wording.percent($0)) lần năm \(baseYear)" } ?? ""
        return "Năm \(last.year): \(Wording.percent(last.income)) triệu đồng/người\(words)."
    }

    /// Cut, not rounded: 1,999 times is not two.
    private func times(_ year: Year) -> Decimal? {
        guard let base, base > 0, let income = year.income else { return nil }
        var (exact, cut) = (income / base, Decimal())
        NSDecimalRound(&cut, &exact, 2, .down)
        return cut
    }

    var drawing: Drawing {
        var drawing = Drawing(width: 560, height: 250)
        let limits = base.map { base in [2, 3].map { (times: $0, income: base * Decimal($0)) } } ?? []
        let scale = Scale(years.compactMap(\.income) + limits.map(\.income), from: 200, to: 22)
        let step = 450 / Double(max(years.count, 1))
        for tick in scale.ticks {
            drawing.line(44, scale[tick], 500, scale[tick])
            drawing.text(Wording.number(Decimal(tick), decimals: 0), 38, scale[tick] + 4, .end, size: 11)
        }
        for (times, limit) in limits {
            drawing.line(44, scale[limit], 500, scale[limit], .dashed)
            drawing.text("\(times) lần", 504, scale[limit] + 4, size: 11, isBold: true)
        }
        var points: [(x: Double, y: Double)] = []
        for (index, year) in years.enumerated() {
            let left = 48 + step * Double(index)
            let label = year.isEstimate ? "\(year.year) ước" : String(year.year)
            drawing.text(label, left + step / 2, 218, .middle, isBold: year.year == baseYear)
            guard let income = year.income else { continue }
            points += [(left, scale[income]), (left + step, scale[income])]
            drawing.text(
                Wording.percent(income), left + step / 2, scale[income] - 6, .middle, size: 11, isBold: true)
        }
        drawing.path(points, .thick)
        drawing.text("năm gốc \(baseYear); đường đứt: gấp 2 lần, gấp 3 lần năm gốc", 48, 242, size: 11)
        return drawing
    }
}
