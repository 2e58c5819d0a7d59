import Foundation

extension Vietnamese {
    /// A text as a file name has it: small ASCII letters and digits, single dashes between them, no accents.
    /// `Hộ ông Đức, thôn 3` becomes `ho-ong-duc-thon-3`.
    package static func slug(_ text: String) -> String {
        var output = ""
        for scalar in folded(text).decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": output.unicodeScalars.append(scalar)
            case "đ": output.append("d")
            // Marks of the letter before.
            case "\u{300}"..."\u{36F}": continue
            default: if !output.isEmpty, output.last != "-" { output.append("-") }
            }
        }
        while output.last == "-" { output.removeLast() }
        return output
    }

    /// Orders people by the given name, which stands last, and then by the whole name.
    package static func givenNameKey(_ name: String) -> String {
        let given = name.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
        // Below everything that a key can hold.
        return sortKey(given) + "\u{0}" + sortKey(name)
    }
}
