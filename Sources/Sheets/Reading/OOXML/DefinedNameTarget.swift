extension DefinedName.Target {
    /// Reads a formula that is one plain reference to one of the sheets: `'A. Chung'!$C$4`, `Tong!$A$1:$B$9`, `S!$A:$C`,
    /// `S!$2:$5`. Nil for anything else: unions, functions, other workbooks, `#REF!`.
    ///
    /// Sheet names are the same in any case; `sheets` gives each sheet's own spelling by itself and by its name in lower
    /// case.
    init?(formula: String, sheets: [String: String]) {
        let text = formula.hasPrefix("=") ? formula.dropFirst() : formula[...]
        guard let (name, rest) = Self.splitSheet(text), let sheet = sheets[name] ?? sheets[name.lowercased()],
            let range = CellRange(absolute: rest)
        else { return nil }
        self.init(sheet: sheet, range: range)
    }

    private static func splitSheet(_ text: Substring) -> (name: String, rest: Substring)? {
        guard text.utf8.first == UInt8(ascii: "'") else {
            guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "!")), mark != text.startIndex else { return nil }
            let name = text[..<mark]
            // Brackets lead into another workbook; a colon spans several sheets.
            guard !name.utf8.contains(where: { "[]:'(),".utf8.contains($0) }) else { return nil }
            return (String(name), text[text.utf8.index(after: mark)...])
        }
        let quoted = text.utf8.dropFirst()
        if let end = quoted.firstIndex(of: UInt8(ascii: "'")), quoted[end...].starts(with: "'!".utf8) {
            return (String(text[quoted.startIndex..<end]), text[quoted.index(end, offsetBy: 2)...])
        }
        var name: [UInt8] = []
        var bytes = quoted
        while let byte = bytes.popFirst() {
            if byte != UInt8(ascii: "'") {
                name.append(byte)
            } else if bytes.first == UInt8(ascii: "'") {
                name.append(byte)
                bytes.removeFirst()
            } else {
                guard bytes.popFirst() == UInt8(ascii: "!") else { return nil }
                return (String(decoding: name, as: UTF8.self), Substring(bytes))
            }
        }
        return nil
    }
}
