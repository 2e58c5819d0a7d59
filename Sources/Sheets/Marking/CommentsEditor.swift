import Records

/// Adds comments to those of a sheet and takes former marks out (ECMA-376 Part 1, 18.7).
///
/// A comment of ours begins with a line of its own, the heading, by which it is known again: programs that save a
/// workbook anew keep its text, and not much else. A cell has one comment only, so that where a sender's stands already
/// ours is put behind it.
struct CommentsEditor {
    struct Position: Hashable, Comparable {
        let row: Int
        let column: Int

        static func < (left: Self, right: Self) -> Bool { (left.row, left.column) < (right.row, right.column) }
    }

    private struct Comment {
        let position: Position
        let author: Int
        var range: Range<Int>
        /// The element `text`, and the start of its end tag.
        var content: XMLTag?
        var contentEnd = 0
        var texts: [Text] = []
        /// The runs, from tag to end tag.
        var runs: [Range<Int>] = []

        var whole: String { texts.map(\.value).joined() }
    }

    private struct Text {
        let element: Range<Int>
        let content: Range<Int>
        let value: String
        /// Index of its run; nil for text outside any.
        let run: Int?
    }

    /// A comment's text, which a cell can hold at most.
    private static let longest = 32_000

    private let heading: String
    private let scanner: XMLScanner
    private var edits = PartEdits()
    private var authors: [String] = []
    private var authorsElement: XMLTag?
    private var authorsEnd: Int?
    private var list: XMLTag?
    private var listEnd: Int?
    private var comments: [Comment] = []
    private let prefix: String
    /// Where marks stood before.
    private(set) var former: Set<Position> = []
    /// Comments that are gone, and whose shapes must go too.
    private(set) var removed: Set<Position> = []
    /// Comments that have come, and need a shape.
    private(set) var added: [Position] = []

    init(_ bytes: [UInt8], part: String, heading: String) throws(WorkbookError) {
        var scanner = XMLScanner(bytes, part: part)
        guard let root = try scanner.next(), scanner.isNamed(root, "comments") else {
            throw WorkbookError(.unsupported, "\(part) holds no comments")
        }
        self.heading = heading
        prefix = scanner.prefix(of: root)
        self.scanner = scanner
        var reading = Reading()
        while let tag = try scanner.next() {
            if tag.isOwn { try take(tag, scanner, &reading) }
        }
        guard authorsElement != nil, list != nil else {
            throw WorkbookError(.unsupported, "\(part) is no list of comments")
        }
    }

