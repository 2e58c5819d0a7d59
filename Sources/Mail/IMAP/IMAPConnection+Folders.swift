import CEtpan
import Records

extension IMAPConnection {
    /// Selects a folder and says what the server tells of it (RFC 9051, 6.3.2).
    func select(_ folder: String) throws(MailboxError) -> MailboxStatus {
        let name = try wireName(folder)
        try command("SELECT") { mailimap_select(imap, name) }
        guard let info = imap.pointee.imap_selection_info?.pointee, let validity = UIDValidity(info.sel_uidvalidity)
        else {
            throw .protocolViolation("no UIDVALIDITY for \(folder)")
        }
        let exists = Int(info.sel_exists)
        guard let next = UID(info.sel_uidnext) else {
            return MailboxStatus(uidValidity: validity, uidNext: try uidAfterLast(exists: exists), exists: exists)
        }
        return MailboxStatus(uidValidity: validity, uidNext: next, exists: exists)
    }

    /// Selects a folder for reading alone (RFC 9051, 6.3.3).
    func examine(_ folder: String) throws(MailboxError) {
        let name = try wireName(folder)
        try command("EXAMINE") { mailimap_examine(imap, name) }
    }

    /// Makes a folder unless it is there.
    func ensure(_ folder: String) throws(MailboxError) {
        let name = try wireName(folder)
        var list: UnsafeMutablePointer<clist>?
        try command("LIST") { mailimap_list(imap, "", name, &list) }
        defer { if let list { mailimap_list_result_free(list) } }
        var found = EtpanList(list, of: mailimap_mailbox_list.self)
        guard found.next() == nil else { return }
        try command("CREATE") { mailimap_create(imap, name) }
        // Mail programs show what is subscribed; a server without subscriptions is no reason to stop.
        try? command("SUBSCRIBE") { mailimap_subscribe(imap, name) }
        if let broken = stream.failure { throw MailboxError(broken) }
    }

    /// Moves messages to a folder (RFC 6851); where the server cannot, copies them and expunges these alone (RFC 4315). A
    /// server that can neither keeps them, marked as deleted: a bare EXPUNGE would take other people's mail with it.
    func move(_ uids: [UID], to folder: String) throws(MailboxError) {
        let name = try wireName(folder)
        for set in MessageSet.sets(of: uids) {
            if capabilities.contains("MOVE") {
                try command("UID MOVE") { set.withEtpanSet { mailimap_uid_move(imap, $0, name) } }
            } else {
                try copyAndDelete(set, to: name)
            }
        }
    }

    private func copyAndDelete(_ set: MessageSet, to name: String) throws(MailboxError) {
        try command("UID COPY") { set.withEtpanSet { mailimap_uid_copy(imap, $0, name) } }
        guard let flags = mailimap_flag_list_new_empty() else { throw .lost("no memory") }
        mailimap_flag_list_add(flags, mailimap_flag_new_deleted())
        let change = mailimap_store_att_flags_new_add_flags_silent(flags)
        defer { mailimap_store_att_flags_free(change) }
        try command("UID STORE") { set.withEtpanSet { mailimap_uid_store(imap, $0, change) } }
        guard capabilities.contains("UIDPLUS") else { return }
        try command("UID EXPUNGE") { set.withEtpanSet { mailimap_uid_expunge(imap, $0) } }
    }

    /// For servers that keep UIDNEXT to themselves: one more than the last message's UID.
    private func uidAfterLast(exists: Int) throws(MailboxError) -> UID {
        let last = exists == 0 ? nil : try search(.uids(from: UInt32.max)).last
        guard let next = UID((last?.rawValue ?? 0) &+ 1) else { throw .protocolViolation("no UID is left") }
        return next
    }
}
