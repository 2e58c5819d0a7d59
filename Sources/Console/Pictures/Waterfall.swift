import Foundation

/// Picture d: from the households at the beginning of the year to those at its end.
struct Waterfall: Picture {
    struct Step: Sendable {
        let label: String
        let count: Decimal
        let kind: Kind
    }

    enum Kind: Sendable {
        /// Stands on the ground.
        case level
        case loss
        case gain
    }

    let id: String
    /// `hộ nghèo`, `hộ cận nghèo`.
    let kind: String
    let steps: [Step]

    var title: String { "Diễn biến \(kind) trong năm, số hộ" }
    var heads: [String] { ["Diễn biến", "Số hộ"] }
    var rows: [[String]] { steps.map { [$0.label, Self.words($0)] } }
    var summary: String { steps.map { "\($0.label) \(Self.words($0))" }.joined(separator: ", ") + "." }

    private static func words(_ step: Step) -> String {
        let count = Wording.count(step.count)
        return switch step.kind {
        case .level: count
        case .loss: step.count == 0 ? count : "-" + count
        case .gain: step.count == 0 ? count : "+" + count
        }
    }

    /// Where each step begins and ends.
    var spans: [(from: Decimal, to: Decimal)] {
        var level = Decimal(0)
        return steps.map { step in
            let before = step.kind == .level ? 0 : level
            level = step.kind == .loss ? before - step.count : before + step.count
            return (before, level)
        }
    }

    var drawing: Drawing {
        var drawing = Drawing(width: 640, height: 260)
        let spans = spans
        let scale = Scale(spans.flatMap { [$0.from, $0.to] }, from: 206, to: 24)
        let step = 570 / Double(max(steps.count, 1))
        for tick in scale.ticks {
            drawing.line(56, scale[tick], 632, scale[tick])
            drawing.text(Wording.number(Decimal(tick), decimals: 0), 50, scale[tick] + 4, .end, size: 11)
        }
        for (index, (part, span)) in zip(steps, spans).enumerated() {
            let left = 60 + step * Double(index) + 8
            let (top, low) = (min(scale[span.from], scale[span.to]), max(scale[span.from], scale[span.to]))
            let tone: Tone =
                switch part.kind {
                case .level: .dark
                case .loss: .light
                case .gain: .middle
                }
            drawing.rectangle(left, top, step - 16, low - top, tone)
            drawing.text(Self.words(part), left + (step - 16) / 2, top - 5, .middle, isBold: true)
            drawing.text(part.label, left + (step - 16) / 2, 224, .middle, size: 11)
            if index + 1 < steps.count {
                drawing.line(left + step - 16, scale[span.to], left + step, scale[span.to])
            }
        }
        drawing.text("đậm: số hộ đầu, cuối năm; nhạt: giảm (-); vừa: tăng (+)", 60, 250, size: 11)
        return drawing
    }
}
