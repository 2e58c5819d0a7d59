/// Picture f: nominees' files by what they are nominated for and how far they have come, a bar of counted pieces each.
struct ReviewProgress: Picture {
    struct Content: Sendable {
        let label: String
        /// As many as there are groups of states.
        let counts: [Int]

        var total: Int { counts.reduce(0, +) }
    }

    let id: String
    /// The groups of states, in the order of the way.
    let states: [String]
    let contents: [Content]

    var title: String { "Hồ sơ khen thưởng theo nội dung và trạng thái" }
    var heads: [String] { ["Nội dung"] + states + ["Cộng"] }
    var rows: [[String]] {
        contents.map { [$0.label] + $0.counts.map { String($0) } + [String($0.total)] }
            + [["Cộng"] + states.indices.map { index in String(sum(index)) } + [String(total)]]
    }

    var summary: String {
        "\(total) hồ sơ: "
            + states.enumerated().map { "\($0.element) \(sum($0.offset))" }.joined(separator: ", ") + "."
    }

    private var total: Int { contents.reduce(0) { $0 + $1.total } }
    private func sum(_ state: Int) -> Int { contents.reduce(0) { $0 + $1.counts[state] } }

    private static let tones: [Tone] = [.paper, .lightest, .light, .middle, .dark, .darkest]

    var drawing: Drawing {
        let (row, left, right) = (26.0, 190.0, 660.0)
        let bottom = 12 + Double(contents.count) * row
        let perLine = 3
        let legends = Double((states.count + perLine - 1) / perLine)
        var drawing = Drawing(width: 720, height: bottom + 14 + legends * 18)
        let longest = Double(max(contents.map(\.total).max() ?? 0, 1))
        for (index, content) in contents.enumerated() {
            let y = 8 + Double(index) * row
            drawing.text(content.label, left - 8, y + 15, .end)
            var x = left
            for (state, count) in content.counts.enumerated() where count > 0 {
                let width = Double(count) / longest * (right - left)
                let tone = Self.tones[min(state, Self.tones.count - 1)]
                drawing.rectangle(x, y, width, row - 6, tone)
                if width > 14 {
                    drawing.text(
                        String(count), x + width / 2, y + 15, .middle, size: 11, isBold: true, isLight: tone.isDark)
                }
                x += width
            }
            drawing.text(String(content.total), x + 6, y + 15, isBold: true)
        }
        for (index, state) in states.enumerated() {
            let x = 20 + Double(index % perLine) * 230
            let y = bottom + 10 + Double(index / perLine) * 18
            drawing.rectangle(x, y, 13, 13, Self.tones[min(index, Self.tones.count - 1)])
            drawing.text(state, x + 20, y + 11, size: 11)
        }
        return drawing
    }
}
