import Foundation
import Glibc
import Records

/// Free ports for every service of the test servers.
struct Ports: Sendable {
    let imap: UInt16
    let imaps: UInt16
    /// STARTTLS, by the certificate shown.
    let submission: [TestCertificates.Kind: UInt16]
    /// Implicit TLS, by the certificate shown.
    let submissions: [TestCertificates.Kind: UInt16]

    init() {
        let kinds = TestCertificates.Kind.allCases
        let ports = FreePort.some(2 + 2 * kinds.count)
        imap = ports[0]
        imaps = ports[1]
        submission = Dictionary(uniqueKeysWithValues: zip(kinds, ports.dropFirst(2)))
        submissions = Dictionary(uniqueKeysWithValues: zip(kinds, ports.dropFirst(2 + kinds.count)))
    }
}

/// The servers' settings, written into their folder.
struct ServerLayout {
    /// Who owns the mail: a number above Dovecot's `first_valid_uid` that needs no account.
    static let owner: uid_t = 5000

    let folder: URL
    let certificates: TestCertificates
    let ports: Ports

    /// The loopback address at which Dovecot shows a certificate.
    static func address(_ kind: TestCertificates.Kind) -> String {
        "127.0.0.\(1 + (TestCertificates.Kind.allCases.firstIndex(of: kind) ?? 0))"
    }

    /// The loopback address at which Dovecot hides what it can do.
    static var poorAddress: String { "127.0.0.\(1 + TestCertificates.Kind.allCases.count)" }

    func start(withSMTP: Bool) throws -> ServerKeeper {
        let mail = folder.appending(path: "mail")
        try FileManager.default.createDirectory(at: mail, withIntermediateDirectories: true)
        chown(mail.path, Self.owner, Self.owner)
        try Data(dovecotConfiguration.utf8).write(to: folder.appending(path: "dovecot.conf"))
        guard withSMTP else {
            return try ServerKeeper(start: "dovecot -c dovecot.conf", pidFiles: ["run/master.pid"], in: folder)
        }
        let directory = folder.appending(path: "postfix")
        for (name, owner) in [("etc", "root"), ("queue", "root"), ("data", "postfix")] {
            let path = directory.appending(path: name)
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.ownerAccountName: owner], ofItemAtPath: path.path)
        }
        try Data(postfixMain.utf8).write(to: directory.appending(path: "etc/main.cf"))
        try Data(postfixMaster.utf8).write(to: directory.appending(path: "etc/master.cf"))
        return try ServerKeeper(
            start: "dovecot -c dovecot.conf && postfix -c '\(directory.path)/etc' start",
            pidFiles: ["run/master.pid", "postfix/queue/pid/master.pid"], in: folder)
    }

    private var dovecotConfiguration: String {
        let kinds = TestCertificates.Kind.allCases
        let addresses = (kinds.map(Self.address) + [Self.poorAddress]).joined(separator: ", ")
        let others = kinds.filter { $0 != .good }.map { kind in
            """
            local \(Self.address(kind)) {
              ssl_cert = <\(certificates.certificate(kind))
              ssl_key = <\(certificates.key(kind))
            }
            """
        }
        return """
            base_dir = \(folder.path)/run
            state_dir = \(folder.path)/state
            instance_name = \(folder.lastPathComponent)
            log_path = \(folder.path)/dovecot.log
            auth_verbose = yes
            protocols = imap lmtp
            listen = \(addresses)
            ssl = yes
            ssl_cert = <\(certificates.certificate(.good))
            ssl_key = <\(certificates.key(.good))
            auth_mechanisms = plain login
            auth_username_format = %Ln
            auth_failure_delay = 0
            mail_location = maildir:\(folder.path)/mail/%n/Maildir
            mail_max_userip_connections = 100
            first_valid_uid = 500
            passdb {
              driver = static
              args = password=\(TestServers.password.revealed)
            }
            userdb {
              driver = static
              args = uid=\(Self.owner) gid=\(Self.owner) home=\(folder.path)/mail/%n
            }
            service imap-login {
              inet_listener imap {
                port = \(ports.imap)
              }
              inet_listener imaps {
                port = \(ports.imaps)
                ssl = yes
              }
            }
            service lmtp {
              unix_listener lmtp {
                mode = 0666
              }
            }
            service auth {
              unix_listener auth-postfix {
                mode = 0666
              }
            }
            \(others.joined(separator: "\n"))
            local \(Self.poorAddress) {
              protocol imap {
                imap_capability = \(TestServers.poorCapabilities)
              }
            }

            """
    }

    private var postfixMain: String {
        """
        compatibility_level = 3.6
        queue_directory = \(folder.path)/postfix/queue
        data_directory = \(folder.path)/postfix/data
        maillog_file = \(folder.path)/postfix/postfix.log
        maillog_file_prefixes = \(folder.path)
        myhostname = mail.\(TestServers.domain)
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mydestination =
        alias_maps =
        alias_database =
        mynetworks =
        virtual_mailbox_domains = \(TestServers.domain)
        virtual_transport = lmtp:unix:\(folder.path)/run/lmtp
        smtpd_recipient_restrictions =
            check_recipient_access inline:{ {stranger@\(TestServers.domain) = 550 5.1.1 unknown}, {busy@\(TestServers.domain) = 450 4.2.2 later} },
            permit_sasl_authenticated, reject
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = \(folder.path)/run/auth-postfix
        smtpd_tls_security_level = encrypt
        smtpd_tls_auth_only = yes
        message_size_limit = 1000000
        mailbox_size_limit = 0

        """
    }

    private var postfixMaster: String {
        let listeners = TestCertificates.Kind.allCases.flatMap { kind -> [String] in
            let shown =
                "-o smtpd_tls_cert_file=\(certificates.certificate(kind)) -o smtpd_tls_key_file=\(certificates.key(kind))"
            return [
                "127.0.0.1:\(ports.submission[kind] ?? 0) inet n - n - - smtpd \(shown)",
                "127.0.0.1:\(ports.submissions[kind] ?? 0) inet n - n - - smtpd \(shown) -o smtpd_tls_wrappermode=yes",
            ]
        }
        return
            (listeners + [
                "pickup unix n - n 60 1 pickup",
                "cleanup unix n - n - 0 cleanup",
                "qmgr unix n - n 300 1 qmgr",
                "tlsmgr unix - - n 1000? 1 tlsmgr",
                "rewrite unix - - n - - trivial-rewrite",
                "bounce unix - - n - 0 bounce",
                "defer unix - - n - 0 bounce",
                "trace unix - - n - 0 bounce",
                "verify unix - - n - 1 verify",
                "flush unix n - n 1000? 0 flush",
                "proxymap unix - - n - - proxymap",
                "smtp unix - - n - - smtp",
                "error unix - - n - - error",
                "retry unix - - n - - error",
                "discard unix - - n - - discard",
                "lmtp unix - - n - - lmtp",
                "anvil unix - - n - 1 anvil",
                "scache unix - - n - 1 scache",
                "postlog unix-dgram n - n - 1 postlogd",
            ]).joined(separator: "\n") + "\n"
    }
}
