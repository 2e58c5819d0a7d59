/// What a number format makes of a number (ECMA-376 Part 1, 18.8.30 and 18.8.31).
enum NumberFormat: UInt8, Hashable, Sendable {
    case number, percent, date, time, duration

    /// The formats that need no code in the file. 27…36 and 50…58 are days and times of East Asian locales.
    init(builtIn id: Int) {
        switch id {
        case 9, 10: self = .percent
        case 14...17, 22, 27...31, 34...36, 50...58: self = .date
        case 18...21, 32, 33, 45, 47: self = .time
        case 46: self = .duration
        default: self = .number
        }
    }

    /// Reads a format code. Its first section decides: the others are for negative numbers, zero and text.
    init(code: String) {
        var scanner = FormatCodeScanner(code)
        self = scanner.scan()
    }
}

/// Walks over the first section of a format code and notes which letters ask for a day or a time.
private struct FormatCodeScanner {
    private let code: [UInt8]
    private var index = 0
    private var hasDay = false
    private var hasTime = false
    private var hasElapsed = false
    private var hasPercent = false
    /// The date letter seen last, for telling minutes from months; nil at first.
    private var previous: UInt8?
    /// An `m` whose meaning the next date letter decides.
    private var hasOpenM = false

    init(_ code: String) {
        self.code = Array(code.lowercased().utf8)
    }

    mutating func scan() -> NumberFormat {
        while index < code.count, code[index] != UInt8(ascii: ";") { step() }
        if hasOpenM { hasDay = true }
        if hasElapsed { return .duration }
        if hasDay { return .date }
        if hasTime { return .time }
        return hasPercent ? .percent : .number
    }

    private mutating func step() {
        let byte = code[index]
        switch byte {
        case UInt8(ascii: "\""): skip(past: byte)
        case UInt8(ascii: "["): bracket()
        // The next character stands as it is, is left as wide a gap, or fills the cell.
        case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): index += 2
        case UInt8(ascii: "%"):
            hasPercent = true
            index += 1
        case UInt8(ascii: "g") where starts(with: "general"): index += 7
        case UInt8(ascii: "a") where starts(with: "am/pm") || starts(with: "a/p"):
            hasTime = true
            index += starts(with: "a/p") ? 3 : 5
        case UInt8(ascii: "e") where index + 1 < code.count && "+-".utf8.contains(code[index + 1]): index += 2
        default: letter(byte)
        }
    }

    private mutating func letter(_ byte: UInt8) {
        var end = index
        while end < code.count, code[end] == byte { end += 1 }
        index = end
        switch byte {
        case UInt8(ascii: "y"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "b"): see(byte, day: true)
        case UInt8(ascii: "h"): see(byte, day: false)
        case UInt8(ascii: "s"):
            // `m` before seconds are minutes.
            hasOpenM = false
            see(byte, day: false)
        case UInt8(ascii: "m"):
            if previous == UInt8(ascii: "h") { hasTime = true } else { hasOpenM = true }
            previous = byte
        default: break
        }
    }

    private mutating func see(_ byte: UInt8, day: Bool) {
        if hasOpenM {
            hasDay = true
            hasOpenM = false
        }
        if day { hasDay = true } else { hasTime = true }
        previous = byte
    }

    /// `[h]`, `[mm]` and `[ss]` are elapsed time; colours, conditions and locales say nothing here.
    private mutating func bracket() {
        let start = index + 1
        skip(past: UInt8(ascii: "]"))
        let inside = code[min(start, code.count)..<max(start, index - 1)]
        guard let first = inside.first, "hms".utf8.contains(first), inside.allSatisfy({ $0 == first }) else { return }
        hasElapsed = true
        previous = first
    }

    /// Moves past the next such byte after this one, or to the end.
    private mutating func skip(past byte: UInt8) {
        index += 1
        while index < code.count, code[index] != byte { index += 1 }
        index = min(index + 1, code.count)
    }

    private func starts(with word: StaticString) -> Bool {
        guard index + word.utf8CodeUnitCount <= code.count else { return false }
        return (0..<word.utf8CodeUnitCount).allSatisfy { code[index + $0] == word.utf8Start[$0] }
    }
}
