import Testing

@testable import Vietnamese

@Suite struct LegacyTextTests {
    /// Found in workbooks of government offices, 2005 to 2009.
    @Test(arguments: [
        ("§¬n vÞ b¸o c¸o", LegacyEncoding.tcvn3, "Đơn vị báo cáo"),
        ("Tæng vèn ®Çu t\u{AD} dù tÝnh", .tcvn3, "Tổng vốn đầu tư dự tính"),
        ("Danh môc m¸y mãc, thiÕt bÞ, ph\u{AD}¬ng tiÖn", .tcvn3, "Danh mục máy móc, thiết bị, phương tiện"),
        ("THAØNH PHOÁ HOÀ CHÍ MINH", .vni, "THÀNH PHỐ HỒ CHÍ MINH"),
        ("UBND HUYEÄN CAÀN GIÔØ", .vni, "UBND HUYỆN CẦN GIỜ"),
        ("BAÙO CAÙO TAI NAÏN LAO ÑOÄNG", .vni, "BÁO CÁO TAI NẠN LAO ĐỘNG"),
        ("Uûy ban nhaân daân", .vni, "Ủy ban nhân dân"),
    ])
    func isToldByItsText(text: String, encoding: LegacyEncoding, expected: String) {
        let reading = LegacyText(text, font: "Arial")
        #expect(reading.verdict == .legacy(encoding))
        #expect(reading.decoded(from: encoding) == expected)
    }

    @Test func capitalsAreSmallLettersInAFontOfCapitals() {
        let reading = LegacyText("Bé KÕ ho¹ch", font: ".VnTimeH")
        #expect(reading.verdict == .legacy(.tcvn3))
        #expect(reading.decoded(from: .tcvn3) == "BỘ KẾ HOẠCH")
    }

    @Test(arguments: [".VnTime", "VNI-Times", "Times New Roman", ""])
    func unicodeIsUnicodeInAnyFont(font: String) {
        for text in [
            "Xã Thiên Lộc", "Nguyễn Thị Hà", "Hộ nghèo cuối năm", "Quý IV/2019", "Đồng",
            "Thie\u{302}n Lo\u{323}\u{302}c",
            "abc 123", "",
        ] {
            #expect(LegacyText(text, font: font).verdict == .unicode, "\(text)")
        }
    }

    /// Signs are signs, and foreign names are nobody's business.
    @Test(arguments: [
        "5 µm", "25 °C", "12 m²", "§ 5", "© 2019", "± 0,5", "½", "Müller", "François", "Señor", "«Thi đua»", "1 × 2",
        "Microsoft®", "nhà, xã, số\u{2026}", "a\u{A0}b",
    ])
    func leavesOtherTextAlone(text: String) {
        let reading = LegacyText(text, font: "Times New Roman")
        if case .legacy = reading.verdict { Issue.record("\(text) was taken for \(reading.verdict)") }
        #expect(!reading.isDoubtful || reading.verdict == .unicode)
    }

    /// Good in more than one way: only its neighbours can tell.
    @Test(arguments: [("sè", LegacyEncoding.tcvn3), ("nhân", .tcvn3), ("xã", .tcvn3)])
    func leavesOpenWhatCouldBeBoth(text: String, encoding: LegacyEncoding) {
        guard case .open(let readings) = LegacyText(text, font: ".VnTime").verdict else {
            Issue.record("\(text) was decided")
            return
        }
        #expect(readings.contains(encoding))
        #expect(LegacyText(text, font: ".VnTime").isDoubtful)
        #expect(!LegacyText(text, font: "Arial").isDoubtful)
    }

    // MARK: - Over all syllables

    /// Every seventh syllable that there could be, with every tone.
    private static let syllables: [String] = {
        let tones = Vietnamese.tones
        let plain = Syllable.onsets.flatMap { onset in Syllable.rhymes.map { onset + $0 } }
        return plain.enumerated().filter { $0.offset % 7 == 0 }.flatMap { _, word -> [String] in
            let scalars = Array(word.unicodeScalars)
            guard let vowel = scalars.lastIndex(where: { tones[$0] != nil }) else { return [] }
            return (tones[scalars[vowel]] ?? []).map { toned in
                var copy = scalars
                copy[vowel] = toned
                return String(String.UnicodeScalarView(copy))
            }.filter { Syllable.isWellFormed($0) }
        }
    }()

    private static func encode(_ text: String, _ encoding: LegacyEncoding) -> String {
        var codes: [Unicode.Scalar: [UInt8]] = [:]
        for (code, letter) in encoding.letters {
            // Of two ways to write a letter, that with the mark in the letter's case.
            let isUsual = code.count == 1 || (code[0] < 0x60) == (code[1] < 0xE0)
            if isUsual || codes[letter] == nil { codes[letter] = code }
        }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(contentsOf: (codes[scalar] ?? []).map { Unicode.Scalar($0) })
            if codes[scalar] == nil { result.append(scalar) }
        }
        return String(result)
    }

    @Test(arguments: LegacyEncoding.allCases)
    func decodesWhatWasEncoded(encoding: LegacyEncoding) {
        #expect(Self.syllables.count > 1_500)
        for word in Self.syllables {
            #expect(LegacyText.decode(Self.encode(word, encoding), from: encoding) == word)
            guard encoding == .vni else { continue }
            #expect(LegacyText.decode(Self.encode(word.uppercased(), encoding), from: encoding) == word.uppercased())
        }
    }

    /// Three syllables at a time, as names are: never taken for what they are not.
    @Test func neverChangesUnicode() {
        let words = Self.syllables
        for index in stride(from: 0, to: words.count - 700, by: 3) {
            let text = "\(words[index]) \(words[index + 311]) \(words[index + 677])"
            for font in ["", ".VnTime"] {
                if case .legacy(let encoding) = LegacyText(text, font: font).verdict {
                    Issue.record("\(text) in \(font) was taken for \(encoding)")
                }
            }
        }
    }

    /// The same encoded: mostly told by themselves, and never taken for the other encoding.
    @Test(arguments: LegacyEncoding.allCases)
    func tellsMostOfWhatWasEncoded(encoding: LegacyEncoding) {
        let words = Self.syllables
        var told = 0
        var all = 0
        for index in stride(from: 0, to: words.count - 700, by: 3) {
            let text = "\(words[index]) \(words[index + 311]) \(words[index + 677])"
            let encoded = Self.encode(text, encoding)
            guard !encoded.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
            all += 1
            switch LegacyText(encoded, font: "").verdict {
            case .legacy(let found):
                #expect(found == encoding, "\(text)")
                told += 1
            case .open, .unicode: continue
            }
        }
        #expect(all > 300)
        #expect(Double(told) > 0.85 * Double(all), "\(told) of \(all)")
    }
}

@Suite struct SyllableTests {
    @Test(arguments: ["xã", "nghèo", "Nguyễn", "quý", "gì", "giếng", "khuỷu", "được", "ướt", "thuở", "ĐỒNG", "yêu"])
    func knowsSyllables(word: String) {
        #expect(Syllable.isWellFormed(word))
    }

    @Test(arguments: ["cac", "ph­", "lòc", "QĐ", "microsoft", "nghxã", "háà", ""])
    func knowsWhatIsNone(word: String) {
        #expect(!Syllable.isWellFormed(word))
    }
}
