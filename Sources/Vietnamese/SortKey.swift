extension Vietnamese {
    /// A key whose bytes stand in the order of Vietnamese dictionaries: letters first (a ă â b c d đ e ê …), and where
    /// all letters are equal the tones (ngang, huyền, hỏi, ngã, sắc, nặng). Case makes no difference.
    ///
    /// Keys are made for comparing byte by byte, as a database does; they are not for reading.
    package static func sortKey(_ text: String) -> String {
        var letters: [UInt8] = []
        var tones: [UInt8] = []
        for scalar in folded(text).unicodeScalars {
            if let place = alphabet[scalar] {
                letters.append(place.letter)
                tones.append(UInt8(ascii: "0") + place.tone)
            } else {
                letters.append(contentsOf: String(scalar).utf8)
            }
        }
        while tones.last == UInt8(ascii: "0") { tones.removeLast() }
        // The separator sorts below everything that a folded text can hold, so that a beginning precedes the longer text.
        return String(decoding: letters + [0x01] + tones, as: UTF8.self)
    }

    private struct AlphabetPlace: Sendable {
        let letter: UInt8
        let tone: UInt8
    }

    private static let alphabet: [Unicode.Scalar: AlphabetPlace] = {
        var table: [Unicode.Scalar: AlphabetPlace] = [:]
        let letters = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars
        for (offset, scalar) in letters.enumerated() {
            // Above the digits, below everything that takes two bytes.
            let letter = UInt8(ascii: "A") + UInt8(offset)
            for (tone, toned) in (tones[scalar] ?? [scalar]).enumerated() {
                table[toned] = AlphabetPlace(letter: letter, tone: UInt8(tone))
            }
        }
        return table
    }()
}
