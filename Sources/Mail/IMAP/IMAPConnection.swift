import CEtpan
import Records

/// One signed-in connection to an IMAP server, with the commands a form office needs; used on the session's thread only.
///
/// Every command throws; after anything but a plain `NO` the connection is broken and only good for being dropped.
final class IMAPConnection {
    /// In capitals, as the server names them after the sign-in, e.g. `MOVE`, `AUTH=PLAIN`.
    private(set) var capabilities: Set<String> = []
    let stream: ServerStream
    let imap: UnsafeMutablePointer<mailimap>
    /// What stands before the names of the user's own folders, and between their parts (RFC 2342).
    private var namespace = (prefix: "", delimiter: "/")

    /// Connects, checks the certificate, and signs in: in this order.
    init(
        to server: ServerAddress, trust: TrustSettings, user: String, password: Secret<String>,
        deadline: ContinuousClock.Instant, interruption: Interruption
    ) throws(MailboxError) {
        do {
            stream = try ServerStream(to: server, deadline: deadline, interruption: interruption)
            if server.security == .tls { try stream.startTLS(with: server, trust: trust) }
        } catch {
            throw MailboxError(error)
        }
        guard let imap = mailimap_new(0, nil) else { throw .lost("no memory") }
        self.imap = imap
        let greeting = try greet()
        if server.security == .startTLS { try upgrade(server, trust: trust, greeting: greeting) }
        if greeting == MAILIMAP_NO_ERROR_NON_AUTHENTICATED { try signIn(user: user, password: password) }
        try readCapabilities()
        try readNamespace()
    }

    deinit {
        // Without its socket libetpan says no LOGOUT here: memory only.
        stream.close()
        mailimap_free(imap)
    }

    /// What a server may say beside what it was asked for.
    private static let smallTalk = 1 << 20

    /// Whether the connection can carry another command.
    var isUsable: Bool { stream.failure == nil }

    /// Says good-bye (RFC 9051, 6.1.3).
    func logOut() {
        mailimap_logout(imap)
    }

    /// The full name of a folder of the user's own, as it goes over the wire; `/` stands between the parts of the given
    /// name, whatever the server puts there.
    func wireName(_ folder: String) throws(MailboxError) -> String {
        let isInbox = folder.utf8.count == 5 && folder.lowercased() == "inbox"
        let isComplete = isInbox || !namespace.prefix.isEmpty && folder.hasPrefix(namespace.prefix)
        let parts = folder.split(separator: "/").joined(separator: namespace.delimiter)
        guard let name = FolderName.encoded(isComplete ? folder : namespace.prefix + parts) else {
            throw .refused("a folder's name holds a control character")
        }
        return name
    }

    /// Runs one command of libetpan.
    /// - Parameter bytes: how much the server may say in answer.
    func command(_ name: String, reading bytes: Int = 0, _ run: () -> Int32) throws(MailboxError) {
        stream.allowance = bytes + Self.smallTalk
        let code = Int(run())
        guard code != MAILIMAP_NO_ERROR else { return }
        throw failure(of: name, code: code)
    }

    private func greet() throws(MailboxError) -> Int {
        guard let etpanStream = EtpanStream.make(over: stream) else { throw .lost("no memory") }
        let code = Int(mailimap_connect(imap, etpanStream))
        guard code == MAILIMAP_NO_ERROR_AUTHENTICATED || code == MAILIMAP_NO_ERROR_NON_AUTHENTICATED else {
            throw failure(of: "greeting", code: code)
        }
        return code
    }

    private func upgrade(_ server: ServerAddress, trust: TrustSettings, greeting: Int) throws(MailboxError) {
        // A greeting that claims to know us already would keep us from asking for TLS (RFC 9051, 7.1.4).
        guard greeting == MAILIMAP_NO_ERROR_NON_AUTHENTICATED else {
            throw .protocolViolation("signed in before STARTTLS")
        }
        try command("STARTTLS") { mailimap_starttls(imap) }
        // What came in the clear behind the answer was written by somebody in between (CVE-2020-15953).
        guard imap.pointee.imap_stream.pointee.read_buffer_len == 0 else {
            stream.close()
            throw .protocolViolation("words in the clear after STARTTLS")
        }
        do {
            try stream.startTLS(with: server, trust: trust)
        } catch {
            throw MailboxError(error)
        }
    }

    private func signIn(user: String, password: Secret<String>) throws(MailboxError) {
        try readCapabilities()
        guard !capabilities.contains("LOGINDISABLED") else { throw .signInRefused("the server accepts no LOGIN here") }
        for text in [user, password.revealed] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .signInRefused("the user's name or the password holds a control character")
        }
        try command("LOGIN") { mailimap_login(imap, user, password.revealed) }
    }

    private func readCapabilities() throws(MailboxError) {
        var data: UnsafeMutablePointer<mailimap_capability_data>?
        try command("CAPABILITY") { mailimap_capability(imap, &data) }
        guard let data else { return }
        defer { mailimap_capability_data_free(data) }
        var names: Set<String> = []
        for entry in EtpanList(data.pointee.cap_list, of: mailimap_capability.self) {
            guard let text = entry.pointee.cap_data.cap_name else { continue }
            let isMechanism = Int(entry.pointee.cap_type) == MAILIMAP_CAPABILITY_AUTH_TYPE
            names.insert((isMechanism ? "AUTH=" : "") + String(cString: text).uppercased())
        }
        capabilities = names
    }

    private func readNamespace() throws(MailboxError) {
        guard capabilities.contains("NAMESPACE") else { return }
        var data: UnsafeMutablePointer<mailimap_namespace_data>?
        try command("NAMESPACE") { mailimap_namespace(imap, &data) }
        guard let data else { return }
        defer { mailimap_namespace_data_free(data) }
        let personal = data.pointee.ns_personal?.pointee.ns_data_list
        for entry in EtpanList(personal, of: mailimap_namespace_info.self) {
            guard let prefix = entry.pointee.ns_prefix else { continue }
            let delimiter = UInt8(bitPattern: entry.pointee.ns_delimiter)
            namespace = (String(cString: prefix), delimiter == 0 ? "" : String(Unicode.Scalar(delimiter)))
            return
        }
    }

    /// Tells a `NO`, after which the connection lives on, from everything after which it does not.
    private func failure(of name: String, code: Int) -> MailboxError {
        if let broken = stream.failure { return MailboxError(broken) }
        let words = imap.pointee.imap_response.map { String(cString: $0).prefix(200) } ?? ""
        switch code {
        case MAILIMAP_ERROR_LOGIN:
            return .signInRefused(String(words))
        case MAILIMAP_ERROR_STREAM, MAILIMAP_ERROR_FATAL, MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION:
            stream.close()
            return .lost("\(name): \(words)")
        case MAILIMAP_ERROR_PARSE, MAILIMAP_ERROR_PROTOCOL, MAILIMAP_ERROR_BAD_STATE, MAILIMAP_ERROR_MEMORY,
            MAILIMAP_ERROR_SSL, MAILIMAP_ERROR_STARTTLS:
            stream.close()
            return .protocolViolation("\(name): \(words)")
        default:
            return .refused("\(name): \(words)")
        }
    }
}

extension MailboxError {
    init(_ failure: StreamFailure) {
        switch failure {
        case .unreachable(let reason): self = .unreachable(reason)
        case .certificate(let reason): self = .certificate(reason)
        case .interrupted: self = .cancelled
        case .violation(let reason): self = .protocolViolation(reason)
        case .tls, .timedOut, .closed, .flooded, .system: self = .lost(failure.description)
        }
    }
}
