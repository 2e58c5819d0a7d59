import CGnuTLS

/// Digests and random bytes, both from GnuTLS.
package enum Digest {
    /// The digests that are asked for by name: SHA-256 for contents, the others by `digest()` of a form.
    package enum Algorithm: String, Sendable, CaseIterable {
        case md5 = "MD5"
        case sha1 = "SHA-1"
        case sha256 = "SHA-256"
        case sha384 = "SHA-384"
        case sha512 = "SHA-512"

        /// Length of the digest in bytes.
        package var length: Int {
            switch self {
            case .md5: 16
            case .sha1: 20
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }

        fileprivate var gnutls: gnutls_digest_algorithm_t {
            switch self {
            case .md5: GNUTLS_DIG_MD5
            case .sha1: GNUTLS_DIG_SHA1
            case .sha256: GNUTLS_DIG_SHA256
            case .sha384: GNUTLS_DIG_SHA384
            case .sha512: GNUTLS_DIG_SHA512
            }
        }
    }

    /// The digest of the bytes, `algorithm.length` bytes long.
    package static func bytes(_ algorithm: Algorithm, of content: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: algorithm.length)
        let status = content.withUnsafeBytes { content in
            digest.withUnsafeMutableBytes { digest in
                gnutls_hash_fast(algorithm.gnutls, content.baseAddress, content.count, digest.baseAddress)
            }
        }
        precondition(status == 0, "GnuTLS offers no \(algorithm.rawValue) on this machine")
        return digest
    }

    /// The digest in lower-case hexadecimal: 64 letters for SHA-256.
    package static func hex(_ algorithm: Algorithm, of content: [UInt8]) -> String {
        hex(bytes(algorithm, of: content))
    }

    /// Bytes as lower-case hexadecimal.
    package static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = digits[Int(byte >> 4)]
                buffer[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    /// Random bytes fit for keys and tokens.
    package static func random(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let status = bytes.withUnsafeMutableBytes { gnutls_rnd(GNUTLS_RND_KEY, $0.baseAddress, $0.count) }
        precondition(status == 0, "GnuTLS has no source of random bytes")
        return bytes
    }
}
