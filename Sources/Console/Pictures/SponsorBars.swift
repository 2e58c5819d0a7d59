import Foundation

/// Picture i: what a sponsor gave each year, by commune, and how many of the households that it helped left poverty, with
/// the ten that the plan asks for.
struct SponsorBars: Picture {
    struct Year: Sendable {
        let year: Int
        /// Đồng, in the order of `communes`.
        let values: [Decimal]
        let households: Decimal
    }

    let id: String
    let communes: [String]
    let years: [Year]

    /// IV.2.6: households that leave poverty in a year.
    static let asked = 10

    var title: String { "Giá trị hỗ trợ theo năm và xã; số hộ được giúp đã thoát nghèo" }
    var heads: [String] { ["Năm"] + communes.map { "\($0) (đồng)" } + ["Cộng (đồng)", "Số hộ thoát nghèo"] }
    var rows: [[String]] {
        years.map { year in
            [String(year.year)] + year.values.map { Wording.count($0) }
                + [Wording.count(year.values.reduce(0, +)), Wording.count(year.households)]
        }
    }

    var summary: String {
        let all = years.reduce(Decimal(0)) { $0 + $1.values.reduce(0, +) }
        let best = years.max { $0.households < $1.households }
        let words = best.map { "; nhiều hộ thoát nghèo nhất: \(Wording.count($0.households)) hộ năm \($0.year)" } ?? ""
        return "Cộng \(Wording.amount(all)) đồng\(words)."
    }

    var drawing: Drawing {
        let legend = Double((communes.count + 2) / 3) * 18
        var drawing = Drawing(width: 640, height: 236 + legend)
        let step = 290 / Double(max(years.count, 1))
        drawValues(on: &drawing, step: step)
        drawHouseholds(on: &drawing, step: step)
        for (index, commune) in communes.enumerated() {
            let (x, y) = (10 + Double(index % 3) * 205, 230 + Double(index / 3) * 18)
            drawing.rectangle(x, y, 13, 13, .of(index))
            drawing.text("\(index + 1). \(commune)", x + 19, y + 11, size: 11)
        }
        return drawing
    }

    private func drawValues(on drawing: inout Drawing, step: Double) {
        let scale = Scale(years.map { $0.values.reduce(0, +) }, from: 190, to: 36)
        drawing.text("giá trị, đồng", 6, 14, isBold: true)
        for (index, year) in years.enumerated() {
            let left = 10 + step * Double(index) + 5
            var level = Decimal(0)
            for (place, value) in year.values.enumerated() where value > 0 {
                let (top, low) = (scale[level + value], scale[level])
                drawing.rectangle(left, top, step - 10, low - top, .of(place))
                if low - top > 13 {
                    drawing.text(
                        String(place + 1), left + (step - 10) / 2, (top + low) / 2 + 4, .middle, size: 11,
                        isLight: Tone.of(place).isDark)
                }
                level += value
            }
            drawing.text(
                level > 0 ? Wording.amount(level) : "0", left + (step - 10) / 2, scale[level] - 5, .middle, size: 10.5,
                isBold: true)
            drawing.text(String(year.year), left + (step - 10) / 2, 206, .middle)
        }
        drawing.line(8, 190, 304, 190)
    }

    private func drawHouseholds(on drawing: inout Drawing, step: Double) {
        let scale = Scale(years.map(\.households) + [Decimal(Self.asked)], from: 190, to: 36)
        drawing.text("số hộ thoát nghèo", 334, 14, isBold: true)
        for (index, year) in years.enumerated() {
            let left = 334 + step * Double(index) + 5
            drawing.rectangle(left, scale[year.households], step - 10, 190 - scale[year.households], .middle)
            drawing.text(
                Wording.count(year.households), left + (step - 10) / 2, scale[year.households] - 5, .middle,
                isBold: true)
            drawing.text(String(year.year), left + (step - 10) / 2, 206, .middle)
        }
        drawing.line(332, 190, 628, 190)
        let limit = scale[Double(Self.asked)]
        drawing.line(332, limit, 628, limit, .dashed)
        drawing.text("\(Self.asked) hộ", 636, limit - 4, .end, size: 11)
    }
}
