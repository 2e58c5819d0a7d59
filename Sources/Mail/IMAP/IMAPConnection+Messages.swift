import CEtpan
import Foundation
import Records

extension IMAPConnection {
    /// What a search asks for. Never `UNSEEN`: a person who looks at the mailbox must not make mail disappear.
    enum SearchTerm {
        /// `UID n:*`, which holds the last message even when its UID is below n (RFC 9051, 6.4.4).
        case uids(from: UInt32)
        /// `SINCE`, by INTERNALDATE and without regard to the zone.
        case since(CivilDate)
    }

    /// The UIDs of what matches, ascending.
    func search(_ term: SearchTerm) throws(MailboxError) -> [UID] {
        let key =
            switch term {
            case .uids(let first): mailimap_search_key_new_uid(mailimap_set_new_interval(first, 0))
            case .since(let day):
                mailimap_search_key_new_since(Self.date(day.components))
            }
        guard let key else { throw .lost("no memory") }
        defer { mailimap_search_key_free(key) }
        var list: UnsafeMutablePointer<clist>?
        try command("UID SEARCH", reading: 16 << 20) { mailimap_uid_search(imap, nil, key, &list) }
        defer { if let list { mailimap_search_result_free(list) } }
        return EtpanList(list, of: UInt32.self).compactMap { UID($0.pointee) }.sorted()
    }

    /// The messages' sizes in bytes (RFC822.SIZE), in the order of UIDs.
    func sizes(of uids: [UID]) throws(MailboxError) -> [MailboxEntry] {
        var entries: [MailboxEntry] = []
        for set in MessageSet.sets(of: uids) {
            let answers = try fetch(set, bytesEach: 0, attributes: [mailimap_fetch_att_new_rfc822_size()])
            entries += answers.compactMap { answer in
                guard let uid = answer.uid, let size = answer.size else { return nil }
                return MailboxEntry(uid: uid, size: size)
            }
        }
        return entries.sorted { $0.uid < $1.uid }
    }

    /// The messages with their time of receipt, all of them in one command, none marked as seen. The server is asked for
    /// one byte more than may come, so that a longer message shows itself without being read to its end.
    func messages(_ uids: [UID], maximumBytes: Int) throws(MailboxError) -> [FetchedMessage] {
        try messages(uids, bytesEach: maximumBytes + 1) { mailimap_section_new(nil) }
            .filter { $0.bytes.count <= maximumBytes }
    }

    /// The messages' headers, none of them marked as seen.
    /// - Parameter bytes: what lies beyond is cut off.
    func headers(of uids: [UID], bytes: Int) throws(MailboxError) -> [FetchedMessage] {
        try messages(uids, bytesEach: bytes) { mailimap_section_new_header() }
    }

    private func messages(
        _ uids: [UID], bytesEach: Int, section: () -> UnsafeMutablePointer<mailimap_section>?
    ) throws(MailboxError) -> [FetchedMessage] {
        var messages: [FetchedMessage] = []
        let wanted = Set(uids)
        for set in MessageSet.sets(of: uids) {
            let body = mailimap_fetch_att_new_body_peek_section_partial(section(), 0, UInt32(clamping: bytesEach))
            let answers = try fetch(
                set, bytesEach: bytesEach, attributes: [mailimap_fetch_att_new_internaldate(), body])
            for answer in answers {
                guard let uid = answer.uid, wanted.contains(uid), let bytes = answer.body else { continue }
                guard let received = answer.received else { throw .protocolViolation("no INTERNALDATE") }
                messages.append(FetchedMessage(uid: uid, received: received, bytes: bytes))
            }
        }
        return messages.sorted { $0.uid < $1.uid }
    }

    /// Room for what the server says around a message's bytes.
    private static let answerOverhead = 1024

    private static func date(_ day: (year: Int, month: Int, day: Int)) -> UnsafeMutablePointer<mailimap_date>? {
        mailimap_date_new(Int32(day.day), Int32(day.month), Int32(day.year))
    }

