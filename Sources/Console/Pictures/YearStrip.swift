import Foundation

/// The year as a strip: stages as bars, due days as marks.
struct YearStrip: Picture {
    struct Span: Sendable {
        let label: String
        /// Days of the year, counted from 0; clipped to it.
        let first: Int
        let last: Int
        let words: String
    }

    struct Mark: Sendable {
        let label: String
        let day: Int
        let words: String
    }

    let id: String
    let year: Int
    let spans: [Span]
    let marks: [Mark]

    var title: String { "Lịch năm \(year)" }
    var heads: [String] { ["Việc", "Thời gian"] }
    var rows: [[String]] { spans.map { [$0.label, $0.words] } + marks.map { [$0.label, $0.words] } }
    var summary: String {
        rows.isEmpty
            ? "Năm này chưa đặt việc nào." : rows.map { $0.joined(separator: ": ") }.joined(separator: "; ") + "."
    }

    private static let (left, right) = (10.0, 1010.0)

    private func x(_ day: Int) -> Double {
        Self.left + (Self.right - Self.left) * Double(min(max(day, 0), 366)) / 366
    }

    var drawing: Drawing {
        let bottom = 30 + Double(spans.count + marks.count) * 24
        var drawing = Drawing(width: 1020, height: bottom + 8)
        for month in 0...12 {
            let edge = Self.left + (Self.right - Self.left) * Double(month) / 12
            drawing.line(edge, 4, edge, bottom)
            if month < 12 { drawing.text("tháng \(month + 1)", edge + 42, 18, .middle, size: 11) }
        }
        for (index, span) in spans.enumerated() {
            let y = 30 + Double(index) * 24
            drawing.rectangle(x(span.first), y, x(span.last + 1) - x(span.first), 18, .light)
            label("\(span.label), \(span.words)", x(span.first), y, on: &drawing)
        }
        for (index, mark) in marks.enumerated() {
            let y = 30 + Double(spans.count + index) * 24
            drawing.line(x(mark.day), y, x(mark.day), y + 18, .mark)
            label("\(mark.label): \(mark.words)", x(mark.day), y, on: &drawing)
        }
        return drawing
    }

    /// Beside the place where there is more room.
    private func label(_ words: String, _ x: Double, _ y: Double, on drawing: inout Drawing) {
        let isLeft = x < 510
        drawing.text(words, isLeft ? x + 6 : x - 6, y + 13, isLeft ? .start : .end, size: 11)
    }
}
