import CGnuTLS

/// CMS structures that carry a signed entity within them (RFC 8551, 3.5.2; RFC 5652, 5).
enum SignedData {
    /// The entity that was signed, as MIME. The signature is not looked at: nothing is believed because of it.
    ///
    /// Nil when there is none: the structure is encrypted, holds a signature alone, or cannot be read.
    static func content(of bytes: [UInt8]) -> [UInt8]? {
        guard let length = UInt32(exactly: bytes.count) else { return nil }
        var structure: gnutls_pkcs7_t?
        guard gnutls_pkcs7_init(&structure) == 0 else { return nil }
        defer { gnutls_pkcs7_deinit(structure) }
        var input = bytes
        let imported = input.withUnsafeMutableBufferPointer { buffer in
            var datum = gnutls_datum_t(data: buffer.baseAddress, size: length)
            return gnutls_pkcs7_import(structure, &datum, GNUTLS_X509_FMT_DER)
        }
        guard imported == 0 else { return nil }
        var content = gnutls_datum_t(data: nil, size: 0)
        guard gnutls_pkcs7_get_embedded_data(structure, 0, &content) == 0 else { return nil }
        defer { formpost_gnutls_free(content.data) }
        return [UInt8](UnsafeBufferPointer(start: content.data, count: Int(content.size)))
    }

    /// Whether the structure begins with the identifier of envelopedData (RFC 5652, 6.1).
    static func isEncrypted(_ bytes: [UInt8]) -> Bool {
        let identifier: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03]
        let start = bytes.prefix(24)
        return start.indices.contains { start[$0...].starts(with: identifier) }
    }
}
