extension Vietnamese {
    /// Whether a text may be in a legacy encoding: it has characters from U+00A1 to U+00FF and no letter above. Letters
    /// above, and tones of their own, are Unicode's.
    package static func mayBeLegacy(_ text: String) -> Bool {
        var isFound = false
        var isPunctuation = false
        for byte in text.utf8 {
            // General punctuation (U+2000 to U+207F) is common to all: E2 80, E2 81.
            if isPunctuation, byte > 0x81 { return false }
            isPunctuation = byte == 0xE2
            // U+0100 and above begin with C4 or more.
            if byte >= 0xC4, !isPunctuation { return false }
            if byte == 0xC2 || byte == 0xC3 { isFound = true }
        }
        return isFound
    }
}

/// Text of one font, and what it is meant to be.
package struct LegacyText: Sendable {
    package let text: String
    package let font: String
    package let verdict: Verdict

    /// What a text is.
    package enum Verdict: Sendable, Hashable {
        /// As it stands.
        case unicode
        case legacy(LegacyEncoding)
        /// Others of the same font must tell; the encodings that make good text of it.
        case open([LegacyEncoding])
    }

    package init(_ text: String, font: String) {
        self.text = text
        self.font = font
        verdict = Self.verdict(of: text, font: LegacyEncoding(font: font))
    }

    /// Whether somebody should look at it when nobody else tells: its font speaks against Unicode, or its letters do.
    package var isDoubtful: Bool {
        LegacyEncoding(font: font) != nil
            || !Self.isUnicode(text) && text.unicodeScalars.contains { Self.isForeignLetter($0) }
    }

    /// Whether it can be nothing but letters of the encoding, syllables or not: names, loans.
    package func fits(_ encoding: LegacyEncoding) -> Bool {
        !Self.isUnicode(text) && Self.share(of: text, from: encoding) != nil
    }

    /// The text in Unicode.
    package func decoded(from encoding: LegacyEncoding) -> String {
        let decoded = Self.decode(text, from: encoding)
        return encoding == .tcvn3 && LegacyEncoding.isCapitals(font: font) ? decoded.uppercased() : decoded
    }

    // MARK: - Decoding

    /// What is no letter of the encoding stays.
    static func decode(_ text: String, from encoding: LegacyEncoding) -> String {
        let letters = encoding.letters
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        func code(_ index: Int) -> UInt8? { index < scalars.count ? UInt8(exactly: scalars[index].value) : nil }
        while index < scalars.count {
            // The longest match: a letter and the mark behind it.
            if let first = code(index), let second = code(index + 1), let letter = letters[[first, second]] {
                result.append(letter)
                index += 2
            } else {
                result.append(code(index).flatMap { letters[[$0]] } ?? scalars[index])
                index += 1
            }
        }
        return String(result)
    }

    // MARK: - Judging

    /// Longer texts are judged by their beginning.
    private static let mostWords = 24

    /// By text first, by font second: fonts are named after one thing and filled with another.
    private static func verdict(of text: String, font: LegacyEncoding?) -> Verdict {
        guard Vietnamese.mayBeLegacy(text) else { return .unicode }
        let shares = LegacyEncoding.allCases.map { ($0, share(of: text, from: $0)) }
        let readings = shares.filter { $0.1 == 1 }.map(\.0)
        if isUnicode(text) { return readings.isEmpty ? .unicode : .open(readings) }
        // Loans and names are no syllables; in a font of the encoding they may stand among others.
        if let font, shares.contains(where: { $0.0 == font && $0.1 ?? 0 >= 0.5 }) { return .legacy(font) }
        guard let only = readings.first, readings.count == 1 else {
            // Nobody asks about a foreign name in a font that has nothing to do with it.
            return readings.isEmpty && font == nil ? .unicode : .open(readings)
        }
        return isStrong(text, from: only) ? .legacy(only) : .open(readings)
    }

    /// How many of the words that the encoding touches are syllables then, or abbreviations (QĐ, HĐND); nil where it
    /// touches nothing, or letters are left over that it does not know.
    private static func share(of text: String, from encoding: LegacyEncoding) -> Double? {
        let decoded = decode(text, from: encoding)
        // A letter may be the same in both: `ý`.
        if decoded == text { return nil }
        let words = words(decoded).prefix(mostWords).filter { !isASCII($0) }
        let known = Set(encoding.letters.values)
        guard !words.isEmpty, words.allSatisfy({ $0.allSatisfy { $0.isASCII || known.contains($0) } })
        else { return nil }
        return Double(words.count { Syllable.isWellFormed(String($0)) || isAbbreviation($0) }) / Double(words.count)
    }

    /// Two words, or one with two letters of the encoding.
    private static func isStrong(_ text: String, from encoding: LegacyEncoding) -> Bool {
        let words = words(decode(text, from: encoding)).prefix(mostWords).filter {
            !isASCII($0) && Syllable.isWellFormed(String($0))
        }
        return words.count > 1 || words.contains { $0.count { !$0.isASCII } > 1 }
    }

    /// Whether it is good Vietnamese as it stands: every word a syllable, every symbol where symbols stand.
    private static func isUnicode(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() where isSymbol(scalar) {
            let isBehind = index > 0 && isLetterOrSymbol(scalars[index - 1])
            let isBefore = index + 1 < scalars.count && isLetterOrSymbol(scalars[index + 1])
            switch (isBehind, isBefore) {
            case (false, false): continue
            case (true, false): if !"²³¹®°ºª»·".unicodeScalars.contains(scalar) { return false }
            case (false, true): if !"µ§©«±¼½¾¿¡£¥¢·".unicodeScalars.contains(scalar) { return false }
            case (true, true): return false
            }
        }
        return words(text) { isSymbol($0) }.prefix(mostWords).allSatisfy {
            isASCII($0) || Syllable.isWellFormed(String($0))
        }
    }

    /// U+00A1 to U+00BF, × and ÷: letters in the legacy encodings, signs in Unicode.
    private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        (0xA1...0xBF).contains(scalar.value) || scalar.value == 0xD7 || scalar.value == 0xF7
    }

    private static func isForeignLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0xC0...0xFF).contains(scalar.value) && !isSymbol(scalar)
    }

    private static func isLetterOrSymbol(_ scalar: Unicode.Scalar) -> Bool {
        isSymbol(scalar) || scalar.properties.isAlphabetic
    }

    private static func isAbbreviation(_ word: Substring.UnicodeScalarView) -> Bool {
        word.allSatisfy { ("A"..."Z").contains($0) || "ĐÂĂÊÔƠƯ".unicodeScalars.contains($0) }
    }

    private static func isASCII(_ word: Substring.UnicodeScalarView) -> Bool { word.allSatisfy(\.isASCII) }

    private static func words(
        _ text: String, apartAt separates: (Unicode.Scalar) -> Bool = { _ in false }
    ) -> [Substring.UnicodeScalarView] {
        text.unicodeScalars.split { scalar in
            separates(scalar) || !(scalar.properties.isAlphabetic || (0xA1...0xFF).contains(scalar.value))
        }
    }
}
