/// Numbers as XML Schema writes them, read from UTF-8 bytes.
enum DecimalParser {
    /// A whole number; nil for anything else or beyond 18 digits.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < bytes.count, bytes.count - index <= 18 else { return nil }
        var value = 0
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
            index += 1
        }
        return isNegative ? -value : value
    }

    /// A finite number, correctly rounded; nil for anything else, `INF` and `NaN` included.
    ///
    /// Up to 15 digits and a power of ten up to 22 are exact in a `Double`, and then one multiplication or division
    /// rounds correctly (Clinger 1990); that is nearly every cell. The rest goes the slow way.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var index = 0
        let count = bytes.count
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var digits: UInt64 = 0
        var significant = 0
        var scale = 0
        var sawDigit = false
        var sawPoint = false
        scan: while index < count {
            let byte = bytes[index]
            let digit = byte &- UInt8(ascii: "0")
            if digit <= 9 {
                sawDigit = true
                if significant > 0 || digit != 0 { significant += 1 }
                guard significant <= 18 else { return slowly(bytes) }
                digits = digits &* 10 &+ UInt64(digit)
                if sawPoint { scale -= 1 }
            } else if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break scan
            }
            index += 1
        }
        guard sawDigit else { return slowly(bytes) }
        if index < count {
            guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return slowly(bytes) }
            var start = index + 1
            if start < count, bytes[start] == UInt8(ascii: "+") { start += 1 }
            guard let exponent = integer(UnsafeBufferPointer(rebasing: bytes[start...])), abs(exponent) < 400 else {
                return slowly(bytes)
            }
            scale += exponent
        }
        guard digits < 1 << 53, abs(scale) <= 22 else { return digits == 0 ? 0 : slowly(bytes) }
        let value = scale < 0 ? Double(digits) / powers[-scale] : Double(digits) * powers[scale]
        return isNegative ? -value : value
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Only bytes that a decimal number has: `Double` would also take hexadecimal, `inf` and `nan`.
    private static func slowly(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let trimmed = bytes.drop { isSpace($0) }
        guard let last = trimmed.lastIndex(where: { !isSpace($0) }) else { return nil }
        let text = trimmed[...last]
        let isPlain = text.allSatisfy {
            $0 &- UInt8(ascii: "0") <= 9 || ".+-eE".utf8.contains($0)
        }
        guard isPlain, text.count <= 400, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
        else { return nil }
        return value
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
