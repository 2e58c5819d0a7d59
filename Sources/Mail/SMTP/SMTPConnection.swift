import CEtpan
import Foundation
import Records

/// One connection to a submission server (RFC 6409), greeted and signed in; used on the session's thread only.
final class SMTPConnection {
    let stream: ServerStream
    private let smtp: UnsafeMutablePointer<mailsmtp>

    /// Connects, checks the certificate, and signs in if there is a user: in this order.
    /// - Parameter ownName: what we call ourselves in EHLO, a host name.
    init(
        to server: ServerAddress, trust: TrustSettings, credentials: SMTPCredentials?, ownName: String,
        deadline: ContinuousClock.Instant, interruption: Interruption
    ) throws(SMTPFailure) {
        do {
            stream = try ServerStream(to: server, deadline: deadline, interruption: interruption)
            if server.security == .tls { try stream.startTLS(with: server, trust: trust) }
        } catch {
            throw .lost(error)
        }
        guard let smtp = mailsmtp_new(0, nil) else { throw .lost(.violation("no memory")) }
        self.smtp = smtp
        guard let etpanStream = EtpanStream.make(over: stream) else { throw .lost(.violation("no memory")) }
        try check(mailsmtp_connect(smtp, etpanStream))
        try greet(as: ownName)
        if server.security == .startTLS {
            try upgrade(server, trust: trust)
            // What was offered in the clear counts no more (RFC 3207, 4.2).
            try greet(as: ownName)
        }
        if let credentials { try signIn(credentials) }
    }

    deinit {
        // Without its socket libetpan says no QUIT here: memory only.
        stream.close()
        mailsmtp_free(smtp)
    }

    /// Whether the connection can carry another message.
    var isUsable: Bool { stream.failure == nil && smtp.pointee.stream != nil }

    /// The largest message the server takes, in bytes; nil when it does not say (RFC 1870).
    var maximumMessageSize: Int? {
        offers(MAILSMTP_ESMTP_SIZE) && smtp.pointee.smtp_max_msg_size > 0 ? Int(smtp.pointee.smtp_max_msg_size) : nil
    }

    /// Opens a transaction. Delivery reports are asked for only where DSN is offered (RFC 3461).
    func mail(from sender: String, size: Int) throws(SMTPFailure) {
        let declared = offers(MAILSMTP_ESMTP_SIZE) ? size : 0
        try check(mailesmtp_mail_size(smtp, sender, 0, nil, declared))
    }

    func recipient(_ address: String) throws(SMTPFailure) {
        let notify = MAILSMTP_DSN_NOTIFY_FAILURE | MAILSMTP_DSN_NOTIFY_DELAY
        try check(mailesmtp_rcpt(smtp, address, notify, nil))
    }

    /// Hands the bytes over, with dots doubled (RFC 5321, 4.5.2) and the end marked. When this throws the server cannot have
    /// seen the end; when it returns, the server may have taken the message whatever happens next.
    func data(_ message: [UInt8]) throws(SMTPFailure) {
        try check(mailsmtp_data(smtp))
        // libetpan puts a line end before the closing dot in any case: the message's own would become an empty line.
        let body = message.suffix(2) == [13, 10] ? message.dropLast(2) : message[...]
        let sent = body.withUnsafeBytes { bytes in
            mailstream_send_data(smtp.pointee.stream, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, 0, nil)
        }
        guard sent == 0 else { throw .lost(stream.failure ?? .closed) }
    }

    /// The server's last word on the data.
    func verdict() throws(SMTPFailure) -> String {
        try expect(250, mailsmtp_read_response(smtp))
        return words
    }

    /// Forgets a transaction that failed (RFC 5321, 4.1.1.5).
    func reset() throws(SMTPFailure) {
        try check(mailsmtp_reset(smtp))
    }

    func quit() {
        mailsmtp_quit(smtp)
    }

    private func offers(_ extension: Int) -> Bool {
        Int(smtp.pointee.esmtp) & `extension` != 0
    }

    private func greet(as ownName: String) throws(SMTPFailure) {
        guard MailAddress("postmaster@" + ownName) != nil else {
            throw .lost(.violation("\(ownName) is no host name for EHLO"))
        }
        try expect(250, exchange("EHLO \(ownName)"))
        mailesmtp_parse_ehlo(smtp)
    }

    private func upgrade(_ server: ServerAddress, trust: TrustSettings) throws(SMTPFailure) {
        guard offers(MAILSMTP_ESMTP_STARTTLS) else { throw .lost(.violation("the server offers no STARTTLS")) }
        try check(mailesmtp_starttls(smtp))
        // What came in the clear behind the answer was written by somebody in between (CVE-2020-15953).
        guard smtp.pointee.stream.pointee.read_buffer_len == 0 else {
            throw .lost(.violation("words in the clear after STARTTLS"))
        }
        do {
            try stream.startTLS(with: server, trust: trust)
        } catch {
            throw .lost(error)
        }
    }

    /// AUTH PLAIN (RFC 4616), else LOGIN, which some servers know alone. libetpan's own sign-in needs plug-ins of Cyrus
    /// SASL that may not be installed.
    private func signIn(_ credentials: SMTPCredentials) throws(SMTPFailure) {
        let offered = smtp.pointee.auth
        let (user, password) = (credentials.user, credentials.password.revealed)
        if Int(offered) & MAILSMTP_AUTH_PLAIN != 0 {
            try expect(235, exchange("AUTH PLAIN " + base64("\0\(user)\0\(password)")))
        } else if Int(offered) & MAILSMTP_AUTH_LOGIN != 0 {
            try expect(334, exchange("AUTH LOGIN"))
            try expect(334, exchange(base64(user)))
            try expect(235, exchange(base64(password)))
        } else {
            throw .lost(.violation("the server offers neither AUTH PLAIN nor AUTH LOGIN"))
        }
    }

    private func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
    }

    /// Sends one line, kept out of libetpan's log, and reads the reply's code; 0 when there is none.
    private func exchange(_ line: String) -> Int32 {
        var bytes = Array((line + "\r\n").utf8CString)
        guard mailsmtp_send_command_private(smtp, &bytes) != -1 else { return 0 }
        return mailsmtp_read_response(smtp)
    }

    private func expect(_ wanted: Int32, _ code: Int32) throws(SMTPFailure) {
        guard code != wanted else { return }
        throw failure(code: code)
    }

    /// Turns a result of libetpan into the server's own words: its error numbers mix 450 with 550.
    private func check(_ result: Int32) throws(SMTPFailure) {
        guard Int(result) != MAILSMTP_NO_ERROR else { return }
        throw failure(code: Int(result) == MAILSMTP_ERROR_STREAM ? 0 : smtp.pointee.response_code)
    }

    private func failure(code: Int32) -> SMTPFailure {
        if let broken = stream.failure, code == 0 { return .lost(broken) }
        guard (200...599).contains(code) else {
            stream.close()
            return .lost(.violation("no SMTP reply"))
        }
        return .reply(code: Int(code), text: words)
    }

    /// The text of the last reply, its lines joined.
    private var words: String {
        guard let response = smtp.pointee.response else { return "" }
        return String(cString: response).split(whereSeparator: \.isNewline).joined(separator: " ").prefix(500)
            .description
    }
}

/// Who signs in to the submission server.
struct SMTPCredentials: Sendable {
    let user: String
    let password: Secret<String>
}