    static func empty(namespace: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <comments xmlns="\(namespace)"><authors/><commentList/></comments>
            """.utf8)
    }

    // MARK: - Reading

    private struct Reading {
        var author = 0
        var run: Int?
        var text: XMLTag?
        var isPhonetic = false
    }

    private mutating func take(
        _ tag: XMLTag, _ scanner: XMLScanner, _ reading: inout Reading
    ) throws(WorkbookError) {
        let last = comments.count - 1
        // Elements of a comment outside any.
        guard last >= 0 || tag.depth < 3 else { return }
        switch (scanner.text(tag.local), tag.depth, tag.kind) {
        case ("authors", 1, .end): authorsEnd = tag.range.lowerBound
        case ("authors", 1, _): authorsElement = tag
        case ("author", 2, .start): reading.author = tag.range.upperBound
        case ("author", 2, .end):
            authors.append(XMLText.unescaped(scanner.text(reading.author..<tag.range.lowerBound)))
        case ("author", 2, .empty): authors.append("")
        case ("commentList", 1, .end): listEnd = tag.range.lowerBound
        case ("commentList", 1, _): list = tag
        case ("comment", 2, .end):
            comments[last].range = comments[last].range.lowerBound..<tag.range.upperBound
        case ("comment", 2, _):
            guard let place = scanner.value("ref", of: tag).flatMap({ CellReference.position($0.utf8) }) else {
                throw WorkbookError(.unsupported, "a comment stands nowhere")
            }
            comments.append(
                Comment(
                    position: Position(row: place.row, column: place.column),
                    author: scanner.integer("authorId", of: tag) ?? 0, range: tag.range))
        case ("text", 3, .end): comments[last].contentEnd = tag.range.lowerBound
        case ("text", 3, .start): comments[last].content = tag
        case ("r", 4, .start): reading.run = tag.range.lowerBound
        case ("r", 4, .end):
            guard let start = reading.run else { return }
            comments[last].runs.append(start..<tag.range.upperBound)
            reading.run = nil
        case ("rPh", 4, _): reading.isPhonetic = tag.kind == .start
        case ("t", 4, .start), ("t", 5, .start): reading.text = tag
        case ("t", 4, .end), ("t", 5, .end):
            guard let start = reading.text, !reading.isPhonetic else { return }
            let content = start.range.upperBound..<tag.range.lowerBound
            comments[last].texts.append(
                Text(
                    element: start.range.lowerBound..<tag.range.upperBound, content: content,
                    value: XMLText.unescaped(scanner.text(content)),
                    run: reading.run == nil ? nil : comments[last].runs.count))
        default: return
        }
    }

    // MARK: - Former marks

    mutating func removeMarks() {
        for index in comments.indices {
            let whole = comments[index].whole
            if whole == heading || whole.hasPrefix(heading + "\n") {
                edits.remove(comments[index].range)
                former.insert(comments[index].position)
                removed.insert(comments[index].position)
            } else if let place = whole.firstRange(of: "\n\n" + heading + "\n") {
                comments[index] = cut(comments[index], after: whole[..<place.lowerBound].utf16.count)
                former.insert(comments[index].position)
            }
        }
        comments.removeAll { removed.contains($0.position) }
    }

    /// Leaves the first so many UTF-16 units of a comment's text.
    private mutating func cut(_ comment: Comment, after length: Int) -> Comment {
        var comment = comment
        var rest = length
        var kept: [Text] = []
        for text in comment.texts {
            let count = text.value.utf16.count
            if count <= rest {
                kept.append(text)
            } else if rest > 0 {
                let start = String(decoding: Array(text.value.utf16.prefix(rest)), as: UTF16.self)
                edits.replace(text.content, with: XMLText.escaped(start))
                kept.append(text)
            } else {
                edits.remove(text.run.map { comment.runs[$0] } ?? text.element)
            }
            rest = max(0, rest - count)
        }
        comment.texts = kept
        comment.runs.removeSubrange(((kept.last?.run).map { $0 + 1 } ?? 0)...)
        return comment
    }

    // MARK: - New marks

    /// Adds comments; a cell whose comment is the start of a thread keeps it as it is.
    /// - Parameter marks: in the order of their cells.
    mutating func add(_ marks: [(position: Position, text: String)], author: String) {
        var children = ""
        let own = authors.firstIndex(of: author) ?? authors.count
        let places = Dictionary(zip(comments.map(\.position), comments.indices)) { first, _ in first }
        for mark in marks {
            if let index = places[mark.position] {
                extend(comments[index], by: mark.text)
            } else {
                let reference = CellReference.letters(mark.position.column) + String(mark.position.row)
                children += """
                    <\(prefix)comment ref="\(reference)" authorId="\(own)"><\(prefix)text>\(runs(mark.text))\
                    </\(prefix)text></\(prefix)comment>
                    """
                added.append(mark.position)
            }
        }
        guard let list, let authorsElement, !children.isEmpty else { return }
        edits.append(children, to: list, endingAt: listEnd, in: scanner)
        if own == authors.count {
            let element = "<\(prefix)author>\(XMLText.escaped(author))</\(prefix)author>"
            edits.append(element, to: authorsElement, endingAt: authorsEnd, in: scanner)
            authors.append(author)
        }
    }

    private mutating func extend(_ comment: Comment, by text: String) {
        let isThread = authors.indices.contains(comment.author) && authors[comment.author].hasPrefix("tc=")
        guard !isThread, comment.content != nil, comment.whole.utf16.count + text.utf16.count <= Self.longest else {
            return
        }
        // Text without a run stands before all runs: it becomes one.
        for bare in comment.texts where bare.run == nil {
            edits.insert("<\(prefix)r>", at: bare.element.lowerBound)
            edits.insert("</\(prefix)r>", at: bare.element.upperBound)
        }
        let end = max(comment.runs.last?.upperBound ?? 0, comment.texts.last?.element.upperBound ?? 0)
        edits.insert(runs(text, separator: "\n\n"), at: end > 0 ? end : comment.contentEnd)
    }

    private func runs(_ text: String, separator: String = "") -> String {
        let font = "<\(prefix)sz val=\"11\"/><\(prefix)rFont val=\"Times New Roman\"/><\(prefix)family val=\"1\"/>"
        func run(_ text: String, bold: String) -> String {
            """
            <\(prefix)r><\(prefix)rPr>\(bold)\(font)</\(prefix)rPr>\
            <\(prefix)t xml:space="preserve">\(XMLText.cellText(text))</\(prefix)t></\(prefix)r>
            """
        }
        return run(separator + heading + "\n", bold: "<\(prefix)b/>") + run(text, bold: "")
    }

    var hasChanged: Bool { !edits.isEmpty }
    var bytes: [UInt8] { edits.applied(to: scanner.bytes) }
}
