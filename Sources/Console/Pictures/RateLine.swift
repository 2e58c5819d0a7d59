import Foundation

/// Picture a: the district's rate of poor households year by year, with the rate that it shall fall below.
struct RateLine: Picture {
    struct Point: Sendable {
        let year: Int
        /// Percent; nil where nothing is known.
        let rate: Decimal?
        /// Not of all communes, or not all of it final.
        let isProvisional: Bool
        /// Of how many communes.
        let known: Int
        let of: Int
    }

    let id: String
    let points: [Point]
    /// Percent.
    let aim: Decimal
    let aimYear: Int
    /// The years that began with other boundaries than the one before.
    let boundaryYears: [Int]

    var title: String { "Tỷ lệ hộ nghèo toàn huyện, %" }
    var heads: [String] { ["Năm", "Tỷ lệ hộ nghèo (%)", "Tính chất", "Số xã có số liệu"] }
    var rows: [[String]] {
        points.map {
            [
                String($0.year), Wording.percent($0.rate, missing: "chưa có"),
                $0.rate == nil ? "" : $0.isProvisional ? "tạm tính" : "chính thức", "\($0.known)/\($0.of)",
            ]
        }
    }

    var summary: String {
        let known = points.filter { $0.rate != nil }
        guard let first = known.first, let last = known.last else { return "Chưa có số liệu." }
        return "Từ \(Wording.percent(first.rate)) % năm \(first.year) đến \(Wording.percent(last.rate)) % năm "
            + "\(last.year); mục tiêu năm \(aimYear): dưới \(Wording.number(aim, decimals: 1)) %."
    }

    var drawing: Drawing {
        var drawing = Drawing(width: 640, height: 280)
        let scale = Scale(points.compactMap(\.rate) + [aim], from: 226, to: 26)
        let step = 560 / Double(max(points.count, 1))
        func x(_ index: Int) -> Double { 56 + step * (Double(index) + 0.5) }
        for tick in scale.ticks {
            drawing.line(48, scale[tick], 624, scale[tick])
            drawing.text(Wording.number(Decimal(tick), decimals: 0), 42, scale[tick] + 4, .end, size: 11)
        }
        drawing.line(48, scale[aim], 624, scale[aim], .dashed)
        drawing.text("mục tiêu \(aimYear): dưới \(Wording.number(aim, decimals: 1)) %", 52, scale[aim] + 14, size: 11)
        for (index, point) in points.enumerated() where index > 0 && boundaryYears.contains(point.year) {
            let between = x(index) - step / 2
            drawing.line(between, 20, between, 232, .dotted)
            drawing.text("đổi địa giới", between + 4, 18, size: 11)
        }
        // Where a year is not known the line is broken, not guessed.
        for run in runs {
            drawing.path(run.map { (x($0), scale[points[$0].rate ?? 0]) }, .thick)
        }
        for (index, point) in points.enumerated() {
            drawing.text(String(point.year), x(index), 246, .middle, isBold: true)
            drawing.text("\(point.known)/\(point.of) xã", x(index), 262, .middle, size: 11)
            guard let rate = point.rate else { continue }
            drawing.circle(x(index), scale[rate], 5, isHollow: point.isProvisional)
            drawing.text(Wording.percent(rate), x(index), scale[rate] - 10, .middle, isBold: true)
        }
        drawing.text("● chính thức   ○ tạm tính hoặc chưa đủ xã", 56, 277, size: 11)
        return drawing
    }

    /// Indices of years that follow each other with a rate.
    private var runs: [[Int]] {
        points.indices.reduce(into: [[Int]]()) { runs, index in
            guard points[index].rate != nil else { return }
            if let last = runs.last?.last, last == index - 1 {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
    }
}
