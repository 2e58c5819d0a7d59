/// A text with the fonts that its runs name, as shared strings and inline strings hold it
/// (ECMA-376 Part 1, 18.4.8 `si` and 18.3.1.53 `is`).
struct RichText {
    var text = ""
    /// Runs in order; nil when the text is in one piece without a font of its own. A run without a font has the cell's.
    var runs: [(text: String, font: String?)]?
    /// Bytes that the text and its runs take, about: what they count against the limit for text.
    var cost: Int { text.utf8.count + costOfRuns }
    private var costOfRuns: Int { 32 * (runs?.count ?? 0) }
    /// False when a font cannot matter: all of the text is ASCII.
    var hasOtherThanASCII = false
    /// The runs as they were made for the cell before, and the font they were made with: neighbours share it.
    private var resolvedRuns: [FontRun]?
    private var resolvedFont: Int?

    /// The runs in a cell whose format has a font of the workbook's table; nil when no font is named or none matters.
    /// Runs that are made anew count against the limit for text: many cells could ask for many runs of one text.
    mutating func fontRuns(
        _ font: Int, _ fonts: [String?], budget: WorkbookBudget
    ) throws(WorkbookError) -> [FontRun]? {
        guard hasOtherThanASCII else { return nil }
        if resolvedFont != font {
            try budget.spendText(costOfRuns)
            resolvedFont = font
            resolvedRuns = makeRuns(fonts.indices.contains(font) ? fonts[font] : nil)
        }
        return resolvedRuns
    }

    private func makeRuns(_ font: String?) -> [FontRun]? {
        guard let runs, font != nil || runs.contains(where: { $0.font != nil }) else {
            return font.map { [FontRun(text: text, font: $0)] }
        }
        return runs.map { FontRun(text: $0.text, font: $0.font ?? font ?? "") }
    }
}

/// Gathers a rich text from the elements inside `si` or `is`.
struct RichTextBuilder {
    /// As many as a cell has characters at most.
    private static let maximumRuns = 32_767

    private var result = RichText()
    private var piece: [UInt8] = []
    private var font: String?
    private var isInRun = false
    private var isInText = false
    private var isInPhonetic = false

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "t": isInText = !isInPhonetic
        case "r":
            isInRun = true
            font = nil
        case "rFont": if isInRun { font = attributes.string("val") }
        // How East Asian text is read aloud; no part of the text.
        case "rPh": isInPhonetic = true
        default: break
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInText { piece.append(contentsOf: bytes) }
    }

    mutating func end(_ name: XMLName) throws(WorkbookError) {
        switch name {
        case "t":
            if isInText { try finishPiece() }
            isInText = false
        case "r": isInRun = false
        case "rPh": isInPhonetic = false
        default: break
        }
    }

    /// Gives what was gathered and begins anew.
    mutating func finish() -> RichText {
        defer { result = RichText() }
        return result
    }

    private mutating func finishPiece() throws(WorkbookError) {
        let text = piece.withUnsafeBufferPointer { EscapedText.decode($0) }
        piece.removeAll(keepingCapacity: true)
        if !result.hasOtherThanASCII { result.hasOtherThanASCII = text.utf8.contains { $0 >= 0x80 } }
        if isInRun {
            if result.runs == nil { result.runs = [] }
            result.runs?.append((text, font))
            if result.runs?.count ?? 0 > Self.maximumRuns {
                throw WorkbookError(.tooMuchText, "a text of more than \(Self.maximumRuns) runs")
            }
        }
        if result.text.isEmpty { result.text = text } else { result.text += text }
    }
}
