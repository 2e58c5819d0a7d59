/// Gathers the text of a cell from its paragraphs: their characters with white space as OpenDocument counts it, and the
/// fonts that spans name (OpenDocument 1.3 Part 3, 6.1).
struct OpenDocumentText {
    /// As many as a cell has characters at most.
    private static let maximumRuns = 32_767

    /// From this byte of the text on, this font; nil is the cell's.
    private struct Mark {
        let start: Int
        let font: String?
    }

    private var bytes: [UInt8] = []
    private var marks: [Mark] = []
    private var paragraphFont: String?
    /// The font of each span around; one that names none takes over the font around it.
    private var fonts: [String?] = []
    private var hasParagraph = false
    /// True after white space, which a further blank would only prolong, and at the start of a paragraph.
    private var isAtSpace = false
    private let budget: WorkbookBudget

    init(budget: WorkbookBudget) {
        self.budget = budget
    }

    var isEmpty: Bool { bytes.isEmpty }

    mutating func begin() {
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
        if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
        if !fonts.isEmpty { fonts.removeAll(keepingCapacity: true) }
        hasParagraph = false
    }

    // MARK: Gathering

    mutating func startParagraph(font: String?) throws(WorkbookError) {
        if hasParagraph { bytes.append(UInt8(ascii: "\n")) }
        hasParagraph = true
        isAtSpace = true
        paragraphFont = font
        if font != nil || !marks.isEmpty { try mark(font) }
    }

    /// A span, a link, a field: its text belongs to the paragraph.
    mutating func startSpan(font: String?) throws(WorkbookError) {
        let font = font ?? fonts.last ?? paragraphFont
        fonts.append(font)
        if font != nil || !marks.isEmpty { try mark(font) }
    }

    mutating func endSpan() throws(WorkbookError) {
        _ = fonts.popLast()
        if !marks.isEmpty { try mark(fonts.last ?? paragraphFont) }
    }

    /// Any white space counts as one blank; at the start of a paragraph it counts as nothing. At its end it would count
    /// as nothing too, but LibreOffice writes a blank that is meant to stand there as it is.
    mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in 0..<text.count {
            let byte = text[index]
            guard byte <= 0x20 else {
                isAtSpace = false
                continue
            }
            if isAtSpace || byte != 0x20 {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                if !isAtSpace { bytes.append(0x20) }
                start = index + 1
            }
            isAtSpace = true
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    /// Blanks that stand (`text:s`). They may be many: they count against the limit for text at once.
    mutating func spaces(_ count: Int) throws(WorkbookError) {
        try budget.spendText(count)
        bytes.append(contentsOf: repeatElement(0x20, count: count))
        isAtSpace = false
    }

    /// A tab or a line break.
    mutating func character(_ character: Unicode.Scalar) {
        bytes.append(UInt8(ascii: character))
        isAtSpace = false
    }

    private mutating func mark(_ font: String?) throws(WorkbookError) {
        if let last = marks.last {
            if last.font == font { return }
            if last.start == bytes.count { marks.removeLast() }
        }
        marks.append(Mark(start: bytes.count, font: font))
        if marks.count > Self.maximumRuns {
            throw WorkbookError(.tooMuchText, "a text of more than \(Self.maximumRuns) runs")
        }
    }

    // MARK: Taking

    /// The code of an error that the text spells; of a cell that is marked as one, any text.
    func errorCode(isMarked: Bool) -> String? {
        guard !bytes.isEmpty, isMarked || OpenDocumentCell.isError(bytes) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Another text in place of the one that is shown.
    mutating func replace(by text: [UInt8]) {
        // The same text may have fonts.
        if bytes == text { return }
        bytes = text
        marks.removeAll(keepingCapacity: true)
    }

    /// The text and its runs in a cell of this font; runs only where a font is named and can matter: ASCII is the same
    /// in all of them.
    func finish(font: () -> String?) throws(WorkbookError) -> (text: String, runs: [FontRun]?) {
        let text = String(decoding: bytes, as: UTF8.self)
        try budget.spendText(bytes.count)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return (text, nil) }
        let cellFont = font()
        guard !marks.isEmpty else { return (text, cellFont.map { [FontRun(text: text, font: $0)] }) }
        try budget.spendText(32 * marks.count)
        return (text, runs(cellFont))
    }

    private func runs(_ cellFont: String?) -> [FontRun] {
        var runs: [FontRun] = []
        var start = 0
        var font = cellFont
        for mark in marks + [Mark(start: bytes.count, font: nil)] {
            let end = min(mark.start, bytes.count)
            if end > start {
                let text = String(decoding: bytes[start..<end], as: UTF8.self)
                runs.append(FontRun(text: text, font: font ?? ""))
            }
            start = end
            font = mark.font ?? cellFont
        }
        return runs
    }
}
