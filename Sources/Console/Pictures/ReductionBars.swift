import Foundation

/// Picture c: by how much a commune's rate fell each year, against what was planned.
struct ReductionBars: Picture {
    struct Year: Sendable {
        let year: Int
        /// Percentage points.
        let fall: Decimal?
        let target: Decimal?
    }

    let id: String
    /// `hộ nghèo`, `hộ cận nghèo`.
    let kind: String
    let years: [Year]

    var title: String { "Mức giảm tỷ lệ \(kind) từng năm so với chỉ tiêu, điểm %" }
    var heads: [String] { ["Năm", "Mức giảm (điểm %)", "Chỉ tiêu (điểm %)", "So chỉ tiêu"] }
    var rows: [[String]] {
        years.map {
            [
                String($0.year), Wording.percent($0.fall, missing: "chưa tính được"),
                Wording.percent($0.target, missing: "chưa có chỉ tiêu"), Self.result($0),
            ]
        }
    }

    var summary: String {
        let counted = years.filter { !Self.result($0).isEmpty }
        let reached = counted.count { Self.result($0) == "đạt" }
        return counted.isEmpty
            ? "Chưa năm nào có cả số liệu và chỉ tiêu."
            : "Đạt chỉ tiêu \(reached) trong \(counted.count) năm có chỉ tiêu."
    }

    private static func result(_ year: Year) -> String {
        guard let fall = year.fall, let target = year.target else { return "" }
        return fall >= target ? "đạt" : "chưa đạt"
    }

    var drawing: Drawing {
        var drawing = Drawing(width: 460, height: 220)
        let scale = Scale(years.flatMap { [$0.fall, $0.target].compactMap(\.self) }, from: 176, to: 24)
        let step = 390 / Double(max(years.count, 1))
        for tick in scale.ticks {
            drawing.line(46, scale[tick], 450, scale[tick])
            drawing.text(Wording.number(Decimal(tick), decimals: 1), 40, scale[tick] + 4, .end, size: 11)
        }
        for (index, year) in years.enumerated() {
            let middle = 54 + step * (Double(index) + 0.5)
            drawing.text(String(year.year), middle, 194, .middle, isBold: true)
            if let fall = year.fall {
                let (zero, top) = (scale[0.0], scale[fall])
                drawing.rectangle(middle - 16, min(zero, top), 32, abs(zero - top), .middle)
                drawing.text(Wording.percent(fall), middle, min(zero, top) - 4, .middle, size: 11, isBold: true)
            } else {
                drawing.text("chưa có", middle, scale[0.0] - 4, .middle, size: 11)
            }
            if let target = year.target {
                drawing.line(middle - 22, scale[target], middle + 22, scale[target], .mark)
            }
        }
        drawing.text("▬ chỉ tiêu giảm trong năm", 54, 213, size: 11)
        return drawing
    }
}
