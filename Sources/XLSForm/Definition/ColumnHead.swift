import Vietnamese

/// A column's head of an XLSForm sheet, taken apart: `constraint_message::Vietnamese (vi)`, `formpost::severity_2`.
///
/// Names are compared in any case and with spaces for underscores, and the old aliases are understood, as pyxform does.
struct ColumnHead: Hashable {
    /// As it stands in the workbook.
    let text: String
    /// The standard's name of the column; a name that is not known stays as it is written.
    let name: String
    /// The language of a text column; empty when none is named.
    let language: String
    /// True for the columns that carry the prefix `formpost::`.
    let isOurs: Bool
    /// 2 for `formpost::constraint_2` and its companions; 1 otherwise.
    let number: Int

    /// - Parameter singleColon: true when no head of the sheet holds `::`, so that the old `label:English` is meant.
    init(_ text: String, singleColon: Bool, columns: SheetColumns) {
        self.text = text
        var parts = Self.split(text, singleColon: singleColon)
        isOurs = parts.count > 1 && parts[0].lowercased() == "formpost"
        if isOurs || (parts.count > 1 && Self.groups.contains(parts[0].lowercased())) { parts.removeFirst() }
        let plain = parts[0].split(whereSeparator: \.isWhitespace).joined(separator: "_").lowercased()
        let rest = parts.dropFirst().joined(separator: "::")
        if isOurs {
            (name, number) = Self.numbered(plain)
            language = rest
        } else {
            let standard = columns.aliases[plain] ?? plain
            let isKnown = columns.knows(standard)
            // An attribute of the author's own keeps its whole head: `choice_filter` names it as it is written.
            name = isKnown ? standard : text
            language = isKnown ? rest : ""
            number = 1
        }
    }

    /// Where pyxform puts a column in the XForm; the column's own name follows.
    private static let groups: Set<String> = ["bind", "control", "body", "media"]

    private static func split(_ text: String, singleColon: Bool) -> [String] {
        let pieces = text.split(separator: singleColon ? ":" : "::", omittingEmptySubsequences: false)
        var parts = pieces.map { $0.trimmed }
        // `jr:count` is one name although it holds a colon.
        if singleColon, let prefix = parts.firstIndex(of: "jr"), prefix + 1 < parts.count {
            parts[prefix] += ":" + parts.remove(at: prefix + 1)
        }
        return parts
    }

    /// `constraint_2` is `constraint`, number 2.
    private static func numbered(_ name: String) -> (String, Int) {
        guard let underscore = name.lastIndex(of: "_"), let number = Int(name[name.index(after: underscore)...]),
            number >= 1
        else { return (name, 1) }
        return (String(name[..<underscore]), number)
    }
}
