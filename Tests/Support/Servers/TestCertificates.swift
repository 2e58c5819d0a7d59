import Foundation

/// An authority and what it signed, made anew for each run by `openssl`.
package struct TestCertificates: Sendable {
    /// A certificate by what is wrong with it.
    package enum Kind: String, Sendable, CaseIterable {
        case good
        /// For another host.
        case wrongName
        /// Its time has passed.
        case expired
        /// Signed by nobody else.
        case selfSigned
        /// For a client, not for a server.
        case clientOnly
    }

    private let folder: URL

    /// The authority to be trusted, as PEM.
    package var authority: String { folder.appending(path: "ca.pem").path }
    package func certificate(_ kind: Kind) -> String { folder.appending(path: "\(kind.rawValue).pem").path }
    package func key(_ kind: Kind) -> String { folder.appending(path: "\(kind.rawValue).key").path }

    /// Makes them in a folder that exists.
    init(in folder: URL) throws {
        self.folder = folder
        try Data(Self.configuration.utf8).write(to: folder.appending(path: "openssl.cnf"))
        try Data().write(to: folder.appending(path: "index.txt"))
        try Command.run("openssl", Self.request("ca", "authority") + ["-x509", "-out", "ca.pem"], in: folder)
        for kind in Kind.allCases {
            let extensions = kind == .wrongName || kind == .clientOnly ? kind.rawValue : "server"
            guard kind != .selfSigned else {
                let arguments = Self.request(kind.rawValue, extensions) + ["-x509", "-out", "\(kind.rawValue).pem"]
                try Command.run("openssl", arguments, in: folder)
                continue
            }
            try Command.run("openssl", Self.request(kind.rawValue, nil) + ["-out", "\(kind.rawValue).csr"], in: folder)
            let end = kind == .expired ? "20200102000000Z" : "20991231000000Z"
            let arguments = [
                "ca", "-batch", "-config", "openssl.cnf", "-extensions", extensions, "-startdate", "20200101000000Z",
                "-enddate", end, "-in", "\(kind.rawValue).csr", "-out", "\(kind.rawValue).pem", "-notext",
            ]
            try Command.run("openssl", arguments, in: folder)
        }
    }

    private static func request(_ name: String, _ extensions: String?) -> [String] {
        [
            "req", "-config", "openssl.cnf", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj", "/CN=\(name)", "-days", "3650", "-keyout", "\(name).key",
        ] + (extensions.map { ["-extensions", $0] } ?? [])
    }

    private static let configuration = """
        [ca]
        default_ca = local
        [local]
        database = index.txt
        new_certs_dir = .
        rand_serial = yes
        certificate = ca.pem
        private_key = ca.key
        default_md = sha256
        policy = anything
        [anything]
        commonName = supplied
        [req]
        distinguished_name = name
        [name]
        [authority]
        basicConstraints = critical, CA:TRUE
        keyUsage = critical, keyCertSign
        [server]
        subjectAltName = DNS:localhost, IP:127.0.0.1
        extendedKeyUsage = serverAuth
        [wrongName]
        subjectAltName = DNS:elsewhere.test
        extendedKeyUsage = serverAuth
        [clientOnly]
        subjectAltName = DNS:localhost
        extendedKeyUsage = clientAuth
        """
}
