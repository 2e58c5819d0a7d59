/// Characters that XML cannot hold stand as `_xHHHH_`, their UTF-16 code unit (ECMA-376 Part 1, 22.9.2.19, `ST_Xstring`).
enum EscapedText {
    /// The text with its escapes read; one that stands for no character, or for U+0000, is left as it stands.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard let first = firstEscape(bytes) else { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = Array(bytes[..<first])
        var index = first
        while index < bytes.count {
            if let unit = codeUnit(bytes, at: index), let (scalar, length) = scalar(unit, bytes, at: index) {
                decoded.append(contentsOf: String(scalar).utf8)
                index += length
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let length = 7

    private static func firstEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.count >= length else { return nil }
        return (0...(bytes.count - length)).first { bytes[$0] == UInt8(ascii: "_") && codeUnit(bytes, at: $0) != nil }
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
        guard index + length <= bytes.count, bytes[index] == UInt8(ascii: "_"),
            bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit == 0 ? nil : unit
    }

    /// A surrogate needs its other half right after it.
    private static func scalar(
        _ unit: UInt16, _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (Unicode.Scalar, Int)? {
        if let scalar = Unicode.Scalar(unit) { return (scalar, length) }
        guard UTF16.isLeadSurrogate(unit), let low = codeUnit(bytes, at: index + length),
            UTF16.isTrailSurrogate(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { return nil }
        return (scalar, 2 * length)
    }
}
