import CEtpan

extension IMAPConnection {
    /// Waits by IDLE (RFC 2177) until the server says something or the limit has passed. What it said is no news to rely
    /// on, some servers only say that they are still there: the caller searches in any case.
    /// - Parameter answerTime: how long the server may take for the answers to IDLE and DONE.
    func idle(upTo limit: Duration, answerTime: Duration) throws(MailboxError) {
        stream.deadline = .now + answerTime
        try command("IDLE") { mailimap_idle(imap) }
        do {
            // An EXISTS that came with the continuation has been read already: no poll would announce it.
            if imap.pointee.imap_stream.pointee.read_buffer_len == 0, !hasNews {
                _ = try stream.waitForInput(until: .now + limit)
            }
        } catch {
            throw MailboxError(error)
        }
        stream.deadline = .now + answerTime
        try command("DONE") { mailimap_idle_done(imap) }
    }

    private var hasNews: Bool {
        guard let info = imap.pointee.imap_selection_info?.pointee else { return false }
        return info.sel_has_exists != 0 || info.sel_has_recent != 0
    }
}
