import Records

/// The boxes in which comments are shown: a drawing in the older language VML (ECMA-376 Part 4, 19.4), one shape each.
///
/// Such drawings need not be well-formed XML, so that they are searched for their few words and not parsed.
struct NoteShapes {
    /// A shape's place: left column, offset, top row, offset, right column, offset, bottom row, offset; columns and rows
    /// from 0, offsets in pixels.
    struct Anchor {
        let numbers: [Int]
    }

    private let part: String
    private let bytes: [UInt8]
    private var edits = PartEdits()

    /// Programs are free to choose other prefixes than these.
    private static let namespaces = """
        xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
        xmlns:x="urn:schemas-microsoft-com:office:excel"
        """
    static let empty = Array("<xml \(namespaces)></xml>".utf8)

    init(_ bytes: [UInt8], part: String) {
        self.bytes = bytes
        self.part = part
    }

    // MARK: - Removing

    mutating func remove(_ positions: Set<CommentsEditor.Position>) {
        guard !positions.isEmpty else { return }
        var shape: Int?
        var isNote = false
        var row: Int?
        var column: Int?
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            let tag = LooseTag(bytes, at: open)
            index = tag.end
            switch (tag.name, tag.isEnd) {
            case ("shape", false):
                (shape, isNote, row, column) = (open, false, nil, nil)
            case ("ClientData", false): isNote = Self.contains("\"Note\"", in: bytes[open..<tag.end])
            case ("Row", false): row = number(from: tag.end)
            case ("Column", false): column = number(from: tag.end)
            case ("shape", true):
                if let start = shape, isNote, let row, let column,
                    positions.contains(CommentsEditor.Position(row: row + 1, column: column + 1))
                {
                    edits.remove(start..<tag.end)
                }
                shape = nil
            default: continue
            }
        }
    }

    private func number(from start: Int) -> Int? {
        let text = bytes[start...].prefix(20).prefix { $0 != UInt8(ascii: "<") }
        let number = Int(String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace })
        return number.flatMap { (0..<CellReference.maximumRow).contains($0) ? $0 : nil }
    }

    // MARK: - Adding

    /// How many shapes a block of identifiers has room for.
    static let perBlock = 1_000

    /// - Parameter block: the first number of identifiers that no drawing of the workbook uses.
    mutating func add(
        _ notes: [(position: CommentsEditor.Position, anchor: Anchor)], block: Int
    ) throws(WorkbookError) {
        guard !notes.isEmpty else { return }
        guard let end = rootEnd else {
            throw WorkbookError(.unsupported, "\(part) has no end")
        }
        let blocks = (0...((notes.count - 1) / Self.perBlock)).map { block + $0 }
        let isDeclared = Self.namespaces.split(separator: " ").allSatisfy { Self.contains(String($0), in: bytes[...]) }
        let declared = isDeclared ? "" : " " + Self.namespaces
        var text = ""
        if let data = Self.identifierBlocks(in: bytes).first {
            edits.insert(blocks.map { ",\($0)" }.joined(), at: data.upperBound)
        } else {
            let data = blocks.map(String.init).joined(separator: ",")
            text += """
                <o:shapelayout\(declared) v:ext="edit"><o:idmap v:ext="edit" data="\(data)"/></o:shapelayout>
                """
        }
        if !Self.contains("id=\"_x0000_t202\"", in: bytes[...]) { text += Self.shapeType(declared) }
        for (index, note) in notes.enumerated() {
            let id = blocks[index / Self.perBlock] * 1_024 + index % Self.perBlock + 1
            text += Self.shape(id, note.position, note.anchor, declared)
        }
        edits.insert(text, at: end)
    }

    /// Where the last end tag begins.
    private var rootEnd: Int? {
        var index = bytes.count - 1
        while index > 0 {
            if bytes[index] == UInt8(ascii: "/"), bytes[index - 1] == UInt8(ascii: "<") { return index - 1 }
            index -= 1
        }
        return nil
    }

    private static func shapeType(_ declared: String) -> String {
        """
        <v:shapetype\(declared) id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
        path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
        <v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
        """
    }

    private static func shape(
        _ id: Int, _ position: CommentsEditor.Position, _ anchor: Anchor, _ declared: String
    ) -> String {
        """
        <v:shape\(declared) id="_x0000_s\(id)" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;\
        margin-top:1.5pt;width:240pt;height:60pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
        <v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
        <v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
        <x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>\
        <x:Anchor>\(anchor.numbers.map(String.init).joined(separator: ", "))</x:Anchor><x:AutoFill>False</x:AutoFill>\
        <x:Row>\(position.row - 1)</x:Row><x:Column>\(position.column - 1)</x:Column></x:ClientData></v:shape>
        """
    }

    /// The values of `data` in each `idmap`: the blocks of identifiers that a drawing has taken for itself.
    static func identifierBlocks(in bytes: [UInt8]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var index = 0
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            let tag = LooseTag(bytes, at: open)
            index = tag.end
            guard tag.name == "idmap", let start = firstEnd(of: "data=\"", in: bytes[open..<tag.end]),
                let end = bytes[start..<tag.end].firstIndex(of: UInt8(ascii: "\""))
            else { continue }
            blocks.append(start..<end)
        }
        return blocks
    }

    /// The highest number among them.
    static func highestBlock(in bytes: [UInt8]) -> Int {
        identifierBlocks(in: bytes).flatMap { range in
            String(decoding: bytes[range], as: UTF8.self).split(separator: ",").compactMap { number in
                Int(number.filter { !$0.isWhitespace }).flatMap { (0..<1_000_000).contains($0) ? $0 : nil }
            }
        }.max() ?? 0
    }

    var hasChanged: Bool { !edits.isEmpty }
    var result: [UInt8] { edits.applied(to: bytes) }

    // MARK: - Searching

    private static func contains(_ word: String, in bytes: ArraySlice<UInt8>) -> Bool {
        firstEnd(of: word, in: bytes) != nil
    }

    /// Behind the first place of a word.
    private static func firstEnd(of word: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let pattern = Array(word.utf8)
        var index = bytes.startIndex
        while index + pattern.count <= bytes.endIndex {
            if bytes[index] == pattern[0], bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
                return index + pattern.count
            }
            index += 1
        }
        return nil
    }
}

/// A tag of text that need not be well-formed.
private struct LooseTag {
    /// Without its prefix.
    let name: String
    let isEnd: Bool
    /// Behind `>`; the text's end when there is none.
    let end: Int

    init(_ bytes: [UInt8], at open: Int) {
        let rest = bytes[(open + 1)...]
        isEnd = rest.first == UInt8(ascii: "/")
        let start = isEnd ? open + 2 : open + 1
        let word = bytes[min(start, bytes.count)...].prefix(64).prefix {
            !XMLScanner.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        name = String(decoding: word.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
        end = rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
    }
}
