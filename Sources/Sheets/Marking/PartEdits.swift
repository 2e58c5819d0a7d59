/// Changes to the bytes of a part, gathered while it is read; what they do not name stays as it is.
struct PartEdits {
    private var edits: [(range: Range<Int>, replacement: [UInt8])] = []

    var isEmpty: Bool { edits.isEmpty }

    mutating func replace(_ range: Range<Int>, with text: String) {
        edits.append((range, Array(text.utf8)))
    }

    mutating func insert(_ text: String, at index: Int) { replace(index..<index, with: text) }

    mutating func remove(_ range: Range<Int>) { replace(range, with: "") }

    /// The bytes with every change made; one inside a range that is replaced as a whole is lost with it. What is inserted
    /// where a range begins comes before it.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.isEmpty ? 0 : 1, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 0 : 1, $1.offset)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
        var index = 0
        for (_, edit) in ordered where edit.range.lowerBound >= index {
            result.append(contentsOf: bytes[index..<edit.range.lowerBound])
            result.append(contentsOf: edit.replacement)
            index = edit.range.upperBound
        }
        result.append(contentsOf: bytes[index...])
        return result
    }
}

extension PartEdits {
    /// Sets an attribute of a start tag, which may not have it yet.
    mutating func set(_ name: StaticString, to value: String, of tag: XMLTag, in scanner: XMLScanner) {
        if let place = scanner.attribute(name, of: tag) {
            replace(place.value, with: value)
        } else {
            insert(" \(name)=\"\(value)\"", at: tag.name.upperBound)
        }
    }

    /// Takes an attribute out of a start tag.
    mutating func removeAttribute(_ name: StaticString, of tag: XMLTag, in scanner: XMLScanner) {
        if let place = scanner.attribute(name, of: tag) { remove(place.range) }
    }

    /// Puts children at the end of an element whose start tag is empty or whose end tag is given.
    mutating func append(_ children: String, to element: XMLTag, endingAt end: Int?, in scanner: XMLScanner) {
        if let end { return insert(children, at: end) }
        // `<x/>` becomes `<x>…</x>`.
        let slash = element.range.upperBound - 2
        replace(slash..<element.range.upperBound, with: ">\(children)</\(scanner.text(element.name))>")
    }
}