    /// Runs one UID FETCH and gathers the answers as they arrive.
    private func fetch(
        _ set: MessageSet, bytesEach: Int, attributes: [UnsafeMutablePointer<mailimap_fetch_att>?]
    ) throws(MailboxError) -> [FetchAnswer] {
        guard let type = mailimap_fetch_type_new_fetch_att_list_empty() else { throw .lost("no memory") }
        defer { mailimap_fetch_type_free(type) }
        for attribute in attributes + [mailimap_fetch_att_new_uid()] {
            mailimap_fetch_type_new_fetch_att_list_add(type, attribute)
        }
        let gathered = FetchAnswers()
        // libetpan only calls the handler when it has somebody to report progress to.
        let context = Unmanaged.passUnretained(gathered).toOpaque()
        mailimap_set_progress_callback(imap, { _, _, _ in }, { _, _, _ in }, context)
        mailimap_set_msg_att_handler(imap, FetchAnswers.handler, context)
        defer {
            mailimap_set_progress_callback(imap, nil, nil, nil)
            mailimap_set_msg_att_handler(imap, nil, nil)
        }
        var list: UnsafeMutablePointer<clist>?
        defer { if let list { mailimap_fetch_list_free(list) } }
        try withExtendedLifetime(gathered) { () throws(MailboxError) in
            let expected = set.count * (bytesEach + Self.answerOverhead)
            try command("UID FETCH", reading: expected) {
                set.withEtpanSet { mailimap_uid_fetch(imap, $0, type, &list) }
            }
        }
        return gathered.answers
    }
}

/// The answers of one FETCH, copied out of libetpan's memory one by one, so that a batch is held once.
private final class FetchAnswers {
    var answers: [FetchAnswer] = []

    static let handler: @convention(c) (UnsafeMutablePointer<mailimap_msg_att>?, UnsafeMutableRawPointer?) -> Void = {
        message, context in
        guard let message, let context else { return }
        let gathered = Unmanaged<FetchAnswers>.fromOpaque(context).takeUnretainedValue()
        gathered.answers.append(FetchAnswer(message))
    }
}

/// What one FETCH response told of a message; flags that changed meanwhile come as answers of their own.
private struct FetchAnswer {
    var uid: UID?
    var size: Int?
    var received: Date?
    var body: [UInt8]?

    init(_ message: UnsafeMutablePointer<mailimap_msg_att>) {
        for item in EtpanList(message.pointee.att_list, of: mailimap_msg_att_item.self) {
            guard Int(item.pointee.att_type) == MAILIMAP_MSG_ATT_ITEM_STATIC,
                let attribute = item.pointee.att_data.att_static?.pointee
            else { continue }
            switch Int(attribute.att_type) {
            case MAILIMAP_MSG_ATT_UID: uid = UID(attribute.att_data.att_uid)
            case MAILIMAP_MSG_ATT_RFC822_SIZE: size = Int(attribute.att_data.att_rfc822_size)
            case MAILIMAP_MSG_ATT_INTERNALDATE:
                received = attribute.att_data.att_internal_date.flatMap { Date($0.pointee) }
            case MAILIMAP_MSG_ATT_BODY_SECTION:
                guard let section = attribute.att_data.att_body_section?.pointee else { continue }
                // Its own length counts: a NUL byte does not end a message.
                body = Array(UnsafeRawBufferPointer(start: section.sec_body_part, count: section.sec_length))
            default: continue
            }
        }
    }
}

extension Date {
    /// An INTERNALDATE (RFC 9051, 9: `date-time`); nil when there is no such day or time.
    init?(_ date: mailimap_date_time) {
        guard let day = CivilDate(year: Int(date.dt_year), month: Int(date.dt_month), day: Int(date.dt_day)),
            (0...23).contains(date.dt_hour), (0...59).contains(date.dt_min), (0...60).contains(date.dt_sec)
        else { return nil }
        // The zone is written +hhmm.
        let zone = Int(date.dt_zone) / 100 * 3600 + Int(date.dt_zone) % 100 * 60
        let time = Int(date.dt_hour) * 3600 + Int(date.dt_min) * 60 + Int(date.dt_sec)
        self.init(timeIntervalSince1970: Double(day.daysSince1970 * 86_400 + time - zone))
    }
}
