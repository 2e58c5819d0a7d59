import Foundation

/// Picture b: each commune's rate at the beginning and the end of the year, with the rate that was planned, the highest at
/// the top.
struct RateDumbbells: Picture {
    struct Commune: Sendable {
        let name: String
        /// Percent.
        let start: Decimal?
        let end: Decimal?
        let planned: Decimal?

        /// nil where one of the two is not known.
        var isReached: Bool? { end.flatMap { end in planned.map { end <= $0 } } }
    }

    let id: String
    let communes: [Commune]

    init(id: String, communes: [Commune]) {
        self.id = id
        // Equal ones stay in the official order.
        let known = communes.enumerated().filter { $0.element.end != nil }
        self.communes =
            known.sorted { left, right in
                let (one, other) = (left.element.end ?? 0, right.element.end ?? 0)
                return one == other ? left.offset < right.offset : one > other
            }.map(\.element) + communes.filter { $0.end == nil }
    }

    var title: String { "Tỷ lệ hộ nghèo từng xã: đầu năm, cuối năm, theo kế hoạch, %" }
    var heads: [String] { ["Xã, thị trấn", "Đầu năm (%)", "Cuối năm (%)", "Kế hoạch cuối năm (%)", "So kế hoạch"] }
    var rows: [[String]] {
        communes.map {
            [
                $0.name, Wording.percent($0.start), Wording.percent($0.end, missing: "chưa có số liệu"),
                Wording.percent($0.planned, missing: "chưa có chỉ tiêu"), Self.result($0),
            ]
        }
    }

    var summary: String {
        let known = communes.filter { $0.end != nil }
        guard let worst = known.first else { return "Chưa xã nào có số liệu." }
        let behind = communes.filter { $0.isReached == false }.map(\.name)
        return "Cao nhất: \(worst.name), \(Wording.percent(worst.end)) %. "
            + (behind.isEmpty
                ? "Không xã nào thấp hơn kế hoạch." : "Chưa đạt kế hoạch: \(behind.joined(separator: ", ")).")
    }

    private static func result(_ commune: Commune) -> String {
        switch commune.isReached {
        case true?: "đạt"
        case false?: "chưa đạt"
        case nil: ""
        }
    }

    private static let rowHeight = 19.0

    var drawing: Drawing {
        let top = 26.0
        let bottom = top + Double(communes.count) * Self.rowHeight
        var drawing = Drawing(width: 700, height: bottom + 44)
        let scale = Scale(communes.flatMap { [$0.start, $0.end, $0.planned].compactMap(\.self) }, from: 160, to: 470)
        for tick in scale.ticks {
            drawing.line(scale[tick], top - 4, scale[tick], bottom)
            drawing.text(Wording.number(Decimal(tick), decimals: 0), scale[tick], bottom + 15, .middle, size: 11)
        }
        drawing.text("đầu → cuối (kế hoạch)", 484, top - 10, size: 11)
        for (index, commune) in communes.enumerated() {
            draw(commune, y: top + (Double(index) + 0.5) * Self.rowHeight, on: &drawing, scale)
        }
        drawing.text("○ đầu năm   ● cuối năm   ┃ cuối năm theo kế hoạch", 160, bottom + 36, size: 11)
        return drawing
    }

    private func draw(_ commune: Commune, y: Double, on drawing: inout Drawing, _ scale: Scale) {
        drawing.text(commune.name, 150, y + 4, .end)
        guard let end = commune.end else {
            drawing.text("chưa có số liệu", 166, y + 4, size: 11)
            return
        }
        if let start = commune.start {
            drawing.line(scale[start], y, scale[end], y, .thick)
            drawing.circle(scale[start], y, 4.5, isHollow: true)
        }
        if let planned = commune.planned { drawing.line(scale[planned], y - 7, scale[planned], y + 7, .mark) }
        drawing.circle(scale[end], y, 4.5)
        let plan = commune.planned.map { " (KH \(Wording.percent($0)))" } ?? ""
        let late = commune.isReached == false ? " chưa đạt" : ""
        drawing.text(
            "\(Wording.percent(commune.start)) → \(Wording.percent(end))\(plan)\(late)", 484, y + 4, size: 11,
            isBold: commune.isReached == false)
    }
}
