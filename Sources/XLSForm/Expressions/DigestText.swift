import Digest
import Foundation

/// `digest()`: the algorithms by the names that ODK gives them.
enum DigestText {
    static func algorithm(_ name: String) -> Digest.Algorithm? {
        Digest.Algorithm(rawValue: name.uppercased())
    }

    /// Base64 unless `hex` is asked for; nil for an unknown algorithm or encoding.
    static func digest(_ text: String, _ algorithm: String, encoding: String) -> String? {
        guard let algorithm = self.algorithm(algorithm) else { return nil }
        let bytes = Digest.bytes(algorithm, of: Array(text.utf8))
        switch encoding.lowercased() {
        case "", "base64": return Data(bytes).base64EncodedString()
        case "hex": return Digest.hex(bytes)
        default: return nil
        }
    }
}
