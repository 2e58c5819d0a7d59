import Foundation

/// Picture k: why households are poor, the most frequent cause first.
struct CauseBars: Picture {
    struct Cause: Sendable {
        let label: String
        let households: Int
    }

    let id: String
    let causes: [Cause]
    /// Whose households: `Xã Thiên Lộc, cuối năm 2019`.
    let place: String

    init(id: String, place: String, causes: [Cause]) {
        self.id = id
        self.place = place
        self.causes = causes.sorted { ($1.households, $0.label) < ($0.households, $1.label) }
    }

    var title: String { "Nguyên nhân nghèo chính, số hộ: \(place)" }
    var heads: [String] { ["Nguyên nhân chính", "Số hộ", "Tỷ lệ (%)"] }
    var rows: [[String]] {
        causes.map { cause in
            let share = Decimal(cause.households) * 100 / Decimal(max(total, 1))
            return [cause.label, String(cause.households), Wording.number(share, decimals: 1)]
        }
    }

    private var total: Int { causes.reduce(0) { $0 + $1.households } }

    var summary: String {
        guard let first = causes.first else { return "Chưa có danh sách hộ." }
        return "\(total) hộ; nhiều nhất: \(first.label), \(first.households) hộ."
    }

    var drawing: Drawing {
        let row = 22.0
        var drawing = Drawing(width: 560, height: 14 + Double(max(causes.count, 1)) * row)
        let scale = Scale(causes.map { Decimal($0.households) }, from: 230, to: 500)
        for (index, cause) in causes.enumerated() {
            let y = 6 + Double(index) * row
            drawing.text(cause.label, 222, y + 13, .end)
            drawing.rectangle(230, y, scale[Double(cause.households)] - 230, 16, .dark)
            drawing.text(String(cause.households), scale[Double(cause.households)] + 5, y + 13, isBold: true)
        }
        return drawing
    }
}
