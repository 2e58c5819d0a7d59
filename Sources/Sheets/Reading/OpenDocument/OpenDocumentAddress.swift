extension DefinedName.Target {
    /// Reads a cell range address: `$Sheet1.$A$1`, `$'A. Chung'.$C$4:.$D$9`, `$S.$A:.$C`
    /// (OpenDocument 1.3 Part 3, 18.3.5). An address without a sheet lies in the one of the base cell.
    ///
    /// Nil for several sheets or several ranges, other documents and `#REF!`. Sheet names are the same in any case;
    /// `sheets` gives each sheet's own spelling by its name in lower case.
    init?(address: some StringProtocol, base: String?, sheets: [String: String]) {
        var rest = Substring(address)[...].utf8
        guard let first = AddressCorner(&rest) else { return nil }
        var cells = first.cell
        if !rest.isEmpty {
            guard rest.popFirst() == UInt8(ascii: ":"), let last = AddressCorner(&rest), rest.isEmpty,
                last.sheet == nil || last.sheet?.lowercased() == first.sheet?.lowercased()
            else { return nil }
            cells += ":" + last.cell
        }
        let name = first.sheet ?? base.flatMap { Self.sheet(ofBase: $0) }
        guard let name, let sheet = sheets[name.lowercased()], let range = CellRange(absolute: cells) else {
            return nil
        }
        self.init(sheet: sheet, range: range)
    }

    /// Reads an expression that is one reference: `of:=[$Sheet1.$A$1:.$B$2]` (OpenDocument 1.3 Part 4, 5.8), or as
    /// Excel writes it, `msoxl:=Sheet1!$A$1`. Nil for anything else.
    init?(expression: String, base: String?, sheets: [String: String]) {
        let parts = expression.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let formula = parts.last else { return nil }
        if parts.count == 2, parts[0] == "msoxl:" {
            self.init(formula: String(formula), sheets: sheets)
        } else {
            guard formula.hasPrefix("["), formula.hasSuffix("]") else { return nil }
            self.init(address: formula.dropFirst().dropLast(), base: base, sheets: sheets)
        }
    }

    private static func sheet(ofBase address: String) -> String? {
        var rest = address[...].utf8
        return AddressCorner(&rest)?.sheet
    }
}

/// One corner of an address, taken off its front: an optional sheet, a full stop, and letters and digits.
private struct AddressCorner {
    let sheet: String?
    let cell: String

    init?(_ rest: inout Substring.UTF8View) {
        if rest.first == UInt8(ascii: "$") { rest.removeFirst() }
        let name: [UInt8]
        if rest.first == UInt8(ascii: "'") {
            guard let quoted = Self.quoted(&rest) else { return nil }
            name = quoted
        } else {
            let plain = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
            name = Array(plain)
            rest = rest[plain.endIndex...]
        }
        // After a quoted name, `#` leads on into another document.
        guard rest.popFirst() == UInt8(ascii: ".") else { return nil }
        let reference = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest[reference.endIndex...]
        sheet = name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        cell = String(decoding: Array(reference), as: UTF8.self)
    }

    /// A name between apostrophes; an apostrophe of its own stands twice.
    private static func quoted(_ rest: inout Substring.UTF8View) -> [UInt8]? {
        rest.removeFirst()
        var name: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "'") {
                name.append(byte)
            } else if rest.first == UInt8(ascii: "'") {
                name.append(byte)
                rest.removeFirst()
            } else {
                return name
            }
        }
        return nil
    }
}
