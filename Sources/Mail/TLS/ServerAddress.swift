/// Where a mail server listens, and how the connection to it is protected.
package struct ServerAddress: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How the connection is protected.
    package enum Security: String, Sendable, Codable, CaseIterable {
        /// TLS from the first byte (RFC 8314, 3).
        case tls
        /// TLS after the STARTTLS command, which must be offered (RFC 9051, 6.2.1; RFC 3207).
        case startTLS = "starttls"
        /// No TLS; only to this machine's own addresses.
        case plain
    }

    /// A DNS name, or an IP address as text.
    package let host: String
    package let port: UInt16
    package let security: Security

    package init(host: String, port: UInt16, security: Security = .tls) {
        self.host = host
        self.port = port
        self.security = security
    }

    package var description: String { "\(host):\(port)" }
}

/// Whom a server's certificate must come from, and what name it must bear.
package struct TrustSettings: Hashable, Sendable, Codable {
    /// A PEM file with the trusted authorities; nil means those of the system.
    package let caFile: String?
    /// The DNS name or IP address the certificate must bear; nil means the host that is connected to.
    package let hostName: String?

    package init(caFile: String? = nil, hostName: String? = nil) {
        self.caFile = caFile
        self.hostName = hostName
    }

    /// The system's authorities and the name of the host.
    package static let system = TrustSettings()
}
