/// Words that may come from outside, fit for one line of the log: no line ends, no control characters, not endless.
///
/// Whatever a terminal would obey or a reader of the log take for another line is shown by its number: `\u{1B}`.
package struct LogText: CustomStringConvertible {
    /// Characters of Unicode (scalars) that are kept.
    package static let limit = 500

    package let description: String

    /// - Parameter value: described as it describes itself.
    package init(_ value: Any) {
        let words = String(describing: value).unicodeScalars
        var text = ""
        for scalar in words.prefix(Self.limit) {
            if Self.isPlain(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        let isCut = words.dropFirst(Self.limit).first != nil
        description = isCut ? text + "…" : text
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
        default: true
        }
    }
}
