import CGnuTLS
import Glibc

/// TLS over a non-blocking socket, by GnuTLS.
///
/// libetpan verifies no certificate, so TLS is set up here: the chain, the host name and the purpose (a client's
/// certificate must not pass for a server's) are checked inside the handshake, before a byte of the mail protocol is
/// exchanged. TLS 1.2 at least (RFC 8996).
final class TLSChannel {
    private let session: gnutls_session_t
    private let credentials: gnutls_certificate_credentials_t
    /// GnuTLS keeps pointers to these until the handshake is over; freed with the channel.
    private let expectedName: UnsafeMutablePointer<CChar>
    private let expectedPurpose: UnsafeMutablePointer<CChar>
    private let expectations: UnsafeMutablePointer<gnutls_typed_vdata_st>

    init(descriptor: Int32, host: String, trust: TrustSettings) throws(StreamFailure) {
        credentials = try Self.credentials(trust)
        var session: gnutls_session_t?
        let flags = UInt32(GNUTLS_CLIENT.rawValue | GNUTLS_NONBLOCK.rawValue | GNUTLS_NO_SIGNAL.rawValue)
        guard gnutls_init(&session, flags) == GNUTLS_E_SUCCESS, let session else {
            gnutls_certificate_free_credentials(credentials)
            throw .tls("cannot be initialised")
        }
        self.session = session
        let name = trust.hostName ?? host
        expectedName = strdup(name)
        expectedPurpose = strdup(GNUTLS_KP_TLS_WWW_SERVER)
        expectations = .allocate(capacity: 2)
        expectations[0] = gnutls_typed_vdata_st(type: GNUTLS_DT_DNS_HOSTNAME, data: expectedName.asBytes, size: 0)
        expectations[1] = gnutls_typed_vdata_st(type: GNUTLS_DT_KEY_PURPOSE_OID, data: expectedPurpose.asBytes, size: 0)

        try Self.check(gnutls_priority_set_direct(session, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", nil))
        try Self.check(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials)))
        if !Self.isAddress(name) {
            try Self.check(gnutls_server_name_set(session, GNUTLS_NAME_DNS, name, name.utf8.count))
        }
        gnutls_session_set_verify_cert2(session, expectations, 2, 0)
        gnutls_transport_set_int2(session, descriptor, descriptor)
    }

    deinit {
        gnutls_deinit(session)
        gnutls_certificate_free_credentials(credentials)
        expectations.deallocate()
        free(expectedPurpose)
        free(expectedName)
    }

    /// Such as `TLS1.3`.
    var version: String {
        String(cString: gnutls_protocol_get_name(gnutls_protocol_get_version(session)))
    }

    /// Until when the server's own certificate is good, in seconds since 1970; nil before the handshake.
    var certificateEnds: Int? {
        var count: UInt32 = 0
        var certificate: gnutls_x509_crt_t?
        guard let peers = gnutls_certificate_get_peers(session, &count), count > 0,
            gnutls_x509_crt_init(&certificate) == GNUTLS_E_SUCCESS, let certificate
        else { return nil }
        defer { gnutls_x509_crt_deinit(certificate) }
        guard gnutls_x509_crt_import(certificate, peers, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS else { return nil }
        return gnutls_x509_crt_get_expiration_time(certificate)
    }

    /// Whether decrypted bytes wait that no poll of the socket announces.
    var hasPending: Bool { gnutls_record_check_pending(session) > 0 }

    /// One step of the handshake: the poll events to wait for, or nil when it is complete and the certificate is good.
    func handshake() throws(StreamFailure) -> Int32? {
        let code = gnutls_handshake(session)
        switch code {
        case GNUTLS_E_SUCCESS:
            // Belt and braces: GnuTLS has refused by now what it would refuse here.
            guard gnutls_session_get_verify_cert_status(session) == 0 else { throw .certificate(certificateTrouble) }
            return nil
        case GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR, GNUTLS_E_NO_CERTIFICATE_FOUND:
            throw .certificate(certificateTrouble)
        case GNUTLS_E_PREMATURE_TERMINATION, GNUTLS_E_PULL_ERROR, GNUTLS_E_PUSH_ERROR:
            throw .closed
        default:
            if gnutls_error_is_fatal(code) != 0 { throw .tls(String(cString: gnutls_strerror(code))) }
            return awaited
        }
    }

    /// Decrypts what has arrived.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> SocketStep {
        try step(gnutls_record_recv(session, buffer.baseAddress, buffer.count))
    }

    /// Encrypts and sends; after `blocked` GnuTLS must be given the same bytes again.
    func send(_ bytes: UnsafeRawBufferPointer) throws(StreamFailure) -> SocketStep {
        try step(gnutls_record_send(session, bytes.baseAddress, bytes.count))
    }

    private func step(_ result: Int) throws(StreamFailure) -> SocketStep {
        if result >= 0 { return .moved(result) }
        let code = Int32(truncatingIfNeeded: result)
        switch code {
        case GNUTLS_E_PREMATURE_TERMINATION, GNUTLS_E_PULL_ERROR, GNUTLS_E_PUSH_ERROR:
            throw .closed
        default:
            if gnutls_error_is_fatal(code) != 0 { throw .tls(String(cString: gnutls_strerror(code))) }
            return .blocked(awaited)
        }
    }

    /// What GnuTLS stopped at: 0 while reading, 1 while writing.
    private var awaited: Int32 { gnutls_record_get_direction(session) == 0 ? POLLIN : POLLOUT }

    private var certificateTrouble: String {
        let status = gnutls_session_get_verify_cert_status(session)
        var text = gnutls_datum_t()
        guard gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) == GNUTLS_E_SUCCESS,
            let bytes = text.data
        else { return "status \(status)" }
        defer { formpost_gnutls_free(bytes) }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(text.size)), as: UTF8.self)
    }

    private static func credentials(
        _ trust: TrustSettings
    ) throws(StreamFailure) -> gnutls_certificate_credentials_t {
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&credentials) == GNUTLS_E_SUCCESS, let credentials else {
            throw .tls("no memory")
        }
        let count =
            if let file = trust.caFile {
                gnutls_certificate_set_x509_trust_file(credentials, file, GNUTLS_X509_FMT_PEM)
            } else {
                gnutls_certificate_set_x509_system_trust(credentials)
            }
        guard count > 0 else {
            gnutls_certificate_free_credentials(credentials)
            throw .certificate("no trusted authorities in \(trust.caFile ?? "the system's store")")
        }
        return credentials
    }

    private static func check(_ code: Int32) throws(StreamFailure) {
        guard code == GNUTLS_E_SUCCESS else { throw .tls(String(cString: gnutls_strerror(code))) }
    }

    /// An IP address has no place in the server name extension (RFC 6066, 3).
    private static func isAddress(_ name: String) -> Bool {
        var room = in6_addr()
        return inet_pton(AF_INET, name, &room) == 1 || inet_pton(AF_INET6, name, &room) == 1
    }
}

extension UnsafeMutablePointer<CChar> {
    fileprivate var asBytes: UnsafeMutablePointer<UInt8> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt8.self)
    }
}
