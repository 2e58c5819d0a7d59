/// A drawing in SVG, built shape by shape. Everything is an attribute of its shape: the content security policy forbids
/// styles in a page. Units are CSS pixels at full size; y grows downwards.
struct Drawing {
    let width: Double
    let height: Double
    private var shapes: [String] = []

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    enum Anchor: String {
        case start, middle, end
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ stroke: Stroke = .thin) {
        shapes.append(
            "<line x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\"\(stroke.attributes)/>")
    }

    /// A line through points.
    mutating func path(_ points: [(x: Double, y: Double)], _ stroke: Stroke) {
        guard points.count > 1 else { return }
        let text = points.map { "\(px($0.x)),\(px($0.y))" }.joined(separator: " ")
        shapes.append("<polyline points=\"\(text)\" fill=\"none\"\(stroke.attributes)/>")
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ tone: Tone) {
        shapes.append(
            "<rect x=\"\(px(x))\" y=\"\(px(y))\" width=\"\(px(max(width, 0)))\" height=\"\(px(max(height, 0)))\" "
                + "fill=\"\(tone.fill)\" stroke=\"\(Tone.ink)\" stroke-width=\"0.7\"/>")
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, isHollow: Bool = false) {
        shapes.append(
            "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"\(px(radius))\" fill=\"\(isHollow ? Tone.paper.fill : Tone.ink)\" "
                + "stroke=\"\(Tone.ink)\" stroke-width=\"1.6\"/>")
    }

    /// - Parameter y: of the base line.
    mutating func text(
        _ words: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, size: Double = 12, isBold: Bool = false,
        isLight: Bool = false
    ) {
        let fill = isLight ? Tone.paper.fill : Tone.ink
        shapes.append(
            "<text x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"\(anchor.rawValue)\" font-size=\"\(px(size))\" "
                + "fill=\"\(fill)\"\(isBold ? " font-weight=\"bold\"" : "")>\(Self.escaped(words))</text>")
    }

    /// - Parameters:
    ///   - id: unique on the page.
    ///   - summary: what the picture shows, for those who do not see it.
    func svg(id: String, title: String, summary: String) -> String {
        let (titleID, summaryID) = ("\(Self.escaped(id))-t", "\(Self.escaped(id))-d")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(px(width)) \(px(height))" width="\(px(width))" \
            height="\(px(height))" role="img" aria-labelledby="\(titleID) \(summaryID)" \
            font-family="Liberation Sans, Arial, sans-serif">\
            <title id="\(titleID)">\(Self.escaped(title))</title><desc id="\(summaryID)">\(Self.escaped(summary))</desc>\
            \(shapes.joined())</svg>
            """
    }

    /// Whatever units wrote stays text. Characters that XML forbids are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default:
                let isAllowed =
                    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar.value == 9
                if isAllowed { escaped.unicodeScalars.append(scalar) }
            }
        }
        return escaped
    }

    /// A tenth of a pixel is enough.
    private func px(_ length: Double) -> String {
        guard length.isFinite else { return "0" }
        let tenths = Int((length * 10).rounded())
        return tenths % 10 == 0
            ? String(tenths / 10) : (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}

/// How a line is drawn: told apart by width and dashes, never by colour alone.
enum Stroke {
    /// Axes and what separates.
    case thin
    /// Figures.
    case thick
    /// A target or a limit.
    case dashed
    /// A change of the ground that figures stand on.
    case dotted
    /// A tick that figures are held against.
    case mark

    var attributes: String {
        let (colour, width, dashes) =
            switch self {
            case .thin: ("#9aa5af", 1.0, "")
            case .thick: (Tone.ink, 2.0, "")
            case .dashed: (Tone.ink, 1.4, "7 4")
            case .dotted: (Tone.ink, 1.2, "1.5 3.5")
            case .mark: (Tone.ink, 3.0, "")
            }
        return " stroke=\"\(colour)\" stroke-width=\"\(width)\""
            + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"")
    }
}

/// Fills that stay apart when they are printed in grey.
enum Tone: Int, CaseIterable {
    case darkest, dark, middle, light, lightest, paper

    static let ink = "#1a1a1a"

    var fill: String {
        switch self {
        case .darkest: "#123a5c"
        case .dark: "#47708f"
        case .middle: "#8aa9c0"
        case .light: "#c0d2df"
        case .lightest: "#e6edf3"
        case .paper: "#ffffff"
        }
    }

    /// Words on it are white.
    var isDark: Bool { self == .darkest || self == .dark }

    /// The tone of the given one of several; the last ones share theirs.
    static func of(_ index: Int) -> Tone { Tone(rawValue: min(index, 4)) ?? .lightest }
}
