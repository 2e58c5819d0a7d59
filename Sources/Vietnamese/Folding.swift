import Foundation

extension Vietnamese {
    /// The text in Unicode normalisation form C (UAX #15). Files come composed, decomposed, and half of each.
    package static func nfc(_ text: String) -> String {
        text.unicodeScalars.allSatisfy(isStableAlone) ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The form by which names and labels are compared: NFC, lower case, one kind of space, dash and quote, no
    /// invisible characters, no spaces at the ends or around dashes, and one tone placement (`hoà` becomes `hòa`).
    ///
    /// Accents are kept: several communes are one letter apart without them.
    package static func folded(_ text: String) -> String {
        let composed = nfc(text)
        var output: [Unicode.Scalar] = []
        output.reserveCapacity(composed.utf8.count)
        var pendingSpace = false
        for scalar in composed.unicodeScalars {
            guard let plain = plain(scalar) else { continue }
            if plain == " " {
                pendingSpace = true
                continue
            }
            if pendingSpace, let last = output.last, last != "-", plain != "-" { output.append(" ") }
            pendingSpace = false
            appendLowercase(plain, to: &output)
        }
        moveTonesToFirstVowels(in: &output)
        return string(output)
    }

    /// Scalars that no canonical composition changes, so that a text of these alone is NFC already: everything below
    /// the combining marks, and the composed letters of Vietnamese.
    private static func isStableAlone(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x300 || (0x1EA0...0x1EF9).contains(scalar.value)
    }

    /// The same scalar with spaces, dashes and quotes reduced to their ASCII forms; nil for what cannot be seen.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x21...0x7E, 0xC0...0x24F, 0x1EA0...0x1EF9: scalar
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: " "
        case 0x00...0x1F, 0x7F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: nil
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: "-"
        case 0x2018, 0x2019, 0x02BC: "'"
        case 0x201C, 0x201D: "\""
        default: scalar
        }
    }

    private static func appendLowercase(_ scalar: Unicode.Scalar, to output: inout [Unicode.Scalar]) {
        switch scalar.value {
        case 0x41...0x5A: output.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
        // Small letters of Vietnamese and everything below them have no other lower case.
        case ..<0xC0, 0xDF...0xFF, 0x103, 0x111, 0x129, 0x169, 0x1A1, 0x1B0: output.append(scalar)
        // The composed letters of Vietnamese stand in pairs, the capital on the even code.
        case 0x1EA0...0x1EF9: output.append(Unicode.Scalar(scalar.value | 1) ?? scalar)
        default: output.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
    }

    // MARK: Tone placement

    /// Both placements are official: `hoà, thuỷ, khoẻ` in schoolbooks, `hòa, thủy, khỏe` in laws and the press. Only
    /// the open syllables oa, oe and uy have the choice; `hoàn` does not, nor does `quý`, whose u belongs to the q.
    private static func moveTonesToFirstVowels(in scalars: inout [Unicode.Scalar]) {
        for index in scalars.indices.dropFirst() {
            let first = scalars[index - 1]
            guard first == "o" || first == "u", !scalars[index].isASCII,
                let move = toneMoves[scalars[index]]?[first]
            else { continue }
            let isOpen = index + 1 == scalars.count || !scalars[index + 1].properties.isAlphabetic
            let followsQ = index >= 2 && scalars[index - 2] == "q"
            guard isOpen, !followsQ else { continue }
            scalars[index - 1] = move.first
            scalars[index] = move.second
        }
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count * 3)
        for scalar in scalars { append(scalar.value, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// UTF-8 (RFC 3629, section 3).
    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (value >> shift) & 0x3F) }
        switch value {
        case ..<0x80: bytes.append(UInt8(value))
        case ..<0x800:
            bytes.append(UInt8(0xC0 | value >> 6))
            bytes.append(continuation(0))
        case ..<0x10000:
            bytes.append(UInt8(0xE0 | value >> 12))
            bytes.append(continuation(6))
            bytes.append(continuation(0))
        default:
            bytes.append(UInt8(0xF0 | value >> 18))
            bytes.append(continuation(12))
            bytes.append(continuation(6))
            bytes.append(continuation(0))
        }
    }

    /// By the second vowel with its tone, then by the first vowel without: what the two become.
    private static let toneMoves: [Unicode.Scalar: [Unicode.Scalar: ToneMove]] = {
        var table: [Unicode.Scalar: [Unicode.Scalar: ToneMove]] = [:]
        for (first, second) in [("o", "a"), ("o", "e"), ("u", "y")] as [(Unicode.Scalar, Unicode.Scalar)] {
            guard let from = tones[second], let to = tones[first] else { continue }
            for tone in 1..<from.count {
                table[from[tone], default: [:]][first] = ToneMove(first: to[tone], second: second)
            }
        }
        return table
    }()

    private struct ToneMove: Sendable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    /// Each vowel with its six tones in the order of the dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
    static let tones: [Unicode.Scalar: [Unicode.Scalar]] = {
        let vowels = [
            "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ",
            "ưừửữứự", "yỳỷỹýỵ",
        ]
        return Dictionary(
            uniqueKeysWithValues: vowels.compactMap { row in
                let scalars = Array(row.unicodeScalars)
                return scalars.first.map { ($0, scalars) }
            })
    }()
}
