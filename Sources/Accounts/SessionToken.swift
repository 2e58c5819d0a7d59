import CSodium
import Digest

/// What a browser shows to be known again: 32 random bytes in base64url. The ledger keeps only the hash.
package enum SessionToken {
    package static func make() -> String {
        guard PasswordHash.isReady else { preconditionFailure("libsodium cannot be started") }
        var bytes = [UInt8](repeating: 0, count: 32)
        randombytes_buf(&bytes, bytes.count)
        var out = [CChar](repeating: 0, count: 64)
        sodium_bin2base64(&out, out.count, bytes, bytes.count, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// SHA-256 in hexadecimal.
    package static func hash(_ token: String) -> String { Digest.hex(.sha256, of: Array(token.utf8)) }

    /// Compares in a time that tells nothing of where they differ.
    package static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        return one.count == other.count && sodium_memcmp(one, other, one.count) == 0
    }
}
