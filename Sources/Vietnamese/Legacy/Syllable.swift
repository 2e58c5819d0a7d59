/// How a Vietnamese syllable is built: an onset, a rhyme, a tone.
enum Syllable {
    /// Whether a word in NFC could be Vietnamese. Rhymes that end in a stop take the tones sắc and nặng alone.
    static func isWellFormed(_ word: some StringProtocol) -> Bool {
        var letters = String.UnicodeScalarView()
        var tone = 0
        for scalar in word.lowercased().unicodeScalars {
            guard let (vowel, own) = untoned[scalar] else {
                letters.append(scalar)
                continue
            }
            if own > 0 {
                if tone > 0 { return false }
                tone = own
            }
            letters.append(vowel)
        }
        let plain = String(letters)
        guard plainSyllables.contains(plain) else { return false }
        let isStopped = ["p", "t", "c", "ch"].contains { plain.hasSuffix($0) }
        return !isStopped || tone == sac || tone == nang
    }

    /// Every onset with every rhyme, without tones.
    private static let plainSyllables = Set(onsets.flatMap { onset in rhymes.map { onset + $0 } })

    /// Places in `Vietnamese.tones`.
    private static let sac = 4
    private static let nang = 5

    /// By vowel with its tone: the vowel without, and the tone's place.
    private static let untoned: [Unicode.Scalar: (Unicode.Scalar, Int)] = {
        var table: [Unicode.Scalar: (Unicode.Scalar, Int)] = [:]
        for (vowel, toned) in Vietnamese.tones {
            for (tone, scalar) in toned.enumerated() { table[scalar] = (vowel, tone) }
        }
        return table
    }()

    static let onsets = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
        "qu",
        "r", "s", "t", "th", "tr", "v", "x",
    ]

    static let rhymes =
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et \
        ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan \
        oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông \
        ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut \
        uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng \
        yêt yêu
        """.split(separator: " ").map(String.init)
}
