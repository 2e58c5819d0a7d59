/// Durations as XML Schema writes them (`xsd:duration`), in cells of type `time`.
enum OpenDocumentDuration {
    /// Milliseconds of `PT08H30M00S`, `PT30H15M`, `P1DT2H`, `PT0.5S` or `-PT1H`; nil for anything else, for years and
    /// months, whose length is not fixed, and beyond nine digits.
    static func milliseconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var rest = bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
        var total: Int64 = 0
        var isTime = false
        var endsInPart = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "T"), !isTime {
                isTime = true
                endsInPart = false
                rest.removeFirst()
                continue
            }
            guard let part = part(&rest, isTime: isTime) else { return nil }
            total += part
            endsInPart = true
            // Days and hours may each come again and again in a file that means harm.
            guard total < Int64(1) << 60 else { return nil }
        }
        guard endsInPart else { return nil }
        return isNegative ? -total : total
    }

    /// One number with its letter.
    private static func part(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, isTime: Bool) -> Int64? {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") <= 9 }
        rest = rest[digits.endIndex...]
        guard (1...9).contains(digits.count), let whole = DecimalParser.integer(UnsafeBufferPointer(rebasing: digits))
        else { return nil }
        var thousandths: Int64 = 0
        var hasFraction = false
        if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
            hasFraction = true
            let fraction = rest.dropFirst().prefix { $0 &- UInt8(ascii: "0") <= 9 }
            rest = rest[fraction.endIndex...]
            guard (1...18).contains(fraction.count) else { return nil }
            thousandths = rounded(fraction)
        }
        guard let letter = rest.popFirst(), !hasFraction || letter == UInt8(ascii: "S") else { return nil }
        switch (letter, isTime) {
        case (UInt8(ascii: "D"), false): return Int64(whole) * 86_400_000
        case (UInt8(ascii: "H"), true): return Int64(whole) * 3_600_000
        case (UInt8(ascii: "M"), true): return Int64(whole) * 60_000
        case (UInt8(ascii: "S"), true): return Int64(whole) * 1000 + thousandths
        case (UInt8(ascii: "Y"), false), (UInt8(ascii: "M"), false): return whole == 0 ? 0 : nil
        default: return nil
        }
    }

    /// The digits after the point, as thousandths.
    private static func rounded(_ fraction: Slice<UnsafeBufferPointer<UInt8>>) -> Int64 {
        var value: Int64 = 0
        for place in 0..<4 {
            let index = fraction.startIndex + place
            value = value * 10 + (index < fraction.endIndex ? Int64(fraction[index] - UInt8(ascii: "0")) : 0)
        }
        return (value + 5) / 10
    }
}
