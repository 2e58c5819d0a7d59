/// A folder's name on the wire: modified UTF-7 (RFC 3501, 5.1.3), which every server understands.
enum FolderName {
    /// Fails on control characters: they would end the command.
    static func encoded(_ name: String) -> String? {
        var wire = ""
        var pending: [UInt16] = []
        for unit in name.utf16 {
            switch unit {
            case 0..<0x20, 0x7F: return nil
            case 0x20...0x7E:
                wire += base64(pending)
                pending.removeAll()
                wire += unit == 0x26 ? "&-" : String(Unicode.Scalar(UInt8(unit)))
            default:
                pending.append(unit)
            }
        }
        return wire + base64(pending)
    }

    /// UTF-16 in base64 with `,` for `/` and without padding, between `&` and `-`.
    private static func base64(_ units: [UInt16]) -> String {
        guard !units.isEmpty else { return "" }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for unit in units {
            buffer = buffer << 16 | UInt32(unit)
            bits += 16
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        return "&" + String(decoding: text, as: UTF8.self) + "-"
    }
}
