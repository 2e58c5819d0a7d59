import CSodium

/// An Argon2id hash of a password (RFC 9106), as libsodium writes it: parameters, salt and hash in one text.
package struct PasswordHash: Hashable, Sendable {
    package let text: String

    /// A hash that was stored.
    package init(stored text: String) {
        self.text = text
    }

    /// Hashes a password with 64 MiB and two passes, the parameters that libsodium advises for signing in. Takes some
    /// 0.1 s of a core: `PasswordDesk` sees to it that only one runs at a time.
    /// - Throws: `PasswordError.noMemory`.
    package init(of password: String) throws(PasswordError) {
        guard Self.isReady else { throw .noMemory }
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str(
            &out, password, UInt64(password.utf8.count), UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE),
            Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
        guard status == 0 else { throw .noMemory }
        text = String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a password is the one. As slow as hashing.
    package func matches(_ password: String) -> Bool {
        guard Self.isReady else { return false }
        return crypto_pwhash_str_verify(text, password, UInt64(password.utf8.count)) == 0
    }

    /// libsodium asks to be started once; starting it again does nothing.
    static let isReady = sodium_init() >= 0
}

package enum PasswordError: Error, Hashable, Sendable {
    /// Argon2 found no memory.
    case noMemory
    /// Shorter than `Password.shortest` characters, or longer than `Password.longest` bytes.
    case length
    /// Too many people sign in at once.
    case busy
}

/// What is asked of a password.
package enum Password {
    /// Characters. NIST SP 800-63B asks for length and for nothing else.
    package static let shortest = 10
    /// Bytes: what is hashed is bounded before it is hashed.
    package static let longest = 256

    package static func check(_ password: String) throws(PasswordError) {
        guard password.count >= shortest, password.utf8.count <= longest else { throw .length }
    }
}
